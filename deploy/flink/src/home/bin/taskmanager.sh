#!/usr/bin/env bash
# TaskManagers: taskmanager.sh start|start-foreground [-Dkey=value ...] adds one, stop ends the youngest, stop-all every one
set -euo pipefail
. "$(dirname "$0")/config.sh"
command=${1:-}
[ $# = 0 ] || shift
case "$command" in
  # JavaCPP would otherwise refuse native memory beyond twice the heap.
  start-foreground)
    foreground org.apache.flink.runtime.taskexecutor.TaskManagerRunner GET_TM_RESOURCE_PARAMS \
      "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0 ${FLINK_ENV_JAVA_OPTS_TM:-}" "$@" ;;
  start) background taskmanager "$home/bin/taskmanager.sh" "$@" ;;
  stop) stop_last taskmanager ;;
  stop-all) stop_all taskmanager ;;
  *) sed -n 's/^# //p' "$0" >&2; exit 2 ;;
esac

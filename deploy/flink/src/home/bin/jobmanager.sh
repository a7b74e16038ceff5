#!/usr/bin/env bash
# A JobManager: jobmanager.sh start|start-foreground [-Dkey=value ...], jobmanager.sh stop
set -euo pipefail
. "$(dirname "$0")/config.sh"
command=${1:-}
[ $# = 0 ] || shift
case "$command" in
  start-foreground)
    foreground org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint GET_JM_RESOURCE_PARAMS \
      "${FLINK_ENV_JAVA_OPTS_JM:-}" "$@" ;;
  start) background jobmanager "$home/bin/jobmanager.sh" "$@" ;;
  stop) stop_all jobmanager ;;
  *) sed -n 's/^# //p' "$0" >&2; exit 2 ;;
esac

#!/usr/bin/env bash
# A JobManager in application mode, which runs one job and ends with it:
#   standalone-job.sh start-foreground --jars URI [--job-id ID] [--fromSavepoint PATH] [-Dkey=value ...] [-- arguments of the job]
set -euo pipefail
. "$(dirname "$0")/config.sh"
command=${1:-}
[ $# = 0 ] || shift
case "$command" in
  start-foreground)
    foreground org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint GET_JM_RESOURCE_PARAMS \
      "${FLINK_ENV_JAVA_OPTS_JM:-}" "$@" ;;
  *) sed -n 's/^# //p' "$0" >&2; exit 2 ;;
esac

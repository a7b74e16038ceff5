#!/usr/bin/env bash
# Keeps one job running on a cluster without high availability: runs the JobManager, starts it again when it dies, and
# submits the job again from its newest retained checkpoint or savepoint, which a JobManager that died has forgotten.
#   keep-job.sh start|start-foreground JAR CONFIG CHECKPOINTS [SAVEPOINTS], keep-job.sh stop
# CHECKPOINTS is flink.checkpointDirectory of CONFIG, SAVEPOINTS where savepoints go; both are local directories. A job that
# somebody stops or cancels stays so, as long as the JobManager lives. Waits for a broker as long as it takes; gives up when
# the job is refused three times for another reason, or the JobManager dies more than 5 times in 5 minutes.
set -euo pipefail
. "$(dirname "$0")/config.sh"
deaths_allowed=5
deaths_seconds=300
submissions_allowed=3
longest_pause=30

say() { echo "$(date -u +%H:%M:%S) keep-job: $*"; }

# The newest completed one: Flink writes _metadata last. A folder that is not there yet holds none.
newest_checkpoint() {
  { find "$@" -name _metadata -size +0 -printf '%T@ %h\n' 2>/dev/null || true; } | sort -rn | sed -n '1s/^[^ ]* //p'
}

await_cluster() {
  until "$home/bin/flink" list >/dev/null 2>&1; do
    kill -0 "$1" 2>/dev/null || return 1
    sleep 0.5
  done
}

has_job() { "$home/bin/flink" list 2>/dev/null | grep -qE '\((CREATED|INITIALIZING|RUNNING|RESTARTING|FAILING)\)'; }

# A submission that timed out may have arrived all the same, so it is looked for before the next attempt. A broker that is away
# comes back some day: that is no reason to give up.
submit() {
  local manager=$1 jar=$2 config=$3 from refusals=0 pause=2 answer="$FLINK_PID_DIR/keep-job.answer"
  while kill -0 "$manager" 2>/dev/null && ! has_job; do
    from=$(newest_checkpoint "${@:4}")
    say "submitting $(basename "$jar")${from:+ from $from}"
    if "$home/bin/flink" run -d ${from:+-s "$from"} "$jar" --config "$config" 2>&1 | tee "$answer"; then return; fi
    if grep -q 'gave no answer' "$answer"; then
      say "no broker answers, trying again in $pause s"
      sleep "$pause"
      pause=$((pause * 2 < longest_pause ? pause * 2 : longest_pause))
    elif [ "$((++refusals))" -ge "$submissions_allowed" ]; then
      has_job || say "the job was refused, see above; mend it and submit it by hand"
      return
    else
      sleep 2
    fi
  done
}

keep() {
  local deaths=() now manager=
  trap 'trap - TERM INT; [ -z "$manager" ] || kill "$manager" 2>/dev/null; wait; exit 0' TERM INT
  while :; do
    "$home/bin/jobmanager.sh" start-foreground &
    manager=$!
    mkdir -p "$FLINK_PID_DIR" && echo "$manager" >"$FLINK_PID_DIR/jobmanager.pid"
    say "JobManager started, process $manager"
    if await_cluster "$manager"; then submit "$manager" "$@"; fi
    wait "$manager" || true
    now=$(date +%s)
    deaths+=("$now")
    say "the JobManager has ended"
    if [ "${#deaths[@]}" -gt "$deaths_allowed" ]; then
      [ $((now - deaths[-1 - deaths_allowed])) -gt "$deaths_seconds" ] ||
        { say "it died more than $deaths_allowed times in $deaths_seconds s, giving up"; exit 1; }
    fi
    sleep 1
  done
}

command=${1:-}
[ $# = 0 ] || shift
case "$command $#" in
  "start-foreground 3" | "start-foreground 4") keep "$@" ;;
  "start 3" | "start 4") background keep-job "$home/bin/keep-job.sh" "$@" ;;
  "stop 0") stop_all keep-job ;;
  *) sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac

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
patience_seconds=30

say() { echo "$(date -u +%H:%M:%S) keep-job: $*"; }

# The newest completed one: Flink writes _metadata last. A folder that is not there yet holds none.
newest_checkpoint() {
  { find "$@" -name _metadata -size +0 -printf '%T@ %h\n' 2>/dev/null || true; } | sort -rn | sed -n '1s/^[^ ]* //p'
}

# heard PROGRAM [ARGUMENTS]: runs it to its end, unless a signal comes first. Bash attends to one while it waits, not while a
# program runs in the foreground, and whoever stops this script kills it after stop_seconds.
heard() {
  "$@" &
  wait "$!"
}

# What a program said last, without the places of a stack trace.
last_words() { grep -v '^[[:space:]]' "$1" | grep . | tail -n 1 || true; }

# jobs_known MANAGER LIST: asks for the jobs until there is an answer. A list that fails says nothing about them: the job may be there.
# A JobManager that starts is given some time; after that the reason is said, once. Fails when the JobManager has ended.
jobs_known() {
  local since=$SECONDS told=
  until heard "$home/bin/flink" list >"$2" 2>"$2.error"; do
    kill -0 "$1" 2>/dev/null || return 1
    if [ -z "$told" ] && [ $((SECONDS - since)) -ge "$patience_seconds" ]; then
      told=yes
      say "the JobManager has not told its jobs for $patience_seconds s, asking on: $(last_words "$2.error")"
    fi
    heard sleep 0.5
  done
}

has_job() { grep -qE '\((CREATED|INITIALIZING|RUNNING|RESTARTING|FAILING)\)' "$1"; }

# A submission that failed may have arrived all the same, so the job is looked for before the next attempt, and nothing is submitted
# before that is known: a second job would write events too. A broker that is away comes back some day: that is no reason to give up.
submit() {
  local manager=$1 jar=$2 config=$3 from refusals=0 pause=2 answer="$FLINK_PID_DIR/keep-job.answer" list="$FLINK_PID_DIR/keep-job.list"
  while kill -0 "$manager" 2>/dev/null && jobs_known "$manager" "$list" && ! has_job "$list"; do
    if [ "$refusals" -ge "$submissions_allowed" ]; then
      say "the job was refused, see above; mend it and submit it by hand"
      return
    fi
    from=$(newest_checkpoint "${@:4}")
    say "submitting $(basename "$jar")${from:+ from $from}"
    if heard "$home/bin/flink" run -d ${from:+-s "$from"} "$jar" --config "$config" >"$answer" 2>&1; then
      cat "$answer"
      return
    fi
    cat "$answer"
    if grep -q 'gave no answer' "$answer"; then
      say "no broker answers, trying again in $pause s"
      heard sleep "$pause"
      pause=$((pause * 2 < longest_pause ? pause * 2 : longest_pause))
    else
      refusals=$((refusals + 1))
      heard sleep 2
    fi
  done
}

# The JobManager, and whatever is heard.
end_all() {
  trap - TERM INT
  # shellcheck disable=SC2046 # one word a process
  kill $(jobs -p) 2>/dev/null || true
  wait
  exit 0
}

keep() {
  local deaths=() now manager
  trap end_all TERM INT
  # The JobManager of a keeper that was killed lives on, and has the ports of ours. The job goes on from its newest checkpoint.
  stop_all jobmanager
  while :; do
    "$home/bin/jobmanager.sh" start-foreground &
    manager=$!
    mkdir -p "$FLINK_PID_DIR" && echo "$manager" >"$FLINK_PID_DIR/jobmanager.pid"
    say "JobManager started, process $manager"
    submit "$manager" "$@"
    wait "$manager" || true
    now=$(date +%s)
    deaths+=("$now")
    say "the JobManager has ended"
    if [ "${#deaths[@]}" -gt "$deaths_allowed" ]; then
      [ $((now - deaths[-1 - deaths_allowed])) -gt "$deaths_seconds" ] ||
        { say "it died more than $deaths_allowed times in $deaths_seconds s, giving up"; exit 1; }
    fi
    heard sleep 1
  done
}

command=${1:-}
[ $# = 0 ] || shift
case "$command $#" in
  "start-foreground 3" | "start-foreground 4") keep "$@" ;;
  "start 3" | "start 4") background keep-job "$home/bin/keep-job.sh" "$@" ;;
  # The JobManager ends with its keeper, unless that was killed.
  "stop 0") stop_all keep-job; stop_all jobmanager ;;
  *) sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac

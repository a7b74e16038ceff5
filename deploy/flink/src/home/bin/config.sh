# Sourced by the other scripts: where things are, and how a Flink process is started and stopped.
#   FLINK_CONF_DIR  settings         FLINK_LOG_DIR  logs         FLINK_PID_DIR  process ids of what runs in the background
#   FLINK_ENV_JAVA_OPTS, FLINK_ENV_JAVA_OPTS_JM, FLINK_ENV_JAVA_OPTS_TM  more options of the JVMs
#   ANDON_PLAIN_LOOPS  1: without the Vector API
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export FLINK_HOME="$home" FLINK_LIB_DIR="$home/lib" FLINK_PLUGINS_DIR="$home/plugins"
export FLINK_CONF_DIR="${FLINK_CONF_DIR:-$home/conf}"
FLINK_LOG_DIR="${FLINK_LOG_DIR:-$home/log}"
FLINK_PID_DIR="${FLINK_PID_DIR:-$home/run}"
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
# Flink's serialisers reflect on the JDK's collections.
opens=(--add-opens=java.base/java.util=ALL-UNNAMED --add-opens=java.base/java.lang=ALL-UNNAMED)
# Detection's inner loops use the Vector API where the JVM has it. ANDON_PLAIN_LOOPS=1 is for a Java without the module.
# At the usual limit of traps the compiler would put vectors on the heap.
vectors=(--add-modules=jdk.incubator.vector -XX:PerMethodTrapLimit=5000)
[ -z "${ANDON_PLAIN_LOOPS:-}" ] || vectors=()
stop_seconds=30
# A crash leaves its report among the logs, and no image of the memory, in which secrets are.
crash=(-XX:-CreateCoredumpOnCrash "-XX:ErrorFile=$FLINK_LOG_DIR/hs_err_%p.log")

# resource_options GET_JM_RESOURCE_PARAMS|GET_TM_RESOURCE_PARAMS [-D...]: Flink's own tool turns conf/config.yaml into
# memory options; sets jvm_options and dynamic_options.
resource_options() {
  local answer
  answer=$("$java" -XX:TieredStopAtLevel=1 -Dconsole.level=WARN \
    "-Dlog4j2.configurationFile=$home/conf/log4j2-console.properties" -cp "$home/lib/*" \
    org.apache.flink.runtime.util.bash.BashJavaUtils "$1" --configDir "$FLINK_CONF_DIR" "${@:2}") || {
    echo "$0: the memory settings in $FLINK_CONF_DIR/config.yaml are refused, see above" >&2
    return 1
  }
  answer=$(sed -n 's/^BASH_JAVA_UTILS_EXEC_RESULT://p' <<<"$answer")
  read -r -a jvm_options <<<"$(sed -n 1p <<<"$answer")"
  read -r -a dynamic_options <<<"$(sed -n 2p <<<"$answer")"
}

# foreground CLASS RESOURCES OPTIONS [-D...]: becomes that process.
foreground() {
  local class=$1 resources=$2 more=$3
  shift 3
  resource_options "$resources" "$@"
  local logging=("-Dlog4j2.configurationFile=$home/conf/log4j2-console.properties")
  if [ -n "${LOG_FILE:-}" ]; then
    logging=("-Dlog4j2.configurationFile=$home/conf/log4j2.properties" "-Dlog.file=$LOG_FILE")
  fi
  # shellcheck disable=SC2086 # options are split on purpose
  exec "$java" "${jvm_options[@]}" "${opens[@]}" "${vectors[@]}" "${crash[@]}" -XX:+ExitOnOutOfMemoryError ${FLINK_ENV_JAVA_OPTS:-} $more \
    "${logging[@]}" -cp "$home/lib/*" "$class" --configDir "$FLINK_CONF_DIR" "${dynamic_options[@]}" "$@"
}

# background NAME SCRIPT [ARGUMENTS]: starts SCRIPT start-foreground, and notes its process id last in NAME.pid.
background() {
  local name=$1 script=$2 number=1
  shift 2
  mkdir -p "$FLINK_LOG_DIR" "$FLINK_PID_DIR"
  while in_use "$name" "$number"; do number=$((number + 1)); done
  LOG_FILE="$FLINK_LOG_DIR/$name-$number.log" setsid "$script" start-foreground "$@" \
    </dev/null >"$FLINK_LOG_DIR/$name-$number.out" 2>&1 &
  local pid=$!
  echo "$pid" >>"$FLINK_PID_DIR/$name.pid"
  echo "$name $number started, process $pid, log $FLINK_LOG_DIR/$name-$number.log"
}

# in_use NAME NUMBER: whether a process that lives writes the log of this number.
in_use() {
  local pid
  for pid in $(live "$1"); do
    if tr '\0' '\n' 2>/dev/null <"/proc/$pid/environ" | grep -xF "LOG_FILE=$FLINK_LOG_DIR/$1-$2.log" >/dev/null; then return 0; fi
  done
  return 1
}

# runs PID: whether this process of ours still runs. One that has ended keeps its id until its parent asks about it, and has no
# command line; an id that the system gave to somebody else since has another.
runs() { tr '\0' ' ' 2>/dev/null <"/proc/$1/cmdline" | grep -F "$home/" >/dev/null; }

# live NAME: the process ids in NAME.pid that still run, oldest first.
live() {
  [ -f "$FLINK_PID_DIR/$1.pid" ] || return 0
  local pid
  while read -r pid; do
    if runs "$pid"; then echo "$pid"; fi
  done <"$FLINK_PID_DIR/$1.pid"
}

# stop_last NAME: ends the youngest; stop_all NAME: every one.
stop_last() {
  local pids
  mapfile -t pids < <(live "$1")
  [ "${#pids[@]}" -gt 0 ] || { echo "no $1 runs"; return 0; }
  end "$1" "${pids[-1]}"
  live "$1" >"$FLINK_PID_DIR/$1.pid.new" && mv "$FLINK_PID_DIR/$1.pid.new" "$FLINK_PID_DIR/$1.pid"
}

stop_all() {
  while [ -n "$(live "$1")" ]; do stop_last "$1"; done
  rm -f "$FLINK_PID_DIR/$1.pid"
}

# end NAME PID: asks it to end, and kills it where that is not enough.
end() {
  kill "$2" 2>/dev/null || true
  if ! ended "$2"; then
    echo "$1 $2 did not end within $stop_seconds s, killing it" >&2
    kill -9 "$2" 2>/dev/null || true
    ended "$2" || { echo "$1 $2 does not end, though it was killed" >&2; return 1; }
  fi
  echo "$1 stopped, process $2"
}

# ended PID: whether it has ended within stop_seconds.
ended() {
  local waited
  for ((waited = 0; waited < stop_seconds * 10; waited++)); do
    runs "$1" || return 0
    sleep 0.1
  done
  return 1
}

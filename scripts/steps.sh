# Sourced by the other scripts: headings with the time that has passed, and one way to fail.
# STEPS_STARTED is shared, so that the times of scripts that call each other go on counting.

# Java names files by the locale: under C, that of cron and many containers, none with letters beyond ASCII.
if [ "$(locale charmap 2>/dev/null)" != UTF-8 ] && locale -a 2>/dev/null | grep -iE '^C\.utf-?8$' >/dev/null; then
  export LC_ALL=C.UTF-8
fi

export STEPS_STARTED="${STEPS_STARTED:-$(date +%s)}"
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
logs="$root/.cache/logs"
# What the caller names is meant from the caller's folder; scripts then go to the checkout.
here=$PWD
for named in ANDON_MODELS ANDON_CLUSTER ANDON_FLINK_SETTINGS; do
  [ -z "${!named:-}" ] || printf -v "$named" %s "$(realpath -m "${!named}")"
done

elapsed() {
  local seconds=$(($(date +%s) - STEPS_STARTED))
  printf '%d:%02d' $((seconds / 60)) $((seconds % 60))
}

step() { printf '\n==> [%s] %s\n' "$(elapsed)" "$*"; }

say() { printf '    [%s] %s\n' "$(elapsed)" "$*"; }

# fail "what went wrong" "what to do"
fail() {
  printf '\n%s: %s\n    To do: %s\n' "$(basename "$0")" "$1" "$2" >&2
  exit 1
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Prints the last line of a log every 30 s, so that a long download does not look like a hang. Whoever ends it ends its sleep
# too: that would hold the terminal, or the pipe, for as long as it goes on.
heartbeat() {
  local log=$1 parent=$$
  # shellcheck disable=SC2046 # one word a process
  trap 'kill $(jobs -p) 2>/dev/null; exit 0' TERM
  while :; do
    sleep 30 >/dev/null 2>&1 &
    wait "$!" && kill -0 "$parent" 2>/dev/null || return 0
    say "... $(tail -n 1 "$log" 2>/dev/null | cut -c 1-100)"
  done
}

# logged NAME FILTER COMMAND...: the whole output goes to a log, lines that match FILTER to the terminal.
logged() {
  local log="$logs/$1.log" filter=$2 status=0 pulse
  shift 2
  mkdir -p "$logs"
  : >"$log"
  heartbeat "$log" &
  pulse=$!
  "$@" 2>&1 | tee "$log" | { grep --line-buffered -E "$filter" || true; } |
    while IFS= read -r line; do say "${line#\[INFO\] }"; done || status=$?
  kill "$pulse" 2>/dev/null || true
  wait "$pulse" 2>/dev/null || true
  [ "$status" = 0 ] || { tail -n 40 "$log" >&2; }
  return "$status"
}

# The last words of a failed run: what the first tests that failed expected, and which all failed.
failed_tests() {
  local marks='<<< (FAILURE|ERROR)!$'
  { grep -E -A 10 "$marks" "$1" | grep -vE 'Tests run:|^\s*at |^\s*$|^--$' | cut -c 1-200 | head -n 30; } || true
  { grep -E "$marks" "$1" | grep -v 'Tests run:' | sed -nE 's/^\[ERROR\] +(.+) -- Time elapsed.*/    failed: \1/p' | head -n 30; } || true
}

maven() {
  local name=$1
  shift
  logged "$name" '^\[INFO\] Building Andon|Tests run:.*(Time elapsed|Failures: [1-9])|^\[ERROR\]|BUILD (SUCCESS|FAILURE)|forbidden licenses|^\[WARNING\] License: |^ -.*\(.*:.*:.* - ' \
    mvn -B -ntp "$@" || {
    failed_tests "$logs/$name.log" >&2
    return 1
  }
}

# Written when all was built, with the time at which that began: what was saved meanwhile is newer. scripts/build goes by it.
built="$root/target/built"

# maven_all NAME GOALS...: Maven over every module.
maven_all() {
  mkdir -p "$root/target"
  rm -f "$built"
  touch "$built.begun"
  maven "$@" || return
  mv "$built.begun" "$built"
}

# The class path of everything, as scripts/build left it.
dependencies="$root/deploy/quickstart/target/dependencies"

# For JVMs in which detection runs: the Vector API for its inner loops, and the limit of the compiler above which it would put
# vectors on the heap (docs/adr/0019). Java says that the API incubates.
vectors=(--add-modules=jdk.incubator.vector -XX:PerMethodTrapLimit=5000)

# java_main OPTIONS... CLASS ARGUMENTS...: becomes that JVM, so that Ctrl-C reaches it alone.
java_main() {
  exec java -cp "$root/deploy/quickstart/target/classes:$(cat "$dependencies")" "$@"
}

# java_here OPTIONS... CLASS ARGUMENTS...: the same in the caller's folder, for paths among the arguments.
java_here() {
  export ANDON_MODELS="${ANDON_MODELS:-$root/.cache/models}"
  cd "$here"
  java_main "$@"
}

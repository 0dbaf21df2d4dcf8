# Sourced by the scripts beside it, which get VANBAN SOURCE_DIR: a folder of its own to work in, and checks that are counted.
set -uo pipefail
vanban=$1 source=$2
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; chmod -R u+rwx "$work"; rm -rf "$work"' EXIT
cd "$work"
failures=0 checks=0
check() {  # check WHAT COMMAND...: the command must succeed
  local what=$1; shift
  checks=$((checks + 1))
  "$@" >check.out 2>&1 && return
  failures=$((failures + 1))
  echo "FAILED: $what: $*"; head -c 2000 check.out
}
exits() {  # exits CODE COMMAND...: the command must exit with CODE; what it wrote is in out.txt and err.txt
  local want=$1; shift
  "$@" >out.txt 2>err.txt
  local got=$?
  [ "$got" = "$want" ] || { echo "exit $got, not $want"; cat out.txt err.txt; return 1; }
}
report() { python3 -c "import json,sys; d=json.load(open('$1')); assert $2, (d['by_status'], d['entries'], d['problems'])"; }
load() { "$vanban" --lang en ingest --ocr never --progress none "$@"; }
finish() {  # the script's last line
  echo "$checks checks, $failures failed"
  [ "$failures" = 0 ]
}

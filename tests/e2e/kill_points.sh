#!/usr/bin/env bash
# Killed at a write, an fsync, a rename; out of space at a write: what was reported as stored is there, nothing is there by half,
# and running again gives the export of an unbroken run, byte for byte.
#   kill_points.sh VANBAN SOURCE_DIR
# VANBAN_KILL_POINTS: how many points (default 40, spread over all of them; "all": each).
set -uo pipefail
vanban=$1 source=$2
command -v strace >/dev/null || { echo "SKIPPED: strace is not installed"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
strace -o /dev/null true 2>/dev/null || { echo "SKIPPED: strace may not trace here"; exit 77; }
mkdir in
for i in $(seq 1 16); do
  sed "s/1250/$((2000 + i))/" "$source/samples/1250-vpcp-kstt-2021.txt" | head -c $((1500 + 400 * i)) | iconv -c -f utf-8 -t utf-8 2>/dev/null >"in/so-$i.txt"
done
cp in/so-3.txt in/copy.txt
: >in/empty.txt
cp "$source/tests/data/encrypted.pdf" "$source/samples/221-vpcp-kstt-2024.txt" in/
load() { "$vanban" ingest in --store s.db --ocr never --progress json --jobs 1; }
calls=pwrite64,fdatasync,fsync,rename,unlink,ftruncate

load >/dev/null 2>&1
"$vanban" export --all --store s.db >whole.jsonl
rm -f s.db* s.report*
strace -f -qq -e trace=$calls -o trace.txt "$vanban" ingest in --store s.db --ocr never --progress none >/dev/null
# strace counts each call by itself: the points are the first, second, ... of each.
for call in ${calls//,/ }; do
  count=$(grep -cE "^[0-9]+ +$call\\(" trace.txt)
  for ((n = 1; n <= count; n++)); do echo "$call $n"; done
done >all.txt
total=$(wc -l <all.txt)
want=${VANBAN_KILL_POINTS:-10}
[ "$want" = all ] && want=$total
# Spread over the whole list, and some of every call.
{ awk -v step=$((total / want > 0 ? total / want : 1)) 'NR % step == 0' all.txt; for call in ${calls//,/ }; do grep "^$call " all.txt | tail -1; done; } |
  sort -u >picked.txt
points=0 failures=0
fail() { failures=$((failures + 1)); echo "FAILED: $*"; }

# Every document that a progress line reported as done must be in the store after the kill.
point() {  # point "CALL N" INJECTION
  rm -f s.db* s.report*
  strace -f --seccomp-bpf -qq -o /dev/null -e trace=$calls -e "inject=${1% *}:$2:when=${1#* }" \
    "$vanban" ingest in --store s.db --ocr never --progress json --jobs 1 >/dev/null 2>progress.txt
  points=$((points + 1))
  if [ -s s.db ]; then
    "$vanban" verify --no-originals --store s.db >verify.txt 2>&1
    local code=$?
    # Killed before the first transaction there is no store yet, and that is said.
    if [ $code != 0 ] && ! grep -qE "no store was made|is older than" verify.txt; then fail "$2 at $1: verify: $(cat verify.txt)"; fi
    if [ $code = 0 ]; then
      local said kept
      said=$(grep -o '"done":[0-9]*' progress.txt | tail -1 | cut -d: -f2)
      kept=$("$vanban" status --all --store s.db --format json | python3 -c "import json,sys; print(sum(json.load(sys.stdin)['files'].values()))")
      [ "${said:-0}" -le "$kept" ] || fail "$2 at $1: $said reported, $kept kept"
    fi
  fi
  load >/dev/null 2>again.txt
  local code=$?
  [ $code = 0 ] || [ $code = 3 ] || fail "$2 at $1: the next run exits $code: $(tail -3 again.txt)"
  "$vanban" export --all --store s.db >again.jsonl 2>&1
  cmp -s whole.jsonl again.jsonl || fail "$2 at $1: the export differs"
}
number=0
while read -r picked; do
  number=$((number + 1))
  point "$picked" signal=SIGKILL
  [ $((number % 4)) = 0 ] && point "$picked" error=ENOSPC
  [ $((number % 8)) = 2 ] && point "$picked" error=EIO
done <picked.txt
echo "$points points of $total calls, $failures failed"
[ "$failures" = 0 ]

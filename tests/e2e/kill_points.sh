#!/usr/bin/env bash
# Killed at a write, an fsync, a rename; out of space at a write; an I/O error; no descriptor or no memory left: what was reported as
# stored is there, nothing is there by half, and running again gives the export of an unbroken run, byte for byte. What is reported
# as stored has been synced before.
#   kill_points.sh VANBAN SOURCE_DIR
# VANBAN_KILL_POINTS: how many points (default 10, spread over all of them, and the last of each call; "all": each; "101-200": those).
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
python3 - <<'PY'
import glob, zipfile
with zipfile.ZipFile('in/kho.zip', 'w', zipfile.ZIP_DEFLATED) as z:
    for i, path in enumerate(sorted(glob.glob('in/so-*.txt'))[:4]):
        text = open(path, encoding='utf-8').read().replace('/VPCP', '/BYT')
        z.writestr(zipfile.ZipInfo(f'{i}.txt', (2020, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
PY
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
[ "$want" = all ] && want=1-$total
if [[ $want = *-* ]]; then
  sed -n "${want%-*},${want#*-}p" all.txt >picked.txt
else  # spread over the whole list, and some of every call
{ awk -v step=$((total / want > 0 ? total / want : 1)) 'NR % step == 0' all.txt; for call in ${calls//,/ }; do grep "^$call " all.txt | tail -1; done; } |
  sort -u >picked.txt
fi
points=0 failures=0
fail() { failures=$((failures + 1)); echo "FAILED: $*"; }

# Every document that a progress line reported as done must be in the store after the kill.
point() {  # point "CALL N" INJECTION
  rm -f s.db* s.report*
  strace -f --seccomp-bpf -qq -o /dev/null -e trace=${1% *} -e "inject=${1% *}:$2:when=${1#* }" \
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
# No progress line says more than what was synced: between it and the last write to the log there is a sync of the log.
rm -f s.db* s.report*
strace -f -y -qq -s 40 -e trace=pwrite64,fdatasync,fsync,write -o order.txt "$vanban" ingest in --store s.db --ocr never --progress json --jobs 1 >/dev/null 2>&1
python3 - <<'PY' || fail "a document was reported before it was synced"
import re, sys
dirty = {}
syncs = reports = 0
for line in open('order.txt', errors='replace'):
    call = re.match(r'\d+ +(\w+)\(\d+<([^>]*)>', line)
    if not call:
        continue
    name, path = call.groups()
    if name == 'pwrite64' and path.endswith('s.db-wal'):
        dirty[path] = True
    elif name in ('fdatasync', 'fsync'):
        syncs += path.endswith('s.db-wal')
        dirty.pop(path, None)
    elif name == 'write' and '{\\"done\\":' in line:
        reports += 1
        if dirty:
            sys.exit(f'not synced: {dirty}')
if reports == 0 or syncs < 20:
    sys.exit(f'{reports} reports, {syncs} syncs: nothing was seen')
PY

number=0
while read -r picked; do
  number=$((number + 1))
  point "$picked" signal=SIGKILL
  [ $((number % 4)) = 0 ] && point "$picked" error=ENOSPC
  [ $((number % 8)) = 2 ] && point "$picked" error=EIO
done <picked.txt
# The operating system says no: a call each in the loading process, spread over its run.
case ${VANBAN_KILL_POINTS:-} in *-*) ;; *)
  for n in 30 60 90 120 150; do point "openat $n" error=EMFILE; done
  for n in 20 60 100; do point "mmap $n" error=ENOMEM; done
  for n in 3 30 60; do point "pread64 $n" error=EIO; done
esac
echo "$points points of $total calls, $failures failed"
[ "$failures" = 0 ]

#!/usr/bin/env bash
# What goes wrong around a load: readers that crash, hang and flood; odd names; files that change while they are read; no
# descriptors left; a disk that is full. Each costs itself, is said, and is made good by the next run; the input is never changed.
#   faults.sh VANBAN SOURCE_DIR
source "$(dirname "$0")/common.sh"
letter() { sed "s/1250/$1/" "$source/samples/1250-vpcp-kstt-2021.txt"; }
# Names, sizes, times and bytes of everything below a folder.
tree() { python3 - "$1" <<'PY'
import hashlib, os, stat, sys
digest = hashlib.sha256()
def walk(folder):
    for entry in sorted(os.scandir(folder), key=lambda e: e.name):
        info = entry.stat(follow_symlinks=False)
        digest.update(b'%s\0%d\0%d\0%d\n' % (entry.path, info.st_mode, info.st_size, info.st_mtime_ns))
        if stat.S_ISDIR(info.st_mode):
            walk(entry.path)
        elif stat.S_ISREG(info.st_mode) and info.st_size < 1 << 30:
            digest.update(hashlib.sha256(open(entry.path, 'rb').read()).digest())
walk(os.fsencode(sys.argv[1]))
print(digest.hexdigest())
PY
}

# Readers that die, hang, flood or lie (vanban-reader --mock): the other files end as they would without them.
mkdir drill good
for i in 1 2 3 4; do letter 500$i >good/so-$i.txt; done
cp good/* drill/
n=0
for part in crash hang spin heartbeats alloc flood garbage half wrong-page 'exit 0' 'exit 3'; do
  n=$((n + 1)); printf '#!mock %s\n' "$part" >"drill/$(printf %02d $n) ${part% *}.txt"
done
reader=$work/reader  # a name of its own: other tests may run beside this one
cp "$(dirname "$vanban")/vanban-reader" "$reader"
printf '#!/bin/sh\nexec "%s" --mock "$@"\n' "$reader" >mock.sh; chmod +x mock.sh
before=$(tree drill)
# The clocks are those of a loaded machine: what waits for the processor (alloc, flood) is not what is tested here.
check "a load with eleven broken readers" exits 3 env VANBAN_READER="$work/mock.sh" "$vanban" --lang en ingest drill --store drill.db \
  --ocr never --progress none --jobs 2 --limit-silence-seconds 4 --limit-text-seconds 6 --limit-document-seconds 8 --limit-worker-memory 384MB
check "eleven rejected, four ingested" report drill.report.json "d['by_status']=={'ingested':4,'rejected':11}"
check "each for its reason" report drill.report.json "[(p['path'].rsplit('/')[-1][3:-4], p['reason']) for p in d['problems']]==[
 ('crash','parser-crash'),('hang','timeout'),('spin','timeout'),('heartbeats','timeout'),('alloc','memory-limit'),('flood','limit-exceeded'),
 ('garbage','parser-crash'),('half','parser-crash'),('wrong-page','parser-crash'),('exit','parser-crash'),('exit','parser-crash')]"
check "the signal is named" report drill.report.json "'SIGSEGV' in d['problems'][0]['message']"
load good --store good.db >/dev/null
check "the others as without them" bash -c "cmp <('$vanban' export --all --store drill.db | sed 's#/drill/#/good/#') <('$vanban' export --all --store good.db)"
check "the input is what it was" test "$(tree drill)" = "$before"
check "no reader is left" bash -c "! pgrep -f '^$reader'"

# Names as people, systems and attackers give them; things that are no files; a file larger than any disk.
mkdir names
python3 - <<'PY'
import os, socket
text = open('good/so-1.txt', 'rb').read()
names = [b'\x1b[31mred.txt', 'annexe\u202etxt.exe.txt'.encode(), b'new\nline.txt', b'tab\tand "quotes", commas.txt', b'-rf.txt', b'\xff\xfe.txt',
         'h\u1ed3 s\u01a1.txt'.encode(), 'h\u006f\u0302\u0300 s\u006f\u031b.txt'.encode(), b'=cmd()|x.txt', b' .txt', b'%s%n.txt', b'a!']
for i, name in enumerate(names + [b'n' * 255]):
    open(b'names/' + name, 'wb').write(text.replace(b'5001', b'%d' % (6000 + i)))
os.mkfifo('names/pipe'); os.symlink('/etc/passwd', 'names/out'); os.symlink('loop', 'names/loop'); os.symlink('.', 'names/self')
socket.socket(socket.AF_UNIX).bind('names/socket')
with open('names/sparse.txt', 'wb') as huge:
    huge.truncate(20 << 30)
PY
before=$(tree names)
check "odd names" exits 3 load names --store names.db
check "each its status" report names.report.json "d['by_status']=={'ingested':13,'rejected':1,'skipped':5} and d['entries']==19"
check "the huge one is not read" report names.report.json "[(p['reason'], p['sha256']) for p in d['problems'] if p['status']=='rejected']==[('limit-exceeded', '')]"
check "the report shows no hidden byte" bash -c "! LC_ALL=C grep -qP '\\x1b|\\xe2\\x80\\xae|\\xff' names.report.json names.report.html"
for format in table csv jsonl; do
  "$vanban" status --all --store names.db --format $format >names.$format
  check "nor does the $format" bash -c "! LC_ALL=C grep -qP '\\x1b|\\xe2\\x80\\xae|\\xff' names.$format"
done
check "one line a file in the CSV" test "$(wc -l <names.csv)" = 20
check "and in the JSON lines" test "$(wc -l <names.jsonl)" = 19
check "the names themselves are kept" python3 -c "
import sqlite3, os
kept={bytes(r[0]).rsplit(b'/',1)[-1] for r in sqlite3.connect('file:names.db?mode=ro',uri=True).execute('SELECT path FROM files')}
assert kept=={os.fsencode(n) for n in os.listdir(b'names'.decode())}, kept"
check "again: nothing to do" exits 0 load names --store names.db
check "verify finds every original by its name" exits 0 "$vanban" verify --store names.db
check "the input is what it was" test "$(tree names)" = "$before"
check "each check is written down" python3 -c "
import sqlite3
rows=sqlite3.connect('file:names.db?mode=ro',uri=True).execute('SELECT kind, at, detail FROM events').fetchall()
assert [r[0] for r in rows]==['verify','fixity'] and all(r[1].endswith('Z') for r in rows) and 'sha256, files 13, different 0, missing 0' in rows[1][2], rows"

# A file that changes all the time is not taken for what it was at some moment.
# It is so long that reading takes a while.
mkdir changing; cp good/so-1.txt changing/still.txt
{ cat good/so-2.txt; yes 'Các cơ quan đã họp và trao đổi nhiều lần về nội dung này.' | head -c 4000000; } >changing/moves.txt
python3 - <<'PY' &
import os
with open('changing/moves.txt', 'r+b', buffering=0) as out:
    while not os.path.exists('stop'):
        for i in range(50):
            os.pwrite(out.fileno(), b'%c' % (97 + i % 26), 100)
        if not os.path.exists('writing'):
            open('writing', 'w').close()
PY
writer=$!
while [ ! -e writing ]; do sleep 0.05; done
check "a file that somebody writes to" exits 4 load changing --store changing.db
check "is left for the next run" report changing.report.json "d['by_status']=={'failed':1,'ingested':1} and d['problems'][0]['reason']=='changing'"
touch stop; wait $writer
check "which takes it" exits 0 load changing --store changing.db
check "as it is now" report changing.report.json "d['by_status']=={'ingested':1,'unchanged':1}"

# No descriptors, no memory: what failed says so, the store is sound, the next run has it all.
load good --store whole.db >/dev/null; "$vanban" export --all --store whole.db >whole.jsonl
for files in 6 9 12 14 16 18 20; do
  rm -f few.db*
  (ulimit -n $files; load good --store few.db --jobs 2) >few.txt 2>&1
  code=$?
  check "$files descriptors: exit $code" bash -c "case $code in 0|3|4|5) ;; *) cat few.txt; exit 1;; esac"
  [ $code = 0 ] || check "$files descriptors: says why" grep -q . few.txt
  [ ! -s few.db ] || check "$files descriptors: the store is sound" bash -c "'$vanban' verify --no-originals --store few.db || grep -qE 'no store was made' <('$vanban' verify --store few.db 2>&1)"
  check "$files descriptors: the next run has it all" bash -c "'$vanban' ingest good --store few.db --ocr never --progress none >/dev/null; '$vanban' export --all --store few.db | cmp - whole.jsonl"
done

# A small disk that fills up, in a namespace of its own where the system allows that.
cat >full.sh <<'SH'
set -e
mkdir disk; mount -t tmpfs -o size=${1} none disk
set +e
"$2" --lang en ingest many --store disk/s.db --ocr never --progress none >full.txt 2>&1
echo $? >full.code
"$2" verify --no-originals --store disk/s.db >full.verify 2>&1
echo $? >>full.code
mount -o remount,size=200m disk
"$2" ingest many --store disk/s.db --ocr never --progress none >more.txt 2>&1
echo $? >>full.code
"$2" export --all --store disk/s.db >full.jsonl
SH
mkdir many; for i in $(seq 1 40); do letter $((7000 + i)) >many/$i.txt; done
load many --store all.db >/dev/null; "$vanban" export --all --store all.db >all.jsonl
for size in 900k 2m 3m; do
  rm -rf disk
  if unshare -Urm true 2>/dev/null && unshare -Urm bash full.sh $size "$vanban" 2>unshare.err; then
    check "a disk of $size: said, sound, and made good (exits: $(tr '\n' ' ' <full.code))" bash -c "[ \"\$(sed -n '1p;3p' full.code | xargs)\" = '5 0' ] && cmp full.jsonl all.jsonl"
    check "a disk of $size: names the store and what to do" grep -q "disk/s.db.*free some and run again" full.txt
    check "a disk of $size: the store was sound" bash -c "[ \"\$(sed -n 2p full.code)\" = 0 ] || grep -qE 'no store was made|is older than' full.verify"
  else
    echo "SKIPPED: a small disk ($(head -1 unshare.err 2>/dev/null)): no namespaces here"
  fi
done

# A file that crashes the program itself, while it is stored (main thread) and while it is read (another one).
if command -v strace >/dev/null && strace -o /dev/null true 2>/dev/null; then
  for point in pwrite64:1000 sendmsg:20; do
    rm -f crash.db* crash.report*
    strace -f -qq -o /dev/null -e trace=${point%:*} -e inject=${point%:*}:signal=SEGV:when=${point#*:} \
      "$vanban" --lang en ingest many --store crash.db --ocr never --progress none --jobs 1 >crash.txt 2>&1
    code=$?
    check "a crash ($point) costs its file alone and the run says so (exit $code)" bash -c "[ $code = 4 ] && grep -q 'failed.*crashed.*SIGSEGV' crash.txt"
    check "all others are stored" bash -c "[ \$('$vanban' export --all --store crash.db | grep -c '^{\"source') -ge 38 ]"
    check "the store is sound" "$vanban" verify --store crash.db
    check "the report says what to do" grep -q "crashed of this file" crash.report.html
    check "the next run reads it" bash -c "'$vanban' ingest many --store crash.db --ocr never --progress none && '$vanban' export --all --store crash.db >crash.jsonl && cmp crash.jsonl all.jsonl"
  done
  rm -f crash.db* crash.report*
  VANBAN_NO_RESTART=1 strace -f -qq -o /dev/null -e trace=pwrite64 -e inject=pwrite64:signal=SEGV:when=1000 \
    "$vanban" ingest many --store crash.db --ocr never --progress none >crash.txt 2>&1
  check "VANBAN_NO_RESTART: a crash stays a crash" test $? = 139
else
  echo "SKIPPED: a crash of the program: strace may not trace here"
fi

# Fifty searches at once while files are loaded.
load many --store search.db >/dev/null
mkdir later; for i in $(seq 1 60); do letter $((8000 + i)) >later/$i.txt; done
load later --store search.db --jobs 2 >/dev/null 2>&1 &
loading=$!
seq 1 50 | xargs -P 50 -I{} sh -c "'$vanban' search 'báo cáo thủ tục' --store search.db >/dev/null 2>>search.err || echo {} >>search.failed"
check "fifty searches at once while loading" bash -c "test ! -s search.failed || { cat search.err; false; }"
wait $loading
check "the load ended well" test $? = 0

finish

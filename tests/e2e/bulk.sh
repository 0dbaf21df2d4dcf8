#!/usr/bin/env bash
# Loading many files: one status each, duplicates, order and number of workers, two loads at once, searches meanwhile; and the
# doors for the whole store: verify, backup, export, import.
#   bulk.sh VANBAN SOURCE_DIR
source "$(dirname "$0")/common.sh"

# A small tree: documents, copies, damaged ones, names that are no text, a path longer than the system takes in one piece.
mkdir -p tree/a tree/b
for i in $(seq 1 12); do
  sed "s/1250/$((2000 + i))/" "$source/samples/1250-vpcp-kstt-2021.txt" >"tree/a/so-$i.txt"
done
cp "$source"/samples/*.txt tree/b/
cp tree/b/221-vpcp-kstt-2024.txt "tree/b/bản sao.txt"
cp tree/b/221-vpcp-kstt-2024.txt "tree/a/bản sao.txt"
: >tree/a/empty.txt
cp "$source/tests/data/encrypted.pdf" tree/a/locked.pdf
cp "$source/tests/data/encrypted.pdf" tree/b/locked-again.pdf
mkfifo tree/b/pipe
ln -s ../a tree/b/link
cp tree/a/so-1.txt "$(printf 'tree/b/t\xff\nx.txt')"
python3 - <<'PY'
import os
os.chdir('tree')
name = 'n' * 200
for i in range(24):
    os.mkdir(name); os.chdir(name)
open('deep.txt', 'w').write(open(os.environ.get('SAMPLE', '/dev/null')).read() or 'QUYẾT ĐỊNH\nVề việc thử đường dẫn dài\nĐiều 1. Giao Bộ Y tế báo cáo.\n')
PY

check "a tree: exit 3" exits 3 load tree --store one.db --jobs 1
check "the statuses sum up" report one.report.json "sum(d['by_status'].values())==d['entries']"
check "one status each" report one.report.json "d['by_status']=={'ingested':18,'duplicate':3,'rejected':3,'skipped':2}"
check "names that are no text are shown escaped" report one.report.json "all('\ufffd' not in p['path'] for p in d['problems'])"
check "again: nothing to do" exits 0 load tree --store one.db
check "everything is unchanged" report one.report.json "d['by_status']=={'unchanged':24,'skipped':2}"
touch tree/a/so-*.txt
check "new times, same bytes: nothing is read again" exits 0 load tree --store one.db
check "everything is unchanged" report one.report.json "d['by_status']=={'unchanged':24,'skipped':2}"
check "twice the same folder" exits 0 load tree tree/a tree/a/so-1.txt --store one.db
check "is counted once" report one.report.json "d['entries']==26"
"$vanban" export --all --store one.db >one.jsonl
check "18 documents" test "$(wc -l <one.jsonl)" = 18

# The same whatever the number of workers and the order of the paths.
load tree --store two.db --jobs 2 >/dev/null
"$vanban" export --all --store two.db >two.jsonl
check "two workers give the same bytes" cmp one.jsonl two.jsonl
load tree/b tree/a tree --store three.db --jobs 2 >/dev/null
"$vanban" export --all --store three.db >three.jsonl
check "paths in another order give the same bytes" cmp one.jsonl three.jsonl
for part in tree/b/221* tree/nn* tree/b tree/a tree; do load "$part" --store four.db >/dev/null; done
"$vanban" export --all --store four.db >four.jsonl
check "loaded piece by piece, the same bytes" cmp one.jsonl four.jsonl
"$vanban" graph --export json --store one.db >one.graph
"$vanban" graph --export json --store four.db >four.graph
check "and the same graph" cmp one.graph four.graph

# A duplicate outlives the file that was read first.
mkdir move && cp tree/b/221-vpcp-kstt-2024.txt move/a.txt && cp move/a.txt move/b.txt
load move --store move.db >/dev/null
echo "QUYẾT ĐỊNH: Giao Bộ Y tế báo cáo." >move/a.txt
load move --store move.db >/dev/null
check "both are there" bash -c "'$vanban' export --all --store move.db | grep -c . | grep -qx 2"
check "the copy's path" bash -c "'$vanban' export --all --store move.db | grep -q 'move/b.txt'"

# The doors.
check "import" exits 0 "$vanban" import one.jsonl --store back.db
check "export to a file" exits 0 "$vanban" export --all --store back.db --out back.jsonl
check "gives the same bytes" cmp one.jsonl back.jsonl
"$vanban" graph --export json --store back.db >back.graph
check "and the same graph" cmp one.graph back.graph
for list in tasks indicators measurements refs; do
  "$vanban" $list --store one.db --format csv --limit 100000 >one.csv
  "$vanban" $list --store back.db --format csv --limit 100000 >back.csv
  check "and the same $list" cmp one.csv back.csv
done
check "half a line is refused" bash -c "head -c 5000 one.jsonl | '$vanban' import - --store half.db; test \$? = 3"
check "and nothing of it is kept" bash -c "'$vanban' export --all --store half.db | test \$(wc -l) = 0"
check "verify" exits 0 "$vanban" --lang en verify --store one.db
check "backup" exits 0 "$vanban" backup copy.db --store one.db
check "of the same content" bash -c "'$vanban' export --all --store copy.db | cmp - one.jsonl"
check "a backup overwrites nothing" exits 2 "$vanban" backup copy.db --store one.db
printf x | dd of=tree/a/so-3.txt bs=1 seek=40 conv=notrunc 2>/dev/null
check "a byte of an original that flipped is found" exits 5 "$vanban" --lang en verify --store one.db
check "and named" grep -q "so-3.txt" out.txt
rm tree/a/so-4.txt; cp one.db flip.db
check "but not asked for" exits 0 "$vanban" verify --no-originals --store one.db
python3 - <<'PY'
import os
size = os.path.getsize('flip.db')
with open('flip.db', 'r+b') as f:
    for at in range(size // 3, size, max(1, size // 40)):
        f.seek(at); b = f.read(1); f.seek(at); f.write(bytes([b[0] ^ 0xff]))
PY
check "bytes of the store that flipped are found" exits 5 "$vanban" verify --no-originals --store flip.db
check "an agency by any of its names" bash -c "diff <('$vanban' tasks --agency 'BYT' --store one.db --format csv) <('$vanban' tasks --agency 'bộ y tế' --store one.db --format csv)"

# Two loads at once: the second is told who is there. Searches meanwhile never fail.
mkdir slow
for i in $(seq 1 60); do sed "s/1250/$((3000 + i))/" "$source/samples/1250-vpcp-kstt-2021.txt" >"slow/$i.txt"; done
mkfifo hold
"$vanban" import hold --store one.db >/dev/null 2>&1 &
holder=$!
exec 7>hold
sleep 0.5
check "a second writer: exit 6" exits 6 load slow --store one.db
check "names the first" grep -q "$holder" err.txt
check "verify works meanwhile" exits 0 "$vanban" verify --no-originals --store one.db
exec 7>&-
wait $holder
load slow --store one.db --jobs 2 >/dev/null 2>&1 &
loading=$!
errors=0
for i in $(seq 1 50); do "$vanban" search 'báo cáo thủ tục' --store one.db >/dev/null 2>search.err || { errors=$((errors + 1)); cat search.err; }; done
wait $loading
check "50 searches while loading, $errors errors" test $errors = 0

# What is left out is counted; what is not there any more, or open again, is forgotten; what cannot be read this time takes
# nothing away.
mkdir -p pick/drafts
cp slow/1.txt slow/2.txt pick/; cp slow/3.txt pick/drafts/nháp.txt; : >pick/empty.txt
check "a look first" exits 0 load pick --store pick.db --dry-run
check "writes nothing" test ! -e pick.db
check "include and exclude" exits 0 load pick --store pick.db --include '*.txt' --exclude 'drafts/*' --exclude 'empty*'
check "are counted" report pick.report.json "d['by_status']=={'ingested':2,'skipped':2} and d['entries']==4"
check "but not written down" bash -c "'$vanban' status --all --store pick.db --format jsonl | wc -l | grep -qx 2"
check "now all" exits 3 load pick --store pick.db
check "one is empty" report pick.report.json "d['by_status']=={'ingested':1,'rejected':1,'unchanged':2} and d['problems'][0]['reason']=='empty' and d['problems'][0]['advice']"
check "nothing new" exits 0 load pick --store pick.db
check "the report still names it" report pick.report.json "d['by_status']=={'unchanged':4} and d['problems']==[] and [p['reason'] for p in d['standing']]==['empty']"
"$vanban" export --all --store pick.db >pick.jsonl
mv pick/1.txt away.txt; mkfifo pick/1.txt; rm pick/empty.txt
check "a file that is a pipe now" exits 0 load pick --store pick.db
check "is skipped" report pick.report.json "d['by_status']=={'skipped':1,'unchanged':2}"
rm pick/1.txt; mv away.txt pick/1.txt
load pick --store pick.db >/dev/null
check "and back again" bash -c "'$vanban' export --all --store pick.db | cmp - pick.jsonl"
check "the empty file is forgotten" bash -c "! '$vanban' status --all --store pick.db --format jsonl | grep -q empty.txt"
: >pick/empty.txt; load pick --store pick.db >/dev/null; rm pick/empty.txt; load pick/ --store pick.db >/dev/null
check "and so with a slash behind the folder" bash -c "! '$vanban' status --all --store pick.db --format jsonl | grep -q empty.txt"
check "a folder that is gone: exit 4" exits 4 load pick none --store pick.db
check "takes nothing away" bash -c "mv pick pick-away; '$vanban' ingest pick --store pick.db >/dev/null 2>&1; test \$? = 4 && mv pick-away pick && '$vanban' export --all --store pick.db | cmp - pick.jsonl"
check "and is forgotten when it is back" bash -c "'$vanban' ingest pick --store pick.db >/dev/null 2>&1; ! '$vanban' status --store pick.db --format jsonl | grep -q 'pick\"'"

# Read again: what was refused, what needs a password, what another version made.
mkdir again && cp slow/4.txt again/ && cp "$source/tests/data/read/encrypted.pdf" again/
check "over a limit" exits 3 load again --store again.db --limit-file-bytes 1KB
check "which is named" grep -q "the limit file-bytes is 1024" out.txt
check "is not tried again" exits 0 load again --store again.db
check "unless it is asked for" exits 3 load again --store again.db --retry rejected
check "and then needs a password" report again.report.json "d['by_status']=={'ingested':1,'rejected':1} and d['problems'][0]['reason']=='needs-password'"
printf 'no\r\nsecret\n' >passwords.txt
check "from a file" exits 0 load again --store again.db --password-file passwords.txt
check "only that one is read" report again.report.json "d['by_status']=={'ingested':1,'unchanged':1}"
check "a password file that is none" exits 2 load again --store again.db --password-file none.txt
"$vanban" export --all --store again.db >again.jsonl
check "of this version: nothing to do" exits 0 load again --store again.db --reprocess --password-file passwords.txt
check "of this version" report again.report.json "d['by_status']=={'unchanged':2}"
cp -r "$source/models" other-models && echo >>other-models/abbreviations.tsv
check "of other models" exits 0 "$vanban" ingest again --store again.db --ocr never --progress none --reprocess --password-file passwords.txt --models other-models
check "all is read again" report again.report.json "d['by_status']=={'ingested':2}"
check "with the same result" bash -c "'$vanban' export --all --store again.db | cmp - again.jsonl"

# A scan that comes again in other bytes, or to a store that lost its document, costs no OCR.
mkdir scans && cp "$source/tests/data/read/lines.png" scans/a.png
check "a scan" exits 0 "$vanban" ingest scans --store scans.db --progress none
"$vanban" export --all --store scans.db >scans.jsonl
check "is remembered beside the store" bash -c "find scans.db.ocr -type f | grep -c . | grep -qx 1"
rm -f scans.db scans.db-*
cp scans/a.png scans/b.png && printf 'other bytes' >>scans/b.png
check "again" exits 0 "$vanban" ingest scans --store scans.db --progress none
check "from what was seen" report scans.report.json "d['ocr_recalled']==2 and d['by_status']=={'ingested':2}"
rm scans/b.png; rm -f scans.db scans.db-*
"$vanban" ingest scans --store scans.db --progress none >/dev/null
check "with the same result" bash -c "'$vanban' export --all --store scans.db | cmp - scans.jsonl"
cp -r scans.db.ocr scans/scans.db.ocr
check "what shuts readers in" bash -c "'$vanban' status --store scans.db --format json | python3 -c 'import json,sys; s=json.load(sys.stdin)[\"isolation\"]; assert \"rlimits\" in s, s'"

# Watching: a file counts when it has not changed between two looks; one that grows waits.
mkdir watched
"$vanban" ingest watched --store watched.db --ocr never --progress none --watch 0.6 >watch.txt 2>&1 &
watcher=$!
python3 - "$source/samples/1250-vpcp-kstt-2021.txt" <<'PY' &
import sys, time
text = open(sys.argv[1], 'rb').read()
step = len(text) // 8 + 1
with open('watched/grows.txt', 'wb') as out:
    for at in range(0, len(text), step):
        out.write(text[at:at + step]); out.flush(); time.sleep(0.3)
PY
writer=$!
cp slow/5.txt watched/
for i in $(seq 1 100); do
  sleep 0.3
  "$vanban" status --all --store watched.db --format jsonl 2>/dev/null | grep -q grows.txt && break
done
wait $writer
kill -INT $watcher
wait $watcher
check "stopped by a signal: exit 0" test $? = 0
load watched --store whole.db >/dev/null
check "a file that grew was read once, whole" bash -c "cmp <('$vanban' export --all --store watched.db) <('$vanban' export --all --store whole.db)"

# What stays as it is, a link or a file that cannot be read, is said once; another writer does not end the watch.
mkdir quiet; cp slow/6.txt quiet/; touch -d '1 minute ago' quiet/6.txt; ln -s nowhere quiet/link  # old enough for the first look
"$vanban" --lang en ingest quiet --store quiet.db --ocr never --progress none --watch 0.3 >quiet.txt 2>quiet.err &
watcher=$!
for i in $(seq 1 100); do grep -q Store: quiet.txt && break; sleep 0.2; done
mkfifo hold2; "$vanban" import hold2 --store quiet.db >/dev/null 2>&1 &
holder=$!
exec 7>hold2; sleep 1.5; exec 7>&-; wait $holder
cp slow/7.txt quiet/
for i in $(seq 1 100); do "$vanban" status --all --store quiet.db --format jsonl 2>/dev/null | grep -q 7.txt && break; sleep 0.2; done
sleep 1
kill -INT $watcher
wait $watcher
check "the watch went on: exit 0" test $? = 0
check "two looks had news" test "$(grep -c '^Store:' quiet.txt)" = 2

# Progress for programs.
rm -f p.db; "$vanban" ingest slow --store p.db --ocr never --progress json >/dev/null 2>progress.txt
check "progress is JSON, and its last line is the end" python3 -c "
import json; rows=[json.loads(l) for l in open('progress.txt')]; assert rows[-1]['done']==rows[-1]['total']==60 and rows[-1]['eta_seconds']==0, rows[-1]"

finish

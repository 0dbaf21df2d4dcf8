#!/usr/bin/env bash
# Files inside archives, e-mail and PDF over several loads: an archive that changes, one whose file cannot be read this time, one
# that another path has too, a run that is killed in the middle of one.
#   members.sh VANBAN SOURCE_DIR
source "$(dirname "$0")/common.sh"
# status PATH-END STORE: status and reason of the one file whose path ends so
status() { "$vanban" status --all --store "$2" --format jsonl | python3 -c "
import json,sys
rows=[json.loads(l) for l in sys.stdin]
print(*[(r['status']+' '+(r['reason'] or '')).strip() for r in rows if r['path'].endswith('$1')], sep=',')"; }
is() { [ "$1" = "$2" ] || { echo "'$1' is not '$2'"; return 1; }; }
paths() { "$vanban" export --all --store "$1" | python3 -c "
import json,sys
print(*sorted(json.loads(l)['source']['path'].rsplit('/in/',1)[-1] for l in sys.stdin))"; }
archive() {  # archive FILE NAME=TEXTFILE...
  python3 - "$@" <<'PY'
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as z:
    for pair in sys.argv[2:]:
        name, path = pair.split('=', 1)
        z.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), open(path, 'rb').read(), zipfile.ZIP_DEFLATED)
PY
}
for i in 1 2 3 4 5; do sed "s/1250/$((4000 + i))/" "$source/samples/1250-vpcp-kstt-2021.txt" >"$i.txt"; done
mkdir in

# An archive that changes: what it has no more is said, and shown no more.
archive in/a.zip một.txt=1.txt hai.txt=2.txt ba.txt=3.txt
check "an archive" exits 0 load in --store s.db
check "three documents" is "$(paths s.db)" "a.zip!/ba.txt a.zip!/hai.txt a.zip!/một.txt"
archive in/a.zip một.txt=1.txt hai.txt=4.txt
check "the archive has changed" exits 0 load in --store s.db
check "two documents" is "$(paths s.db)" "a.zip!/hai.txt a.zip!/một.txt"
check "the third is said to be gone" is "$(status ba.txt s.db)" "skipped removed-from-archive"
check "also in the summary" grep -q "removed-from-archive" out.txt
check "no search finds it" bash -c "'$vanban' search 4003/VPCP-KSTT --kind document --store s.db --format json | grep -q '\"total\": 0'"
check "the replaced one is found" bash -c "'$vanban' search 4004/VPCP-KSTT --kind document --store s.db --format json | grep -q '\"total\": 1'"
check "nothing to do" exits 0 load in --store s.db
check "says so" grep -q "Nothing changed" out.txt
check "verify" exits 0 "$vanban" verify --store s.db
load in --store fresh.db >/dev/null
check "the same as from nothing" bash -c "cmp <('$vanban' export --all --store s.db) <('$vanban' export --all --store fresh.db)"
archive in/a.zip một.txt=1.txt ba.txt=3.txt hai.txt=4.txt
check "back again" exits 0 load in --store s.db
check "is there" is "$(status ba.txt s.db)" "ingested"
printf 'PK\003\004 cut' >in/a.zip
check "the archive is damaged now" exits 3 load in --store s.db
check "so its files are none any more" is "$(paths s.db)" ""
check "and each says why" is "$(status ba.txt s.db)" "skipped removed-from-archive"

# The same archive under two paths: the second outlives the first.
rm -f in/*; archive in/x.zip một.txt=1.txt hai.txt=2.txt; cp in/x.zip in/y.zip
load in --store t.db >/dev/null
archive in/x.zip ba.txt=3.txt
load in --store t.db >/dev/null
check "the copy keeps what it holds" is "$(paths t.db)" "x.zip!/ba.txt y.zip!/hai.txt y.zip!/một.txt"
check "verify" exits 0 "$vanban" verify --store t.db

# A file inside that cannot be read this time keeps what was read before.
rm -f in/*; archive in/k.zip một.txt=1.txt hai.txt=2.txt
load in --store k.db >/dev/null
"$vanban" export --all --store k.db >k.jsonl
cp -r "$source/models" other-models && echo >>other-models/abbreviations.tsv
check "again with less than they need" exits 3 load in --store k.db --reprocess --models other-models --limit-file-bytes 8KB
check "takes nothing away" bash -c "'$vanban' export --all --store k.db | cmp - k.jsonl"
check "and says that it is kept" grep -q "what was read before is kept" k.report.json

# Two of one name are two.
rm -f in/*
python3 - <<'PY'
import email.message
mail = email.message.EmailMessage()
mail["From"], mail["To"], mail["Subject"], mail["Date"] = "vp@example.vn", "bo@example.vn", "x", "Wed, 10 Jan 2024 08:00:00 +0700"
mail.set_content("Kính gửi quý Bộ văn bản kèm theo.\n")
for name in "12":
    mail.add_attachment(open(name + ".txt", "rb").read(), maintype="text", subtype="plain", filename="quét.txt")
open("in/thư.eml", "wb").write(mail.as_bytes())
PY
check "a message with two attachments of one name" exits 0 load in --store m.db
check "both are there" is "$(paths m.db)" "thư.eml thư.eml!/quét (2).txt thư.eml!/quét.txt"

# A PDF's attachments: named; read where they are asked for.
rm -f in/*
python3 - "$source/samples/1250-vpcp-kstt-2021.txt" <<'PY'
import sys
text = open(sys.argv[1], 'rb').read()
page = b'BT /F1 12 Tf 10 200 Td (Cong van so 12/VPCP) Tj ET'
objects = [b'<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [(k) 6 0 R] >> >> >>',
           b'<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
           b'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
           b'<< /Length %d >>\nstream\n%s\nendstream' % (len(page), page),
           b'<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>',
           b'<< /Type /Filespec /F (../k\xe8m.txt) /EF << /F 7 0 R >> >>',
           b'<< /Length %d >>\nstream\n%s\nendstream' % (len(text), text)]
out = b'%PDF-1.5\n'; at = []
for i, one in enumerate(objects):
    at.append(len(out)); out += b'%d 0 obj\n%s\nendobj\n' % (i + 1, one)
table = len(out)
out += b'xref\n0 8\n0000000000 65535 f \n' + b''.join(b'%010d 00000 n \n' % a for a in at)
out += b'trailer\n<< /Size 8 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n' % table
open('in/kèm.pdf', 'wb').write(out)
PY
check "a PDF with a file attached" exits 0 load in --store p.db
check "is one document" is "$(paths p.db)" "kèm.pdf"
check "that names it" bash -c "'$vanban' export --all --store p.db | grep -q '\"code\":\"attachment\",\"message\":\"kèm.txt\"'"
check "read where it is asked for" exits 0 load in --store q.db --attachments
check "is two" is "$(paths q.db)" "kèm.pdf kèm.pdf!/kèm.txt"
check "nothing is written outside the store" test ! -e kèm.txt -a ! -e in/kèm.txt -a ! -e ../kèm.txt

finish

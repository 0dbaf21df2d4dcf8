#!/usr/bin/env bash
# The installed program on samples/: every command as a user types it, and every bad input with its status.
#   run.sh VANBAN SOURCE_DIR
source "$(dirname "$0")/common.sh"
says() { grep -qF -- "$1" "$2" || { echo "'$1' is not in $2:"; head -c 1500 "$2"; return 1; }; }
json() { python3 -c "import json,sys; d=json.load(open('$1')); assert $2, $2"; }

# --- extract
check "extract prints one JSON line a document" exits 0 "$vanban" extract "$source/samples/1250-vpcp-kstt-2021.txt" "$source/samples/221-vpcp-kstt-2024.pdf"
check "two lines" test "$(wc -l <out.txt)" = 2
check "--out writes NAME.json; shared names keep their ending" exits 0 "$vanban" extract --text --out out "$source/samples/1250-vpcp-kstt-2021.txt" "$source/samples/221-vpcp-kstt-2024.txt" "$source/samples/221-vpcp-kstt-2024.pdf"
check "name" test -s out/1250-vpcp-kstt-2021.json -a -s out/221-vpcp-kstt-2024.txt.json -a -s out/221-vpcp-kstt-2024.pdf.json
check "text is there" json out/1250-vpcp-kstt-2021.json "'đôn đốc' in d['text'] and d['document']['number']=='1250/VPCP-KSTT'"
check "spans point at the text" json out/1250-vpcp-kstt-2021.json "all(d['text'][r['span'][0]:r['span'][1]]==r['text'] for r in d['references'])"
check "boxes from a PDF" json out/221-vpcp-kstt-2024.pdf.json "all(t['boxes'] and t['page'] for t in d['tasks'])"
check "standard input" bash -c "'$vanban' extract - <'$source/samples/1250-vpcp-kstt-2021.txt' | grep -q 1250/VPCP-KSTT"
check "a scan" exits 0 "$vanban" extract --out scan "$source/samples/1250-vpcp-kstt-2021-scan.pdf"
check "a scan is read by OCR" json scan/1250-vpcp-kstt-2021-scan.json "d['source']['text_origin']=='ocr' and d['document']['number']=='1250/VPCP-KSTT'"

# --- ocr
xml() { python3 -c "import sys,xml.etree.ElementTree as t; t.parse('$1')"; }
cp "$source/samples/1250-vpcp-kstt-2021-scan.pdf" scan.pdf
check "ocr" exits 0 "$vanban" ocr scan.pdf found.pdf --alto found.xml --hocr found.html --text found.txt
check "a PDF that can be searched" exits 0 "$vanban" extract --ocr never found.pdf
check "its number" says 1250/VPCP-KSTT out.txt
check "ALTO is XML" xml found.xml
check "ALTO" says 'CONTENT="1250/VPCP-KSTT"' found.xml
check "hOCR is XML" xml found.html
check "hOCR" says '>1250/VPCP-KSTT</span>' found.html
check "text" says "Số: 1250/VPCP-KSTT" found.txt
check "text of what was written" bash -c "'$vanban' ocr --ocr never found.pdf --text - | grep -q 'Số: 1250/VPCP-KSTT'"
check "a good text layer is kept" bash -c "'$vanban' ocr '$source/samples/221-vpcp-kstt-2024.pdf' - | cmp - '$source/samples/221-vpcp-kstt-2024.pdf'"
ln -s scan.pdf link.pdf
ln scan.pdf hard.pdf
for name in scan.pdf ./scan.pdf link.pdf hard.pdf; do
  check "the original is refused as $name" exits 2 "$vanban" ocr scan.pdf $name
done
check "and is what it was" cmp scan.pdf "$source/samples/1250-vpcp-kstt-2021-scan.pdf"
check "nowhere to write" exits 2 "$vanban" ocr scan.pdf
check "no such folder" exits 4 "$vanban" ocr --ocr never scan.pdf no/such/found.pdf
check "no half file is left" test -z "$(find . -name '*.part-*')"

# --- files inside files
python3 - "$source/samples" <<'PY'
import email.message, io, sys, zipfile
samples = sys.argv[1] + "/"
letter = open(samples + "1250-vpcp-kstt-2021.txt", "rb").read()
pdf = open(samples + "221-vpcp-kstt-2024.pdf", "rb").read()
inner = io.BytesIO()
with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as z:
    z.writestr("công văn.pdf", pdf)
with zipfile.ZipFile("in.zip", "w", zipfile.ZIP_DEFLATED) as z:
    z.writestr("thư mục/1250.txt", letter)
    z.writestr("trong.zip", inner.getvalue())
    z.writestr("../../../escape.bin", b"\0\1\2\3" * 100)
deep = pdf
for i in range(5):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        z.writestr(f"{i}.zip" if i else "x.pdf", deep)
    deep = out.getvalue()
open("deep.zip", "wb").write(deep)
with zipfile.ZipFile("bomb.zip", "w", zipfile.ZIP_DEFLATED) as z:
    z.writestr("a.txt", b"0" * (300 << 20))
mail = email.message.EmailMessage()
mail["From"], mail["To"], mail["Subject"] = "vp@example.vn", "bo@example.vn", "Công văn số 221"
mail["Date"] = "Wed, 10 Jan 2024 08:00:00 +0700"
mail.set_content("Kính gửi quý Bộ văn bản kèm theo.\n")
mail.add_attachment(pdf, maintype="application", subtype="pdf", filename="221.pdf")
open("thu.eml", "wb").write(mail.as_bytes())
PY
check "an archive: what cannot be read is said" exits 3 "$vanban" extract in.zip
check "two documents" test "$(wc -l <out.txt)" = 2
check "by their paths" says 'in.zip!/thư mục/1250.txt"' out.txt
check "also of an archive in it" says 'in.zip!/trong.zip!/công văn.pdf"' out.txt
check "the one that is none" says 'in.zip!/escape.bin' err.txt
check "nothing is unpacked" test ! -e ../../../escape.bin -a ! -e escape.bin
check "archives in archives have an end" exits 3 "$vanban" extract deep.zip
check "a bomb is refused" exits 3 "$vanban" extract bomb.zip
check "a message with its attachment" exits 0 "$vanban" extract --out mail thu.eml
check "the message" json mail/thu.json "d['source']['media_type']=='message/rfc822'"
check "the attachment" json mail/thu.2.json "d['document']['number']=='221/VPCP-KSTT' and d['source']['path']=='thu.eml!/221.pdf' and d['tasks'][0]['boxes']"
mkdir inside && mv in.zip thu.eml bomb.zip inside
check "ingest of archives" exits 3 "$vanban" --lang en ingest inside --store z.db
check "each member counts" says "files inside others 6, not read whole 2" out.txt
check "a member is found" exits 0 "$vanban" show 1250/VPCP-KSTT --store z.db
check "members have their status" exits 0 "$vanban" status --all --store z.db --format json
cp out.txt members.json
check "each its own, the same letter twice is one document" json members.json "sorted(f['status'] for f in d['problems'] if '!/' in f['path'])==['duplicate','ingested','ingested','ingested','rejected','rejected']"
check "again: nothing changed" exits 0 "$vanban" --lang en ingest inside --store z.db
check "and says so of archives" says "Nothing changed" out.txt
check "members are not missed as originals" exits 0 "$vanban" verify --store z.db

# --- ingest
check "ingest" exits 0 "$vanban" ingest "$source/samples" --store s.db
check "ingest says where the report is" says "s.report.html" out.txt
cp s.db first.db
check "again: nothing changed" exits 0 "$vanban" --lang en ingest "$source/samples" --store s.db
check "and says so" says "Nothing changed" out.txt
check "in Vietnamese too" exits 0 "$vanban" --lang vi ingest "$source/samples" --store s.db
check "says so in Vietnamese" says "Không có gì thay đổi" out.txt

# --- search, lists, show, graph, status
check "untoned query" exits 0 "$vanban" search 'cai cach thu tuc' --store s.db --format json
check "finds toned text" says "cải cách thủ tục" out.txt
check "don doc" exits 0 "$vanban" search 'don doc' --store s.db --format json
check "finds đôn đốc" says "đôn đốc" out.txt
check "a number in another spelling" exits 0 "$vanban" search '221/vpcp-kstt' --store s.db --format json
check "finds the document" says "221/VPCP-KSTT" out.txt
check "filters" exits 0 "$vanban" search 'dịch vụ công' --store s.db --kind task --agency 'Bộ Y tế' --from 2021-01-01 --to 2021-12-31 --type dispatch --format json
check "filtered hit" says "viện phí" out.txt
check "old agencies rolled up" exits 0 "$vanban" tasks --store s.db --agency 'Bộ Tài chính' --agencies-as-of 2025-03-01 --format json
check "no date to roll up to" exits 2 "$vanban" tasks --store s.db --agencies-as-of gestern
check "nothing found is no error" exits 0 "$vanban" search 'zzzz' --store s.db
check "tasks as CSV" exits 0 "$vanban" tasks --store s.db --format csv --due-before 2021-12-31
check "with the deadline" says "2021-03-31" out.txt
check "tasks as a calendar" exits 0 "$vanban" tasks --store s.db --format ics
cp out.txt s.ics
check "begins and ends" bash -c "head -1 s.ics | grep -qx $'BEGIN:VCALENDAR\r' && tail -1 s.ics | grep -qx $'END:VCALENDAR\r'"
check "every line ends in CRLF" test "$(grep -c $'\r$' s.ics)" = "$(wc -l <s.ics)"
check "no line is over 75 bytes" bash -c "LC_ALL=C awk '{ if (length(\$0) > 76) bad = 1 } END { exit bad }' s.ics"
check "each piece of a folded line is whole UTF-8" bash -c "while IFS= read -r line; do printf '%s' \"\$line\" | iconv -f UTF-8 -t UTF-8 >/dev/null || exit 1; done <s.ics"
tr -d '\r' <s.ics | sed -e ':a' -e 'N' -e '$!ba' -e 's/\n //g' >unfolded.ics
check "a deadline" says "DTSTART;VALUE=DATE:20210331" unfolded.ics
check "its document and lead" bash -c "grep '^DESCRIPTION:' unfolded.ics | grep -q '1250/VPCP-KSTT (2021-02-25).*\\\\nChủ trì: '"
check "commas and semicolons are escaped" bash -c "! grep -E '^(SUMMARY|DESCRIPTION):' unfolded.ics | grep -qE '[^\\\\][,;]'"
check "one UID an event" test "$(grep -c '^UID:' unfolded.ics)" = "$(grep '^UID:' unfolded.ics | sort -u | wc -l)"
check "as many ends as beginnings" test "$(grep -c '^BEGIN:VEVENT' unfolded.ics)" = "$(grep -c '^END:VEVENT' unfolded.ics)"
check "other lists have no calendar" exits 2 "$vanban" refs --store s.db --format ics
check "indicators" exits 0 "$vanban" indicators --store s.db --assigned-by 02/NQ-CP --format json
check "a target" says '"value": 90' out.txt
check "series" exits 0 "$vanban" indicators --series --store s.db --limit 100 --format json
check "online payment over the years" json out.txt "[(t['period'], t['comparator'], t['value']) for s in d if s['series'].startswith('thanh toán trực tuyến trên cổng dịch vụ công quốc gia /') for t in s['targets']][:1] == [('2021','=',25)] and {('2021',25),('2024',45),('2025',60)} == {(t['period'],t['value']) for s in d if s['series'].startswith('thanh toán trực tuyến trên cổng dịch vụ công quốc gia /') for t in s['targets']}"
check "a body's series, with those it took over" exits 0 "$vanban" indicators --series --store s.db --agency BTC --agencies-as-of 2025-03-01 --format json
check "the target it leads" says "thuế nội địa" out.txt
check "refs" exits 0 "$vanban" refs --store s.db --document 1250/VPCP-KSTT --format jsonl
check "a reference" says "45/2018/QĐ-TTg" out.txt
check "show" exits 0 "$vanban" --lang en show 221/VPCP-KSTT --store s.db
check "show has citations" says "02/NQ-CP" out.txt
check "graph" exits 0 "$vanban" graph --store s.db --format json
check "one node for 107" bash -c "'$vanban' graph --store s.db --export json | python3 -c \"import json,sys; g=json.load(sys.stdin); n=[x for x in g['nodes'] if (x['number'] or '').startswith('107/')]; assert len(n)==1, n; m=[x['id'] for x in g['nodes'] if x['number']=='01/NQ-CP']; assert len(m)==3, m\""
for format in dot graphml json turtle; do check "export $format" exits 0 "$vanban" graph --store s.db --export $format; done
check "export csv" exits 0 "$vanban" graph --store s.db --export csv --provisions --out neo4j
check "Neo4j's columns" says ":START_ID,:END_ID,:TYPE" neo4j/relationships.csv
check "provisions" says ",Provision" neo4j/nodes.csv
check "the five documents" exits 0 "$vanban" ingest "$source"/samples/*.txt --store five.db --progress none
check "their graph" exits 0 "$vanban" graph --store five.db --export json
check "55 numbered documents" json out.txt "len([n for n in d['nodes'] if (n['number'] or '')[:1].isdigit()])==55"
check "three 01/NQ-CP" json out.txt "len([n for n in d['nodes'] if n['number']=='01/NQ-CP'])==3"
check "nothing amended, replaced, repealed" json out.txt "not [l for l in d['links'] if l['modality']=='enacted' and l['relation'] in ('amends','replaces','repeals')]"
check "the fields of nodes and links" json out.txt "list(d['nodes'][0])==['id','number','type','date','title','held'] and list(d['links'][0])==['source','target','relation','modality','pinpoint','count']"
check "cited by" exits 0 "$vanban" graph --store s.db --cited-by 107/2021/NĐ-CP --format json
check "two documents cite it" json out.txt "len({x['source'] for x in d})>=2"
check "implements, with tasks" exits 0 "$vanban" graph --store s.db --implements /vn/chinh-phu/resolution/2024/02-nq-cp
check "the dispatch" says "221/VPCP-KSTT" out.txt
check "status" exits 0 "$vanban" --lang en graph --store s.db --status 61/2018/NĐ-CP --as-of 2024-01-01
check "in force" says "in force" out.txt
for question in --check --missing --hubs --cycles --communities; do check "graph $question" exits 0 "$vanban" graph --store s.db $question --format csv; done
check "an unknown relation" exits 2 "$vanban" graph --store s.db --cites 221/VPCP-KSTT --relation likes
check "path" exits 0 "$vanban" graph --store s.db --from 1250/VPCP-KSTT --to 45/2018/QĐ-TTg
check "status" exits 0 "$vanban" status --store s.db --format json
check "status counts" json out.txt "d['files']['ingested']>=5 and d['problems']==[]"
check "no store" exits 4 "$vanban" status --store none.db
check "bad usage" exits 2 "$vanban" search
check "bad date" exits 2 "$vanban" tasks --store s.db --from yesterday
check "bad usage in Vietnamese" exits 2 "$vanban" --lang vi search
check "says what is missing" says "còn thiếu QUERY" err.txt
check "an unknown option" exits 2 "$vanban" --lang vi status --frob
check "names it" says "không hiểu: --frob" err.txt
check "an unknown command" exits 2 "$vanban" --lang vi serch x
check "names the commands" says "không có lệnh 'serch'; các lệnh: extract, ocr, ingest" err.txt
check "reasons in Vietnamese" exits 4 "$vanban" --lang vi status --store none.db
check "with the file" bash -c "grep -q 'không tìm thấy: .*none.db' err.txt"
check "help in Vietnamese" bash -c "'$vanban' --lang vi tasks --help | grep -q 'Cách dùng'"
check "a reader that goes away" bash -c "'$vanban' refs --store s.db --limit 500 | head -1 | grep -q ."
check "help has an example" bash -c "'$vanban' --lang en ingest --help | grep -q Example"

# --- bad input: each gets its status and reason, the others are ingested
mkdir bad
: >bad/empty.txt
head -c 3000 "$source/samples/221-vpcp-kstt-2024.pdf" >bad/truncated.pdf
cp "$source/tests/data/encrypted.pdf" bad/encrypted.pdf
cp "$source/tests/data/small.jpg" bad/really-a-jpeg.pdf
cp "$source/samples/1250-vpcp-kstt-2021.txt" bad/good.txt
mkdir bad/closed && cp bad/good.txt bad/closed/unseen.txt
chmod 000 bad/closed
as_user=()
if [ "$(id -u)" = 0 ]; then  # root may read everything: run as somebody who may not
  chmod 777 . bad
  as_user=(setpriv --reuid=65534 --regid=65534 --clear-groups)
  "${as_user[@]}" test -x "$vanban" || as_user=()
fi
"${as_user[@]}" "$vanban" ingest bad missing.txt --store bad.db --progress none >out.txt 2>err.txt
code=$?
check "some failed: exit 4 (got $code)" test "$code" = 4
"$vanban" status --store bad.db --all --format json >status.json
status_of() { python3 -c "
import json,sys
d=json.load(open('status.json'))
rows={p['path'].rsplit('/',1)[-1]:(p['status'],p['reason']) for p in d['problems']}
print(*rows.get('$1',('none','none')))"; }
check "empty" test "$(status_of empty.txt)" = "rejected empty"
check "encrypted" test "$(status_of encrypted.pdf)" = "rejected needs-password"
check "truncated: $(status_of truncated.pdf)" bash -c "[[ '$(status_of truncated.pdf)' == rejected\ * || '$(status_of truncated.pdf)' == partial\ * ]]"
check "missing" test "$(status_of missing.txt)" = "failed not-found"
check "a JPEG named .pdf is read as what it is: $(status_of really-a-jpeg.pdf)" bash -c "[[ '$(status_of really-a-jpeg.pdf)' == ingested\ * ]]"
check "good" bash -c "[[ '$(status_of good.txt)' == ingested* || '$(status_of good.txt)' == duplicate* ]]"
[ "$(id -u)" = 0 ] && [ ${#as_user[@]} = 0 ] || check "closed folder" test "$(status_of closed)" = "failed permission"

finish

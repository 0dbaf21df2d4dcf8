"""OCR beside bare Tesseract on scans whose text is known: what `tools/bench read FOLDER` runs.

FOLDER/LEVEL/PAGE.EXT are the scans; FOLDER/truth/PAGE.txt is what PAGE says, in reading order, and PAGE.cells.json
([{row, text}]) its table. tests/bench/damage_pages.py makes such scans from clean pages. Texts are compared in NFC,
white space as one space, words that a line's end broke behind a hyphen or slash joined.

  CER    edit distance over characters, the page in reading order
  cells  table cells found exactly, of those with two characters or more: vanban's in its tables, Tesseract's as a run of words
  rows   table rows whose cells stand in one row, in order
  ids    document numbers found (221/VPCP-KSTT)
  wrong  words with digits that the page does not have, and in brackets those that no warning names
  CPU    user and system seconds a page, one thread
  plain  on pages without a table and without a doubtful digit, which need no second look: CPU beside that of one bare
         Tesseract run on the same image, whole program against whole program

With --lost, the numbers that were not found, and those found that the page does not have, are listed below the table.
"""
import argparse, collections, json, os, pathlib, re, subprocess, sys, tempfile, unicodedata

NUMBER = re.compile(r'\d+(?:/\d{4})?/[A-ZĐ][A-ZĐa-z]*(?:-[A-ZĐ][A-ZĐa-z]*)*')


def plain(text):
    text = re.sub(r'\s+', ' ', unicodedata.normalize('NFC', text)).strip()
    return re.sub(r'(?<=\w[-/]) (?=\w)', '', text)


def distance(a, b):
    """Levenshtein distance; a column of the table is two bit vectors (Myers 1999)."""
    if not a:
        return len(b)
    where = collections.defaultdict(int)
    for i, c in enumerate(a):
        where[c] |= 1 << i
    full, last = (1 << len(a)) - 1, 1 << (len(a) - 1)
    up, down, errors = full, 0, len(a)
    for c in b:
        same = where.get(c, 0)
        diagonal = (((same & up) + up) ^ up) | same | down
        right, left = down | ~(diagonal | up) & full, up & diagonal
        errors += bool(right & last) - bool(left & last)
        right = (right << 1 | 1) & full
        up, down = (left << 1) & full | ~((same | down) | right) & full, right & (same | down)
    return errors


def numbers(text):
    return collections.Counter(NUMBER.findall(text))


def digits(word):
    return ''.join(c for c in word if c.isdigit())


def score(truth, cells, text, tables, doubtful):
    """Counts for one page. `doubtful`: words that a warning names; None: the program gives no warnings."""
    sums = collections.Counter()
    want, have = plain(truth), plain(text)
    sums['characters'], sums['errors'] = len(want), distance(want, have)
    ids, found = numbers(want), numbers(have)
    sums['ids'], sums['ids found'] = sum(ids.values()), sum((ids & found).values())
    known = collections.Counter(filter(None, map(digits, truth.split() + want.split())))
    sums['digits'] = sum(1 for word in want.split() if digits(word))
    for word in have.split():
        if not digits(word) or known[digits(word)]:
            continue
        sums['wrong'] += 1
        sums['silent'] += doubtful is None or not any(one in word or word in one for one in doubtful)
    rows = collections.defaultdict(list)
    for cell in cells:
        rows[cell['row']].append(plain(cell['text']))
    left = collections.Counter(cell for row in tables or [] for cell in row)
    for row in rows.values():
        for cell in row:
            if len(cell) < 2:
                continue
            sums['cells'] += 1
            sums['cells found'] += left[cell] > 0 if tables else f' {cell} ' in f' {have} '
            left[cell] -= 1
        row = [cell for cell in row if cell]
        sums['rows'] += 1
        sums['rows found'] += row in tables if tables else f' {" ".join(row)} ' in f' {have} '
    return sums


def run(command, **options):
    """Standard output, and CPU seconds with those of its children."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                               env=dict(os.environ, OMP_THREAD_LIMIT='1'), **options)
    out = process.stdout.read()
    usage = os.wait4(process.pid, 0)[2]
    return out.decode('utf-8', 'replace'), usage.ru_utime + usage.ru_stime


def by_tesseract(scan):
    text, seconds = run(['tesseract', str(scan), '-', '-l', 'vie'])
    return text.replace('\f', ' '), None, None, seconds


def by_vanban(vanban, scan):
    out, seconds = run([vanban, 'extract', '--text', str(scan)])
    document = json.loads(out.splitlines()[0]) if out.strip() else {}
    tables = []
    for table in document.get('tables') or []:
        for row in (table.get('header') or []) + (table.get('rows') or []):
            tables.append([text for text in (plain(cell.get('text', '')) for cell in row) if text])
    doubtful = [word for warning in document.get('warnings') or [] if warning['code'] == 'ocr-doubtful-digits'
                for word in re.findall(r'"([^"]+)"', warning['message'])]
    return document.get('text') or '', tables, doubtful, seconds


def share(sums, found, all_of):
    return f'{100 * sums[found] / sums[all_of]:.1f}' if sums[all_of] else '-'


def times(seconds, of):
    return f'{seconds / of:.2f}' if of else '-'


def main():
    parser = argparse.ArgumentParser(prog='tools/bench read', description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('folder', type=pathlib.Path)
    parser.add_argument('--levels', help='comma-separated; all of the folder if left out')
    parser.add_argument('--pages', default='', help='only pages whose name matches this regular expression')
    parser.add_argument('--lost', action='store_true', help='list the document numbers that were not found')
    parser.add_argument('--vanban', required=True)
    given = parser.parse_args()
    truth = given.folder / 'truth'
    levels = given.levels.split(',') if given.levels else sorted(
        path.name for path in given.folder.iterdir()
        if path.is_dir() and path != truth and any((truth / f'{scan.stem}.txt').exists() for scan in path.iterdir()))
    print('| | CER % | cells % | rows % | ids % | wrong (silent) | CPU s | plain |\n|---|---|---|---|---|---|---|---|')
    lost = []
    plain_cpu = collections.Counter()
    means = collections.defaultdict(list)
    for level in levels:
        sums = {'tesseract': collections.Counter(), 'vanban': collections.Counter()}
        for scan in sorted((given.folder / level).iterdir()):
            page = truth / f'{scan.stem}.txt'
            if not page.exists() or not re.search(given.pages, scan.stem):
                continue
            cells = truth / f'{scan.stem}.cells.json'
            cells = json.loads(cells.read_text()) if cells.exists() else []
            read = {'tesseract': by_tesseract(scan), 'vanban': by_vanban(given.vanban, scan)}
            is_plain = not cells and not read['vanban'][2]
            for name, (text, tables, doubtful, seconds) in read.items():
                sums[name] += score(page.read_text(), cells, text, tables, doubtful)
                sums[name] += collections.Counter({'pages': scan.stem.count('+') + 1, 'seconds': seconds,
                                                   'plain': seconds if is_plain else 0})
                plain_cpu[name] += seconds if is_plain else 0
            want, have = numbers(plain(page.read_text())), numbers(plain(read['vanban'][0]))
            if want - have:
                lost.append(f'{level}/{scan.stem}: lost {", ".join((want - have).elements())}; '
                            f'read {", ".join((have - want).elements()) or "nothing in its place"}')
        for name, all_of in sums.items():
            if not all_of['pages']:
                continue
            seconds, errors = all_of['seconds'] / all_of['pages'], all_of['errors'] / all_of['characters']
            means[name].append((errors, seconds))
            print(f'| {level}, {name} | {100 * errors:.2f} | {share(all_of, "cells found", "cells")} '
                  f'| {share(all_of, "rows found", "rows")} | {share(all_of, "ids found", "ids")} '
                  f'| {all_of["wrong"]} ({all_of["silent"]}) of {all_of["digits"]} | {seconds:.2f} '
                  f'| {times(all_of["plain"], sums["tesseract"]["plain"])} |', flush=True)
    for name, all_of in means.items():
        print(f'| mean, {name} | {100 * sum(e for e, _ in all_of) / len(all_of):.2f} | | | | '
              f'| {sum(s for _, s in all_of) / len(all_of):.2f} | {times(plain_cpu[name], plain_cpu["tesseract"])} |')
    if given.lost:
        print('\n'.join(['', *lost]))
    return 0 if means else 1


if __name__ == '__main__':
    sys.exit(main())

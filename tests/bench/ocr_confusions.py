#!/usr/bin/env python3
"""Counts which letters OCR reads for others: models/ocr_confusions.tsv.

    tests/bench/ocr_confusions.py SCANS PROGRAM [OUT]

SCANS holds LEVEL/PAGE.* images and truth/PAGE.txt (as for tools/bench read); PROGRAM is the built vanban. Words as OCR read
them, before any repair, are put beside the printed ones by their letters without marks.
"""
import collections, difflib, json, pathlib, subprocess, sys, unicodedata

SIGNS = '.,;:()“”"\'/-–…*[]!?'
# Letters of one shape that a small sample may not show: they count as never seen, not as impossible.
ALIKE = ['oe', 'eo', 'un', 'nu', 'hb', 'ce', 'ec', 'tl', 'lt', 'li', 'il']


def plain(word):
    return unicodedata.normalize('NFC', word).strip(SIGNS).lower()


def bare(word):
    return ''.join(c for c in unicodedata.normalize('NFD', word) if not unicodedata.combining(c)).replace('đ', 'd')


def beside(read, printed):
    """Pairs of words that are the same, or nearly, without their marks."""
    a, b = [bare(w) for w in read], [bare(w) for w in printed]
    for kind, i, j, k, m in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind == 'equal' or kind == 'replace' and j - i == m - k:
            for at in range(j - i):
                if difflib.SequenceMatcher(None, a[i + at], b[k + at]).ratio() >= 0.6:
                    yield read[i + at], printed[k + at]


def main():
    scans, program = pathlib.Path(sys.argv[1]), sys.argv[2]
    out = pathlib.Path(sys.argv[3] if len(sys.argv) > 3 else 'models/ocr_confusions.tsv')
    changed, letters, pages = collections.Counter(), collections.Counter(), 0
    for image in sorted(scans.glob('*/*')):
        truth = scans / 'truth' / (image.stem + '.txt')
        if image.parent.name in ('truth', 'documents') or not truth.exists():
            continue
        raw = subprocess.run([program, 'extract', '--dump', 'raw', str(image)], capture_output=True, check=True).stdout
        read = [plain(w.get('read_as') or w['text']) for p in json.loads(raw)['pages'] for w in p['words']]
        for was, printed in beside(read, [plain(w) for w in truth.read_text(encoding='utf-8').split()]):
            if not was.isalpha() or not printed.isalpha():
                continue
            letters.update(printed)
            pairs = [(x, y) for x, y in zip(printed, was) if x != y]
            if len(was) == len(printed) and len(pairs) <= 2:
                changed.update(pairs)
        pages += 1
    vietnamese = lambda c: c in 'abcdđeghiklmnopqrstuvxy' or bare(c) in 'aeiouy'
    rows = {k for k, n in changed.items() if n >= 2 and all(map(vietnamese, k))} | {(x, y) for x, y in ALIKE}
    with open(out, 'w', encoding='utf-8') as file:
        file.write('# What: letters that OCR reads for others, for the repair of its words (normalise/ocr_repair.h): lower case, how many times of\n'
                   '#   how many.\n'
                   f'# Source: Tesseract `vie` beside the known text of {pages} scanned pages of ten kinds, clean to bad photocopies: seen twice or\n'
                   '#   more, and letters of one shape (tests/bench/ocr_confusions.py).\n'
                   '# Licence: own measurement. Read: 2026-11.\nprinted\tread\ttimes\tof\n')
        for x, y in sorted(rows):
            file.write(f'{x}\t{y}\t{changed[x, y]}\t{max(1, letters[x])}\n')


if __name__ == '__main__':
    main()

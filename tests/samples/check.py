#!/usr/bin/env python3
"""What `vanban extract` makes of every file of samples/, compared with tests/samples/FILE.expected.json field by field.

    check.py VANBAN SOURCE_DIR [--update]

`source.path` does not count. What OCR reads differs between versions of Tesseract: of a scan the fields of the document, the
numbers of its references and how many tasks it has are compared. Where python3-jsonschema is there, everything is checked against
models/schema/document.schema.json too. --update rewrites the expected files.
"""
import json, os, subprocess, sys

vanban, root = sys.argv[1:3]
update = '--update' in sys.argv[3:]
folder = os.path.join(root, 'tests', 'samples')


def outlined(document):
    """The part of a scan's document that another Tesseract gives as well."""
    head = {k: document['document'][k] for k in ('id', 'type', 'number', 'issuer', 'date', 'status')}
    return {'document': head, 'references': sorted({r['number'] for r in document['references'] if r['number']}),
            'tasks': len(document['tasks'])}


def differences(expected, got, where, out):
    if type(expected) is not type(got) and not (isinstance(expected, (int, float)) and isinstance(got, (int, float))):
        out.append(f'{where}: {json.dumps(got, ensure_ascii=False)[:200]}, not {json.dumps(expected, ensure_ascii=False)[:200]}')
    elif isinstance(expected, dict):
        for key in dict.fromkeys([*expected, *got]):
            if key not in got or key not in expected:
                out.append(f'{where}.{key}: ' + ('is not there' if key not in got else 'is new'))
            else:
                differences(expected[key], got[key], f'{where}.{key}', out)
    elif isinstance(expected, list):
        if len(expected) != len(got):
            out.append(f'{where}: {len(got)} items, not {len(expected)}')
        for i, pair in enumerate(zip(expected, got)):
            differences(*pair, f'{where}[{i}]', out)
    elif expected != got:
        out.append(f'{where}: {json.dumps(got, ensure_ascii=False)[:200]}, not {json.dumps(expected, ensure_ascii=False)[:200]}')


def validator():
    try:
        import jsonschema
    except ImportError:
        return None
    with open(os.path.join(root, 'models', 'schema', 'document.schema.json'), encoding='utf-8') as file:
        return jsonschema.Draft202012Validator(json.load(file))


check = validator()
failed = 0
names = sorted(n for n in os.listdir(os.path.join(root, 'samples')) if not n.startswith('.'))
for name in names:
    ran = subprocess.run([vanban, '--lang', 'en', 'extract', '--pretty', os.path.join('samples', name)], cwd=root, capture_output=True)
    problems = []
    if ran.returncode not in (0, 3) or not ran.stdout.strip():
        print(f'{name}: exit {ran.returncode}: {ran.stderr.decode(errors="replace")}')
        failed += 1
        continue
    got = json.loads(ran.stdout)
    if check is not None:
        problems += [f'schema: {"/".join(map(str, e.absolute_path))}: {e.message[:200]}' for e in check.iter_errors(got)]
    scan = got['source']['text_origin'] != 'plain' and got['source']['ocr'] is not None
    path = os.path.join(folder, name + '.expected.json')
    if update:
        with open(path, 'w', encoding='utf-8') as file:
            json.dump(got, file, ensure_ascii=False, indent=1)
            file.write('\n')
    elif not os.path.exists(path):
        problems.append('nothing is expected of it: tools/golden --update')
    else:
        with open(path, encoding='utf-8') as file:
            expected = json.load(file)
        expected['source']['path'] = got['source']['path']
        pair = (outlined(expected), outlined(got)) if scan else (expected, got)
        differences(*pair, '', problems)
    for problem in problems[:20]:
        print(f'{name}: {problem}')
    if problems:
        failed += 1
        print(f'{name}: {len(problems)} differences')
for name in sorted(os.listdir(folder)):
    if name.endswith('.expected.json') and name.removesuffix('.expected.json') not in names:
        print(f'{name}: there is no such sample')
        failed += 1
print(f'{len(names)} samples, {failed} differ' + ('' if check else ' (python3-jsonschema is not installed: schema not checked)'))
sys.exit(1 if failed else 0)

#!/usr/bin/env python3
"""Opens what `vanban graph --export` and `--akn` write with other programs: networkx (GraphML, node-link JSON), raptor (Turtle), the
CSV and XML readers of Python. graph_exports.py VANBAN SOURCE; exit code 77: networkx or rapper is not installed."""
import csv, json, pathlib, shutil, subprocess, sys, tempfile
import xml.etree.ElementTree as ET

try:
    import networkx
except ImportError:
    print('networkx is not installed (tools/setup installs python3-networkx)')
    sys.exit(77)
if shutil.which('rapper') is None:
    print('rapper is not installed (tools/setup installs raptor2-utils)')
    sys.exit(77)

vanban, source = sys.argv[1], pathlib.Path(sys.argv[2])
AKN = '{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}'
TAGS = {'part': 'part', 'chapter': 'chapter', 'section': 'section', 'article': 'article', 'clause': 'clause', 'point': 'point',
        'dash': 'indent', 'roman_inline': 'subparagraph'}


def run(*words):
    return subprocess.run([vanban, *words], check=True, stdout=subprocess.PIPE).stdout


def own_text(element):
    return ' '.join(''.join(element.itertext()).split())


def check_akoma_ntoso(name, store):
    document = json.loads(run('show', name, '--store', store, '--format', 'json'))
    root = ET.fromstring(run('graph', '--akn', name, '--store', store))
    assert root.tag == AKN + 'akomaNtoso', root.tag
    top = root[0]
    order = [child.tag.replace(AKN, '') for child in top]
    known = ['meta', 'preface', 'preamble', 'body', 'mainBody', 'conclusions', 'attachments']
    assert order[0] == 'meta' and order == sorted(order, key=known.index), order
    levels = top.find(f'{AKN}meta/{AKN}identification')
    assert [level.tag.replace(AKN, '') for level in levels] == ['FRBRWork', 'FRBRExpression', 'FRBRManifestation']
    for level in levels:
        for field in ('FRBRthis', 'FRBRuri', 'FRBRdate', 'FRBRauthor'):
            assert level.find(AKN + field) is not None, (name, level.tag, field)
    ids = {e.get('eId') for e in top.iter() if e.get('eId')}
    assert len(ids) == sum(1 for e in top.iter() if e.get('eId')), 'an eId stands twice'
    for author in top.iter(AKN + 'FRBRauthor'):
        assert author.get('href')[1:] in ids, author.get('href')
    number = document['document']['number']
    if number:
        assert levels[0].find(AKN + 'FRBRnumber').get('value') == number
    # The tree of the body is that of the sections: the same units, in order, at the same depth below each other.
    parents = {s['id']: s['parent'] for s in document['sections']}
    kinds = {s['id']: s['kind'] for s in document['sections']}

    def depth(section):
        above, count = parents[section], 0
        while above:
            count += kinds[above] in TAGS
            above = parents[above]
        return count
    wanted = [(TAGS[s['kind']], depth(s['id'])) for s in document['sections'] if s['kind'] in TAGS]
    found = []
    stack = [(top, 0)]
    while stack:
        element, below = stack.pop()
        tag = element.tag.replace(AKN, '')
        unit = tag in TAGS.values() and element is not top
        if unit:
            found.append((tag, below))
        stack.extend((child, below + unit) for child in reversed(list(element)))
    assert found == wanted, (name, found[:10], wanted[:10])
    hrefs = [ref.get('href') for ref in top.iter(AKN + 'ref')]
    resolved = [r for r in document['references'] if r['resolution'] == 'resolved' and r['target'].startswith('/vn/')]
    assert all(href.startswith('/akn/vn/') for href in hrefs)
    assert (not resolved) == (not hrefs), (len(resolved), len(hrefs))
    assert len(hrefs) <= len(resolved)
    return len(found), len(hrefs)


with tempfile.TemporaryDirectory() as work:
    store = f'{work}/five.db'
    run('ingest', *map(str, sorted((source / 'samples').glob('*.txt'))), '--store', store, '--progress', 'none')
    graph = json.loads(run('graph', '--store', store, '--export', 'json'))
    (pathlib.Path(work) / 'g.graphml').write_bytes(run('graph', '--store', store, '--export', 'graphml'))
    opened = networkx.read_graphml(f'{work}/g.graphml')
    assert set(opened) == {n['id'] for n in graph['nodes']}
    assert opened.number_of_edges() == len(graph['links'])
    for node in graph['nodes']:
        assert opened.nodes[node['id']]['held'] == node['held']
        assert opened.nodes[node['id']].get('title') == node['title']
    linked = networkx.node_link_graph(graph)
    assert sorted(linked.in_degree()) == sorted(opened.in_degree())
    from networkx.algorithms.link_analysis.pagerank_alg import _pagerank_python  # the other ones need scipy
    ranks = _pagerank_python(networkx.DiGraph(opened), tol=1e-12, weight=None, max_iter=1000)
    ours = json.loads(run('graph', '--store', store, '--top', '1000', '--format', 'json'))
    assert len(ours) == len(ranks)
    assert all(abs(ranks[one['id']] - float(one['pagerank'])) < 1e-5 for one in ours), 'PageRank'

    turtle = pathlib.Path(work) / 'g.ttl'
    turtle.write_bytes(run('graph', '--store', store, '--export', 'turtle', '--provisions'))
    parsed = subprocess.run(['rapper', '-q', '-i', 'turtle', '-o', 'ntriples', str(turtle)], check=True, stdout=subprocess.PIPE).stdout.decode()
    resources = [line for line in parsed.splitlines() if line.endswith('ontology#LegalResource> .')]
    assert len(resources) == len(graph['nodes']), (len(resources), len(graph['nodes']))
    assert '<http://data.europa.eu/eli/ontology#based_on>' in parsed

    run('graph', '--store', store, '--export', 'csv', '--provisions', '--out', f'{work}/neo4j')
    nodes = list(csv.DictReader(open(f'{work}/neo4j/nodes.csv', encoding='utf-8')))
    edges = list(csv.DictReader(open(f'{work}/neo4j/relationships.csv', encoding='utf-8')))
    ids = {n['id:ID'] for n in nodes}
    assert len(ids) == len(nodes) and sum(n[':LABEL'] == 'Document' for n in nodes) == len(graph['nodes'])
    assert edges and all(e[':START_ID'] in ids and e[':END_ID'] in ids for e in edges)

    for node in graph['nodes']:
        if node['held']:
            units, references = check_akoma_ntoso(node['id'], store)
            print(f"{node['id']}: {units} units, {references} references")
print('every export opens')

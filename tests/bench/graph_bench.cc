// The citation graph of a large archive (archive.h): loading, building, ranks, questions to the store, one
// more document. The store is made once in the folder VANBAN_BENCH_DIR (default: the current one), of
// VANBAN_BENCH_DOCUMENTS documents with VANBAN_BENCH_CITATIONS citations each, from VANBAN_BENCH_SEED.
// `graph_bench --dump FILE...` writes what tools/bench compares with other programs instead of measuring.

#include <benchmark/benchmark.h>
#include <malloc.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "archive.h"
#include "store/search_words.h"
#include "store/sqlite.h"
#include "vanban/lexicon/number_key.h"
#include "vanban/link/graph.h"
#include "vanban/link/questions.h"

namespace {

using namespace vanban;
using bench::Archive;

template <class T>
T must(Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "graph_bench: %s\n", result.error().message.c_str());
    std::exit(1);
  }
  return std::move(*result);
}
void must(Result<void> result) {
  if (!result) {
    std::fprintf(stderr, "graph_bench: %s\n", result.error().message.c_str());
    std::exit(1);
  }
}

std::size_t setting(const char* name, std::size_t otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : std::strtoull(value, nullptr, 10);
}

const Archive& archive() {
  static const Archive made(setting("VANBAN_BENCH_DOCUMENTS", 200'000), setting("VANBAN_BENCH_CITATIONS", 10),
                            setting("VANBAN_BENCH_SEED", 1));
  return made;
}

// Fills a new store as loading would, but only what the graph is asked of: rows come in the order of their
// keys and indexes are made at the end, so that a million documents take a minute or two.
void fill(const std::string& path) {
  must(Store::open(path, Store::Access::kReadWrite));
  store::Connection database(path, SQLITE_OPEN_READWRITE);
  if (!store::register_tokenizer(database.handle())) std::exit(1);
  database.run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; BEGIN");
  std::vector<std::string> indexes;
  {
    store::Query query = database.query(
        "SELECT sql, name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN"
        " ('graph_edges', 'graph_says', 'graph_claims', 'documents', 'files')");
    std::vector<std::string> names;
    while (query.step()) indexes.push_back(query.text(0)), names.push_back(query.text(1));
    for (const std::string& name : names) database.run("DROP INDEX " + name);
  }
  const Archive& a = archive();
  const auto key = [](std::size_t i) { return static_cast<std::int64_t>(i) + 1; };
  std::map<Relation, std::int64_t> kinds;
  for (const Relation one : {Relation::kLegalBasis, Relation::kAmends, Relation::kReplaces,
                             Relation::kImplements, Relation::kCites}) {
    database.query("INSERT INTO graph_kinds (relation, modality) VALUES (?, 'enacted')")
        .bind(relation_name(one))
        .run();
    kinds[one] = database.last_key();
  }
  database.run("INSERT OR REPLACE INTO graph_pinpoints VALUES (1000, '')");
  for (int article = 1; article <= 100; ++article) {
    database.query("INSERT INTO graph_pinpoints VALUES (?, ?)")
        .bind(article, "{\"article\":\"" + std::to_string(article) + "\"}")
        .run();
  }
  store::Query ids = database.query("INSERT INTO graph_ids VALUES (?, ?)");
  store::Query claims = database.query(
      "INSERT INTO graph_claims (key, node, self, whole, type, number, number_key, date, title, issuer)"
      " VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, '')");
  store::Query documents = database.query(
      "INSERT INTO documents (key, id, content, ordinal, active, rank, type, number, number_key, "
      "number_year, place,"
      " date, date_first, date_last, subject, draft, signer_name, signer_title, urgency, secrecy,"
      " attached_to_number, attached_to_id, media_type, text_origin, pages, node)"
      " VALUES (?1, ?2, ?3, 0, 1, 0, ?4, ?5, ?6, ?7, '', ?8, ?8, ?8, ?9, 0, '', '', '', '', '', '',"
      " 'text/plain', 'plain', 0, ?1)");
  store::Query says = database.query("INSERT INTO graph_says VALUES (?, ?)");
  store::Query edges = database.query(
      "INSERT INTO graph_edges VALUES (?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1");
  std::vector<std::int64_t> cited;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const GraphNode node = a.node(i, true);
    const std::string date = to_iso(node.date), number_key = number_lookup(node.number).key;
    ids.bind(key(i), node.id).run();
    // Its own word, and what others call it.
    for (const bool self : {true, false}) {
      claims
          .bind(key(i) * 2 + (self ? 1 : 0), key(i), self, document_type_name(node.type), node.number,
                number_key, date, self ? node.title : std::string())
          .run();
    }
    if (!a.held(i)) continue;
    documents
        .bind(key(i), node.id, "sha" + std::to_string(i), document_type_name(node.type), node.number,
              number_key, node.date.year, date, node.title)
        .run();
    cited.assign(1, key(i) * 2 + 1);
    for (std::size_t c = 0; c < a.citations(); ++c) {
      const std::uint32_t to = a.target_of(i, c);
      if (to == i) continue;
      cited.push_back(key(to) * 2);
      const int article = a.article(i, c);
      edges.bind(key(i), key(to), kinds[a.relation(i, c)], article == 0 ? 1000 : article).run();
    }
    std::sort(cited.begin(), cited.end());
    cited.erase(std::unique(cited.begin(), cited.end()), cited.end());
    for (const std::int64_t claim : cited) says.bind(key(i), claim).run();
  }
  for (const std::string& sql : indexes) database.run(sql);
  database.run("COMMIT");
}

const std::string& store_path() {
  static const std::string path = [] {
    const char* folder = std::getenv("VANBAN_BENCH_DIR");
    const std::string name = std::string(folder == nullptr ? "." : folder) + "/archive-" +
                             std::to_string(archive().size()) + ".db";
    if (std::filesystem::exists(name)) return name;
    const auto begin = std::chrono::steady_clock::now();
    try {
      fill(name + ".partial");
    } catch (const store::SqlFailure& failure) {
      std::fprintf(stderr, "graph_bench: %s\n", failure.error.message.c_str());
      std::exit(1);
    }
    std::filesystem::rename(name + ".partial", name);
    std::error_code none;
    for (const char* tail : {"-wal", "-shm", ".lock"})
      std::filesystem::remove(name + ".partial" + tail, none);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    std::fprintf(stderr, "graph_bench: store of %zu documents made in %.0f s, %.0f MB\n", archive().size(),
                 seconds.count(), static_cast<double>(std::filesystem::file_size(name)) / 1e6);
    return name;
  }();
  return path;
}

const Store& held_store() {
  static const Store opened = must(Store::open(store_path(), Store::Access::kReadOnly));
  return opened;
}

// Loaded once for what asks the whole graph; its benchmarks run after those that ask the store alone.
const CitationGraph& graph() {
  static const CitationGraph built = CitationGraph::build(must(held_store().graph()));
  return built;
}

double resident_bytes() {
  malloc_trim(0);
  std::ifstream in("/proc/self/statm");
  double pages = 0, resident = 0;
  in >> pages >> resident;
  return resident * 4096;
}

// Says the median and the 99th of a hundred times, in ms.
template <class Ask>
void spread(benchmark::State& state, Ask ask) {
  std::vector<double> ms;
  for (auto _ : state) {
    const auto begin = std::chrono::steady_clock::now();
    ask();
    ms.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
  }
  std::sort(ms.begin(), ms.end());
  state.counters["median_ms"] = ms[ms.size() / 2];
  state.counters["p99_ms"] = ms[ms.size() * 99 / 100];
}

// Documents drawn evenly; `cited`: as a citation would draw them, so the much cited more often.
std::size_t drawn(std::uint64_t& seed, bool cited) {
  seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
  std::size_t i = (seed >> 33) % archive().size();
  if (!cited) return archive().held(i) ? i : i + 1;
  const DocumentRecord record = archive().record(i);
  if (record.graph.nodes.empty()) return 0;
  const std::string& number = record.graph.nodes[(seed >> 20) % record.graph.nodes.size()].number;
  return std::strtoull(number.c_str(), nullptr, 10) - 1;
}

void cites(benchmark::State& state) {
  std::uint64_t seed = 1;
  spread(state,
         [&] { benchmark::DoNotOptimize(must(held_store().edges_from(archive().id(drawn(seed, false))))); });
}
BENCHMARK(cites)->Iterations(1000)->Unit(benchmark::kMillisecond);

// Who cites a document: of one drawn evenly; of one drawn as citations draw them.
void cited_by(benchmark::State& state) {
  std::uint64_t seed = 2;
  std::size_t edges = 0, most = 0;
  spread(state, [&] {
    const std::size_t found =
        must(held_store().edges_to(archive().id(drawn(seed, state.range(0) != 0)))).size();
    edges += found;
    most = std::max(most, found);
  });
  state.counters["edges"] =
      benchmark::Counter(static_cast<double>(edges), benchmark::Counter::kAvgIterations);
  state.counters["most"] = static_cast<double>(most);
  state.counters["edges/s"] = benchmark::Counter(static_cast<double>(edges), benchmark::Counter::kIsRate);
}
BENCHMARK(cited_by)->ArgName("as_cited")->Arg(0)->Arg(1)->Iterations(300)->Unit(benchmark::kMillisecond);

GraphSource source() {
  return {[](const std::string& id) { return held_store().edges_from(id); },
          [](const std::string& id) { return held_store().edges_to(id); },
          [](const std::string& id) { return held_store().graph_node(id); },
          [](const std::string& id, std::size_t most) { return held_store().count_edges_to(id, most); }};
}

void basis_chain(benchmark::State& state) {
  std::uint64_t seed = 3;
  const GraphSource from = source();
  std::size_t steps = 0;
  spread(state, [&] { steps += must(walk(from, archive().id(drawn(seed, false)), basis_rule())).size(); });
  state.counters["steps"] =
      benchmark::Counter(static_cast<double>(steps), benchmark::Counter::kAvgIterations);
}
BENCHMARK(basis_chain)->Iterations(300)->Unit(benchmark::kMillisecond);

void path(benchmark::State& state) {
  std::uint64_t seed = 6;
  const GraphSource from = source();
  std::size_t steps = 0;
  spread(state, [&] {
    steps +=
        must(shortest_path(from, archive().id(drawn(seed, false)), archive().id(drawn(seed, true)))).size();
  });
  state.counters["steps"] =
      benchmark::Counter(static_cast<double>(steps), benchmark::Counter::kAvgIterations);
}
BENCHMARK(path)->Iterations(300)->Unit(benchmark::kMillisecond);

void validity(benchmark::State& state) {
  std::uint64_t seed = 4;
  const GraphSource from = source();
  spread(state, [&] {
    benchmark::DoNotOptimize(must(validity_of(from, archive().id(drawn(seed, false)), {2026, 1, 1})));
  });
}
BENCHMARK(validity)->Iterations(300)->Unit(benchmark::kMillisecond);

// One more document with its citations, each in a transaction of its own that reaches the disk; then it is
// taken out again, unmeasured. Works on a copy of nothing: the store is left as it was.
void add_document(benchmark::State& state) {
  Store writing = must(Store::open(store_path(), Store::Access::kReadWrite));
  std::vector<double> ms;
  std::size_t n = 0;
  for (auto _ : state) {
    state.PauseTiming();
    DocumentRecord record = archive().record(archive().size() - 1 - n * 50 % (archive().size() / 2));
    const std::string name = "new" + std::to_string(n++);
    record.document.source.sha256 = name;
    record.document.header.id = record.graph.self.id = "/vn/bo-noi-vu/circular/2027/" + name;
    for (GraphEdge& edge : record.graph.edges) edge.source = record.graph.self.id;
    FileRecord file;
    file.path = name;
    file.sha256 = name;
    state.ResumeTiming();
    const auto begin = std::chrono::steady_clock::now();
    must(writing.put(file, {record}));
    ms.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
    state.PauseTiming();
    file.status = FileStatus::kFailed;
    file.sha256.clear();
    must(writing.put(file, {}));
    state.ResumeTiming();
  }
  std::sort(ms.begin(), ms.end());
  state.counters["median_ms"] = ms[ms.size() / 2];
  state.counters["p99_ms"] = ms[ms.size() * 99 / 100];
}
BENCHMARK(add_document)->Iterations(200)->Unit(benchmark::kMillisecond);

void build_from_store(benchmark::State& state) {
  std::size_t edges = 0;
  double bytes = 0;
  for (auto _ : state) {
    const double before = resident_bytes();
    const CitationGraph built = CitationGraph::build(must(held_store().graph()));
    edges = built.edge_count();
    bytes = resident_bytes() - before;
    state.counters["counted_bytes/edge"] =
        static_cast<double>(built.memory_bytes()) / static_cast<double>(edges);
  }
  state.counters["edges/s"] =
      benchmark::Counter(static_cast<double>(edges), benchmark::Counter::kIsIterationInvariantRate);
  state.counters["resident_bytes/edge"] = bytes / static_cast<double>(edges);
}
BENCHMARK(build_from_store)->Iterations(1)->Unit(benchmark::kSecond);

void pagerank(benchmark::State& state) {
  const CitationGraph& whole = graph();
  for (auto _ : state) benchmark::DoNotOptimize(whole.most_cited(10, 1e-9));
  state.counters["s/1M edges"] =
      benchmark::Counter(static_cast<double>(whole.edge_count()) / 1e6,
                         benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK(pagerank)->Iterations(1)->Unit(benchmark::kSecond);

void hits(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(graph().hubs(10, 1e-9));
}
BENCHMARK(hits)->Iterations(1)->Unit(benchmark::kSecond);
void strong_components(benchmark::State& state) {
  for (auto _ : state) state.counters["groups"] = static_cast<double>(graph().cycles().size());
}
BENCHMARK(strong_components)->Iterations(1)->Unit(benchmark::kSecond);
void communities(benchmark::State& state) {
  for (auto _ : state) {
    const Communities found = graph().communities();
    state.counters["groups"] = static_cast<double>(found.groups.size());
    state.counters["modularity"] = found.modularity;
  }
}
BENCHMARK(communities)->Iterations(1)->Unit(benchmark::kSecond);

// What another program must find too: the edges, and of each node its ranks, its component and its community,
// then lengths of shortest paths. Nodes are numbered in the order of their ids; pairs are written once, as
// the ranks see them.
int dump(const std::string& folder) {
  const CitationGraph& whole = graph();
  std::map<std::string, std::size_t> number;
  for (const GraphNode& node : whole.nodes()) number.emplace(node.id, number.size());
  std::ofstream edges(folder + "/edges.tsv"), nodes(folder + "/nodes.tsv"), paths(folder + "/paths.tsv");
  std::pair<std::size_t, std::size_t> last{0, 0};
  whole.each_edge([&](const GraphEdge& edge) {
    const std::pair<std::size_t, std::size_t> pair{number.at(edge.source), number.at(edge.target)};
    if (pair.first == pair.second || pair == last) return;
    last = pair;
    edges << pair.first << '\t' << pair.second << '\n';
  });
  struct Row {
    double pagerank = 0, hub = 0, authority = 0;
    std::size_t in_degree = 0, component = 0, community = 0;
  };
  std::vector<Row> rows(number.size());
  const auto begin = std::chrono::steady_clock::now();
  const std::vector<RankedNode> ranked = whole.most_cited(rows.size(), 1e-12);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  std::fprintf(stderr, "graph_bench: PageRank to 1e-12 with names %.2f s\n", seconds.count());
  for (const RankedNode& one : ranked) {
    Row& row = rows[number.at(one.node.id)];
    row.pagerank = one.pagerank;
    row.in_degree = one.in_degree;
  }
  for (const HubNode& one : whole.hubs(rows.size(), 1e-12)) {
    rows[number.at(one.node.id)].hub = one.hub;
    rows[number.at(one.node.id)].authority = one.authority;
  }
  std::size_t component = 0;
  for (const std::vector<std::string>& group : whole.cycles()) {
    ++component;
    for (const std::string& id : group) rows[number.at(id)].component = component;
  }
  std::size_t community = 0;
  const auto begun = std::chrono::steady_clock::now();
  const Communities communities = whole.communities();
  const std::chrono::duration<double> grouping = std::chrono::steady_clock::now() - begun;
  std::fprintf(stderr, "graph_bench: communities %.2f s, modularity %.6f\n", grouping.count(),
               communities.modularity);
  for (const std::vector<std::string>& group : communities.groups) {
    ++community;
    for (const std::string& id : group) rows[number.at(id)].community = community;
  }
  nodes.precision(17);
  for (const Row& row : rows) {
    nodes << row.pagerank << '\t' << row.in_degree << '\t' << row.component << '\t' << row.hub << '\t'
          << row.authority << '\t' << row.community << '\n';
  }
  std::uint64_t seed = 5;
  for (int i = 0; i < 50; ++i) {
    const std::string from = archive().id(drawn(seed, false)), to = archive().id(drawn(seed, true));
    const std::vector<GraphEdge> path = must(whole.shortest_path(from, to));
    // Asked of the store, it is the same chain.
    const std::vector<GraphEdge> asked = must(shortest_path(source(), from, to));
    const bool same = std::equal(path.begin(), path.end(), asked.begin(), asked.end(),
                                 [](const GraphEdge& a, const GraphEdge& b) {
                                   return a.source == b.source && a.target == b.target &&
                                          a.relation == b.relation && a.pinpoint == b.pinpoint;
                                 });
    if (!same) std::fprintf(stderr, "graph_bench: another chain from %s to %s\n", from.c_str(), to.c_str());
    paths << number.at(from) << '\t' << number.at(to) << '\t' << path.size() << '\n';
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3 && std::string(argv[1]) == "--dump") return dump(argv[2]);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  held_store();
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

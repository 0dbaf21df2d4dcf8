#include "vanban/pipeline/linking.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "vanban/link/likeness.h"

namespace vanban {
namespace {

// Whether the document's links are others than before.
Result<bool> relink_one(Store& store, const Agencies& agencies, const std::string& id) {
  Result<Document> before = store.citations(id);
  if (!before) return before.error();
  Document document = *before;
  // The store's id of a document that leaves issuer or year open is not the one that linking knows.
  std::string& own = document.header.id;
  own = own.rfind("local:", 0) == 0 ? std::string() : own.substr(0, own.find('~'));
  resolve_references(document, agencies, known_documents(store));
  const auto same = [](const Reference& a, const Reference& b) {
    return a.target == b.target && a.resolution == b.resolution && a.candidates == b.candidates &&
           a.resolution_reason == b.resolution_reason && a.inferred == b.inferred;
  };
  if (std::equal(document.references.begin(), document.references.end(), before->references.begin(), same))
    return false;
  DocumentGraph graph = graph_of(document);
  for (GraphEdge& edge : graph.edges) edge.source = id;
  document.header.id = id;
  Result<void> stored = store.relink(document, graph);
  if (!stored) return stored.error();
  return true;
}

// Looks for documents with the text of one.
Result<void> compare_one(Store& store, std::int64_t key) {
  Result<HeldText> own = store.held_text(key);
  if (!own) return own.error();
  const TextSketch sketch = sketch_of(own->text);
  Result<std::vector<std::int64_t>> candidates = store.put_sketch(key, sketch.words, sketch.bands);
  if (!candidates) return candidates.error();
  std::vector<std::int64_t> same;
  for (const std::int64_t one : *candidates) {
    Result<HeldText> other = store.held_text(one);
    if (!other) return other.error();
    if (is_one_document(*own, *other)) same.push_back(one);
  }
  return store.put_same(key, same);
}

}  // namespace

KnownDocuments known_documents(const Store& store) {
  return [&store](const std::string& key) {
    Result<std::vector<KnownDocument>> found = store.documents_with_number(key);
    return found ? std::move(*found) : std::vector<KnownDocument>();
  };
}

DocumentRecord linked(Document document, const Agencies& agencies, const Store& store) {
  resolve_references(document, agencies, known_documents(store));
  DocumentGraph graph = graph_of(document);
  return {std::move(document), std::move(graph)};
}

Result<std::size_t> compare_texts(Store& store, const std::atomic<bool>& stop) {
  constexpr std::size_t kAtOnce = 256;  // in one transaction
  std::size_t compared = 0;
  for (;;) {
    Result<std::vector<std::int64_t>> keys = store.uncompared(kAtOnce);
    if (!keys) return keys.error();
    if (keys->empty() || stop.load()) break;
    Result<void> done = store.together([&]() -> Result<void> {
      for (const std::int64_t key : *keys) {
        Result<void> one = compare_one(store, key);
        if (!one) return one;
      }
      return {};
    });
    if (!done) return done.error();
    compared += keys->size();
  }
  Result<std::size_t> settled = store.settle_manifestations();
  if (!settled) return settled.error();
  return compared;
}

Result<RelinkReport> relink(Store& store, const Agencies& agencies) {
  Result<std::vector<std::string>> keys = store.changed_keys();
  if (!keys) return keys.error();
  std::set<std::string> citing;
  for (const std::string& key : *keys) {
    Result<std::vector<std::string>> ids = store.documents_citing(key);
    if (!ids) return ids.error();
    citing.insert(ids->begin(), ids->end());
  }
  RelinkReport report;
  report.keys = keys->size();
  for (const std::string& id : citing) {
    Result<bool> changed = relink_one(store, agencies, id);
    if (!changed) return changed.error();
    ++report.documents;
    report.changed += *changed ? 1 : 0;
  }
  Result<void> settled = store.settle_keys(*keys);
  if (!settled) return settled.error();
  return report;
}

}  // namespace vanban

#include "store/facets.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "store/filter.h"

namespace vanban::store {
namespace {

constexpr std::size_t kMostValues = 20;

using Counts = std::unordered_map<std::string, std::size_t>;

Facet facet_of(std::string name, const Counts& counts) {
  Facet facet{std::move(name), {counts.begin(), counts.end()}};
  const auto more = [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  };
  const std::size_t shown = std::min(kMostValues, facet.values.size());
  std::partial_sort(facet.values.begin(), facet.values.begin() + static_cast<std::ptrdiff_t>(shown),
                    facet.values.end(), more);
  facet.values.resize(shown);
  return facet;
}

// Bodies by their row: what the same id or name stands for is one value.
class BodyCounts {
 public:
  explicit BodyCounts(Connection& database)
      : name_(database.query(
            "SELECT CASE WHEN id <> '' THEN (SELECT min(o.name) FROM agencies o WHERE o.id = a.id)"
            " ELSE name END FROM agencies a WHERE key = ?")) {}
  void add(std::int64_t body, std::size_t count = 1) { counts_[body] += count; }
  Counts by_name() {
    Counts counts;
    for (const auto& [body, count] : counts_) {
      name_.again().bind(body);
      if (name_.step()) counts[name_.text(0)] += count;
    }
    return counts;
  }

 private:
  Query name_;
  std::unordered_map<std::int64_t, std::size_t> counts_;
};

}  // namespace

std::vector<Facet> facets_of(Connection& database, const std::vector<Match>& matches) {
  Counts kinds, types, years;
  std::unordered_map<std::int64_t, std::size_t> documents;
  BodyCounts issuers(database), leads(database);

  const FactKind with_lead[] = {FactKind::kTask, FactKind::kIndicator};
  for (std::size_t k = 0; k <= static_cast<std::size_t>(FactKind::kReference); ++k) {
    const auto kind = static_cast<FactKind>(k);
    const std::string table = kind_table(kind).table;
    std::optional<Query> document_of, leads_of;
    if (kind != FactKind::kDocument) {
      document_of.emplace(
          database.query("SELECT document FROM " + table + " INDEXED BY " + table + "_narrow WHERE key = ?"));
    }
    if (std::find(std::begin(with_lead), std::end(with_lead), kind) != std::end(with_lead)) {
      const std::string fact(fact_kind_name(kind));
      leads_of.emplace(database.query("SELECT agency FROM " + fact + "_agencies WHERE " + fact +
                                      " = ? AND role = 'lead'"));
    }
    std::size_t count = 0;
    for (const Match& match : matches) {
      if (match.kind != kind) continue;
      ++count;
      if (!document_of) {
        ++documents[match.key];
      } else {
        document_of->again().bind(match.key);
        if (document_of->step()) ++documents[document_of->integer(0)];
      }
      if (leads_of) {
        leads_of->again().bind(match.key);
        while (leads_of->step()) leads.add(leads_of->integer(0));
      }
    }
    if (count > 0) kinds[std::string(fact_kind_name(kind))] = count;
  }

  Query of_document = database.query(
      "SELECT type, substr(date_first, 1, 4), issuer FROM documents INDEXED BY documents_narrow WHERE key = "
      "?");
  for (const auto& [document, count] : documents) {
    of_document.again().bind(document);
    if (of_document.step()) {
      types[of_document.text(0)] += count;
      years[of_document.text(1)] += count;
      if (of_document.integer(2) != 0) issuers.add(of_document.integer(2), count);
    }
  }
  return {facet_of("kind", kinds), facet_of("type", types), facet_of("year", years),
          facet_of("issuer", issuers.by_name()), facet_of("lead", leads.by_name())};
}

}  // namespace vanban::store

// Search: every kind of fact has an index of its own; their hits are merged by score.

#include <algorithm>
#include <tuple>

#include "store/facets.h"
#include "store/filter.h"
#include "store/indexing.h"
#include "store/match.h"
#include "store/query.h"
#include "store/reading.h"
#include "store/search_words.h"
#include "store/snippet.h"

namespace vanban::store {
namespace {

// A query of frequent words alone matches a large part of a large store; nobody reads so far, and the order
// says little there. Of each kind the rows that came last are looked at; documents are longer, and so is
// ranking one.
constexpr std::size_t kMostMatches = 2'000;
constexpr std::size_t kMostDocuments = 4'000;
// With as many matches as typed nobody looks for those under other tone marks.
constexpr std::size_t kEnough = 100;

// Rows of `kind` that match, with their scores, the greater the better. False: there are more.
bool collect(Connection& database, FactKind kind, const ParsedQuery& query, const Filter& filter,
             std::vector<Match>& matches) {
  const KindTable& table = kind_table(kind);
  const Conditions conditions = conditions_of(database, kind, filter, Access::kMatches);
  const std::string fts = table.fts;
  std::size_t unscored = 0;
  std::string expression = expression_of(conditions.words, unscored);
  expression = expression.empty() ? query.expression : "(" + query.expression + ") AND " + expression;
  std::string sql = "SELECT " + fts + ".rowid, vanban_rank(" + fts + ", " + std::to_string(unscored) + ", " +
                    table.weights + ") FROM " + fts;
  // CROSS JOIN: the index is asked once and leads; the other way round it would be asked for every row.
  const auto asks = [&](const char* alias) { return conditions.sql.find(alias) != std::string::npos; };
  if (asks("d.") || asks("x.")) {
    if (kind == FactKind::kDocument) {
      sql += " CROSS JOIN documents d INDEXED BY documents_narrow ON d.key = " + key_of_index_row(fts);
    } else {
      const std::string name = table.table;
      sql += " CROSS JOIN " + name + " x" + (asks("x.") ? "" : " INDEXED BY " + name + "_narrow") +
             " ON x.key = " + key_of_index_row(fts) +
             " CROSS JOIN documents d INDEXED BY documents_narrow ON d.key = x.document";
    }
  }
  sql += " WHERE " + fts + " MATCH ?" + conditions.sql + " ORDER BY " + fts + ".rowid";
  Query rows = database.query(sql);
  rows.bind(expression);
  for (const std::string& parameter : conditions.parameters) rows.bind(parameter);
  const std::size_t most = kind == FactKind::kDocument ? kMostDocuments : kMostMatches;
  for (std::size_t count = 0; rows.step(); ++count) {
    if (count == most) return false;
    matches.push_back({rows.real(1), kind, key_of_index_row(rows.integer(0))});
  }
  return true;
}

// A document that bears the number that was asked for stands before those that only mention it.
void lift_numbered(Connection& database, const ParsedQuery& query, std::vector<Match>& matches) {
  constexpr double kLift = 1000;
  for (const Term& term : query.terms) {
    if (term.number.key.empty()) continue;
    Query rows = database.query(
        "SELECT key FROM documents WHERE number_key = ?1 AND number_key <> '' AND active = 1"
        " AND (?2 = 0 OR number_year = ?2)");
    rows.bind(term.number.key, term.number.year);
    std::vector<std::int64_t> keys;
    while (rows.step()) keys.push_back(rows.integer(0));
    std::sort(keys.begin(), keys.end());
    for (Match& match : matches) {
      if (match.kind == FactKind::kDocument && std::binary_search(keys.begin(), keys.end(), match.key)) {
        match.score += kLift;
      }
    }
  }
}

// What orders matches of equal score, whatever the order of loading.
std::tuple<std::string, std::int64_t> tie_key(Connection& database, const Match& match) {
  const std::string table = kind_table(match.kind).table;
  Query row = match.kind == FactKind::kDocument ? database.query("SELECT id, 0 FROM documents WHERE key = ?")
                                                : database.query("SELECT d.id, x.ord FROM " + table +
                                                                 " x JOIN documents d ON d.key = x.document"
                                                                 " WHERE x.key = ?");
  row.bind(match.key);
  if (!row.step()) return {};
  return {row.text(0), row.integer(1)};
}

// The matches of one page, best first.
std::vector<Match> page_of(Connection& database, std::vector<Match>& matches, std::size_t offset,
                           std::size_t limit) {
  if (offset >= matches.size()) return {};
  const std::size_t end = limit < matches.size() - offset ? offset + limit : matches.size();
  const auto better = [](const Match& a, const Match& b) {
    if (a.other_tones != b.other_tones) return b.other_tones;
    return a.score != b.score ? a.score > b.score : a.kind < b.kind;
  };
  const auto equal = [&](const Match& a, const Match& b) { return !better(a, b) && !better(b, a); };
  if (end == offset) return {};
  std::nth_element(matches.begin(), matches.begin() + static_cast<std::ptrdiff_t>(end - 1), matches.end(),
                   better);
  // Those equal to the last one of the page, wherever they stand, belong to its order too.
  const Match last = matches[end - 1];
  const auto middle = std::partition(matches.begin() + static_cast<std::ptrdiff_t>(end), matches.end(),
                                     [&](const Match& m) { return equal(m, last); });
  std::sort(matches.begin(), middle, better);
  std::vector<Match> page;
  for (auto group = matches.begin();
       group != middle && group - matches.begin() < static_cast<std::ptrdiff_t>(end);) {
    auto group_end = group;
    while (group_end != middle && equal(*group_end, *group)) ++group_end;
    if (group_end - matches.begin() > static_cast<std::ptrdiff_t>(offset)) {
      std::vector<std::pair<std::tuple<std::string, std::int64_t>, Match>> ties;
      if (group_end - group == 1) {
        ties.push_back({{}, *group});
      } else {
        for (auto it = group; it != group_end; ++it) ties.emplace_back(tie_key(database, *it), *it);
        std::sort(ties.begin(), ties.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
      }
      for (std::size_t i = 0; i < ties.size(); ++i) {
        const std::size_t place = static_cast<std::size_t>(group - matches.begin()) + i;
        if (place >= offset && place < end) page.push_back(ties[i].second);
      }
    }
    group = group_end;
  }
  return page;
}

// "II.2.d" and the page of the section that `offset` of the text stands in.
void place_in_document(Connection& database, std::int64_t document, std::size_t offset, SearchHit& hit) {
  std::int64_t ord = -1;
  {
    Query query = database.query(
        "SELECT ord, page FROM sections WHERE document = ?1 AND span_begin <= ?2 AND span_end > ?2"
        " ORDER BY span_end - span_begin, ord DESC LIMIT 1");
    query.bind(document, offset);
    if (!query.step()) return;
    ord = query.integer(0);
    hit.page = query.small(1);
  }
  for (int depth = 0; ord >= 0 && depth < 64; ++depth) {
    Query query = database.query("SELECT label, parent FROM sections WHERE document = ? AND ord = ?");
    query.bind(document, ord);
    if (!query.step()) return;
    const std::string label = query.text(0);
    if (!label.empty()) hit.label = hit.label.empty() ? label : label + "." + hit.label;
    ord = query.integer(1);
  }
}

SearchHit read_hit(Connection& database, const Match& match, const ParsedQuery& query, WordKeyCache& cache) {
  const KindTable& table = kind_table(match.kind);
  SearchHit hit;
  hit.kind = match.kind;
  hit.score = match.score;
  hit.other_tones = match.other_tones;
  std::int64_t document = match.key;
  std::string shown, fallback;
  if (match.kind == FactKind::kDocument) {
    Query row = database.query("SELECT body, subject FROM document_texts WHERE document = ?");
    row.bind(match.key);
    if (row.step()) {
      shown = row.text(0);
      fallback = row.text(1);
    }
  } else {
    const bool labelled = match.kind == FactKind::kTask || match.kind == FactKind::kIndicator;
    Query row = database.query(std::string("SELECT document, id, page, ") + table.snippet +
                               (labelled ? ", label" : ", ''") + " FROM " + table.table + " WHERE key = ?");
    row.bind(match.key);
    if (row.step()) {
      document = row.integer(0);
      hit.fact_id = row.text(1);
      hit.page = row.small(2);
      shown = row.text(3);
      hit.label = row.text(4);
    }
  }
  {
    Query row = database.query(
        "SELECT d.id, d.number, d.subject, d.date, (SELECT min(f.path) FROM files f WHERE f.content = "
        "d.content)"
        " FROM documents d WHERE d.key = ?");
    row.bind(document);
    if (row.step()) {
      hit.document_id = row.text(0);
      hit.document_number = row.text(1);
      hit.document_title = row.text(2);
      hit.document_date = row.text(3);
      hit.path = row.text(4);
    }
  }
  Snippet snippet = make_snippet(shown, query.terms, cache);
  if (match.kind == FactKind::kDocument) {
    if (snippet.marks.empty() && !fallback.empty()) {
      snippet = make_snippet(fallback, query.terms, cache);
    } else {
      place_in_document(database, document, snippet.begin, hit);
    }
  }
  hit.snippet = std::move(snippet.text);
  hit.marks = std::move(snippet.marks);
  return hit;
}

// Matches under any tone marks that are not among `matches` yet.
bool collect_other_tones(Connection& database, const ParsedQuery& query, const Filter& filter,
                         std::vector<Match>& matches) {
  const auto before = [](const Match& a, const Match& b) {
    return a.kind != b.kind ? a.kind < b.kind : a.key < b.key;
  };
  std::vector<Match> known = matches, found;
  std::sort(known.begin(), known.end(), before);
  bool all = true;
  for (const FactKind kind : kinds_of(filter)) all = collect(database, kind, query, filter, found) && all;
  for (Match& match : found) {
    if (std::binary_search(known.begin(), known.end(), match, before)) continue;
    match.other_tones = true;
    matches.push_back(match);
  }
  return all;
}

}  // namespace

SearchResult search(Connection& database, const std::string& typed, const Filter& filter,
                    const Synonyms& synonyms) {
  const Result<ParsedQuery> query = parse_query(typed, filter.advanced, synonyms);
  if (!query) throw SqlFailure{query.error()};
  SearchResult result;
  if (query->expression.empty()) return result;
  std::vector<Match> matches;
  for (const FactKind kind : kinds_of(filter)) {
    if (!collect(database, kind, *query, filter, matches)) result.total_is_exact = false;
  }
  lift_numbered(database, *query, matches);
  const Result<ParsedQuery> any_tones = parse_query(typed, filter.advanced, synonyms, Tones::kAny);
  if (!any_tones) throw SqlFailure{any_tones.error()};
  if (any_tones->expression != query->expression && matches.size() < kEnough &&
      !collect_other_tones(database, *any_tones, filter, matches)) {
    result.total_is_exact = false;
  }
  result.total = matches.size();
  if (filter.facets) result.facets = facets_of(database, matches);
  WordKeyCache cache;
  for (const Match& match : page_of(database, matches, filter.offset, filter.limit)) {
    result.hits.push_back(read_hit(database, match, match.other_tones ? *any_tones : *query, cache));
  }
  return result;
}

std::vector<std::string> list_columns(Connection& database, FactKind kind) {
  const KindTable& table = kind_table(kind);
  const Query query =
      database.query(std::string("SELECT * FROM ") + table.view + " WHERE " + table.view_key + " = ?");
  std::vector<std::string> names;
  for (int column = 0; column < query.columns(); ++column) {
    if (query.name(column) != table.view_key) names.push_back(query.name(column));
  }
  return names;
}

std::vector<ListRow> list(Connection& database, FactKind kind, const Filter& filter) {
  Filter of_kind = filter;
  of_kind.kinds = {kind};
  if (kinds_of(of_kind).empty()) return {};
  const KindTable& table = kind_table(kind);
  const Conditions conditions = conditions_of(database, kind, filter, Access::kAllRows);
  std::string order = "d.date_first DESC, d.id";
  if (kind == FactKind::kTask && !filter.due_before.empty()) order = "x.due, " + order;
  if (kind != FactKind::kDocument) order += ", x.ord";
  std::vector<std::int64_t> keys;
  {
    Query rows = database.query("SELECT x.key" + joined_from(table) + " WHERE d.active = 1" + conditions.sql +
                                " ORDER BY " + order + " LIMIT CAST(? AS INTEGER) OFFSET CAST(? AS INTEGER)");
    for (const std::string& parameter : conditions.parameters) rows.bind(parameter);
    constexpr std::size_t kAll = static_cast<std::size_t>(INT64_MAX);
    rows.bind(std::min(filter.limit, kAll), std::min(filter.offset, kAll));
    while (rows.step()) keys.push_back(rows.integer(0));
  }
  std::vector<ListRow> out;
  out.reserve(keys.size());
  Query row =
      database.query(std::string("SELECT * FROM ") + table.view + " WHERE " + table.view_key + " = ?");
  for (const std::int64_t key : keys) {
    row.bind(key);
    if (row.step()) {
      ListRow one;
      for (int column = 0; column < row.columns(); ++column) {
        std::string name = row.name(column);
        if (name == table.view_key) continue;  // ours alone, and another one in another store
        one.fields.emplace_back(std::move(name), row.text(column));
      }
      out.push_back(std::move(one));
    }
    row.run();
  }
  return out;
}

}  // namespace vanban::store

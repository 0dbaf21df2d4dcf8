#include "store/filter.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "store/indexing.h"
#include "store/search_words.h"
#include "store/values.h"
#include "vanban/lexicon/number_key.h"
#include "vanban/normalise/text.h"

namespace vanban::store {
namespace {

constexpr KindTable kTables[] = {
    {FactKind::kDocument, "documents", "v_documents", "document_key", "documents_fts", "10.0, 4.0, 1.0", ""},
    {FactKind::kTask, "tasks", "v_tasks", "task_key", "tasks_fts", "2.0, 2.0, 1.0, 0.5", "text"},
    {FactKind::kIndicator, "indicators", "v_indicators", "indicator_key", "indicators_fts",
     "2.0, 2.0, 1.0, 0.5", "name"},
    {FactKind::kMeasurement, "measurements", "v_measurements", "measurement_key", "measurements_fts",
     "2.0, 1.0, 0.5", "name"},
    {FactKind::kReference, "document_references", "v_references", "reference_key", "references_fts",
     "2.0, 1.0, 1.0", "text"},
};

// A JSON array for json_each(?): a list of any length is one parameter.
std::string key_list(const std::vector<std::int64_t>& keys) {
  std::string list = "[";
  for (const std::int64_t key : keys) {
    if (list.size() > 1) list += ',';
    list += std::to_string(key);
  }
  return list + "]";
}

std::vector<std::int64_t> keys_of(Query& query) {
  std::vector<std::int64_t> keys;
  while (query.step()) keys.push_back(query.integer(0));
  return keys;
}

// All rows of the bodies that `wanted` names: by id, else by name, else by initials (BTC); with a registry id
// all spellings of it.
std::vector<std::int64_t> agencies_named(Connection& database, const std::string& wanted) {
  const std::string key = fold(comparison_key(wanted));
  const struct {
    const char* sql;
    std::string value;
  } ways[] = {
      {"SELECT key FROM agencies WHERE id = ?", wanted},
      {"SELECT key FROM agencies WHERE name_key = ?1 UNION SELECT key FROM agencies WHERE id <> '' AND id IN"
       " (SELECT id FROM agencies WHERE name_key = ?1 AND id <> '')",
       key},
      {"SELECT key FROM agencies WHERE initials = ?1 OR short_initials = ?1 UNION SELECT key FROM agencies "
       "WHERE id <> ''"
       " AND id IN (SELECT id FROM agencies WHERE (initials = ?1 OR short_initials = ?1) AND id <> '')",
       key},
  };
  for (const auto& way : ways) {
    if (way.value.empty()) continue;
    Query query = database.query(way.sql);
    query.bind(way.value);
    std::vector<std::int64_t> keys = keys_of(query);
    if (!keys.empty()) return keys;
  }
  return {};
}

std::vector<std::int64_t> agencies_with(Connection& database, const std::vector<std::string>& ids) {
  Query query = database.query("SELECT key FROM agencies WHERE id IN (SELECT value FROM json_each(?))");
  query.bind(nlohmann::json(ids).dump());
  return keys_of(query);
}

constexpr std::size_t kMostBodyWords = 64;
constexpr int kNoYear = 9999;
constexpr std::string_view kYearBegins = "-01-01", kYearEnds = "-12-31";

int year_or(const std::string& iso, int otherwise) { return iso.empty() ? otherwise : std::stoi(iso); }

// Between which rows of the index the facts of these documents stand: those of one are written in a row.
std::string rows_of(Connection& database, FactKind kind, const std::vector<std::int64_t>& documents) {
  const KindTable& table = kind_table(kind);
  const std::string column = kind == FactKind::kDocument ? "key" : "document";
  Query query = database.query("SELECT min(key), max(key) FROM " + std::string(table.table) + " WHERE " +
                               column + " IN (SELECT value FROM json_each(?))");
  query.bind(key_list(documents));
  if (!query.step()) return "0";
  const std::string rowid = std::string(table.fts) + ".rowid";
  return rowid + " >= " + std::to_string(index_row(query.integer(1))) + " AND " + rowid +
         " <= " + std::to_string(index_row(query.integer(0)));
}

void check_date(const std::string& date, const char* name) {
  const auto parsed = partial_date_from_iso(date);
  if (!date.empty() && (!parsed || !is_valid(*parsed))) {
    throw SqlFailure{make_error(ErrorCode::kInvalidArgument,
                                std::string(name) + " is no date (YYYY, YYYY-MM or YYYY-MM-DD): " + date)};
  }
}

// Documents from day `first` to day `last`, '' none. Whole years are words of the index. A year that a bound
// cuts is a word too, and the day is looked up for those rows alone that have it.
void add_dates(FactKind kind, const std::string& first, const std::string& last, Conditions& out) {
  if (first.empty() && last.empty()) return;
  const bool cut_first = !first.empty() && !first.ends_with(kYearBegins);
  const bool cut_last = !last.empty() && !last.ends_with(kYearEnds);
  const int from = year_or(first, 0), to = year_or(last, kNoYear);
  FilterWords words = year_words(YearOf::kDate, from, to);
  const bool one_year = cut_first && cut_last && from == to;
  const KindTable& table = kind_table(kind);
  const std::string fts = table.fts;
  const auto add_year = [&words](int year) {
    const FilterWords word = year_words(YearOf::kDate, year, year);
    if (word.empty()) return false;
    std::erase(words, word.front());  // it may stand among them, but its place has to be known
    words.push_back(word.front());
    return true;
  };
  const bool asks_first = cut_first && from <= to && add_year(from);
  const bool asks_last = cut_last && from <= to && (one_year ? asks_first : add_year(to));
  const auto ask_day = [&](int from_end, const std::string& condition, const std::string& day) {
    const std::string name = table.table, key = key_of_index_row(fts);
    std::string rows = "documents o INDEXED BY documents_narrow";
    if (kind == FactKind::kDocument) {
      rows += " WHERE o.key = " + key;
    } else {
      rows = name + " y INDEXED BY " + name + "_narrow CROSS JOIN " + rows +
             " ON o.key = y.document WHERE y.key = " + key;
    }
    out.sql += " AND (NOT vanban_has(" + fts + ", " + std::to_string(from_end) +
               ") OR EXISTS (SELECT 1 FROM " + rows + " AND " + condition + "))";
    out.parameters.push_back(day);
  };
  if (asks_first) ask_day(asks_last && !one_year ? 2 : 1, "o.date_last >= ?", first);
  if (asks_last) ask_day(1, "o.date_first <= ?", last);
  if (words.empty()) {
    out.sql += " AND 0";  // a range that ends before it begins
  } else {
    out.words.push_back(std::move(words));
  }
}

}  // namespace

const KindTable& kind_table(FactKind kind) { return kTables[static_cast<std::size_t>(kind)]; }

std::vector<FactKind> kinds_of(const Filter& filter) {
  std::vector<FactKind> kinds;
  for (const KindTable& table : kTables) {
    const FactKind kind = table.kind;
    if (!filter.kinds.empty() &&
        std::find(filter.kinds.begin(), filter.kinds.end(), kind) == filter.kinds.end())
      continue;
    if (!filter.due_before.empty() && kind != FactKind::kTask) continue;
    if (!filter.assigned_by.empty() && kind != FactKind::kTask && kind != FactKind::kIndicator) continue;
    kinds.push_back(kind);
  }
  return kinds;
}

std::vector<std::int64_t> documents_named(Connection& database, const std::string& id_or_number) {
  {
    Query query = database.query("SELECT key FROM documents WHERE id = ? AND active = 1");
    query.bind(id_or_number);
    std::vector<std::int64_t> keys = keys_of(query);
    if (!keys.empty()) return keys;
  }
  const NumberLookup number = number_lookup(id_or_number);
  if (number.key.empty()) return {};
  Query query = database.query(
      "SELECT key FROM documents WHERE number_key = ?1 AND number_key <> '' AND active = 1"
      " AND (?2 = 0 OR number_year = ?2) ORDER BY id");
  query.bind(number.key, number.year);
  return keys_of(query);
}

std::string joined_from(const KindTable& table) {
  if (table.kind == FactKind::kDocument) return " FROM documents x JOIN documents d ON d.key = x.key";
  return std::string(" FROM ") + table.table + " x JOIN documents d ON d.key = x.document";
}

Conditions conditions_of(Connection& database, FactKind kind, const Filter& filter, Access access) {
  Conditions out;
  const bool matches = access == Access::kMatches;
  // "x has a row in this side table": asked of each match, or the list of all of them made once.
  const std::string key = matches ? key_of_index_row(kind_table(kind).fts) : "x.key";
  const auto has = [matches, &key](const std::string& fact, const std::string& side,
                                   const std::string& condition) {
    const std::string from = " FROM " + fact + "_" + side + " WHERE " + condition;
    return matches ? "EXISTS (SELECT 1" + from + " AND " + fact + " = " + key + ")"
                   : key + " IN (SELECT " + fact + from + ")";
  };
  const auto add = [&out](const std::string& sql, const std::vector<std::string>& parameters) {
    out.sql += " AND " + sql;
    out.parameters.insert(out.parameters.end(), parameters.begin(), parameters.end());
  };
  const auto ask = [&](FilterWords words) {
    if (words.empty()) {
      add("0", {});  // a range that ends before it begins
    } else {
      out.words.push_back(std::move(words));
    }
  };
  check_date(filter.from, "from");
  check_date(filter.to, "to");
  check_date(filter.due_before, "due_before");
  if (!filter.agency.empty() || !filter.agency_ids.empty()) {
    const std::vector<std::int64_t> bodies = filter.agency_ids.empty()
                                                 ? agencies_named(database, filter.agency)
                                                 : agencies_with(database, filter.agency_ids);
    const std::string keys = key_list(bodies);
    const std::string among = " IN (SELECT value FROM json_each(?))";
    if (bodies.empty()) {
      add("0", {});
    } else if (matches && bodies.size() <= kMostBodyWords) {
      ask(body_words(bodies));
    } else if (kind == FactKind::kTask) {
      add(has("task", "agencies", "agency" + among), {keys});
    } else if (kind == FactKind::kIndicator) {
      add(has("indicator", "agencies", "agency" + among), {keys});
    } else if (kind == FactKind::kReference) {
      add("(d.issuer" + among + " OR x.issuer" + among + ")", {keys, keys});
    } else {
      add("d.issuer" + among, {keys});
    }
  }
  if (!filter.due_before.empty()) {
    const std::string due = last_day(filter.due_before);
    if (matches) ask(year_words(YearOf::kDeadline, 0, year_or(due, kNoYear)));
    if (!(matches && due.ends_with(kYearEnds))) {
      add(has("task", "deadlines", "due <> '' AND due <= ?"), {due});
    }
  }
  if (!filter.type.empty() && matches) ask(type_words(filter.type));
  if (!filter.type.empty() && !matches) add("d.type = ?", {filter.type});
  if (!filter.assigned_by.empty()) {
    const NumberLookup number = number_lookup(filter.assigned_by);
    const std::string word = number_word(number.key, 0);
    if (matches && !word.empty()) ask({word});
    const std::string fact = kind == FactKind::kTask ? "task" : "indicator";
    add(has(fact, "assignments",
            std::string("number_key <> '' AND number_key = ?") +
                (number.year != 0 ? " AND number_year IN (0, CAST(? AS INTEGER))" : "")),
        number.year != 0 ? std::vector<std::string>{number.key, std::to_string(number.year)}
                         : std::vector<std::string>{number.key});
  }
  if (!filter.document.empty()) {
    const std::vector<std::int64_t> documents = documents_named(database, filter.document);
    if (matches) add(rows_of(database, kind, documents), {});
    add("d.key IN (SELECT value FROM json_each(?))", {key_list(documents)});
  }
  // Last, because days are asked by where the words of their years stand, counted from the end.
  if (matches) {
    add_dates(kind, first_day(filter.from), last_day(filter.to), out);
  } else {
    if (!filter.from.empty()) add("d.date_last >= ?", {first_day(filter.from)});
    if (!filter.to.empty()) add("d.date_first <= ? AND d.date_first <> ''", {last_day(filter.to)});
  }
  return out;
}

}  // namespace vanban::store

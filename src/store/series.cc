// Indicators over documents and years, with what was reported beside them.

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "store/filter.h"
#include "store/reading.h"
#include "store/values.h"
#include "vanban/lexicon/series_key.h"

namespace vanban::store {
namespace {

// Columns of both queries, in one order.
void read_points(Query& query, std::vector<std::pair<std::string, SeriesPoint>>& out,
                 std::map<std::string, std::string>* units) {
  while (query.step()) {
    SeriesPoint point;
    const std::string key = query.text(0);
    point.kind = query.text(1);
    point.name = query.text(2);
    point.period = query.text(3);
    point.comparator = query.text(4);
    point.value = query.real_or_none(5);
    point.upper = query.real_or_none(6);
    point.who = query.text(7);
    point.assigned_by = query.text(8);
    point.document_id = query.text(9);
    point.document_number = query.text(10);
    point.document_date = query.text(11);
    point.fact_id = query.text(12);
    if (units != nullptr) units->emplace(key, query.text(13));
    out.emplace_back(key, std::move(point));
  }
}

std::string list_of(const std::vector<std::string>& keys) {
  return keys.empty() ? "[]" : strings_to_json(keys);
}

// "Quý I/2024" stands before "2025".
std::string year_of(const std::string& period) {
  constexpr std::string_view kDigits = "0123456789";
  for (std::size_t at = period.find_first_of(kDigits); at != std::string::npos;
       at = period.find_first_of(kDigits, at)) {
    const std::size_t end = std::min(period.find_first_not_of(kDigits, at), period.size());
    if (end - at == 4) return period.substr(at, 4);
    at = end;
  }
  return {};
}

bool earlier(const SeriesPoint& a, const SeriesPoint& b) {
  if (const std::string first = year_of(a.period), second = year_of(b.period); first != second)
    return first < second;
  if (a.period != b.period) return a.period < b.period;
  if ((a.kind == "target") != (b.kind == "target")) return a.kind == "target";
  return std::tie(a.document_date, a.document_id) < std::tie(b.document_date, b.document_id);
}

std::size_t periods_of(const IndicatorSeries& series) {
  std::set<std::string_view> periods;
  for (const SeriesPoint& point : series.points) {
    if (!point.period.empty()) periods.insert(point.period);
  }
  return periods.size();
}

void name_after_newest(IndicatorSeries& series) {
  const SeriesPoint* newest = nullptr;
  for (const SeriesPoint& point : series.points) {
    if (point.kind == "target" && (newest == nullptr || newest->document_date <= point.document_date))
      newest = &point;
  }
  if (newest != nullptr) series.name = newest->name;
}

}  // namespace

std::vector<IndicatorSeries> indicator_series(Connection& database, const Filter& filter) {
  Filter targets = filter;
  targets.kinds = {FactKind::kIndicator};
  if (kinds_of(targets).empty()) return {};
  const Conditions conditions = conditions_of(database, FactKind::kIndicator, filter, Access::kAllRows);
  std::vector<std::string> wanted;
  {
    Query query =
        database.query("SELECT DISTINCT x.name_key" + joined_from(kind_table(FactKind::kIndicator)) +
                       " WHERE d.active = 1" + conditions.sql);
    for (const std::string& parameter : conditions.parameters) query.bind(parameter);
    while (query.step()) wanted.push_back(query.text(0));
  }
  std::vector<std::pair<std::string, SeriesPoint>> points;
  std::map<std::string, std::string> units;
  {
    Query query = database.query(
        "SELECT i.name_key, 'target', CASE i.parent_name WHEN '' THEN i.name ELSE i.parent_name || ': ' || "
        "i.name END,"
        " i.period, i.comparator, i.value, i.upper, i.lead, CASE i.assigned_by WHEN '' THEN d.number ELSE "
        "i.assigned_by END,"
        " d.id, d.number, d.date, i.id, i.unit FROM indicators i JOIN documents d ON d.key = i.document"
        " WHERE d.active = 1 AND i.name_key IN (SELECT value FROM json_each(?)) ORDER BY d.date_first, d.id, "
        "i.ord");
    query.bind(list_of(wanted));
    read_points(query, points, &units);
  }
  std::map<std::string, IndicatorSeries> series;
  for (auto& [key, point] : points) {
    IndicatorSeries& one = series[key];
    one.key = key;
    one.unit = units[key];
    one.points.push_back(std::move(point));
  }
  // Figures that do not say what they are a share of are known by the rest of the key, where that means one
  // series of the whole store.
  std::map<std::string, std::vector<std::string>> of_base;
  {
    Query query = database.query(
        "SELECT DISTINCT i.name_key FROM indicators i JOIN documents d ON d.key = i.document"
        " WHERE d.active = 1");
    while (query.step()) {
      std::string key = query.text(0);
      of_base[series_base(key)].push_back(std::move(key));
    }
  }
  std::vector<std::string> looked_for;
  for (const std::string& key : wanted) {
    looked_for.push_back(key);
    const std::string base = series_base(key);
    if (base != key && of_base[base].size() == 1) looked_for.push_back(base);
  }
  points.clear();
  {
    Query query = database.query(
        "SELECT m.name_key, m.kind, m.name, CASE WHEN m.period <> '' THEN m.period ELSE m.as_of END, '=', "
        "m.value, NULL,"
        " m.subject, '', d.id, d.number, d.date, m.id FROM measurements m JOIN documents d ON d.key = "
        "m.document"
        " WHERE d.active = 1 AND m.value IS NOT NULL AND m.name_key IN (SELECT value FROM json_each(?))"
        " ORDER BY d.date_first, d.id, m.ord");
    query.bind(list_of(looked_for));
    read_points(query, points, nullptr);
  }
  for (auto& [key, point] : points) {
    const auto same = series.find(key);
    if (same != series.end()) {
      same->second.points.push_back(std::move(point));
      continue;
    }
    const auto base = of_base.find(key);
    if (base == of_base.end() || base->second.size() != 1) continue;
    const auto other = series.find(base->second.front());
    if (other == series.end()) continue;
    point.same_name = false;
    other->second.points.push_back(std::move(point));
  }
  std::vector<IndicatorSeries> out;
  for (auto& [key, one] : series) {
    name_after_newest(one);
    std::stable_sort(one.points.begin(), one.points.end(), earlier);
    out.push_back(std::move(one));
  }
  std::stable_sort(out.begin(), out.end(), [](const IndicatorSeries& a, const IndicatorSeries& b) {
    return periods_of(a) > periods_of(b);
  });
  if (filter.offset >= out.size()) return {};
  out.erase(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(filter.offset));
  if (out.size() > filter.limit) out.resize(filter.limit);
  return out;
}

}  // namespace vanban::store

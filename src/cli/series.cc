// `vanban indicators --series`: one indicator over documents and years, targets and what was reached side by
// side.

#include <cstdio>
#include <nlohmann/json.hpp>

#include "cli/agencies.h"
#include "cli/commands.h"
#include "cli/output.h"

namespace vanban::cli {
namespace {

using Json = nlohmann::ordered_json;

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json number_or_null(const std::optional<double>& value) {
  if (!value) return nullptr;
  if (*value == static_cast<double>(static_cast<long long>(*value))) return static_cast<long long>(*value);
  return *value;
}

std::string number_text(const std::optional<double>& value) {
  return value ? number_or_null(value).dump() : std::string();
}

Json point_json(const SeriesPoint& point) {
  Json out = {{"period", text_or_null(point.period)}};
  if (point.kind == "target") out["comparator"] = point.comparator;
  out["value"] = number_or_null(point.value);
  if (point.kind == "target") {
    out["upper"] = number_or_null(point.upper);
    out["lead"] = text_or_null(point.who);
    out["assigned_by"] = text_or_null(point.assigned_by);
  } else {
    out["kind"] = point.kind;
    out["subject"] = text_or_null(point.who);
    out["match"] = point.same_name ? "name" : "without-total";
  }
  out["name"] = point.name;
  out["document_id"] = point.document_id;
  out["document_number"] = text_or_null(point.document_number);
  out["document_date"] = text_or_null(point.document_date);
  out["fact_id"] = point.fact_id;
  return out;
}

Json series_json(const IndicatorSeries& series) {
  Json out = {{"series", series.key}, {"name", series.name}, {"unit", text_or_null(series.unit)}};
  out["targets"] = Json::array();
  out["results"] = Json::array();
  for (const SeriesPoint& point : series.points)
    out[point.kind == "target" ? "targets" : "results"].push_back(point_json(point));
  return out;
}

std::string dumped(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

void print_flat(const Context& context, const std::vector<IndicatorSeries>& all) {
  const bool table = context.format == Format::kTable;
  const auto title = [&](std::string_view vi, std::string_view en) {
    return std::string(context.say(vi, en));
  };
  std::vector<Column> columns = {{"name", title("Chỉ tiêu", "Name"), 10, 3},
                                 {"period", title("Kỳ", "Period"), 4},
                                 {"kind", title("Loại", "Kind"), 4},
                                 {"comparator", "", 1},
                                 {"value", title("Giá trị", "Value"), 3, 0, true},
                                 {"upper", title("Đến", "To"), 1, 0, true},
                                 {"unit", title("Đơn vị", "Unit"), 1},
                                 {"who", title("Của", "Whose"), 6, 1},
                                 {"assigned_by", title("Giao tại", "Assigned by"), 4},
                                 {"document_number", title("Văn bản", "Document"), 4}};
  if (!table) {
    for (const char* key : {"document_date", "document_id", "fact_id", "match", "series"})
      columns.push_back({key, ""});
  }
  std::vector<std::vector<std::string>> rows;
  for (const IndicatorSeries& series : all) {
    bool first = true;
    for (const SeriesPoint& point : series.points) {
      std::string kind = point.kind;
      if (table) {
        kind = point.kind == "target"     ? title("giao", "target")
               : point.kind == "estimate" ? title("ước đạt", "estimate")
                                          : title("đạt", "reached");
      }
      std::vector<std::string> row = {
          table && !first ? ""
          : table         ? series.name
                          : point.name,
          point.period,
          kind,
          point.comparator,
          number_text(point.value),
          number_text(point.upper),
          series.unit,
          point.who,
          point.assigned_by,
          point.document_number.empty() ? point.document_date : point.document_number};
      if (!table) {
        row[9] = point.document_number;
        for (const std::string& cell :
             {point.document_date, point.document_id, point.fact_id,
              std::string(point.same_name ? "name" : "without-total"), series.key}) {
          row.push_back(cell);
        }
      }
      rows.push_back(std::move(row));
      first = false;
    }
  }
  print_rows(context, columns, rows);
}

}  // namespace

int run_series(const Context& context, const Filter& filter) {
  Result<Store> store = Store::open(context.store, Store::Access::kReadOnly);
  if (!store) return complain(context, store.error());
  const AgencyNames agencies(context, filter);
  Result<std::vector<IndicatorSeries>> found = store->series(agencies.by_id(filter));
  if (found && found->empty() && agencies.may_retry(filter)) found = store->series(filter);
  if (!found) return complain(context, found.error());
  for (IndicatorSeries& one : *found) {
    for (SeriesPoint& point : one.points) point.who = agencies.rolled_up(point.who);
  }
  if (context.format == Format::kJson) {
    Json out = Json::array();
    for (const IndicatorSeries& one : *found) out.push_back(series_json(one));
    std::puts(dumped(out, 1).c_str());
  } else if (context.format == Format::kJsonl) {
    for (const IndicatorSeries& one : *found) std::puts(dumped(series_json(one), -1).c_str());
  } else if (found->empty() && context.format == Format::kTable) {
    std::puts(std::string(context.say("Không có dòng nào.", "No rows.")).c_str());
  } else {
    print_flat(context, *found);
  }
  return kDone;
}

}  // namespace vanban::cli

#include <algorithm>
#include <cstdio>
#include <map>

#include "cli/agencies.h"
#include "cli/commands.h"
#include "cli/output.h"

namespace vanban::cli {
namespace {

struct ColumnInfo {
  std::string_view key, vi, en;
  double share;  // of a table's width; negative: only in CSV and JSON
  bool number;
};

// The columns of all lists. What is not here is printed under its own name in CSV and JSON, and not in a
// table.
constexpr ColumnInfo kColumns[] = {
    {"document_number", "Văn bản", "Document", 0, false},
    {"label", "Mục", "Label", 0, false},
    {"text", "Nội dung", "Text", 3, false},
    {"name", "Chỉ tiêu", "Name", 3, false},
    {"lead", "Chủ trì", "Lead", 1, false},
    {"deadlines", "Thời hạn", "Deadlines", 0, false},
    {"assigned_by", "Giao tại", "Assigned by", 0, false},
    {"comparator", "", "", 0, false},
    {"value", "Giá trị", "Value", 0, true},
    {"upper", "Đến", "To", 0, true},
    {"unit", "Đơn vị", "Unit", 0, false},
    {"period", "Kỳ", "Period", 0, false},
    {"subject", "Của", "Whose", 0, false},
    {"type", "Loại", "Type", 0, false},
    {"number", "Số", "Number", 0, false},
    {"date", "Ngày", "Date", 0, false},
    {"title", "Tên", "Title", 1, false},
    {"relation", "Quan hệ", "Relation", 0, false},
    {"modality", "", "Modality", -1, false},
    {"target", "Trỏ tới", "Target", 1, false},
    {"resolution", "", "", 0, false},
    {"page", "Trang", "Page", 0, true},
    {"numerator", "", "", -1, true},
    {"denominator", "", "", -1, true},
    {"confidence", "", "", -1, true},
};

const ColumnInfo* info_of(std::string_view key) {
  const auto found = std::find_if(std::begin(kColumns), std::end(kColumns),
                                  [&](const ColumnInfo& c) { return c.key == key; });
  return found == std::end(kColumns) ? nullptr : found;
}

// Columns that hold names of bodies, joined by "; ".
bool names_bodies(std::string_view column) {
  return column == "lead" || column == "coordinating" || column == "evaluator" || column == "subject";
}

}  // namespace

int run_list(const Context& context, FactKind kind, const Filter& filter) {
  Result<Store> store = Store::open(context.store, Store::Access::kReadOnly);
  if (!store) return complain(context, store.error());
  const AgencyNames agencies(context, filter);
  Result<std::vector<ListRow>> found = store->list(kind, agencies.by_id(filter));
  if (found && found->empty() && agencies.may_retry(filter)) found = store->list(kind, filter);
  if (!found) return complain(context, found.error());
  std::vector<Column> columns;
  std::vector<std::size_t> picked;
  std::vector<std::string> names = store->list_columns(kind);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const ColumnInfo* info = info_of(names[i]);
    if (context.format == Format::kTable && (info == nullptr || info->share < 0)) continue;
    Column column;
    column.key = names[i];
    if (info != nullptr) {
      column.title = std::string(context.say(info->vi, info->en));
      column.share = std::max(0.0, info->share);
      column.number = info->number;
    }
    column.least = 1;
    columns.push_back(std::move(column));
    picked.push_back(i);
  }
  std::vector<std::vector<std::string>> rows;
  rows.reserve(found->size());
  for (const ListRow& row : *found) {
    std::vector<std::string> cells;
    for (const std::size_t i : picked) {
      std::string cell = i < row.fields.size() ? row.fields[i].second : "";
      cells.push_back(names_bodies(names[i]) ? agencies.rolled_up(cell) : std::move(cell));
    }
    rows.push_back(std::move(cells));
  }
  if (rows.empty() && context.format == Format::kTable) {
    std::puts(std::string(context.say("Không có dòng nào.", "No rows.")).c_str());
    return kDone;
  }
  print_rows(context, columns, rows);
  return kDone;
}

}  // namespace vanban::cli

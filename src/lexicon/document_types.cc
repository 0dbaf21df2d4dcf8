#include "vanban/lexicon/document_types.h"

#include <algorithm>

#include "vanban/base/utf8.h"
#include "vanban/lexicon/scan.h"

namespace vanban {
namespace {

std::string lower_text(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) append_utf8(out, lower_letter(decode_utf8(text, at)));
  return out;
}

}  // namespace

Result<DocumentTypes> DocumentTypes::create(const Models& models) {
  auto table = models.table("document_types");
  if (!table) return table.error();
  const ModelTable& rows = **table;
  for (const std::string_view column : {"name", "abbreviations", "type", "primary"}) {
    if (auto index = rows.column(column); !index) return index.error();
  }
  DocumentTypes types;
  for (std::size_t i = 0; i < rows.rows.size(); ++i) {
    const auto type = document_type_from_name(rows.at(i, "type"));
    if (!type) {
      return make_error(ErrorCode::kBadTable, rows.file + ":" + std::to_string(rows.lines[i]) +
                                                  ": no such document type: " + rows.at(i, "type"));
    }
    const std::string& name = rows.at(i, "name");
    types.rows_.push_back({name, lower_text(name), *type});
    if (rows.at(i, "primary") == "1") types.primary_[*type] = name;
    const std::string& abbreviations = rows.at(i, "abbreviations");
    for (std::size_t from = 0; from < abbreviations.size();) {
      std::size_t to = abbreviations.find(' ', from);
      if (to == std::string::npos) to = abbreviations.size();
      if (to > from) types.by_abbreviation_.emplace(abbreviations.substr(from, to - from), *type);
      from = to + 1;
    }
  }
  std::stable_sort(types.rows_.begin(), types.rows_.end(),
                   [](const Row& a, const Row& b) { return a.key.size() > b.key.size(); });
  return types;
}

std::optional<DocumentTypes::Match> DocumentTypes::at_start(std::string_view text) const {
  for (const Row& row : rows_) {
    const std::size_t length = match_words(text, 0, row.key);
    if (length != 0 && word_ends(text, length)) return Match{row.type, length};
  }
  return std::nullopt;
}

std::optional<DocumentTypes::Match> DocumentTypes::at_end(std::string_view text, std::size_t end) const {
  for (const Row& row : rows_) {
    const std::size_t begin = match_words_back(text, end, row.key);
    if (begin != std::string_view::npos && word_starts(text, begin)) return Match{row.type, end - begin};
  }
  return std::nullopt;
}

std::optional<DocumentType> DocumentTypes::from_symbol(std::string_view symbol) const {
  if (symbol.empty()) return std::nullopt;
  // "L/CTN" and "LCT" are numbers of the order that proclaimed a law or an ordinance; "CP", "TTg", "QH15"
  // alone name a body that issues several types.
  for (const std::string_view body : {"CP", "TTg", "TTG", "HĐBT", "HĐCP", "CTN", "TW", "TƯ"}) {
    if (symbol == body) return std::nullopt;
  }
  if (symbol.substr(0, 2) == "QH" || symbol.substr(0, 6) == "UBTVQH" || symbol.substr(0, 3) == "LCT" ||
      symbol == "L/CTN" || symbol.substr(0, 4) == "HĐNN") {
    return std::nullopt;
  }
  std::vector<std::string_view> groups;
  std::vector<char> separators;
  for (std::size_t from = 0; from <= symbol.size();) {
    std::size_t to = symbol.find_first_of("-/._", from);
    if (to == std::string_view::npos) to = symbol.size();
    groups.push_back(symbol.substr(from, to - from));
    if (to < symbol.size()) separators.push_back(symbol[to]);
    from = to + 1;
  }
  const auto type_of = [&](std::string_view group) -> std::optional<DocumentType> {
    const auto found = by_abbreviation_.find(group);
    if (found != by_abbreviation_.end()) return found->second;
    std::string repaired;  // "QÐ", "QD", "Qđ": as typed in portals
    for (std::size_t at = 0; at < group.size();) {
      const char32_t c = decode_utf8(group, at);
      append_utf8(repaired, c == 0xD0 || c == U'đ' ? U'Đ' : c);
    }
    if (repaired == "QD") repaired = "QĐ";
    if (repaired == "ND") repaired = "NĐ";
    const auto again = by_abbreviation_.find(repaired);
    if (again != by_abbreviation_.end()) return again->second;
    return std::nullopt;
  };
  if (groups.size() >= 2 && groups[0] == "TT" && (groups[1] == "LB" || groups[1] == "LT")) {
    return DocumentType::kJointCircular;
  }
  // "TC/TCT" is a dispatch of the Ministry of Finance's tax office, "TC-…" a thông cáo.
  if (groups[0] == "TC" && !separators.empty() && separators[0] == '/') return DocumentType::kDispatch;
  if (const auto type = type_of(groups[0]); type && groups[0] != "LB") return type;
  // Before 1990: "382-BYT-NĐ", "609/NN-TCCB/QĐ" name the type last.
  if (groups.size() >= 2) {
    const std::string_view last = groups.back();
    if (last == "QĐ" || last == "NĐ" || last == "TT" || last == "CT" || last == "NQ") return type_of(last);
  }
  return DocumentType::kDispatch;
}

std::string_view DocumentTypes::vietnamese_name(DocumentType type) const {
  const auto found = primary_.find(type);
  return found == primary_.end() ? std::string_view() : std::string_view(found->second);
}

}  // namespace vanban

#include "cli/output.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "vanban/base/utf8.h"

namespace vanban::cli {
namespace {

using Json = nlohmann::ordered_json;

std::size_t width_of(std::string_view text) { return count_code_points(text); }

Json value_of(const Column& column, const std::string& cell) {
  if (cell.empty()) return nullptr;
  if (!column.number) return cell;
  char* end = nullptr;
  const double value = std::strtod(cell.c_str(), &end);
  if (end == nullptr || *end != '\0') return cell;
  if (value == static_cast<double>(static_cast<long long>(value))) return static_cast<long long>(value);
  return value;
}

// "100.0" as the store has it -> "100".
std::string shown(const Column& column, const std::string& cell) {
  const Json value = column.number ? value_of(column, cell) : Json();
  return value.is_number() ? value.dump() : cell;
}

Json row_json(const std::vector<Column>& columns, const std::vector<std::string>& row) {
  Json out = Json::object();
  for (std::size_t i = 0; i < columns.size() && i < row.size(); ++i)
    out[columns[i].key] = value_of(columns[i], row[i]);
  return out;
}

std::string dump(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

std::string csv_cell(const Column& column, const std::string& cell) {
  std::string safe = cell;
  if (!column.number && cell.size() > 1 &&  // a sign alone is no formula
      std::string_view("=+-@\t\r").find(cell[0]) != std::string_view::npos) {
    safe.insert(safe.begin(), '\'');
  }
  if (safe.find_first_of(",\"\n\r") == std::string::npos) return safe;
  std::string out = "\"";
  for (const char c : safe) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

void print_csv(const std::vector<Column>& columns, const std::vector<std::vector<std::string>>& rows) {
  std::string out;
  for (std::size_t i = 0; i < columns.size(); ++i) out += (i == 0 ? "" : ",") + columns[i].key;
  out += "\r\n";
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < columns.size(); ++i)
      out += (i == 0 ? "" : ",") + csv_cell(columns[i], shown(columns[i], row[i]));
    out += "\r\n";
  }
  std::fwrite(out.data(), 1, out.size(), stdout);
}

void print_table(const std::vector<Column>& columns, const std::vector<std::vector<std::string>>& rows) {
  const int terminal = terminal_width(STDOUT_FILENO);
  const std::size_t whole = terminal == 0 ? 160 : static_cast<std::size_t>(std::max(terminal, 60));
  std::vector<std::size_t> widths(columns.size());
  std::size_t taken = 2 * (columns.size() - 1);
  double shares = 0;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    widths[i] = std::max(static_cast<std::size_t>(columns[i].least), width_of(columns[i].title));
    std::size_t widest = widths[i];
    for (const auto& row : rows) widest = std::max(widest, width_of(row[i]));
    if (columns[i].share == 0) {
      widths[i] = std::min<std::size_t>(widest, 40);
    } else {
      shares += columns[i].share;
    }
    taken += columns[i].share == 0 ? widths[i] : 0;
  }
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].share == 0) continue;
    const double left = whole > taken ? static_cast<double>(whole - taken) : 0;
    widths[i] = std::max(widths[i], static_cast<std::size_t>(left * columns[i].share / shares));
  }
  const auto line = [&](const auto& cell_at) {
    std::string out;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (i > 0) out += "  ";
      out += fitted(for_terminal(cell_at(i)), widths[i]);
    }
    out.erase(out.find_last_not_of(' ') + 1);
    std::puts(out.c_str());
  };
  line([&](std::size_t i) { return columns[i].title; });
  for (const auto& row : rows) line([&](std::size_t i) { return shown(columns[i], row[i]); });
}

}  // namespace

void print_rows(const Context& context, const std::vector<Column>& columns,
                const std::vector<std::vector<std::string>>& rows) {
  switch (context.format) {
    case Format::kTable:
      print_table(columns, rows);
      return;
    case Format::kIcs:  // only where a command makes a calendar itself
    case Format::kCsv:
      print_csv(columns, rows);
      return;
    case Format::kJsonl:
      for (const auto& row : rows) std::puts(dump(row_json(columns, row), -1).c_str());
      return;
    case Format::kJson: {
      Json all = Json::array();
      for (const auto& row : rows) all.push_back(row_json(columns, row));
      std::puts(dump(all, 1).c_str());
      return;
    }
  }
}

std::string for_terminal(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t before = i;
    const char32_t c = decode_utf8(text, i);
    if (c == '\n' || c == '\t' || c == '\r') {
      out += ' ';
    } else if (c < 0x20 || c == 0x7F || (c >= 0x80 && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
               (c >= 0x2066 && c <= 0x2069)) {
      char escape[12];
      std::snprintf(escape, sizeof escape, "\\x%02x", static_cast<unsigned>(c));
      out += escape;
    } else {
      out.append(text.substr(before, i - before));
    }
  }
  return out;
}

std::string fitted(std::string_view text, std::size_t width) {
  const std::size_t have = width_of(text);
  if (have <= width) return std::string(text) + std::string(width - have, ' ');
  const CodePointMap map(text);
  return std::string(text.substr(0, map.to_bytes(width > 0 ? width - 1 : 0))) + "…";
}

std::string marked(std::string_view text, const std::vector<TextRange>& marks) {
  const bool bold = terminal_width(STDOUT_FILENO) != 0;
  std::string out;
  std::size_t at = 0;
  for (const TextRange& mark : marks) {
    if (mark.begin < at || mark.end > text.size()) continue;
    out += for_terminal(text.substr(at, mark.begin - at));
    out += bold ? "\x1b[1m" : "[";
    out += for_terminal(mark.of(text));
    out += bold ? "\x1b[0m" : "]";
    at = mark.end;
  }
  return out + for_terminal(text.substr(at));
}

std::string wrapped(std::string_view text, std::size_t width, std::size_t indent) {
  std::string out;
  std::size_t column = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t end = text.find(' ', at);
    if (end == std::string_view::npos) end = text.size();
    const std::string_view word = text.substr(at, end - at);
    const std::size_t length = width_of(word);
    if (column > 0 && column + 1 + length > width) {
      out += "\n" + std::string(indent, ' ');
      column = 0;
    } else if (column > 0) {
      out += ' ';
      ++column;
    }
    out += word;
    column += length;
    at = end + 1;
  }
  return out;
}

}  // namespace vanban::cli

#include "read/worker/markdown.h"

#include <algorithm>
#include <cctype>
#include <cstring>
#include <optional>

#include "vanban/base/utf8.h"

namespace vanban::read {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (is_space(text.front()) || text.front() == '\n')) text.remove_prefix(1);
  while (!text.empty() && (is_space(text.back()) || text.back() == '\n')) text.remove_suffix(1);
  return text;
}

int heading_level(std::string_view line) {
  std::size_t level = 0;
  while (level < line.size() && line[level] == '#') ++level;
  if (level == 0 || level > 6) return 0;
  return level == line.size() || is_space(line[level]) ? static_cast<int>(level) : 0;
}

// "|---|:--:|", the line below a table's head.
bool is_table_rule(std::string_view line) {
  line = trimmed(line);
  if (line.find('-') == std::string_view::npos || line.find('|') == std::string_view::npos) return false;
  return line.find_first_not_of("|-: \t") == std::string_view::npos;
}

bool is_thematic_break(std::string_view line) {
  line = trimmed(line);
  if (line.empty() || std::strchr("-*_", line[0]) == nullptr) return false;
  std::size_t marks = 0;
  for (char c : line) {
    if (c == line[0])
      ++marks;
    else if (!is_space(c))
      return false;
  }
  return marks >= 3;
}

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    lines.push_back(line);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

// Cells of "| a | b |"; "\|" is no border.
std::vector<std::string> split_cells(std::string_view line) {
  line = trimmed(line);
  if (!line.empty() && line.front() == '|') line.remove_prefix(1);
  if (!line.empty() && line.back() == '|' && (line.size() < 2 || line[line.size() - 2] != '\\'))
    line.remove_suffix(1);
  std::vector<std::string> cells(1);
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 1 < line.size() && line[i + 1] == '|') {
      cells.back().push_back('|');
      ++i;
    } else if (line[i] == '|') {
      cells.emplace_back();
    } else {
      cells.back().push_back(line[i]);
    }
  }
  return cells;
}

bool tag_is(std::string_view tag, std::string_view name) {
  if (tag.size() < name.size()) return false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (std::tolower(static_cast<unsigned char>(tag[i])) != name[i]) return false;
  }
  return tag.size() == name.size() || !std::isalnum(static_cast<unsigned char>(tag[name.size()]));
}

// The inside of "<...>" at `at`, if a tag stands there that we know; `end` is set behind it.
std::optional<std::string_view> tag_at(std::string_view text, std::size_t at, std::size_t& end) {
  constexpr std::size_t kLongestTag = 400;
  if (at + 2 >= text.size() || text[at] != '<') return std::nullopt;
  const std::size_t close = text.substr(at, kLongestTag).find('>');
  if (close == std::string_view::npos) return std::nullopt;
  const std::string_view inside = text.substr(at + 1, close - 1);
  const std::string_view name = !inside.empty() && inside[0] == '/' ? inside.substr(1) : inside;
  for (std::string_view known :
       {"br",   "b",      "i",     "u",     "em",    "strong", "sup", "sub", "p",    "div",
        "span", "center", "table", "thead", "tbody", "tr",     "td",  "th",  "font", "small"}) {
    if (!tag_is(name, known)) continue;
    end = at + close + 1;
    return inside;
  }
  return std::nullopt;
}

int span_of(std::string_view tag, std::string_view attribute) {
  const std::size_t at = tag.find(attribute);
  if (at == std::string_view::npos) return 1;
  std::size_t i = at + attribute.size();
  while (i < tag.size() && (tag[i] == '=' || tag[i] == '"' || tag[i] == '\'' || tag[i] == ' ')) ++i;
  int value = 0;
  for (; i < tag.size() && std::isdigit(static_cast<unsigned char>(tag[i])) && value < 1000; ++i) {
    value = value * 10 + (tag[i] - '0');
  }
  return std::clamp(value, 1, 1000);
}

// "<table>...</table>": a nested table's cells are taken as the outer table's.
FlowBlock parse_html_table(std::string_view html) {
  FlowBlock block;
  block.kind = FlowBlock::Kind::kTable;
  std::string cell_text;
  bool in_cell = false;
  const auto close_cell = [&] {
    if (in_cell) block.rows.back().back().text = plain_inline(cell_text, nullptr, nullptr);
    in_cell = false;
    cell_text.clear();
  };
  for (std::size_t i = 0; i < html.size();) {
    std::size_t end = 0;
    const auto tag = tag_at(html, i, end);
    if (!tag) {
      if (in_cell) cell_text.push_back(html[i] == '\n' ? ' ' : html[i]);
      ++i;
      continue;
    }
    if (tag_is(*tag, "tr")) {
      close_cell();
      block.rows.emplace_back();
    } else if (tag_is(*tag, "td") || tag_is(*tag, "th")) {
      close_cell();
      if (block.rows.empty()) block.rows.emplace_back();
      FlowCell cell;
      cell.header = tag_is(*tag, "th");
      cell.colspan = span_of(*tag, "colspan");
      cell.rowspan = span_of(*tag, "rowspan");
      block.rows.back().push_back(cell);
      in_cell = true;
    } else if (tag_is(*tag, "/td") || tag_is(*tag, "/th") || tag_is(*tag, "/tr")) {
      close_cell();
    } else if (in_cell) {
      cell_text.append(html.substr(i, end - i));
    }
    i = end;
  }
  close_cell();
  std::erase_if(block.rows, [](const auto& row) { return row.empty(); });
  return block;
}

// A line that begins a unit of its own: never joined to the one before.
bool begins_unit(std::string_view line) {
  if (line.empty()) return true;
  if (std::strchr("-+*|#>", line[0]) != nullptr) return true;
  std::size_t i = 0;
  while (i < line.size() && i < 5 && std::isalnum(static_cast<unsigned char>(line[i]))) ++i;
  return i > 0 && i < line.size() && (line[i] == '.' || line[i] == ')') && i + 1 < line.size() &&
         is_space(line[i + 1]);
}

// Whether a single line break inside a paragraph is only a wrap: the line was long and ends no sentence.
bool is_wrapped(std::string_view line, std::string_view next) {
  constexpr std::size_t kShortestWrap = 60;
  if (line.ends_with("  ") || line.ends_with('\\')) return false;  // Markdown's hard line break
  const std::string_view bare = trimmed(line);
  if (bare.empty() || begins_unit(trimmed(next)) || count_code_points(bare) < kShortestWrap) return false;
  return std::strchr(".;:!?*_", bare.back()) == nullptr;
}

}  // namespace

std::string plain_inline(std::string_view text, bool* all_bold, bool* all_italic) {
  // First: which runs of '*' and '_' are paired.
  struct Run {
    std::size_t at, length;
    bool paired = false;
    std::size_t partner = 0;
  };
  std::vector<Run> runs;
  std::size_t pending[2][4];  // by mark and length: index + 1 of the run that waits for its end
  std::memset(pending, 0, sizeof pending);
  const auto is_word = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || static_cast<unsigned char>(c) >= 0x80;
  };
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '\\') {
      i += 2;
      continue;
    }
    if (text[i] != '*' && text[i] != '_') {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && text[end] == text[i]) ++end;
    const std::size_t length = end - i;
    if (length <= 3) {
      const char before = i > 0 ? text[i - 1] : ' ', after = end < text.size() ? text[end] : ' ';
      const bool inside_word = text[i] == '_' && is_word(before) && is_word(after);
      const bool bracketed = before == '(' && after == ')';  // "(*)": a footnote's mark
      const bool opens = !is_space(after) && after != '\n' && !inside_word && !bracketed;
      const bool closes = !is_space(before) && before != '\n' && !inside_word && !bracketed;
      std::size_t& waiting = pending[text[i] == '*' ? 0 : 1][length];
      runs.push_back({i, length});
      if (closes && waiting != 0) {
        runs.back().paired = runs[waiting - 1].paired = true;
        runs[waiting - 1].partner = runs.size() - 1;
        waiting = 0;
      } else if (opens) {
        waiting = runs.size();
      }
    }
    i = end;
  }
  const std::string_view bare = trimmed(text);
  const std::size_t first = bare.empty() ? 0 : static_cast<std::size_t>(bare.data() - text.data());
  bool bold = false, italic = false;
  if (!runs.empty() && runs[0].paired && runs[0].at == first && runs[0].partner != 0 &&
      runs[runs[0].partner].at + runs[0].length == first + bare.size()) {
    bold = runs[0].length >= 2;
    italic = runs[0].length != 2;
  }
  if (all_bold != nullptr) *all_bold = bold;
  if (all_italic != nullptr) *all_italic = italic;

  std::string out;
  out.reserve(text.size());
  std::size_t next_run = 0;
  for (std::size_t i = 0; i < text.size();) {
    while (next_run < runs.size() && runs[next_run].at < i) ++next_run;
    if (next_run < runs.size() && runs[next_run].at == i) {
      if (!runs[next_run].paired) out.append(text.substr(i, runs[next_run].length));
      i += runs[next_run].length;
      continue;
    }
    const char c = text[i];
    std::size_t end = 0;
    if (c == '\\' && i + 1 < text.size() && std::ispunct(static_cast<unsigned char>(text[i + 1]))) {
      out.push_back(text[i + 1]);
      i += 2;
    } else if (c == '`') {
      ++i;
    } else if (c == '<') {
      if (const auto tag = tag_at(text, i, end)) {
        if (tag_is(*tag, "br")) out.push_back('\n');
        i = end;
      } else {
        out.push_back(c);
        ++i;
      }
    } else if (c == '[' || (c == '!' && i + 1 < text.size() && text[i + 1] == '[')) {
      constexpr std::size_t kLongestLink = 500;
      const std::string_view rest = text.substr(i, kLongestLink);
      const std::size_t middle = rest.find("](");
      const std::size_t close = middle == std::string_view::npos ? middle : rest.find(')', middle);
      if (close != std::string_view::npos && rest.substr(1, middle).find('\n') == std::string_view::npos) {
        if (c == '[') out.append(rest.substr(1, middle - 1));
        i += close + 1;
      } else if (rest.starts_with("[^")) {  // a footnote's mark: "[^3]" is shown as "[3]"
        out.push_back('[');
        i += 2;
      } else {
        out.push_back(c);
        ++i;
      }
    } else if (c == '&') {
      constexpr std::pair<std::string_view, std::string_view> kEntities[] = {
          {"&nbsp;", " "}, {"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}};
      const auto* found = std::find_if(std::begin(kEntities), std::end(kEntities), [&](const auto& entity) {
        return text.substr(i).starts_with(entity.first);
      });
      if (found != std::end(kEntities)) {
        out.append(found->second);
        i += found->first.size();
      } else {
        out.push_back(c);
        ++i;
      }
    } else {
      out.push_back(c);
      ++i;
    }
  }
  return std::string(trimmed(out));
}

bool looks_markdown(std::string_view bytes, std::string_view name) {
  std::string ending;
  const std::size_t dot = name.rfind('.');
  if (dot != std::string_view::npos) {
    for (char c : name.substr(dot))
      ending.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
  }
  if (ending == ".md" || ending == ".markdown") return true;
  int headings = 0, rules = 0, bold_lines = 0;
  bool pipes_before = false;
  for (std::string_view line : split_lines(bytes.substr(0, 256 << 10))) {
    const std::string_view bare = trimmed(line);
    if (heading_level(line) > 0 && bare.size() > 2) ++headings;
    if (bare.size() > 4 && bare.starts_with("**") && bare.ends_with("**")) ++bold_lines;
    if (pipes_before && is_table_rule(line)) ++rules;
    pipes_before = bare.find('|') != std::string_view::npos;
  }
  return rules > 0 || headings > 1 || bold_lines > 2 || (headings > 0 && bold_lines > 0);
}

std::vector<FlowBlock> parse_markdown(std::string_view text) {
  std::vector<FlowBlock> blocks;
  const std::vector<std::string_view> lines = split_lines(text);
  std::size_t i = 0;
  while (i < lines.size()) {
    const std::string_view line = lines[i];
    const std::string_view bare = trimmed(line);
    if (bare.empty() || is_thematic_break(line)) {
      ++i;
      continue;
    }
    if (const int level = heading_level(bare); level > 0) {
      FlowBlock block;
      block.heading_level = level;
      std::string_view title = trimmed(bare.substr(static_cast<std::size_t>(level)));
      while (!title.empty() && title.back() == '#') title.remove_suffix(1);
      block.text = plain_inline(title, &block.bold, &block.italic);
      block.bold = true;
      if (!block.text.empty()) blocks.push_back(std::move(block));
      ++i;
      continue;
    }
    if (bare.find('|') != std::string_view::npos && i + 1 < lines.size() && is_table_rule(lines[i + 1])) {
      FlowBlock block;
      block.kind = FlowBlock::Kind::kTable;
      std::size_t row = i;
      for (; row < lines.size() && lines[row].find('|') != std::string_view::npos; ++row) {
        if (row == i + 1) continue;
        block.rows.emplace_back();
        for (const std::string& cell : split_cells(lines[row])) {
          FlowCell flow_cell;
          flow_cell.header = row == i;
          flow_cell.text = plain_inline(cell, nullptr, nullptr);
          block.rows.back().push_back(std::move(flow_cell));
        }
      }
      i = row;
      blocks.push_back(std::move(block));
      continue;
    }
    std::size_t tag_end = 0;
    if (const auto tag = tag_at(bare, 0, tag_end); tag && tag_is(*tag, "table")) {
      std::string html;
      for (; i < lines.size(); ++i) {
        html.append(lines[i]).push_back('\n');
        if (lines[i].find("</table>") != std::string_view::npos) {
          ++i;
          break;
        }
      }
      blocks.push_back(parse_html_table(html));
      continue;
    }
    FlowBlock block;
    std::string_view content = bare;
    if (content.size() > 1 && std::strchr("-*+", content[0]) != nullptr && is_space(content[1])) {
      block.list_label = content[0] == '+' ? "+" : "-";
      content = trimmed(content.substr(1));
    } else if (content[0] == '>') {
      content = trimmed(content.substr(1));
    } else if (content.starts_with("[^")) {
      const std::size_t close = content.find("]:");
      if (close != std::string_view::npos && close < 40) {
        block.kind = FlowBlock::Kind::kFootnote;
        block.list_label = std::string(content.substr(2, close - 2));
        content = trimmed(content.substr(close + 2));
      }
    }
    std::string paragraph(content);
    ++i;
    while (i < lines.size() && is_wrapped(lines[i - 1], lines[i])) {
      paragraph.append(" ").append(trimmed(lines[i]));
      ++i;
    }
    if (paragraph.ends_with('\\')) paragraph.pop_back();
    block.text = plain_inline(paragraph, &block.bold, &block.italic);
    if (!block.text.empty()) blocks.push_back(std::move(block));
  }
  return blocks;
}

}  // namespace vanban::read

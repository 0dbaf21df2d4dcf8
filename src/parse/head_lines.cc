// Lines of a head by themselves: where it starts, what its type line, an appendix's head and a date say; and
// what of a head that OCR read badly can be mended.

#include <algorithm>

#include "parse/head.h"
#include "parse/labels.h"
#include "vanban/normalise/text.h"

namespace vanban::parse {
namespace {

int number_of(std::string_view digits) {
  int value = 0;
  for (const char c : digits) {
    if (c >= '0' && c <= '9' && value < 10000) value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

void mend_head(const Shapes& shapes, const Agencies& agencies, Head& head) {
  bool mended = false;
  for (std::string& line : head.issuer) {
    if (std::string better = shapes.bodies().mended(line, agencies); !better.empty()) {
      line = std::move(better);
      mended = true;
    }
  }
  if (mended) head.mended.emplace_back("issuer");
  if (std::string better = shapes.bodies().mended_place(head.place); !better.empty()) {
    head.place = std::move(better);
    head.mended.emplace_back("place");
  }
  // A title under its type begins "Về việc", in whatever letters ("và việc").
  if (head.type && !head.title.empty()) {
    std::string& first = head.title.front();
    const std::vector<std::string_view> words = words_of(first);
    if (words.size() > 2 && words[1] == "việc" && words[0] != "Về" && words[0] != "về" &&
        fold(words[0]).substr(0, 1) == "v" && fold(words[0]).size() == 2) {
      first = "Về " + first.substr(static_cast<std::size_t>(words[1].data() - first.data()));
      head.mended.emplace_back("subject");
    }
    // "xay äạa ï về bồi thường": a stamp's frame stands on the first words; nothing tells what they were.
    constexpr std::size_t kMostLost = 4;
    std::size_t about = 0, possible = 0;
    const std::vector<std::string_view> all = words_of(first);
    while (about < all.size() && about <= kMostLost && all[about] != "về") {
      possible += all[about].size() > 1 && is_possible_syllable(all[about]) ? 1 : 0;
      ++about;
    }
    if (about >= 2 && about <= kMostLost && about + 2 < all.size() && all[about] == "về" &&
        2 * possible < about) {
      first = "Về " + first.substr(static_cast<std::size_t>(all[about + 1].data() - first.data()));
      head.mended.emplace_back("subject");
    }
  }
}

std::size_t head_start(const std::vector<Line>& lines, const Shapes& shapes, const DocumentTypes& types) {
  constexpr std::size_t kFurthest = 1500;  // lines of a table of contents
  constexpr std::size_t kNear = 6;
  const Head first = read_head(lines, 0, shapes, types);
  if (first.number_line || first.date.year != 0 || first.type || first.party) return 0;
  for (std::size_t i = first.end; i < lines.size() && i < kFurthest; ++i) {
    const std::string_view text = lines[i].text;
    if (lines[i].kind != BlockKind::kParagraph || text.size() > 200) continue;
    if (shapes.is("basis", text) || shapes.is("recipients_mark", text)) return 0;
    if (!(shapes.is("motto", text) && upper_case(text.substr(0, 12))) && !shapes.is("party_motto", text))
      continue;
    bool beside = false;
    for (std::size_t k = i + 1; k < lines.size() && k <= i + kNear; ++k) {
      const std::string_view near = lines[k].text;
      beside =
          beside || (near.size() < 200 && (shapes.is("number_line", near) || shapes.is("place_date", near)));
    }
    if (!beside) return 0;
    std::size_t from = i;  // with the body's lines beside the motto
    while (from > first.end && i - from < 4) {
      const Line& above = lines[from - 1];
      const bool body = above.kind == BlockKind::kParagraph && above.text.size() < 120 &&
                        (is_rule(above.text) || shapes.is("number_line", above.text) ||
                         (upper_case(above.text) && read_label(above.text).style == LabelStyle::kNone));
      if (!body) break;
      --from;
    }
    return from;
  }
  return 0;
}

std::optional<DocumentTypes::Match> misread_type_line(std::string_view text, const DocumentTypes& types) {
  if (text.size() > 200 || ends_with_colon(text)) return std::nullopt;
  const std::vector<std::string_view> words = words_of(text);
  std::size_t first = words.size();
  while (first > 0 && words.size() - first < 4 && upper_case(words[first - 1])) --first;
  for (; first < words.size(); ++first) {
    const auto from = static_cast<std::size_t>(words[first].data() - text.data());
    const std::string key = fold(without_end(text.substr(from), ".,- "));
    if (key.find(' ') == std::string::npos) break;  // one syllable read badly may be anything
    for (int i = 0; i < static_cast<int>(DocumentType::kOther); ++i) {
      const auto type = static_cast<DocumentType>(i);
      if (type != DocumentType::kAppendix && key == fold(types.vietnamese_name(type)))
        return DocumentTypes::Match{type, text.size()};
    }
  }
  return std::nullopt;
}

std::optional<DocumentTypes::Match> type_line(std::string_view text, const DocumentTypes& types) {
  if (!starts_upper(text.substr(0, 8)) || text.size() > 800 || ends_with_colon(text)) return std::nullopt;
  const auto found = types.at_start(text);
  if (!found || !upper_case(text.substr(0, found->length))) return std::nullopt;
  const std::string_view rest = trim(text.substr(found->length));
  // "QUYẾT ĐỊNH số 15/QĐ-TTg …" in running text, "LUẬT …": the rest is capitals or a title.
  if (!rest.empty() && !starts_upper(rest) && rest.front() != '(' && !is_rule(rest) &&
      !rest.starts_with("về ")) {
    return std::nullopt;
  }
  return found;
}

std::optional<AppendixHead> appendix_head(std::string_view text, const Shapes& shapes) {
  std::vector<TextRange> groups;
  if (text.size() > 600 || !shapes.match("appendix_head", text, groups)) return std::nullopt;
  const std::string_view label = shapes.part("appendix_head", "label", text, groups);
  const std::string_view sign = trim(shapes.part("appendix_head", "sign", text, groups));
  std::string_view rest = trim(shapes.part("appendix_head", "rest", text, groups));
  while (!rest.empty() &&
         (rest.front() == ':' || rest.front() == '.' || rest.front() == '-' || rest.front() == '*')) {
    rest = trim(rest.substr(1));
  }
  const bool title = upper_case(rest) || rest.empty() || rest.front() == '(' ||
                     (!sign.empty() && starts_upper(rest) && !ends_sentence(rest) && word_count(rest) <= 40);
  if (!title) return std::nullopt;
  return AppendixHead{std::string(label), std::string(rest)};
}

std::string_view attached_line(std::string_view text, const Shapes& shapes) {
  std::vector<TextRange> groups;
  if (text.size() > 900 || !shapes.match("attached_line", text, groups)) return {};
  const bool bracket = text.front() == '(' || text.front() == '[' || text.front() == '*';
  if (!bracket && (ends_sentence(text) || word_count(text) > 40)) return {};
  return without_end(shapes.part("attached_line", "what", text, groups), ")]*.");
}

PartialDate date_of(std::string_view day, std::string_view month, std::string_view year) {
  PartialDate date{number_of(year), number_of(month), number_of(day)};
  if (date.month == 0) date.day = 0;
  if (date.known() && !is_valid(date)) date.day = 0;
  if (date.known() && !is_valid(date)) date.month = 0;
  return is_valid(date) ? date : PartialDate{};
}

}  // namespace vanban::parse

#include "parse/title_case.h"

#include <algorithm>
#include <array>

#include "parse/lines.h"
#include "vanban/base/utf8.h"
#include "vanban/lexicon/scan.h"
#include "vanban/normalise/text.h"

namespace vanban::parse {
namespace {

// The letter at `at` becomes a capital, if that takes as many bytes.
void capitalise(std::string& text, std::size_t at) {
  if (at >= text.size()) return;
  std::size_t after = at;
  decode_utf8(text, after);
  const std::string letter = to_upper(std::string_view(text).substr(at, after - at));
  if (letter.size() == after - at) text.replace(at, letter.size(), letter);
}

void restore_names(std::string& text, const Shapes& shapes) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!word_starts(text, at)) continue;
    if (const std::string_view name = shapes.proper_name(text, at); !name.empty()) {
      text.replace(at, name.size(), name);
      at += name.size() - 1;
    }
  }
}

// Bodies and places of the registry get their capitals back; the word for the kind of a place does not
// ("địa phận tỉnh Quảng Trị").
void restore_bodies(std::string& text, const std::string& printed, const Agencies& agencies) {
  for (std::size_t at = 0; at < printed.size();) {
    const bool edge = at == 0 || printed[at - 1] == ' ' || printed[at - 1] == '(' || printed[at - 1] == ',';
    if (edge) {
      const auto found = agencies.at(printed, at);
      if (found && !found->group && (found->place || !found->mention.id.empty())) {
        std::string name = agencies.normal_case(found->where.of(printed));
        if (found->place && at > 0) {
          for (const std::string_view kind : {"Tỉnh ", "Thành phố "}) {
            if (name.compare(0, kind.size(), kind) == 0) name.replace(0, kind.size(), to_lower(kind));
          }
        }
        if (name.size() == found->where.size()) text.replace(at, name.size(), name);
        at = std::max(found->where.end, at + 1);
        continue;
      }
    }
    const std::size_t space = printed.find_first_of(" (", at);
    if (space == std::string::npos) break;
    at = space + 1;
  }
}

// Numbers ("69/2022/TT-BTC") and abbreviations in brackets ("(ODA)") stay as printed.
void restore_signs(std::string& text, const std::string& printed) {
  for (std::size_t at = 0; at < printed.size();) {
    const std::size_t end = std::min(printed.find(' ', at), printed.size());
    const std::string_view word = std::string_view(printed).substr(at, end - at);
    const bool digit = std::any_of(word.begin(), word.end(), is_digit);
    const bool bracket =
        word.size() > 3 && word.front() == '(' && word.find(')') != std::string_view::npos &&
        std::all_of(word.begin(), word.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (digit || bracket) text.replace(at, word.size(), word);
    at = end + 1;
  }
}

// "luật đấu thầu" -> "Luật Đấu thầu", "pháp luật đấu thầu" stays; "thông tư số" -> "Thông tư số".
void restore_documents(std::string& text) {
  static constexpr std::array<std::string_view, 11> kTypes = {
      "thông tư", "nghị định", "nghị quyết", "quyết định", "chỉ thị",  "pháp lệnh",
      "luật",     "kết luận",  "công văn",   "kế hoạch",   "thông báo"};
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!word_starts(text, at)) continue;
    for (const std::string_view type : kTypes) {
      if (text.compare(at, type.size() + 1, std::string(type) + " ") != 0) continue;
      const std::size_t next = at + type.size() + 1;
      const bool numbered =
          match_words(text, next, "số ") != 0 || match_words(text, next, "liên tịch số ") != 0;
      const bool named_law = type == "luật" && !numbered;
      if (named_law) {
        const std::size_t before = skip_space_back(text, at);
        if (match_words_back(text, before, "pháp") != std::string_view::npos ||
            match_words_back(text, before, "các") != std::string_view::npos)
          continue;
        capitalise(text, next);
        const bool code = match_words_back(text, before, "bộ") != std::string_view::npos;
        if (code) continue;
      }
      if (numbered || named_law) capitalise(text, at);
      break;
    }
  }
}

}  // namespace

std::string title_text(const std::vector<std::string>& lines, const Shapes& shapes,
                       const Agencies& agencies) {
  std::string joined;
  for (const std::string& line : lines) {
    if (!joined.empty()) joined += ' ';
    joined += line;
  }
  joined = std::string(trim(joined));
  if (!upper_case(joined)) return joined;
  std::string text = to_sentence_case(joined);
  if (text.size() != joined.size()) return text;
  restore_names(text, shapes);
  restore_bodies(text, joined, agencies);
  restore_signs(text, joined);
  restore_documents(text);
  capitalise(text, 0);
  return text;
}

std::string title_case(std::string_view title, const Shapes& shapes, const Agencies& agencies) {
  // Each title between commas begins with a capital, and so does what stands behind "PHÓ": "Phó Thủ tướng",
  // "Phó Chủ nhiệm". A body named in it keeps its own capitals.
  std::string out;
  std::size_t from = 0;
  const std::string source(title);
  while (from < source.size()) {
    std::size_t to = source.find(',', from);
    if (to == std::string::npos) to = source.size();
    std::string_view part = trim(std::string_view(source).substr(from, to - from));
    if (!part.empty()) {
      if (!out.empty()) out += ", ";
      for (const std::string_view prefix : {"PHÓ ", "QUYỀN ", "NGUYÊN "}) {
        if (part.substr(0, prefix.size()) == prefix) {
          out += to_sentence_case(prefix);
          part.remove_prefix(prefix.size());
        }
      }
      std::string sentence = to_sentence_case(part);
      restore_names(sentence, shapes);
      const std::string named = agencies.normal_case(part);
      // The registry knows "Văn phòng Chính phủ" inside a title; where it does not change the letters, it is
      // right.
      out += to_lower(named) == to_lower(sentence) ? named : sentence;
    }
    from = to + 1;
  }
  return out;
}

}  // namespace vanban::parse

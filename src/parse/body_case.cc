#include "parse/body_case.h"

#include <algorithm>
#include <vector>

#include "parse/lines.h"
#include "parse/title_case.h"
#include "vanban/base/utf8.h"
#include "vanban/lexicon/scan.h"
#include "vanban/normalise/text.h"

namespace vanban::parse {
namespace {

std::size_t capitals(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size();) count += is_upper_letter(decode_utf8(text, at)) ? 1 : 0;
  return count;
}

// Behind these stands a name of its own: "huyện |Cao Lộc", "Trường Tiểu học |Tản Lĩnh".
bool names_follow(std::string_view text, std::size_t end) {
  constexpr std::string_view kBefore[] = {
      "huyện",   "xã",   "phường", "quận",     "thị xã",          "thị trấn",           "đặc khu",
      "mầm non", "thcs", "thpt",   "tiểu học", "trung học cơ sở", "trung học phổ thông"};
  return std::any_of(std::begin(kBefore), std::end(kBefore), [&](std::string_view words) {
    const std::size_t begin = match_words_back(text, end, words);
    return begin != std::string_view::npos && word_starts(text, begin);
  });
}

// `name` is `printed` in other letters, word for word.
std::string with_names(const std::string& name, std::string_view printed) {
  const std::vector<std::string_view> words = words_of(name), was = words_of(printed);
  if (words.size() != was.size()) return name;
  std::string out;
  bool own_name = false, behind_short = false;
  const auto capital = [](std::string_view word) {
    std::size_t at = 0;
    return !word.empty() && is_upper_letter(decode_utf8(word, at));
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string low = to_lower(words[i]);
    if (!out.empty()) out += ' ';
    if (!is_possible_syllable(low) && low.find_first_of(",.-/&()") == std::string::npos) {
      out += was[i];  // "TNHH", "MTV"
      behind_short = true;
    } else {
      // "TNHH MTV |Thủy lợi |Nam Khánh Hòa"
      const bool side = (low == "nam" || low == "bắc" || low == "đông" || low == "tây") &&
                        i + 1 < words.size() && capital(words[i + 1]);
      out += own_name || behind_short || side ? to_sentence_case(low) : std::string(words[i]);
      behind_short = false;
    }
    own_name = own_name || names_follow(out, out.size());
  }
  return out;
}

}  // namespace

// Abbreviations that an issuer's full name does not keep.
std::string spelled_out(std::string_view name) {
  struct Short {
    std::string_view from, to;
  };
  static constexpr Short kShort[] = {{"UBND", "ỦY BAN NHÂN DÂN"},
                                     {"HĐND", "HỘI ĐỒNG NHÂN DÂN"},
                                     {"TP.", "THÀNH PHỐ"},
                                     {"TP", "THÀNH PHỐ"},
                                     {"ĐTXD", "ĐẦU TƯ XÂY DỰNG"}};
  std::string out;
  for (const std::string_view word : words_of(name)) {
    std::string_view spelled = word;
    std::string_view glued;
    for (const Short& one : kShort) {
      if (word == one.from) {
        spelled = one.to;
      } else if (one.from == "TP." && word.size() > 3 && word.substr(0, 3) == one.from) {
        spelled = one.to;  // "TP.HỒ"
        glued = word.substr(3);
      }
      if (spelled != word) break;
    }
    if (!out.empty()) out += ' ';
    out += spelled;
    if (!glued.empty()) (out += ' ') += glued;
  }
  return out;
}

std::string body_case(std::string_view printed, const Shapes& shapes, const Agencies& agencies) {
  const std::string spelled = spelled_out(printed);
  const std::string known = agencies.normal_case(spelled);
  if (!agencies.resolve(known).empty() || !upper_case(spelled)) return known;
  // The reading that knows more of its words.
  const std::string title = title_text({spelled}, shapes, agencies);
  return with_names(capitals(title) > capitals(known) ? title : known, spelled);
}

}  // namespace vanban::parse

#include "normalise/flow_encodings.h"

#include <algorithm>

#include "vanban/base/utf8.h"
#include "vanban/normalise/text.h"

namespace vanban {
namespace {

constexpr std::size_t kSample = 64 << 10;
constexpr std::size_t kPassageSample = 8 << 10;

// Letters that Vietnamese has in Unicode and that no byte of a legacy font shows: a text with one is Unicode.
// (Not "Đ": eth is often written so; not the letters of windows-1258, which a font's stated character set
// makes of bytes.)
bool is_certainly_unicode(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0xC4) {
      ++at;
      continue;
    }
    const char32_t c = decode_utf8(text, at);
    if ((c >= 0x1EA0 && c <= 0x1EF9) || c == 0x128 || c == 0x129 || c == 0x168 || c == 0x169) return true;
  }
  return false;
}

bool has_marks(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

// Calls `use(text, font)` for all runs, and for what lies between them with font "".
template <class Use>
void for_each_run(const std::string& text, const std::vector<FlowRun>& runs, Use use) {
  const std::string_view all = text;
  std::size_t at = 0;
  for (const FlowRun& run : runs) {
    const std::size_t begin = std::clamp(run.begin, at, text.size()),
                      end = std::clamp(run.end, begin, text.size());
    if (begin > at) use(all.substr(at, begin - at), std::string_view());
    if (end > begin) use(all.substr(begin, end - begin), std::string_view(run.font));
    at = end;
  }
  if (at < text.size()) use(all.substr(at), std::string_view());
}

// Calls `use(text, runs)` for every paragraph and cell, until it returns true.
template <class Flow, class Use>
void for_each_passage(Flow& flow, Use use) {
  for (auto& block : flow) {
    if (use(block.text, block.runs)) return;
    for (auto& row : block.rows) {
      for (auto& cell : row) {
        if (use(cell.text, cell.runs)) return;
      }
    }
  }
}

bool starts_with_ignoring_case(std::string_view text, std::string_view lower) {
  return text.size() >= lower.size() &&
         std::equal(lower.begin(), lower.end(), text.begin(), [](char a, char b) {
           return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b + 32) : b);
         });
}

}  // namespace

std::string_view encoding_of_font(std::string_view font) {
  if (starts_with_ignoring_case(font, ".vn")) return "tcvn3";
  if (starts_with_ignoring_case(font, "vni-") || starts_with_ignoring_case(font, "vni ")) return "vni";
  if (starts_with_ignoring_case(font, "vps")) return "vps";
  return {};
}

bool is_capital_font(std::string_view font) {
  if (!starts_with_ignoring_case(font, ".vn")) return false;
  const std::string_view family = font.substr(0, font.find_first_of(",- ", 3));
  return family.size() > 4 && family.back() == 'H' && family[family.size() - 2] >= 'a' &&
         family[family.size() - 2] <= 'z';
}

FlowEncodings::FlowEncodings(const LegacyEncodings& encodings, const std::vector<FlowBlock>& flow)
    : encodings_(encodings) {
  std::map<std::string, std::string, std::less<>> samples;
  for_each_passage(flow, [&](const std::string& text, const std::vector<FlowRun>& runs) {
    for_each_run(text, runs, [&](std::string_view piece, std::string_view font) {
      auto sample = samples.find(font);
      if (sample == samples.end()) sample = samples.emplace(std::string(font), std::string()).first;
      if (sample->second.size() >= kSample || is_certainly_unicode(piece)) return;
      (sample->second += piece.substr(0, kPassageSample)) += ' ';
    });
    return false;
  });
  for (const auto& [font, sample] : samples) {
    Choice choice;
    choice.capitals = is_capital_font(font);
    const std::string_view named = encoding_of_font(font);
    if (named.empty()) {
      choice.encoding = encodings.detect(sample);
    } else if (vietnamese_share(clean_text(encodings.convert(sample, named))) >=
               vietnamese_share(clean_text(sample))) {
      choice.encoding = named;
    }
    fonts_[font] = choice;
  }
  for_each_passage(flow, [&](const std::string& text, const std::vector<FlowRun>& runs) {
    if (!has_marks(text)) return false;
    const std::string passage = passage_encoding(text, runs);
    for_each_run(text, runs, [&](std::string_view piece, std::string_view font) {
      if (main_encoding_.empty() && has_marks(piece))
        main_encoding_ = choice_for(font, piece, passage).encoding;
    });
    return !main_encoding_.empty();
  });
  // Capitals of ".VnTimeH" may be all that there is to convert.
  if (!main_encoding_.empty()) return;
  for (const auto& [font, choice] : fonts_) {
    if (choice.capitals && !choice.encoding.empty() && !samples[font].empty())
      main_encoding_ = choice.encoding;
  }
}

FlowEncodings::Choice FlowEncodings::choice_for(std::string_view font, std::string_view text,
                                                std::string_view passage_encoding) const {
  const auto found = fonts_.find(font);
  Choice choice = found == fonts_.end() ? Choice() : found->second;
  if (is_certainly_unicode(text))
    choice.encoding.clear();
  else if (choice.encoding.empty() && encoding_of_font(font).empty())
    choice.encoding = passage_encoding;
  return choice;
}

// Of the runs in fonts that say nothing: one paragraph pasted from an old document into a new one.
std::string FlowEncodings::passage_encoding(const std::string& text, const std::vector<FlowRun>& runs) const {
  if (!has_marks(text)) return {};
  std::string sample;
  for_each_run(text, runs, [&](std::string_view piece, std::string_view font) {
    const auto found = fonts_.find(font);
    const bool judged = found != fonts_.end() && !found->second.encoding.empty();
    if (!judged && encoding_of_font(font).empty() && sample.size() < kPassageSample) sample += piece;
  });
  return is_certainly_unicode(sample) ? std::string() : encodings_.detect(sample);
}

// Typists changed the letters and not the font: a passage of VNI letters may stand in ".VnTime". Where what a
// font says makes no Vietnamese of its words and another encoding clearly does, the text is believed.
std::map<std::string, std::string> FlowEncodings::contradicted(const std::string& text,
                                                               const std::vector<FlowRun>& runs) const {
  constexpr double kPlausible = 0.8, kClearly = 0.2;
  std::map<std::string, std::string> samples, instead;
  for_each_run(text, runs, [&](std::string_view piece, std::string_view font) {
    const auto found = fonts_.find(font);
    if (found == fonts_.end() || found->second.encoding.empty() || is_certainly_unicode(piece)) return;
    std::string& sample = samples[found->second.encoding];
    if (sample.size() < kPassageSample) sample += piece;
  });
  for (const auto& [encoding, sample] : samples) {
    if (!has_marks(sample)) continue;
    const double share = vietnamese_share(clean_text(encodings_.convert(sample, encoding)));
    if (share >= kPlausible) continue;
    const std::string other = encodings_.detect(sample);
    if (other.empty() || other == encoding) continue;
    if (vietnamese_share(clean_text(encodings_.convert(sample, other))) >= share + kClearly)
      instead[encoding] = other;
  }
  return instead;
}

std::string FlowEncodings::converted(const std::string& text, const std::vector<FlowRun>& runs) const {
  const std::string passage = passage_encoding(text, runs);
  const std::map<std::string, std::string> instead = contradicted(text, runs);
  std::string out,
      waiting;  // `waiting`: runs that follow each other alike; a letter and its VNI mark may be in two
  Choice last;
  const auto flush = [&] {
    std::string piece =
        last.encoding.empty() ? std::move(waiting) : encodings_.convert(waiting, last.encoding);
    out += last.capitals ? to_upper(clean_text(piece)) : piece;
    waiting.clear();
  };
  for_each_run(text, runs, [&](std::string_view piece, std::string_view font) {
    Choice choice = choice_for(font, piece, passage);
    if (const auto other = instead.find(choice.encoding); other != instead.end())
      choice.encoding = other->second;
    if (choice.encoding != last.encoding || choice.capitals != last.capitals) {
      flush();
      last = std::move(choice);
    }
    waiting += piece;
  });
  flush();
  return out;
}

void FlowEncodings::convert(std::vector<FlowBlock>& flow) const {
  for_each_passage(flow, [&](std::string& text, std::vector<FlowRun>& runs) {
    text = converted(text, runs);
    runs.clear();
    return false;
  });
}

}  // namespace vanban

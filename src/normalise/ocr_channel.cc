#include "normalise/ocr_channel.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "normalise/code_points.h"
#include "vanban/base/utf8.h"

namespace vanban::normalise {
namespace {

constexpr int kMostChanged = 2;
constexpr double kOtherLetter = 3e-5, kOneLetterLess = 4e-5, kOneLetterMore = 2e-5;

std::uint64_t key(char32_t printed, char32_t read) {
  return (static_cast<std::uint64_t>(printed) << 32) | read;
}

// The share of one letter that is read as another with other marks, where the table does not know better. A
// mark is lost or mistaken for another more easily than one comes from nowhere.
double of_kind(char32_t printed, char32_t read) {
  const Letter was = take_apart(printed), is = take_apart(read);
  if (without_marks(printed) != without_marks(read)) return kOtherLetter;
  if (was.base == is.base) {
    const bool hat = without_marks(was.base) != was.base;
    if (is.tone == Tone::kNone) return hat ? 0.008 : 0.0015;
    if (was.tone == Tone::kNone) return hat ? 0.001 : 0.0004;
    return 0.0015;
  }
  const bool lost = is.base == without_marks(is.base);
  if (was.tone == is.tone) return lost ? 0.0008 : 0.0004;
  return is.tone == Tone::kNone && lost ? 0.0004 : 0.0002;
}

}  // namespace

double chance_of_error(double confidence) {
  // Measured on the scans with known text; those of 0.93 are often short words of capitals.
  constexpr std::array<std::pair<double, double>, 8> kPoints{{{0, 0.7},
                                                              {0.5, 0.6},
                                                              {0.7, 0.4},
                                                              {0.85, 0.27},
                                                              {0.90, 0.09},
                                                              {0.95, 0.04},
                                                              {0.96, 0.01},
                                                              {0.97, 0.005}}};
  for (std::size_t i = 1; i < kPoints.size(); ++i) {
    const auto& [low, at_low] = kPoints[i - 1];
    const auto& [high, at_high] = kPoints[i];
    if (confidence > high) continue;
    const double part = std::max(0.0, confidence - low) / (high - low);
    return std::exp(std::log(at_low) * (1 - part) + std::log(at_high) * part);
  }
  return kPoints.back().second;
}

Result<OcrChannel> OcrChannel::create(const ModelTable& confusions) {
  std::array<std::size_t, 4> columns{};
  constexpr std::array<std::string_view, 4> kNames{"printed", "read", "times", "of"};
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    Result<std::size_t> column = confusions.column(kNames[i]);
    if (!column) return column.error();
    columns[i] = *column;
  }
  OcrChannel made;
  for (std::size_t i = 0; i < confusions.rows.size(); ++i) {
    const auto& row = confusions.rows[i];
    std::array<int, 2> numbers{};
    std::array<char32_t, 2> letters{};
    bool holds = true;
    for (std::size_t k = 0; k < 2; ++k) {
      const std::string& digits = row[columns[k + 2]];
      const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), numbers[k]);
      holds = holds && end.ec == std::errc() && end.ptr == digits.data() + digits.size();
      std::size_t at = 0;
      const std::string& one = row[columns[k]];
      letters[k] = one.empty() ? 0 : decode_utf8(one, at);
      holds = holds && !one.empty() && at == one.size();
    }
    if (!holds || numbers[0] < 0 || numbers[1] < 1) {
      return make_error(ErrorCode::kBadTable, confusions.file + ":" + std::to_string(confusions.lines[i]) +
                                                  ": letter, letter, times, of how many");
    }
    // As if 300 more had been seen that behave like their kind.
    constexpr double kOthers = 300;
    const double share = (numbers[0] + kOthers * of_kind(letters[0], letters[1])) / (numbers[1] + kOthers);
    made.seen_[key(letters[0], letters[1])] = std::log(std::min(0.5, share));
    const char32_t was = without_marks(letters[0]), is = without_marks(letters[1]);
    std::string& all = made.confused_[static_cast<char>(is)];
    if (was != is && was < 128 && is < 128 && all.find(static_cast<char>(was)) == std::string::npos)
      all.push_back(static_cast<char>(was));
  }
  return made;
}

double OcrChannel::letter(char32_t printed, char32_t read) const {
  const auto found = seen_.find(key(printed, read));
  return found != seen_.end() ? found->second : std::log(of_kind(printed, read));
}

std::optional<double> OcrChannel::misread(std::u32string_view printed, std::u32string_view read) const {
  const bool less = printed.size() == read.size() + 1, more = printed.size() + 1 == read.size();
  if (!less && !more && printed.size() != read.size()) return std::nullopt;
  double sum = 0;
  int changed = 0;
  bool skipped = false;
  for (std::size_t p = 0, r = 0; p < printed.size() || r < read.size();) {
    if (p < printed.size() && r < read.size() && printed[p] == read[r]) {
      ++p, ++r;
      continue;
    }
    // Where one letter is too many, it is the first that does not fit, unless only its marks are wrong.
    const bool alike =
        p < printed.size() && r < read.size() && without_marks(printed[p]) == without_marks(read[r]);
    if ((less || more) && !skipped && !alike) {
      skipped = true;
      sum += std::log(less ? kOneLetterLess : kOneLetterMore);
      less ? ++p : ++r;
    } else {
      if (p == printed.size() || r == read.size()) return std::nullopt;
      sum += letter(printed[p++], read[r++]);
      ++changed;
    }
    if (changed > kMostChanged) return std::nullopt;
  }
  if ((less || more) && changed > 1) return std::nullopt;
  return sum;
}

const std::string& OcrChannel::confused_with(char letter) const {
  static const std::string kNothing;
  const auto found = confused_.find(letter);
  return found == confused_.end() ? kNothing : found->second;
}

}  // namespace vanban::normalise

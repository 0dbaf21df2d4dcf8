#include "vanban/normalise/encodings.h"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>
#include <utility>
#include <vector>

#include "normalise/flow_encodings.h"
#include "vanban/base/utf8.h"
#include "vanban/normalise/text.h"

namespace vanban {
namespace {

constexpr std::size_t kSample = 64 << 10;
constexpr std::size_t kLeastWords = 3;  // words that must become Vietnamese
constexpr double kMostBefore = 0.75;    // a text that is more Vietnamese than this as it stands is left alone
constexpr double kLeastAfter = 0.85, kLeastGain = 0.2;

// What windows-1252 shows for the bytes 80..9F.
constexpr std::array<char32_t, 32> kWindows1252 = {
    0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
    0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};

// The byte that a code point stands for; -1: none. Extraction writes look-alikes for some: Greek "μ" for the
// micro sign, "∙" for the middle dot, "Đ" for eth, a minus sign for the soft hyphen (TCVN3's "ư").
int byte_of(char32_t c) {
  if (c < 0x100) return static_cast<int>(c);
  switch (c) {
    case 0x3BC:
      return 0xB5;
    case 0x2219:
      return 0xB7;
    case 0x2212:
      return 0xAD;
    case 0x110:
      return 0xD0;
    case 0x2C9:
      return 0xAF;
    default:
      break;
  }
  for (std::size_t i = 0; i < kWindows1252.size(); ++i) {
    if (kWindows1252[i] == c) return static_cast<int>(0x80 + i);
  }
  return -1;
}

struct Encoding {
  std::string name;
  std::array<std::string, 256> single;
  std::unordered_map<int, std::string> pairs;  // first byte * 256 + second
};

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// "41 C0" -> {0x41, 0xC0}; empty if it is none.
std::vector<int> read_code(std::string_view code) {
  std::vector<int> bytes;
  for (std::size_t at = 0; at + 1 < code.size(); at += 3) {
    const int high = hex_digit(code[at]), low = hex_digit(code[at + 1]);
    if (high < 0 || low < 0 || (at + 2 < code.size() && code[at + 2] != ' ')) return {};
    bytes.push_back(high * 16 + low);
  }
  return bytes;
}

std::string convert_with(const Encoding& encoding, std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const int byte = byte_of(decode_utf8(text, at));
    if (byte < 0) {
      out.append(text, begin, at - begin);
      continue;
    }
    if (!encoding.pairs.empty() && at < text.size()) {
      std::size_t next = at;
      const int second = byte_of(decode_utf8(text, next));
      const auto pair = second < 0 ? encoding.pairs.end() : encoding.pairs.find(byte * 256 + second);
      if (pair != encoding.pairs.end()) {
        out += pair->second;
        at = next;
        continue;
      }
    }
    const std::string& single = encoding.single[static_cast<std::size_t>(byte)];
    if (single.empty())
      out.append(text, begin, at - begin);
    else
      out += single;
  }
  return out;
}

// Words with a letter that is not ASCII: only those tell encodings apart.
std::string marked_words(std::string_view text, std::size_t& count) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; };
  std::string words;
  count = 0;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    bool marked = false;
    for (; end < text.size() && !is_blank(text[end]); ++end) {
      const auto byte = static_cast<unsigned char>(text[end]);
      marked = marked || byte >= 0x80 || byte < 0x20;
    }
    if (marked) {
      words.append(text, at, end - at);
      words += ' ';
      ++count;
    }
    at = end + 1;
  }
  return words;
}

// Most texts are Unicode, and show it at once: passages from the beginning, the middle and the end are
// Vietnamese as they stand.
bool is_surely_unicode(std::string_view text) {
  constexpr std::size_t kPassage = 1 << 10, kLeastMarked = 20;
  constexpr double kSure = 0.95;
  if (text.size() < 6 * kPassage) return false;
  for (const std::size_t from : {std::size_t{0}, text.size() / 2, text.size() - kPassage}) {
    const std::size_t begin = std::min(text.find_first_of(" \n", from), text.size());
    std::size_t count = 0;
    const std::string words = marked_words(text.substr(begin, kPassage), count);
    if (count < kLeastMarked || vietnamese_share(clean_text(words)) < kSure) return false;
  }
  return true;
}

}  // namespace

struct LegacyEncodings::Impl {
  std::vector<Encoding> encodings;

  const Encoding* find(std::string_view name) const {
    for (const Encoding& encoding : encodings) {
      if (encoding.name == name) return &encoding;
    }
    return nullptr;
  }
};

LegacyEncodings::LegacyEncodings(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
LegacyEncodings::LegacyEncodings(LegacyEncodings&&) noexcept = default;
LegacyEncodings& LegacyEncodings::operator=(LegacyEncodings&&) noexcept = default;
LegacyEncodings::~LegacyEncodings() = default;

Result<LegacyEncodings> LegacyEncodings::load(const Models& models) {
  auto impl = std::make_unique<Impl>();
  for (const char* name : {"tcvn3", "vni", "viscii", "windows-1258", "vps"}) {
    const Result<const ModelTable*> found = models.table(std::string("encodings/") + name);
    if (!found) return found.error();
    const ModelTable& table = **found;
    Encoding encoding;
    encoding.name = name;
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      const std::vector<int> code = read_code(table.at(row, "code"));
      const std::string& unicode = table.at(row, "unicode");
      if (code.empty() || code.size() > 2 || unicode.empty()) {
        return make_error(ErrorCode::kBadTable, table.file + ":" + std::to_string(table.lines[row]) +
                                                    ": no code of one or two bytes");
      }
      if (code.size() == 1)
        encoding.single[static_cast<std::size_t>(code[0])] = unicode;
      else
        encoding.pairs[code[0] * 256 + code[1]] = unicode;
    }
    impl->encodings.push_back(std::move(encoding));
  }
  return LegacyEncodings(std::move(impl));
}

std::string LegacyEncodings::detect(std::string_view text) const {
  std::size_t cut = std::min(text.size(), kSample);
  while (cut > 0 && cut < text.size() && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
  text = text.substr(0, cut);
  if (is_surely_unicode(text)) return {};
  std::size_t count = 0;
  const std::string words = marked_words(text, count);
  if (count < kLeastWords) return {};
  const double before = vietnamese_share(clean_text(words));
  if (before > kMostBefore) return {};
  std::string best;
  double best_share = kLeastAfter;
  for (const Encoding& encoding : impl_->encodings) {
    const std::string changed = clean_text(convert_with(encoding, words));
    const double share = vietnamese_share(changed);
    if (share >= best_share && share >= before + kLeastGain) {
      best_share = share + 0.001;
      best = encoding.name;
    }
  }
  return best;
}

std::string LegacyEncodings::convert(std::string_view text, std::string_view encoding) const {
  const Encoding* found = impl_->find(encoding);
  return found == nullptr ? std::string(text) : convert_with(*found, text);
}

std::optional<RawDocument> LegacyEncodings::converted(const RawDocument& raw) const {
  struct Run {
    std::string sample, encoding;
    bool capitals = false;
  };
  std::map<std::string, Run, std::less<>> fonts;
  for (const RawPage& page : raw.pages) {
    if (page.origin == TextOrigin::kOcr) continue;
    for (const RawWord& word : page.words) {
      Run& run = fonts[word.font];
      if (run.sample.size() < kSample) run.sample += word.text + ' ';
    }
  }
  std::string encoding;
  for (auto& [font, run] : fonts) {
    run.encoding = detect(run.sample);
    run.capitals = is_capital_font(font);
    if (!run.encoding.empty()) encoding = run.encoding;
  }
  // A font with a few words only follows the document's other fonts where its name belongs to the same
  // family.
  if (!encoding.empty()) {
    for (auto& [font, run] : fonts) {
      const bool family = (encoding == "tcvn3" && font.rfind(".Vn", 0) == 0) ||
                          (encoding == "vni" && font.rfind("VNI", 0) == 0) ||
                          (encoding == "vps" && font.rfind("VPS", 0) == 0);
      if (run.encoding.empty() && family) run.encoding = encoding;
    }
  }
  const std::string text_encoding = detect(raw.plain_text);
  const FlowEncodings flow(*this, raw.flow);
  if (encoding.empty() && text_encoding.empty() && flow.main_encoding().empty()) return std::nullopt;
  RawDocument out = raw;
  out.encoding = !encoding.empty() ? encoding : !text_encoding.empty() ? text_encoding : flow.main_encoding();
  for (RawPage& page : out.pages) {
    if (page.origin == TextOrigin::kOcr) continue;
    for (RawWord& word : page.words) {
      const auto run = fonts.find(word.font);
      if (run == fonts.end() || run->second.encoding.empty()) continue;
      word.text = convert(word.text, run->second.encoding);
      if (run->second.capitals) word.text = to_upper(word.text);
    }
  }
  if (!text_encoding.empty()) out.plain_text = convert(out.plain_text, text_encoding);
  if (!flow.main_encoding().empty()) flow.convert(out.flow);
  return out;
}

}  // namespace vanban

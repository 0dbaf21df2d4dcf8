#include "vanban/normalise/ocr_repair.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <iterator>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "normalise/ocr_case.h"
#include "normalise/ocr_channel.h"
#include "normalise/ocr_glued.h"
#include "normalise/ocr_language.h"
#include "normalise/ocr_lattice.h"
#include "normalise/ocr_list_marks.h"
#include "normalise/ocr_tokens.h"
#include "vanban/base/utf8.h"
#include "vanban/normalise/text.h"

namespace vanban {
namespace {

using namespace normalise;

// All in natural logarithms: by how much the repaired reading must be likelier than all others.
constexpr double kMargin = 2.2;
constexpr double kBad = 1.5, kBadPageLess = 0.6;  // a page so much worse than an ordinary one: less
constexpr double kTitleMargin = 5;                // a capitalised word inside a sentence may be a name
constexpr double kNameMargin = 7;                 // more so beside another
constexpr double kAloneMargin = 10;               // ... in a line that may be nothing but a person's name
constexpr double kLettersMargin = 4;              // more, where a syllable that there is gets other letters
constexpr double kSeenMargin = 1.5;               // ... where no neighbour makes it much likelier
constexpr double kUnsure = 0.9;                   // ... and OCR was surer than this
// More for each further time that the document has it as read and (next to) never as repaired: this part of
// what it takes to misread it so, up to a limit.
constexpr double kRepeated = 0.15, kMostRepeated = 5, kSeldom = 4;

// A page is as good as an ordinary one until its own words say more: it counts as if so many wrong words had
// been seen on ordinary pages before.
constexpr double kOrdinaryErrors = 2, kBestPage = 0.04, kWorstPage = 8;
constexpr double kTrusted = 0.9;  // a word that stands for what the document says elsewhere

struct Page {
  RawPage* raw = nullptr;
  std::vector<OcrToken> tokens;
  std::vector<WordId> as_read;  // of each token: as the language has it, or a number of its own
  std::vector<OcrVerdict> verdicts;
};

double margin(const std::vector<OcrToken>& tokens, std::size_t i, const OcrLanguage& language) {
  if (tokens[i].written != OcrCase::kTitle) return kMargin;
  const auto is_word = [&](std::size_t k) {
    return k < tokens.size() && tokens[k].id != language.boundary() && tokens[k].id != language.number();
  };
  const auto title = [&](std::size_t k) { return is_word(k) && tokens[k].written == OcrCase::kTitle; };
  std::size_t begin = i, end = i + 1;
  while (begin > 0 && title(begin - 1)) --begin;
  while (title(end)) ++end;
  if (end - begin >= 2) {
    const bool alone = !is_word(end) && (begin == 0 || !is_word(begin - 1));
    return alone ? kAloneMargin : kNameMargin;
  }
  return i > 0 && is_word(i - 1) ? kTitleMargin : kMargin;
}

class DocumentRepair {
 public:
  DocumentRepair(const OcrLanguage& language, const OcrChannel& channel) : lattice_(language, channel) {}

  void add(RawPage& page) {
    Page one;
    one.raw = &page;
    one.tokens = ocr_tokens(page, lattice_.language());
    for (const OcrToken& token : one.tokens) {
      old_tones_ += token.old_tone ? 1 : 0;
      new_tones_ += old_tone(token.lower) != token.lower ? 1 : 0;
    }
    for (const OcrToken& token : one.tokens) one.as_read.push_back(name_of(token));
    for (std::size_t i = 1; i < one.tokens.size(); ++i) as_read_.add(one.as_read[i - 1], one.as_read[i]);
    pages_.push_back(std::move(one));
  }

  std::size_t run() {
    for (Page& page : pages_) {
      page.verdicts = lattice_.judge(page.tokens, 1, nullptr, {});
      learn(page);
    }
    std::size_t repaired = 0;
    for (Page& page : pages_) {
      const double bad = badness(page);
      const std::vector<OcrVerdict> verdicts = lattice_.judge(page.tokens, bad, &evidence_, page.verdicts);
      for (std::size_t i = 0; i < page.tokens.size(); ++i) {
        const OcrVerdict& verdict = verdicts[i];
        if (!verdict.changed || verdict.attested == 0) continue;
        double least =
            margin(page.tokens, i, lattice_.language()) + repeated(page, i, verdict.best, verdict.misread);
        if (bad > kBad) least -= kBadPageLess;
        if (verdict.attested == 1) least += kSeenMargin;
        if (verdict.other_letters && page.tokens[i].confidence > kUnsure &&
            lattice_.language().is_syllable(page.tokens[i].id)) {
          least += kLettersMargin;
        }
        if (verdict.odds >= least) {
          replace(page, page.tokens[i], lattice_.language().syllable(verdict.best));
          ++repaired;
        }
      }
    }
    return repaired;
  }

 private:
  // How often this page's words are wrong, beside an ordinary page.
  static double badness(const Page& page) {
    double wrong = 0, expected = 0;
    for (std::size_t i = 0; i < page.tokens.size(); ++i) {
      if (!page.tokens[i].open) continue;
      wrong += page.verdicts[i].wrong;
      expected += chance_of_error(page.tokens[i].confidence);
    }
    return std::clamp((wrong + kOrdinaryErrors) / (expected + kOrdinaryErrors), kBestPage, kWorstPage);
  }

  // OCR does not make the same mistake every time: what stands in one place again and again, and never as the
  // repair would have it, may be right ("phòng quàn ướp").
  double repeated(const Page& page, std::size_t i, WordId best, double misread) const {
    const OcrLanguage& language = lattice_.language();
    const WordId before = page.as_read[i - 1], read = page.as_read[i], behind = page.as_read[i + 1];
    const auto word = [&](WordId id) { return id != language.boundary() && id != language.number(); };
    double times = 0;
    bool elsewhere = false;
    const auto compare = [&](double as_read, double repaired, bool goes_with) {
      const bool other = repaired > 0 && kSeldom * repaired >= as_read;
      if (!other) times = std::max(times, as_read);
      elsewhere = elsewhere || (other && goes_with);
    };
    if (word(before)) {
      compare(as_read_.times(before, read), as_read_.times(before, best),
              language.goes_with(page.tokens[i - 1].id, best));
    }
    if (word(behind)) {
      compare(as_read_.times(read, behind), as_read_.times(best, behind),
              language.goes_with(best, page.tokens[i + 1].id));
    }
    return elsewhere || times < 2 ? 0 : std::min(kMostRepeated, -kRepeated * misread * (times - 1));
  }

  WordId name_of(const OcrToken& token) {
    if (token.id != lattice_.language().other()) return token.id;
    constexpr WordId kFirst = WordId{1} << 31;
    return unknown_.emplace(token.lower, kFirst + static_cast<WordId>(unknown_.size())).first->second;
  }

  void learn(const Page& page) {
    const auto trusted = [&](std::size_t i) {
      const OcrVerdict& one = page.verdicts[i];
      return one.changed ? one.odds > kMargin : one.wrong < 1 - kTrusted;
    };
    for (std::size_t i = 1; i < page.tokens.size(); ++i) {
      if (trusted(i - 1) && trusted(i)) evidence_.add(page.verdicts[i - 1].best, page.verdicts[i].best);
    }
  }

  void replace(Page& page, const OcrToken& token, const std::string& chosen) {
    std::u32string letters;
    for (std::size_t at = 0; at < chosen.size();) letters.push_back(decode_utf8(chosen, at));
    if (token.old_tone || old_tones_ > new_tones_) letters = old_tone(letters);
    std::string written;
    for (const char32_t c : letters) append_utf8(written, c);
    if (token.written == OcrCase::kUpper) {
      written = to_upper(written);
    } else if (token.written == OcrCase::kTitle) {
      std::size_t first = 0;
      decode_utf8(written, first);
      written = to_upper(std::string_view(written).substr(0, first)) + written.substr(first);
    }
    RawWord& word = page.raw->words[token.word];
    word.rewrite(word.text.substr(0, token.begin) + written + word.text.substr(token.end));
  }

  OcrLattice lattice_;
  OcrEvidence evidence_;  // what is beyond doubt
  OcrEvidence as_read_;
  std::unordered_map<std::u32string, WordId> unknown_;
  std::vector<Page> pages_;
  std::size_t old_tones_ = 0, new_tones_ = 0;
};

}  // namespace

struct OcrRepair::Impl {
  std::vector<std::array<std::string, 3>> rows;
  std::string threes;  // path
  std::optional<OcrChannel> channel;
  std::optional<normalise::OcrListMarks> list_marks;
  std::once_flag once;
  std::optional<OcrLanguage> made;

  const OcrLanguage& language() {
    std::call_once(once, [this] {
      std::ifstream in(threes, std::ios::binary);
      made.emplace(rows, std::string(std::istreambuf_iterator<char>(in), {}));
      rows = {};
    });
    return *made;
  }
};

OcrRepair::OcrRepair(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
OcrRepair::OcrRepair(OcrRepair&&) noexcept = default;
OcrRepair& OcrRepair::operator=(OcrRepair&&) noexcept = default;
OcrRepair::~OcrRepair() = default;

Result<OcrRepair> OcrRepair::create(const Models& models) {
  Result<const ModelTable*> table = models.table("ocr_bigrams");
  if (!table) return table.error();
  std::array<std::size_t, 3> columns{};
  constexpr std::array<std::string_view, 3> kNames{"syllable", "count", "next"};
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    Result<std::size_t> column = (*table)->column(kNames[i]);
    if (!column) return column.error();
    columns[i] = *column;
  }
  Result<const ModelTable*> confusions = models.table("ocr_confusions");
  if (!confusions) return confusions.error();
  Result<OcrChannel> channel = OcrChannel::create(**confusions);
  if (!channel) return channel.error();
  Result<const ModelTable*> marks = models.table("ocr_list_marks");
  if (!marks) return marks.error();
  Result<normalise::OcrListMarks> list_marks = normalise::OcrListMarks::create(**marks);
  if (!list_marks) return list_marks.error();
  auto impl = std::make_unique<Impl>();
  impl->list_marks.emplace(std::move(*list_marks));
  impl->channel.emplace(std::move(*channel));
  impl->threes = models.path("ocr_trigrams.txt");
  if (!std::ifstream(impl->threes, std::ios::binary))
    return make_error(ErrorCode::kBadTable, impl->threes + ": cannot be read");
  impl->rows.reserve((*table)->rows.size());
  for (const auto& row : (*table)->rows)
    impl->rows.push_back({row[columns[0]], row[columns[1]], row[columns[2]]});
  return OcrRepair(std::move(impl));
}

std::size_t OcrRepair::repair(RawDocument& raw) const {
  std::optional<DocumentRepair> repair;
  std::size_t marks = impl_->list_marks->mend(raw) + normalise::settle_case(raw);
  for (RawPage& page : raw.pages) {
    if (page.origin != TextOrigin::kOcr || page.words.empty()) continue;
    if (!repair) repair.emplace(impl_->language(), *impl_->channel);
    marks += part_glued_words(page, impl_->language());
    repair->add(page);
  }
  return marks + (repair ? repair->run() : 0);
}

std::optional<RawDocument> OcrRepair::repaired(const RawDocument& raw) const {
  const bool any = std::any_of(raw.pages.begin(), raw.pages.end(),
                               [](const RawPage& page) { return page.origin == TextOrigin::kOcr; });
  if (!any) return std::nullopt;
  RawDocument copy = raw;
  if (repair(copy) == 0) return std::nullopt;
  return copy;
}

}  // namespace vanban

#include "normalise/ocr_tokens.h"

#include <string_view>
#include <utility>

#include "normalise/code_points.h"
#include "normalise/syllable.h"
#include "vanban/base/utf8.h"
#include "vanban/normalise/text.h"

namespace vanban::normalise {
namespace {

class Tokens {
 public:
  Tokens(const RawPage& page, const OcrLanguage& language) : page_(page), language_(language) {}

  std::vector<OcrToken> take() {
    sign();
    int cell = -1;
    for (std::size_t i = 0; i < page_.words.size(); ++i) {
      if (page_.words[i].cell != cell) sign();
      cell = page_.words[i].cell;
      word(i);
    }
    sign();
    close_short_capitals();
    return std::move(tokens_);
  }

 private:
  void sign() {
    if (!tokens_.empty() && tokens_.back().id == language_.boundary()) return;
    OcrToken token;
    token.id = language_.boundary();
    tokens_.push_back(std::move(token));
  }

  void word(std::size_t index) {
    const RawWord& word = page_.words[index];
    const std::size_t first = tokens_.size();
    bool digits = false;
    std::size_t syllables = 0;
    for (std::size_t at = 0; at < word.text.size();) {
      std::size_t next = at;
      const char32_t c = decode_utf8(word.text, next);
      if (is_digit(c)) {
        at = after_number(word.text, at);
        OcrToken token;
        token.word = index;
        token.id = language_.number();
        tokens_.push_back(std::move(token));
        digits = true;
      } else if (is_letter(c)) {
        std::size_t end = next;
        for (std::size_t ahead = end; ahead < word.text.size() && is_letter(decode_utf8(word.text, ahead));)
          end = ahead;
        tokens_.push_back(syllable(index, at, end));
        ++syllables;
        at = end;
      } else {
        sign();
        at = next;
      }
    }
    // "và/hoặc", "221/VPCP-KSTT", "l0ngày" stay as they are.
    if (digits || syllables != 1) {
      for (std::size_t i = first; i < tokens_.size(); ++i) tokens_[i].open = false;
    }
  }

  static std::size_t after_number(const std::string& text, std::size_t at) {
    while (at < text.size() && (is_digit(static_cast<unsigned char>(text[at])) ||
                                std::string_view(".,/%").find(text[at]) != std::string_view::npos)) {
      ++at;
    }
    return at;
  }

  OcrToken syllable(std::size_t index, std::size_t begin, std::size_t end) const {
    const RawWord& word = page_.words[index];
    OcrToken token;
    token.word = index;
    token.begin = begin;
    token.end = end;
    token.confidence = word.confidence;
    bool first_upper = false, lower_seen = false, later_upper = false, marked = false;
    for (std::size_t at = begin; at < end;) {
      const char32_t c = decode_utf8(word.text, at);
      const char32_t small = normalise::lower(c);
      if (token.lower.empty()) {
        first_upper = c != small;
      } else {
        later_upper = later_upper || c != small;
        lower_seen = lower_seen || c == small;
      }
      marked = marked || without_marks(small) != small;
      token.lower.push_back(small);
    }
    const std::u32string as_written = token.lower;
    reform_tone(token.lower);
    token.old_tone = token.lower != as_written;
    std::string text;
    for (const char32_t c : token.lower) append_utf8(text, c);
    token.id = language_.id_of(text);
    token.written = !first_upper && !later_upper                           ? OcrCase::kLower
                    : token.lower.size() > 1 && !lower_seen && first_upper ? OcrCase::kUpper
                    : first_upper && !later_upper                          ? OcrCase::kTitle
                                                                           : OcrCase::kMixed;
    // "thẦn": a letter that OCR took for a capital.
    if (token.written == OcrCase::kMixed && !first_upper && marked && is_possible_syllable(text))
      token.written = OcrCase::kLower;
    token.open = token.lower.size() > 1 && token.lower.size() <= 7 && token.written != OcrCase::kMixed;
    if (token.written == OcrCase::kUpper && !marked) token.open = !is_acronym(upper_case(word, begin, end));
    return token;
  }

  static std::u32string upper_case(const RawWord& word, std::size_t begin, std::size_t end) {
    std::u32string out;
    for (std::size_t at = begin; at < end;) out.push_back(decode_utf8(word.text, at));
    return out;
  }

  // Capitals without marks that stand alone may be an abbreviation ("BAN", "TU"): beside other capitals they
  // are a word of a heading.
  void close_short_capitals() {
    const auto capitals = [&](std::size_t i) {
      return i < tokens_.size() && tokens_[i].written == OcrCase::kUpper &&
             tokens_[i].word != OcrToken::kNoWord && language_.is_syllable(tokens_[i].id);
    };
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (tokens_[i].written == OcrCase::kUpper && !capitals(i + 1) && (i == 0 || !capitals(i - 1)))
        tokens_[i].open = false;
    }
  }

  const RawPage& page_;
  const OcrLanguage& language_;
  std::vector<OcrToken> tokens_;
};

}  // namespace

std::vector<OcrToken> ocr_tokens(const RawPage& page, const OcrLanguage& language) {
  return Tokens(page, language).take();
}

std::u32string old_tone(const std::u32string& reformed) {
  const std::size_t size = reformed.size();
  if (size < 2 || (size > 2 && reformed[size - 3] == U'q')) return reformed;
  const Letter before = take_apart(reformed[size - 2]), last = take_apart(reformed[size - 1]);
  const bool moves = (before.base == U'o' && (last.base == U'a' || last.base == U'e')) ||
                     (before.base == U'u' && last.base == U'y');
  if (!moves || before.tone == Tone::kNone || last.tone != Tone::kNone) return reformed;
  std::u32string out = reformed;
  out[size - 2] = before.base;
  out[size - 1] = put_together({last.base, before.tone});
  return out;
}

}  // namespace vanban::normalise

#include "store/query.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>

#include "store/search_words.h"
#include "vanban/base/utf8.h"
#include "vanban/normalise/text.h"

namespace vanban::store {
namespace {

constexpr std::size_t kLongestQuery = 10'000;
constexpr std::size_t kMostTerms = 64;
constexpr std::size_t kDeepest = 32;

enum class PieceKind { kText, kQuoted, kAnd, kOr, kNot, kOpen, kClose };

struct Piece {
  PieceKind kind = PieceKind::kText;
  std::string text;
};

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t'; }

// Length of the quotation mark at `at`: ", “, ” or „; 0: none.
std::size_t quote_at(std::string_view text, std::size_t at) {
  if (text[at] == '"') return 1;
  const std::string_view three = text.substr(at, 3);
  return three == "“" || three == "”" || three == "„" ? 3 : 0;
}

// Cuts at white space, quotation marks and, in the advanced mode, parentheses. A quote that is not closed
// goes to the end.
std::vector<Piece> cut(std::string_view text, bool advanced) {
  std::vector<Piece> pieces;
  std::size_t at = 0;
  while (at < text.size()) {
    if (is_space(text[at])) {
      ++at;
      continue;
    }
    if (const std::size_t quote = quote_at(text, at); quote > 0) {
      std::size_t end = at + quote;
      const std::size_t begin = end;
      while (end < text.size() && quote_at(text, end) == 0) ++end;
      pieces.push_back({PieceKind::kQuoted, std::string(text.substr(begin, end - begin))});
      at = end < text.size() ? end + quote_at(text, end) : end;
      if (at < text.size() && text[at] == '*') {
        pieces.back().text += '*';
        ++at;
      }
      continue;
    }
    if (advanced && (text[at] == '(' || text[at] == ')')) {
      pieces.push_back({text[at] == '(' ? PieceKind::kOpen : PieceKind::kClose, {}});
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && !is_space(text[end]) && quote_at(text, end) == 0 &&
           !(advanced && (text[end] == '(' || text[end] == ')'))) {
      ++end;
    }
    Piece piece{PieceKind::kText, std::string(text.substr(at, end - at))};
    if (advanced && piece.text == "AND") piece.kind = PieceKind::kAnd;
    if (advanced && piece.text == "OR") piece.kind = PieceKind::kOr;
    if (advanced && piece.text == "NOT") piece.kind = PieceKind::kNot;
    pieces.push_back(std::move(piece));
    at = end;
  }
  return pieces;
}

bool begins_with_joint(const Piece& piece) {
  return piece.kind == PieceKind::kText && piece.text.size() > 1 &&
         (piece.text[0] == '/' || piece.text[0] == '-');
}

// A number that was typed with spaces is one piece again ("156 /TTr-SNV"), and the word "số" before it goes:
// it says what the number is and is not always printed.
std::vector<Piece> with_whole_numbers(std::vector<Piece> pieces) {
  std::vector<Piece> out;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    Piece piece = std::move(pieces[i]);
    if (piece.kind == PieceKind::kText && !piece.text.empty() && piece.text[0] >= '0' &&
        piece.text[0] <= '9') {
      std::string joined = piece.text;
      while (i + 1 < pieces.size() && begins_with_joint(pieces[i + 1]) &&
             !number_lookup(joined + pieces[i + 1].text).key.empty()) {
        joined += pieces[++i].text;
      }
      piece.text = joined;
      if (!out.empty() && out.back().kind == PieceKind::kText && !number_lookup(piece.text).key.empty()) {
        std::string word = fold(out.back().text);
        while (!word.empty() && (word.back() == ':' || word.back() == '.')) word.pop_back();
        if (word == "so") out.pop_back();
      }
    }
    out.push_back(std::move(piece));
  }
  return out;
}

struct Reading {
  const Synonyms& synonyms;
  Tones tones;
  WordKeyCache cache = {};
};

std::optional<Term> term_of(const Piece& piece, Reading& reading) {
  Term term;
  term.quoted = piece.kind == PieceKind::kQuoted;
  std::string_view text = piece.text;
  term.prefix = !text.empty() && text.back() == '*';
  while (!text.empty() && text.back() == '*') text.remove_suffix(1);
  std::size_t at = 0;
  TextRange where;
  while (next_word(text, at, where)) {
    const WordKeys& keys = reading.cache.of(where.of(text));
    const bool any_tones = reading.tones == Tones::kAny && !term.quoted;
    const std::string& key = any_tones ? keys.folded : keys.wanted();
    if (!key.empty() && !keys.folded.empty()) term.words.push_back(key);  // marks alone are no word
  }
  if (term.words.empty()) return std::nullopt;
  if (!term.prefix) term.number = number_lookup(text);
  return term;
}

// Words hold letters and digits alone, so nothing in them can end the quotes.
std::string phrase_of(const std::vector<std::string>& words) {
  std::string out = "\"";
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += ' ';
    out += words[i];
  }
  return out + '"';
}

// A word that a person typed as it is, which synonyms may stand for.
bool is_plain_word(const Term& term) {
  return !term.quoted && !term.prefix && term.words.size() == 1 && term.number.key.empty();
}

// The term, or its other spelling, or what it is short for; what else is looked for goes to `others`, for
// marks.
std::string expression_of(const Term& term, const Synonyms& synonyms, std::vector<Term>& others) {
  std::string out = phrase_of(term.words);
  if (term.prefix) out += " *";
  if (!term.number.key.empty()) {
    return "(" + out + " OR \"" + number_word(term.number.key, term.number.year) + "\")";
  }
  if (!is_plain_word(term)) return out;
  const std::vector<Synonyms::Words>& meanings = synonyms.meanings(term.words.front());
  if (meanings.empty()) return out;
  for (const Synonyms::Words& words : meanings) {
    out += " OR " + phrase_of(words);
    Term meaning;
    meaning.words = words;
    others.push_back(std::move(meaning));
  }
  return "(" + out + ")";
}

Error misplaced(std::string_view what) {
  return make_error(ErrorCode::kInvalidArgument, "the query has " + std::string(what));
}

// Operator precedence over a stack: NOT binds tighter than AND, AND tighter than OR.
class ExpressionBuilder {
 public:
  std::optional<Error> add(const Piece& piece, Reading& reading) {
    switch (piece.kind) {
      case PieceKind::kOpen:
        if (operand_before_) push(PieceKind::kAnd);
        if (++depth_ > kDeepest) return misplaced("too many parentheses inside each other");
        operators_.push_back(PieceKind::kOpen);
        operand_before_ = false;
        return std::nullopt;
      case PieceKind::kClose:
        if (!operand_before_ || depth_ == 0) return misplaced("a ')' that closes nothing");
        while (operators_.back() != PieceKind::kOpen) reduce();
        operators_.pop_back();
        --depth_;
        return std::nullopt;
      case PieceKind::kNot:
        if (pending_and_) {  // "a AND NOT b"
          pending_and_ = false;
          operators_.pop_back();
          operand_before_ = true;
        }
        [[fallthrough]];
      case PieceKind::kAnd:
      case PieceKind::kOr:
        if (!operand_before_) return misplaced("an operator without a word before it");
        push(piece.kind);
        pending_and_ = piece.kind == PieceKind::kAnd;
        return std::nullopt;
      default:
        break;
    }
    std::optional<Term> term = term_of(piece, reading);
    if (!term) return std::nullopt;
    if (operand_before_) push(PieceKind::kAnd);
    const bool excluded = !operators_.empty() && operators_.back() == PieceKind::kNot;
    std::vector<Term> others;
    operands_.push_back(expression_of(*term, reading.synonyms, others));
    if (!excluded) {
      query.terms.push_back(std::move(*term));
      std::move(others.begin(), others.end(), std::back_inserter(query.terms));
    }
    operand_before_ = true;
    pending_and_ = false;
    if (++count_ > kMostTerms) return misplaced("more than 64 words");
    return std::nullopt;
  }

  std::optional<Error> finish() {
    if (depth_ > 0) return misplaced("a '(' that is not closed");
    if (!operators_.empty() && !operand_before_) return misplaced("an operator without a word behind it");
    while (!operators_.empty()) reduce();
    if (!operands_.empty()) query.expression = operands_.back();
    return std::nullopt;
  }

  ParsedQuery query;

 private:
  static int strength(PieceKind kind) {
    return kind == PieceKind::kNot ? 3 : kind == PieceKind::kAnd ? 2 : kind == PieceKind::kOr ? 1 : 0;
  }

  void push(PieceKind kind) {
    while (!operators_.empty() && strength(operators_.back()) >= strength(kind)) reduce();
    operators_.push_back(kind);
    operand_before_ = false;
  }

  void reduce() {
    const PieceKind kind = operators_.back();
    operators_.pop_back();
    const std::string right = std::move(operands_.back());
    operands_.pop_back();
    const char* word = kind == PieceKind::kNot ? " NOT " : kind == PieceKind::kAnd ? " AND " : " OR ";
    operands_.back() = "(" + operands_.back() + word + right + ")";
  }

  std::vector<std::string> operands_;
  std::vector<PieceKind> operators_;
  bool operand_before_ = false, pending_and_ = false;
  std::size_t depth_ = 0, count_ = 0;
};

// Every term must occur; the words of an abbreviation's meaning, typed side by side, or the abbreviation.
Result<ParsedQuery> all_of(const std::vector<Piece>& pieces, Reading& reading) {
  std::vector<Term> terms;
  for (const Piece& piece : pieces) {
    if (std::optional<Term> term = term_of(piece, reading)) terms.push_back(std::move(*term));
  }
  std::vector<std::string> plain;  // the word of each plain term; of another one what no synonym has
  for (const Term& term : terms) plain.push_back(is_plain_word(term) ? term.words.front() : "");

  ParsedQuery query;
  std::vector<std::string> expressions;
  std::size_t words = 0;
  const auto add = [&](std::string expression, std::size_t count) {
    if (std::find(expressions.begin(), expressions.end(), expression) != expressions.end()) return true;
    expressions.push_back(std::move(expression));
    return (words += count) <= kMostTerms;
  };
  for (std::size_t i = 0; i < terms.size();) {
    std::vector<Term> others;
    const Synonyms::Found shorter = reading.synonyms.abbreviations_at(plain, i);
    std::string expression;
    const std::size_t count = std::max<std::size_t>(shorter.words, 1);
    if (shorter.words == 0) {
      expression = expression_of(terms[i], reading.synonyms, others);
    } else {
      for (std::size_t k = 0; k < count; ++k) {
        expression += (k == 0 ? "((" : " AND ") + phrase_of(terms[i + k].words);
      }
      expression += ")";
      for (const std::string& abbreviation : shorter.abbreviations) {
        Term other;
        other.words = {abbreviation};
        expression += " OR " + phrase_of(other.words);
        others.push_back(std::move(other));
      }
      expression += ")";
    }
    if (!add(std::move(expression), count)) return misplaced("more than 64 different words");
    for (std::size_t k = 0; k < count; ++k) query.terms.push_back(terms[i + k]);
    std::move(others.begin(), others.end(), std::back_inserter(query.terms));
    i += count;
  }
  for (const std::string& expression : expressions) {
    if (!query.expression.empty()) query.expression += " AND ";
    query.expression += expression;
  }
  return query;
}

}  // namespace

Result<ParsedQuery> parse_query(std::string_view typed, bool advanced, const Synonyms& synonyms,
                                Tones tones) {
  if (!is_valid_utf8(typed)) return make_error(ErrorCode::kInvalidArgument, "the query is not UTF-8");
  if (typed.size() > kLongestQuery) {
    return make_error(ErrorCode::kInvalidArgument, "the query has " + std::to_string(typed.size()) +
                                                       " bytes; at most " + std::to_string(kLongestQuery) +
                                                       " are read");
  }
  std::string spaced(typed);
  std::replace(spaced.begin(), spaced.end(), '\0', ' ');
  const std::vector<Piece> pieces = with_whole_numbers(cut(clean_text(spaced), advanced));
  Reading reading{synonyms, tones};
  if (!advanced) return all_of(pieces, reading);
  ExpressionBuilder builder;
  for (const Piece& piece : pieces) {
    if (auto error = builder.add(piece, reading)) return *error;
  }
  if (auto error = builder.finish()) return *error;
  return std::move(builder.query);
}

}  // namespace vanban::store

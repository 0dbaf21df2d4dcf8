#include "extract/deadline_clauses.h"

#include <algorithm>
#include <utility>

#include "vanban/base/utf8.h"
#include "vanban/lexicon/scan.h"

namespace vanban::deadline {
std::size_t word_end(std::string_view text, std::size_t at, std::size_t limit) {
  std::size_t pos = at;
  while (pos < limit) {
    std::size_t next = pos;
    const char32_t c = decode_utf8(text, next);
    if (!is_letter(c) && !(c >= '0' && c <= '9')) break;
    pos = next;
  }
  if (pos == at) decode_utf8(text, pos);
  return pos;
}

std::size_t next_item(const DeadlineWords& words, std::string_view text, std::size_t end, std::size_t limit) {
  const std::size_t next = skip_space(text, end);
  if (next < limit && text[next] == ',') return skip_space(text, next + 1);
  const std::size_t both = words.behind(Word::kAnd, text, next);
  return both == 0 ? 0 : skip_space(text, both);
}

Intro intro_at(const DeadlineWords& words, std::string_view text, std::size_t at) {
  Intro intro;
  std::size_t pos = at;
  int terms = 0;
  for (int step = 0; step < 8; ++step) {
    std::size_t next = 0;
    if ((next = words.behind(Word::kLatest, text, pos)) != 0) {
      intro.explicit_limit = true;
    } else if ((next = words.behind(Word::kTerm, text, pos)) != 0) {
      ++terms;
    } else if ((next = words.behind(Word::kLastDay, text, pos)) != 0) {
      ++terms;
      intro.explicit_limit = true;
    } else if ((terms > 0 && (next = words.behind(Word::kWork, text, pos)) != 0) ||
               (next = words.behind(Word::kFinish, text, pos)) != 0) {
      intro.explicit_limit = true;
    } else if ((next = words.behind(Word::kBefore, text, pos)) != 0) {
      intro.strict = true;
    } else if ((next = words.behind(Word::kWithin, text, pos)) != 0) {
      intro.within = true;
    } else if ((next = words.behind(Word::kUntil, text, pos)) != 0) {
      intro.until = true;
    } else if (step > 0 && (next = words.behind(Word::kLink, text, pos)) != 0) {
      // "chậm nhất là", "trước thời điểm", "vào dịp"
    } else {
      break;
    }
    intro.any = true;
    pos = next;
    std::size_t after = skip_space(text, pos);
    if ((terms > 0 || intro.explicit_limit) && after < text.size() && text[after] == ':') {
      intro.explicit_limit = true;
      after = skip_space(text, after + 1);
    }
    pos = after;
  }
  intro.end = pos;
  return intro;
}

std::size_t clause_start(std::string_view text, std::size_t from, std::size_t at) {
  std::size_t begin = at > kClause ? at - kClause : 0;
  begin = std::max(begin, from);
  for (std::size_t i = at; i > begin; --i) {
    if (text[i - 1] == ';' || text[i - 1] == '\n' ||
        (text[i - 1] == '.' && i < text.size() && text[i] == ' '))
      return i;
  }
  return begin;
}

std::size_t clause_end(std::string_view text, std::size_t at, std::size_t limit) {
  const std::size_t end = std::min(limit, at + kClause);
  for (std::size_t i = at; i < end; ++i) {
    if (text[i] == ';' || text[i] == '\n' || (text[i] == '.' && (i + 1 >= end || text[i + 1] == ' ')))
      return i;
  }
  return end;
}

bool stands_in(const DeadlineWords& words, Word word, std::string_view text, std::size_t from,
               std::size_t to) {
  for (std::size_t at = from; at < to; decode_utf8(text, at)) {
    if (word_starts(text, at) && words.behind(word, text, at) != 0) return true;
  }
  return false;
}

bool tells_completion(const DeadlineWords& words, std::string_view text, std::size_t from, std::size_t to) {
  for (std::size_t at = from; at < to;) {
    if (word_starts(text, at) && words.may_begin_completion(text, at) &&
        words.behind(Word::kCompletion, text, at) != 0)
      return true;
    decode_utf8(text, at);
  }
  return false;
}

bool tells_done(const DeadlineWords& words, std::string_view text, std::size_t from, std::size_t to) {
  for (std::size_t at = from; at < to;) {
    if (word_starts(text, at) && words.may_begin_done(text, at)) {
      // "đã hoàn thành" is told; "theo thẩm quyền đã quy định tại" is not about what is to be done.
      const std::size_t done = words.behind(Word::kDone, text, at);
      if (done != 0 && words.behind(Word::kCited, text, skip_space(text, done)) == 0) return true;
    }
    decode_utf8(text, at);
  }
  return false;
}

std::string piece(std::string_view text, std::size_t begin, std::size_t end) {
  end = std::max(begin, skip_space_back(text, end));
  return std::string(text.substr(begin, end - begin));
}

Deadline due_on(std::string_view text, std::size_t begin, std::size_t end, const PartialDate& due) {
  Deadline deadline;
  deadline.text = piece(text, begin, end);
  deadline.where = {begin, begin + deadline.text.size()};
  deadline.due = due;
  return deadline;
}

Deadline recurring(std::string_view text, std::size_t begin, std::size_t end, std::string rule) {
  Deadline deadline = due_on(text, begin, end, {});
  deadline.rrule = std::move(rule);
  return deadline;
}

}  // namespace vanban::deadline

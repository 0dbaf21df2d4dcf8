#include "extract/deadline_words.h"

#include <algorithm>
#include <utility>

#include "vanban/base/utf8.h"
#include "vanban/lexicon/first_words.h"
#include "vanban/lexicon/scan.h"

namespace vanban::deadline {
namespace {

constexpr std::array<std::string_view, 6> kLatest = {"chậm nhất",      "muộn nhất", "không muộn hơn",
                                                     "không chậm hơn", "không quá", "chậm trễ nhất"};
constexpr std::array<std::string_view, 5> kTerm = {"thời hạn", "thời gian", "tiến độ", "hạn hoàn thành",
                                                   "thời điểm hoàn thành"};
constexpr std::array<std::string_view, 3> kLastDay = {"hạn chót", "hạn cuối cùng", "hạn cuối"};
constexpr std::array<std::string_view, 9> kWork = {"hoàn thành", "thực hiện", "trình", "gửi",       "báo cáo",
                                                   "ban hành",   "nộp",       "xong",  "triển khai"};
constexpr std::array<std::string_view, 3> kUntil = {"đến hết", "hết", "đến"};

constexpr std::array<std::string_view, 18> kComplete = {
    "sơ kết",   "tổng kết",  "hoàn thành", "xong",        "trình",    "ban hành",
    "báo cáo",  "gửi",       "nộp",        "công bố",     "kết thúc", "đưa vào",
    "tổng hợp", "phê duyệt", "khởi công",  "khánh thành", "bàn giao", "thông xe"};
constexpr std::array<std::string_view, 9> kCited = {"quy định", "nêu",      "được",    "giao", "phê duyệt",
                                                    "đề ra",    "xác định", "cam kết", "ký"};

}  // namespace

std::size_t word(std::string_view text, std::size_t at, std::string_view words) {
  const std::size_t length = match_words(text, at, words);
  return length != 0 && word_ends(text, at + length) ? at + length : 0;
}

std::size_t any_word(std::string_view text, std::size_t at, std::span<const std::string_view> words) {
  for (const std::string_view one : words) {
    if (const std::size_t end = word(text, at, one)) return end;
  }
  return 0;
}

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

std::size_t next_item(std::string_view text, std::size_t end, std::size_t limit) {
  const std::size_t next = skip_space(text, end);
  if (next < limit && text[next] == ',') return skip_space(text, next + 1);
  const std::size_t both = word(text, next, "và");
  return both == 0 ? 0 : skip_space(text, both);
}

bool may_begin_limit(std::string_view text, std::size_t at, std::size_t& end) {
  static constexpr std::array<std::string_view, 9> kOthers = {
      "định kỳ", "ngày", "hoàn thành", "xong", "trước", "trong", "vào", "từ", "lần"};
  static const FirstWords kAny({kWithin, kEach, kLatest, kTerm, kLastDay, kUntil, kOthers});
  return kAny.may_begin(text, at, end);
}

Intro intro_at(std::string_view text, std::size_t at) {
  Intro intro;
  std::size_t pos = at;
  int terms = 0;
  for (int step = 0; step < 8; ++step) {
    std::size_t next = 0;
    if ((next = any_word(text, pos, kLatest)) != 0) {
      intro.explicit_limit = true;
    } else if ((next = any_word(text, pos, kTerm)) != 0) {
      ++terms;
    } else if ((next = any_word(text, pos, kLastDay)) != 0) {
      ++terms;
      intro.explicit_limit = true;
    } else if (terms > 0 && (next = any_word(text, pos, kWork)) != 0) {
      intro.explicit_limit = true;
    } else if ((next = word(text, pos, "hoàn thành")) != 0 || (next = word(text, pos, "xong")) != 0) {
      intro.explicit_limit = true;
    } else if ((next = word(text, pos, "trước")) != 0) {
      intro.strict = true;
    } else if ((next = word(text, pos, "trong")) != 0) {
      intro.within = true;
    } else if ((next = word(text, pos, "vào")) != 0 || (next = any_word(text, pos, kUntil)) != 0) {
      intro.until = true;
    } else if (step > 0 &&
               ((next = word(text, pos, "là")) != 0 || (next = word(text, pos, "thời điểm")) != 0 ||
                (next = word(text, pos, "dịp")) != 0)) {
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

bool tells_completion(std::string_view text, std::size_t from, std::size_t to) {
  static const FirstWords kAny({kComplete});
  for (std::size_t at = from; at < to;) {
    if (word_starts(text, at) && kAny.may_begin(text, at) && any_word(text, at, kComplete) != 0) return true;
    decode_utf8(text, at);
  }
  return false;
}

bool tells_done(std::string_view text, std::size_t from, std::size_t to) {
  static constexpr std::array<std::string_view, 1> kDone = {"đã"};
  static const FirstWords kAny({kDone});
  for (std::size_t at = from; at < to;) {
    if (word_starts(text, at) && kAny.may_begin(text, at)) {
      // "đã hoàn thành" is told; "theo thẩm quyền đã quy định tại" is not about what is to be done.
      const std::size_t done = word(text, at, kDone.front());
      if (done != 0 && any_word(text, skip_space(text, done), kCited) == 0) return true;
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

// Dates of mentions. Nghị định 30/2020/NĐ-CP has the first mention give the date and later ones leave it out,
// so a date comes, in this order, from the mention's own words, from its list ("số 01/NQ-CP, số 02/NQ-CP năm
// 2024"), from before the verb ("Ngày 05/01/2024, Chính phủ đã ban hành …"), from the number
// (45/2018/QĐ-TTg), from an earlier mention of the same document. What only a later mention or a table's
// target year tells is inferred and says so.

#include <algorithm>
#include <map>

#include "extract/reference_words.h"
#include "references.h"
#include "vanban/base/utf8.h"
#include "vanban/lexicon/dates.h"
#include "vanban/lexicon/document_numbers.h"
#include "vanban/lexicon/identity.h"
#include "vanban/lexicon/scan.h"

namespace vanban {
namespace {

// Dates that were stated for one document. More than one year: nothing can be inherited.
class StatedDates {
 public:
  void add(const PartialDate& date) {
    if (!date.known() || std::find(dates_.begin(), dates_.end(), date) != dates_.end()) return;
    if (dates_.size() < 16) dates_.push_back(date);
  }
  bool empty() const { return dates_.empty(); }
  // The one date that fits a mention of `year` (0: any); not known where several do.
  PartialDate only(int year) const {
    PartialDate best;
    for (const PartialDate& date : dates_) {
      if (year != 0 && date.year != year) continue;
      if (!best.known()) {
        best = date;
      } else if (best.year != date.year) {
        return {};
      } else if (best.month == 0 || (best.day == 0 && best.month == date.month)) {
        best = date;
      } else if (date.month != 0 && (best.month != date.month || (date.day != 0 && best.day != date.day))) {
        best = {best.year, 0, 0};
      }
    }
    return best;
  }

 private:
  std::vector<PartialDate> dates_;
};

std::string key_of(const Mention& mention) {
  if (!mention.number.text.empty()) {
    if (mention.number.ordinal.empty()) return {};
    std::string ordinal = mention.number.ordinal;
    while (ordinal.size() > 1 && ordinal[0] == '0') ordinal.erase(0, 1);
    return ordinal + " " + slug(mention.number.symbol);
  }
  return "t " + slug(mention.title);
}

// "Ngày 05 tháng 01 năm 2024, Chính phủ đã ban hành" before the mention, in its sentence.
PartialDate date_before_verb(std::string_view text, std::size_t sentence, std::size_t lead_end,
                             const Pattern& issuing_verb, const WordClasses& words) {
  if (lead_end <= sentence) return {};
  if (!issuing_verb.found_in(text.substr(sentence, lead_end - sentence))) return {};
  // The last date of the sentence, with nothing but the issuing body between it and the verb.
  std::optional<DateMatch> last;
  for (std::size_t at = sentence; at < lead_end;) {
    const auto match = find_date(text, at, lead_end);
    if (!match) break;
    if (match->date.full() && !is_digit(text[match->where.begin])) last = match;
    at = match->where.end;
  }
  if (!last || lead_end - last->where.end > 160) return {};
  for (std::size_t i = last->where.end; i < lead_end; ++i) {
    if (text[i] == ';' || text[i] == '(' || text[i] == ')' || is_digit(text[i])) return {};
  }
  // "từ ngày", "đến ngày", "trước ngày": a period, not the day of issue.
  const std::size_t before = skip_space_back(text, last->where.begin);
  const std::size_t begin = words.find_before(ReferenceWord::kPeriod, text, before).begin;
  if (begin != std::string_view::npos && begin >= sentence && word_starts(text, begin)) return {};
  return last->date;
}

bool later_than(const PartialDate& date, const PartialDate& than) {
  if (!date.known() || !than.known()) return false;
  if (date.year != than.year) return date.year > than.year;
  if (date.month == 0 || than.month == 0) return false;
  if (date.month != than.month) return date.month > than.month;
  return date.day != 0 && than.day != 0 && date.day > than.day;
}

// The year in the head cells of a table ("Chỉ tiêu năm 2025"): 0 if there is none, or several.
int target_year(const Table& table) {
  int year = 0;
  const auto look = [&](const TableRow& row) {
    for (const TableCell& cell : row) {
      for (std::size_t at = 0; at < cell.text.size(); ++at) {
        if (cell.text[at] != 'n' && cell.text[at] != 'N') continue;
        const auto date = date_at(cell.text, at);
        if (!date || date->date.month != 0) continue;
        if (year != 0 && year != date->date.year) return false;
        year = date->date.year;
      }
    }
    return true;
  };
  for (const TableRow& row : table.header) {
    if (!look(row)) return 0;
  }
  if (table.header.empty() && !table.rows.empty() && !look(table.rows.front())) return 0;
  return year;
}

}  // namespace

void ReferenceFinder::give_dates(const Document& document, std::string_view text,
                                 std::vector<Mention>& mentions) const {
  const DocumentHeader& header = document.header;
  const Pattern& issuing_verb = patterns_.at("issuing_verb");

  // Lists: the last date goes back to those before it that have none, if they are no more than numbers.
  for (std::size_t i = mentions.size(); i-- > 1;) {
    Mention& mention = mentions[i];
    if (!mention.date_stated || mention.head != i - 1 || mention.number.text.empty() ||
        mention.number.year != 0)
      continue;
    for (std::size_t j = i; j > 0 && mentions[j].head == j - 1; --j) {
      Mention& before = mentions[j - 1];
      if (before.date_stated || before.number.year != 0 || before.number.text.empty()) break;
      if (mentions[j].type_in_words && j == i)
        break;  // "Nghị quyết số 1, Nghị quyết số 2 ngày …": the second's alone
      before.date = mention.date;
      before.date_stated = mention.date.month == 0;
      if (!before.date_stated) before.inferred.push_back("date");
    }
  }

  // Before the verb: once for the mention at the verb, and for those that follow it after a comma.
  std::size_t dated_sentence = Mention::kNone;
  PartialDate sentence_date;
  for (Mention& mention : mentions) {
    const std::size_t sentence = sentence_start(text, mention.where.begin);
    const PartialDate date = mention.number.text.empty() || mention.date_stated
                                 ? PartialDate{}
                                 : date_before_verb(text, sentence, mention.lead_end, issuing_verb, words_);
    if (date.known()) {
      dated_sentence = sentence;
      sentence_date = date;
    }
    if (mention.date_stated || mention.number.text.empty() || sentence != dated_sentence ||
        !sentence_date.known())
      continue;
    if (!date.known()) {
      const std::size_t before = skip_space_back(text, mention.lead_end);
      const char c = before > 0 ? text[before - 1] : '\n';
      if (c != ',' && c != '(' && mention.head == Mention::kNone) continue;
    }
    if (mention.number.year != 0 && mention.number.year != sentence_date.year) continue;
    mention.date = sentence_date;
    mention.date_stated = true;
  }

  for (Mention& mention : mentions) {
    if (mention.number.year != 0 && !mention.date.known()) mention.date.year = mention.number.year;
  }

  // From an earlier mention; the document's own number has the document's own date.
  std::map<std::string, StatedDates> stated, all;
  Mention self;
  self.number = header.number;
  const std::string self_key = header.number.ordinal.empty() ? std::string() : key_of(self);
  for (const Mention& mention : mentions) {
    if (!mention.date_stated) continue;
    const std::string key = key_of(mention);
    if (!key.empty()) all[key].add(mention.date);
  }
  const auto inherit = [&](Mention& mention, const StatedDates& dates, bool inferred) {
    if (mention.date_stated || mention.date.month != 0 || mention.planned_document) return;
    const PartialDate date = dates.only(mention.date.year);
    if (!date.known() || date == mention.date) return;
    if (mention.date.known() && date.month == 0) return;
    if (header.date.known() && later_than(date, header.date)) return;
    mention.date = date;
    if (inferred) mention.inferred.push_back("date");
  };
  for (Mention& mention : mentions) {
    const std::string key = key_of(mention);
    if (key.empty()) continue;
    if (mention.date_stated) {
      stated[key].add(mention.date);
      continue;
    }
    const auto found = stated.find(key);
    if (found != stated.end()) {
      inherit(mention, found->second, false);
    } else if (key == self_key && header.date.known() && !mention.date.known()) {
      mention.date = header.date;
    }
  }
  for (Mention& mention : mentions) {
    if (mention.date_stated || mention.date.month != 0) continue;
    const auto found = all.find(key_of(mention));
    if (found != all.end() && stated.count(key_of(mention)) != 0) inherit(mention, found->second, true);
  }

  // A table that carries what the document assigns ("Chỉ tiêu giao tại Nghị quyết số 01/NQ-CP", then "Chỉ
  // tiêu năm 2025").
  std::map<std::string, StatedDates> implied;
  std::size_t table = 0;
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    const Mention& mention = mentions[i];
    if (mention.relation != Relation::kAssignedIn || mention.date.known() || mention.number.ordinal.empty())
      continue;
    while (table < document.tables.size() && document.tables[table].where.begin < mention.where.end) ++table;
    if (table == document.tables.size()) break;
    const Table& next = document.tables[table];
    const bool nearest = i + 1 == mentions.size() || mentions[i + 1].where.begin >= next.where.begin;
    if (!nearest || next.where.begin - mention.where.end > 400) continue;
    const int year = target_year(next);
    if (year == 0) continue;
    const PartialDate date{year, 0, 0};
    const PartialDate limit = header.date.known()  ? header.date
                              : header.attached_to ? header.attached_to->date
                                                   : PartialDate{};
    if (!later_than(date, limit)) implied[key_of(mention)].add(date);
  }
  for (Mention& mention : mentions) {
    if (mention.date.known() || mention.number.ordinal.empty()) continue;
    const auto found = implied.find(key_of(mention));
    if (found == implied.end()) continue;
    mention.date = found->second.only(0);
    if (mention.date.known()) mention.inferred.push_back("date");
  }
}

namespace {

// The title of the law that `alias`, a short name in brackets, stands behind; empty: none.
std::string alias_of(const std::vector<Mention>& mentions, const Mention& alias) {
  constexpr std::size_t kFar = 900;  // bytes; a list of the laws that amended it stands between
  for (auto i = static_cast<std::size_t>(&alias - mentions.data()); i-- > 0;) {
    if (alias.where.begin - mentions[i].where.begin > kFar) break;
    if (!mentions[i].title.empty() && !mentions[i].alias && mentions[i].type == alias.type)
      return mentions[i].title;
  }
  return {};
}

}  // namespace

// Which of the laws of one title is meant: the one that this document itself cited with its number or day;
// else the one of the stated year; else the newest that was there when the document was made.
void ReferenceFinder::resolve_laws(const Document& document, std::vector<Mention>& mentions) const {
  const PartialDate& own = document.header.date;
  std::map<std::string, std::vector<std::string>> cited;  // title -> numbers that stood with it
  for (Mention& mention : mentions) {
    if (mention.title.empty()) continue;
    const std::string key = slug(mention.title);
    if (mention.alias && mention.number.text.empty()) {
      // The law named last in the same paragraph, not those that amended it, is what the short name means.
      const std::string full = alias_of(mentions, mention);
      if (!full.empty() && full != mention.title) {
        const auto known = cited.find(slug(full));
        if (known != cited.end() && cited.count(key) == 0) cited[key] = known->second;
      }
    }
    if (!mention.number.text.empty()) {
      std::vector<std::string>& numbers = cited[key];
      if (std::find(numbers.begin(), numbers.end(), mention.number.text) == numbers.end() &&
          numbers.size() < 8) {
        numbers.push_back(mention.number.text);
      }
      continue;
    }
    if (mention.planned_document) continue;
    if (const auto found = cited.find(key); found != cited.end() && found->second.size() == 1) {
      const auto parsed = parse_document_number(found->second.front());
      const int year = parsed ? parsed->year : 0;
      if (!mention.date.known() || mention.date.year == year) {
        mention.law_number = found->second.front();
        if (!mention.date.known()) mention.date.year = year;  // said by the earlier mention
        continue;
      }
    }
    constexpr int kBeforeInForce = 14;  // days
    const LawRow* best = nullptr;
    bool fresh_best = false;
    std::vector<const LawRow*> fitting;
    for (const LawRow* row : laws_.find(mention.title)) {
      if (row->number.empty() && !row->date.known()) continue;
      if (mention.date.known()) {
        if (row->year() != mention.date.year) continue;
        if (mention.date.full() && row->date.full() && row->date != mention.date) continue;
      } else if (own.known()) {
        // Of the document's own year and without a known day: it may not have been there yet.
        if (row->date.full() ? later_than(row->date, own) : row->year() >= own.year) continue;
      }
      fitting.push_back(row);
      // A law passed in the days before is not in force yet: by its name alone the older one is meant.
      const bool fresh = !mention.date.known() && row->date.full() && own.full() &&
                         document.header.type != DocumentType::kLaw &&
                         later_than(plus_days(row->date, kBeforeInForce), own);
      if (best == nullptr || (fresh_best && !fresh) ||
          (fresh == fresh_best &&
           (row->year() > best->year() || (row->year() == best->year() && row->date > best->date)))) {
        best = row;
        fresh_best = fresh;
      }
    }
    if (best == nullptr) continue;
    const auto name_of = [](const LawRow& row) {
      return row.number.empty() ? std::to_string(row.year()) : row.number;
    };
    mention.law_number = name_of(*best);
    for (const LawRow* row : fitting) {
      if (row != best) mention.law_numbers.push_back(name_of(*row));
    }
  }
}

}  // namespace vanban

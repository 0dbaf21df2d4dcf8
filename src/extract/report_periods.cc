#include "extract/report_periods.h"

#include <algorithm>
#include <cstdlib>

#include "extract/table_title.h"
#include "vanban/lexicon/dates.h"
#include "vanban/normalise/text.h"

namespace vanban {

void ReportPeriods::date_it(Measurement& told, const Reported& one, std::size_t at) const {
  std::vector<TextRange> groups;
  if (pattern("same_period")
          .find(one.before.of(text_), 0, groups)) {  // "cao hơn cùng kỳ năm 2023, đạt 6,97%"
    told.period = std::string(groups[1].of(one.before.of(text_)));
    return;
  }
  // "Tính đến ngày …" holds for its sentence; where it opens a paragraph, for all of it.
  constexpr std::size_t kWindow = 800, kOpening = 16;
  const std::size_t from = at > range_.begin + kWindow ? character_on(text_, at - kWindow, at) : range_.begin;
  const std::string_view words = std::string_view(text_).substr(0, at);
  for (std::size_t next = from; pattern("as_of").find(words, next, groups); next = groups[0].end) {
    if (groups[0].begin < sentence_ && groups[0].begin > range_.begin + kOpening) continue;
    if (const std::optional<DateMatch> date = date_at(words, groups[1].begin)) told.as_of = date->date;
  }
  told.period = last_period(words, std::max(sentence_, from));
  if (told.period.empty()) told.period = placed_period();
  if (told.period.empty() && !told.as_of.known()) told.period = document_period();
}

bool ReportPeriods::is_ahead(const std::string& period) const {
  const DocumentHeader& header = context_.document().header;
  const int written = header.date.year != 0 ? header.date.year : header.number.year;
  const std::string year = year_of_period(period);
  return written != 0 && year.size() >= 4 && std::atoi(year.substr(0, 4).c_str()) > written;
}

const std::string& ReportPeriods::document_period() const {
  if (!document_period_) {
    std::string told = last_period(context_.document().header.subject, 0);
    document_period_ = told.empty() ? context_.frame_period() : std::move(told);
  }
  return *document_period_;
}

std::string ReportPeriods::last_period(std::string_view words, std::size_t from) const {
  std::string found;
  std::vector<TextRange> groups;
  const std::size_t at = words.size();
  for (std::size_t next = from; next < at && pattern("told_period").find(words, next, groups);
       next = groups[0].end) {
    const auto group = [&](std::size_t i) {
      return groups[i].begin == std::string_view::npos ? std::string() : std::string(groups[i].of(words));
    };
    if (!group(1).empty()) continue;  // "so với cùng kỳ năm 2024", "từ năm 2020"
    std::string year = group(6);
    if (!group(7).empty()) {
      found = group(7) + (group(8).empty() ? "" : "-" + group(8));
      continue;
    }
    if (year.empty()) year = year_of_period(placed_period());
    if (year.empty()) year = year_of_period(context_.frame_period());
    if (year.empty() || year.find('-') != std::string::npos) continue;
    if (!group(2).empty()) {
      found = to_lower(group(2)) + " " + year;
    } else if (!group(3).empty()) {
      found = "Quý " + to_upper(group(3)) + "/" + year;
    } else if (!group(4).empty()) {
      const std::string month = group(4);
      found = year + "-" + (month.size() == 1 ? "0" : "") + month;
    } else {
      found = year;
    }
  }
  return found;
}

}  // namespace vanban

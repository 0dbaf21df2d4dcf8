// ReportPeriods: for when a reported figure holds: a day ("Tính đến ngày 30/6/2024") or a period ("8 tháng
// 2025", "Quý I/2024") of its sentence, of the part that it stands in, or of the document.

#ifndef VANBAN_SRC_EXTRACT_REPORT_PERIODS_H_
#define VANBAN_SRC_EXTRACT_REPORT_PERIODS_H_

#include <optional>
#include <string>
#include <string_view>

#include "extract/report_statements.h"

namespace vanban {

class ReportPeriods : public ReportStatements {
 public:
  // `document_period`: of the document, once it is known; it must outlive this.
  ReportPeriods(const FigureContext& context, const FigureTools& tools, TextRange range, std::size_t section,
                Stance stance, std::optional<std::string>& document_period)
      : ReportStatements(context, tools, range, section, stance), document_period_(document_period) {}

 protected:
  // Sets as_of or period of what `one` tells at `at`.
  void date_it(Measurement& told, const Reported& one, std::size_t at) const;
  // "Năm 2019, huyện đề ra …" in a report of December 2018: no result yet.
  bool is_ahead(const std::string& period) const;

 private:
  // The last period that is named in words[from..]: "8 tháng 2025", "Quý I/2024", "2025-08", "2024"; in the
  // year of the part or of the document where it names none.
  std::string last_period(std::string_view words, std::size_t from) const;
  // "Tình hình dịch bệnh tháng 10 năm 2015": of the document, where its subject tells more than the year.
  const std::string& document_period() const;

  std::optional<std::string>& document_period_;
};

}  // namespace vanban

#endif  // VANBAN_SRC_EXTRACT_REPORT_PERIODS_H_

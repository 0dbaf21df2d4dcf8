// The report of an ingest run: report.json for programs, report.html for people.

#ifndef VANBAN_SRC_PIPELINE_REPORT_H_
#define VANBAN_SRC_PIPELINE_REPORT_H_

#include <string>

#include "vanban/pipeline/ingest.h"

namespace vanban {

struct ReportPaths {
  std::string json, html;
};

// Beside the store ("vanban.db" -> "vanban.report.json"), or in `folder` where one is given.
ReportPaths report_paths_for(const std::string& store_path, const std::string& folder);

// Written to a temporary name first and renamed: a reader never sees half a report. Errors: kIo, kDiskFull,
// kPermission.
Result<void> write_report(const IngestReport& report, const ReportPaths& paths);

}  // namespace vanban

#endif  // VANBAN_SRC_PIPELINE_REPORT_H_

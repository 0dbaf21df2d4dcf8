// IngestJob: folders of files into one store. Every directory entry ends in exactly one status; what was
// ingested before and has not changed is left alone; a batch never loses its other files.

#ifndef VANBAN_PIPELINE_INGEST_H_
#define VANBAN_PIPELINE_INGEST_H_

#include <atomic>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "vanban/base/limits.h"
#include "vanban/base/result.h"
#include "vanban/pipeline/pipeline.h"
#include "vanban/store/store.h"

namespace vanban {

struct IngestReport;

struct IngestOptions {
  std::vector<std::string> paths;  // files and folders
  std::string store = "vanban.db";
  std::string report;  // folder for report.json and report.html; empty: beside the store
  // Asked at the end of a run whether its report is worth writing over that of the run before; empty: always.
  std::function<bool(const IngestReport&)> wants_report;
  int jobs = 1;                               // worker processes
  std::vector<std::string> include, exclude;  // globs on the path below the given folder, or on the file name
  // Read again what ended so before. Failed ones always are; those that need a password where `read` has one.
  std::vector<FileStatus> retry;
  bool reprocess = false;  // read again what another program or models version made
  bool dry_run = false;    // look only: by_status counts "new", "changed", "unchanged", nothing is written
  // Leave out files that changed later (they may still be written); 0: no condition.
  std::int64_t modified_before_ns = 0;
  // What OCR saw is kept in the folder STORE.ocr, up to so many bytes; 0: not kept.
  std::uint64_t ocr_cache_bytes = 2ull << 30;
  ReadOptions read;  // its `ocr_cache` is set here
  // Told by each thread which file it is at work on, with an empty path when it is done: who crashes then can
  // lay it at that file's door. The path stays until the next call.
  std::function<void(const std::string& path)> working_on;
  // Files that the program crashed of, with what happened: they are `failed: crashed` and not read.
  std::map<std::string, std::string> crashed;
};

// A file that is being read, and since how many seconds.
struct FileInWork {
  std::string path;
  double seconds = 0;
};

struct IngestProgress {
  std::size_t done = 0, total = 0;
  std::size_t to_read = 0, was_read = 0;         // those that are not known already
  std::map<std::string, std::size_t> by_status;  // status name, and "unchanged" -> files
  std::size_t pages = 0;
  double seconds = 0;
  std::vector<FileInWork> current;  // the one that has taken longest first
};

// A page that OCR is not sure of: somebody should look at it.
struct DoubtfulPage {
  std::string path;
  int page = 0;
  std::string message;
};

struct IngestReport {
  std::map<std::string, std::size_t>
      by_status;  // sums to `entries`; "not-reached": left over by a run that was stopped
  std::size_t entries = 0;
  std::map<std::string, std::size_t> members_by_status;  // the same of files inside others (archives, e-mail)
  std::size_t documents = 0, pages = 0;
  double seconds = 0;
  bool interrupted = false;
  std::vector<FileRecord> problems;    // rejected, failed, partial and skipped, in path order
  std::vector<FileRecord> standing;    // unchanged ones that an earlier run rejected or read in part
  std::vector<DoubtfulPage> doubtful;  // of the documents of this run
  std::size_t recalled = 0;            // images whose OCR was done before
  std::vector<FileRecord> slowest;     // up to ten
  std::string json_path, html_path;    // where the report was written
};

// Walks, reads, extracts, links and stores. `now_seconds` is a monotonic clock; `stop` ends the run after the
// current documents when it becomes true (the next run resumes). Results do not depend on `jobs`. Errors:
// those of Store::open and Store::put (kDiskFull: what was stored before stays), kSetup (no worker, no
// language data). A file's own trouble is never an error here but a status in the report.
Result<IngestReport> ingest(const Pipeline& pipeline, const IngestOptions& options,
                            const std::function<double()>& now_seconds,
                            const std::function<void(const IngestProgress&)>& progress,
                            const std::atomic<bool>& stop);

// One entry below the given paths. `problem` is not empty for what is no regular file or could not be looked
// into.
struct FoundEntry {
  std::string path;
  std::size_t given =
      0;  // so many bytes of the path are the user's own; no symbolic link is followed behind them
  std::uint64_t bytes = 0;
  std::int64_t modified_ns = 0;
  FileStatus status = FileStatus::kIngested;  // kSkipped or kFailed where there is a problem
  std::string reason, message;
  bool left_out = false;  // by the caller's own wish: counted, but not written down
};

// Everything below `paths`, sorted by path bytes, each path once. Symbolic links are not followed; a folder
// that cannot be opened is one failed entry. Paths of `own` (the store and its companions), and what is below
// them, are left out.
std::vector<FoundEntry> discover(const std::vector<std::string>& paths, const std::vector<std::string>& own);

// True where `path` is wanted: it matches one of `include` (or there is none) and none of `exclude`. A glob
// with a slash is matched against the whole path's end, one without against the file name ("*.pdf",
// "2024/*.docx").
bool is_wanted(const std::string& path, const std::vector<std::string>& include,
               const std::vector<std::string>& exclude);

}  // namespace vanban

#endif  // VANBAN_PIPELINE_INGEST_H_

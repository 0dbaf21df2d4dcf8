// What is done with a whole store beside loading it: its originals are looked at again, documents come back
// from an export.

#ifndef VANBAN_PIPELINE_CARRY_H_
#define VANBAN_PIPELINE_CARRY_H_

#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "vanban/base/result.h"
#include "vanban/doc/document.h"
#include "vanban/store/store.h"

namespace vanban {

// The status of a document that was read: partial where one of its warnings says that a part of the file was
// not read. `reason` and `message` say which; empty for ingested.
struct Completeness {
  FileStatus status = FileStatus::kIngested;
  std::string reason, message;
};
Completeness completeness_of(const Document& document);

struct FixityReport {
  std::size_t files = 0;               // that have a hash
  std::vector<std::string> different;  // paths whose bytes are not those that were ingested
  std::vector<std::string> missing;    // paths that are gone or cannot be read, and why
  bool interrupted = false;
};

// Hashes every file that the store knows by its hash, and compares. Written down as an event where the store
// is open for writing. Paths are shown as UTF-8, other bytes escaped. Errors: those of Store::files. Cost:
// reading every file once.
Result<FixityReport> check_originals(Store& store, const std::atomic<bool>& stop);

struct ImportReport {
  std::size_t documents = 0;
};

// Stores documents as `export` wrote them, as they are: nothing is extracted or resolved again. `next` hands
// out one line after another and returns false at the end. All of it or nothing. A document that is there
// already from the same bytes is replaced. Errors: kDamaged naming the line, those of Store::put,
// kInterrupted.
Result<ImportReport> import_documents(Store& store, const std::function<bool(std::string& line)>& next,
                                      const std::atomic<bool>& stop);

}  // namespace vanban

#endif  // VANBAN_PIPELINE_CARRY_H_

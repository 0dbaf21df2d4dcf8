#include "vanban/pipeline/carry.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <set>

#include "pipeline/files.h"
#include "vanban/base/shown_path.h"
#include "vanban/doc/json.h"
#include "vanban/link/resolver.h"
#include "vanban/pipeline/linking.h"

namespace vanban {

Completeness completeness_of(const Document& document) {
  static constexpr std::string_view kPartly[] = {
      "page-unreadable", "page-not-recognised", "image-not-read", "page-limit",
      "text-limit",      "time-limit",          "pages-lost",     "xfa-only",
      "portfolio",       "attachment-unread",   "no-text"};
  for (const Diagnostic& one : document.warnings) {
    if (std::find(std::begin(kPartly), std::end(kPartly), one.code) == std::end(kPartly)) continue;
    Completeness found{FileStatus::kPartial, one.code, one.message};
    if (one.page != 0) found.message += " (page " + std::to_string(one.page) + ")";
    return found;
  }
  return {};
}

Result<FixityReport> check_originals(Store& store, const std::atomic<bool>& stop) {
  FixityReport report;
  Result<std::vector<FileRecord>> files = store.files();
  if (!files) return files.error();
  std::set<std::string_view> paths;
  for (const FileRecord& file : *files) paths.insert(file.path);
  for (const FileRecord& file : *files) {
    if (file.sha256.empty() || !container_path(file.path, paths).empty()) continue;
    if (stop.load()) {
      report.interrupted = true;
      return report;
    }
    ++report.files;
    const Result<std::string> sha256 = hash_of_file(file.path);
    if (!sha256) {
      report.missing.push_back(sha256.error().message);
    } else if (*sha256 != file.sha256) {
      report.different.push_back(shown_path(file.path));
    }
  }
  const std::string detail = "sha256, files " + std::to_string(report.files) + ", different " +
                             std::to_string(report.different.size()) + ", missing " +
                             std::to_string(report.missing.size());
  const Result<void> recorded = store.record_event("fixity", detail);
  if (!recorded && recorded.error().code != ErrorCode::kPermission) return recorded.error();
  return report;
}

namespace {

// The store makes ids of what has none of its own from the bytes' hash ("local:<sha256>",
// "/vn/_/…~<sha256>"), and will make the same again; what it added goes.
std::string own_id(const std::string& id, const std::string& sha256) {
  if (id.rfind("local:", 0) == 0) return {};
  const std::string mark = "~" + sha256.substr(0, 8);
  if (id.size() > mark.size() && id.compare(id.size() - mark.size(), mark.size(), mark) == 0) {
    return id.substr(0, id.size() - mark.size());
  }
  return id;
}

}  // namespace

Result<ImportReport> import_documents(Store& store, const std::function<bool(std::string& line)>& next,
                                      const std::atomic<bool>& stop) {
  ImportReport report;
  std::set<std::string> contents;
  const auto take_all = [&]() -> Result<void> {
    std::string line;
    for (std::size_t number = 1; next(line); ++number) {
      if (stop.load()) return make_error(ErrorCode::kInterrupted, "import stopped; nothing was taken");
      if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
      const std::string where = "line " + std::to_string(number) + ": ";
      Result<Document> read = from_json(line);
      if (!read) return make_error(read.error().code, where + read.error().message);
      Document& document = *read;
      const std::string& sha256 = document.source.sha256;
      if (sha256.size() != 64 || sha256.find_first_not_of("0123456789abcdef") != std::string::npos) {
        return make_error(ErrorCode::kDamaged, where + "source.sha256 is no SHA-256");
      }
      if (!contents.insert(sha256).second) {
        return make_error(ErrorCode::kDamaged, where + "a second document from the file " + sha256);
      }
      Completeness whole = completeness_of(document);
      FileRecord file;
      file.path = document.source.path;
      file.sha256 = sha256;
      file.bytes = document.source.bytes;
      file.status = whole.status;
      file.reason = std::move(whole.reason);
      file.message = std::move(whole.message);
      file.pages = document.source.pages;
      file.extractor = "import";
      document.header.id = own_id(document.header.id, sha256);
      DocumentGraph graph = graph_of(document);
      std::vector<DocumentRecord> records;
      records.push_back({std::move(document), std::move(graph)});
      Result<void> stored = store.put(file, records);
      if (!stored) return stored;
      ++report.documents;
    }
    return store.record_event("import", "documents " + std::to_string(report.documents));
  };
  Result<void> done = store.together(take_all);
  if (!done) return done.error();
  Result<std::size_t> compared = compare_texts(store, stop);
  if (!compared) return compared.error();
  return report;
}

}  // namespace vanban

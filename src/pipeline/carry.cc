#include "vanban/pipeline/carry.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>
#include <optional>
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
std::string own_id(const std::string& id, const SourceInfo& source) {
  if (id.rfind("local:", 0) == 0) return {};
  std::string mark = "~" + source.sha256.substr(0, 8);
  if (source.part && source.part->number > 1) mark += "-" + std::to_string(source.part->number);
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
  // Documents of files that hold several, until all of a file's have come: a file is stored at once.
  std::map<std::string, std::vector<Document>> waiting;
  const auto put = [&](std::vector<Document> documents) -> Result<void> {
    std::sort(documents.begin(), documents.end(), [](const Document& a, const Document& b) {
      return (a.source.part ? a.source.part->number : 0) < (b.source.part ? b.source.part->number : 0);
    });
    const SourceInfo& source = documents.front().source;
    FileRecord file;
    file.path = source.path;
    file.sha256 = source.sha256;
    file.bytes = source.bytes;
    file.extractor = "import";
    std::vector<DocumentRecord> records;
    for (Document& document : documents) {
      Completeness whole = completeness_of(document);
      if (file.status == FileStatus::kIngested) {
        file.status = whole.status;
        file.reason = std::move(whole.reason);
        file.message = std::move(whole.message);
      }
      file.pages += document.source.pages;
      document.header.id = own_id(document.header.id, document.source);
      DocumentGraph graph = graph_of(document);
      records.push_back({std::move(document), std::move(graph)});
    }
    report.documents += records.size();
    return store.put(file, records);
  };
  const auto take = [&](Document document) -> Result<void> {
    const std::string sha256 = document.source.sha256;
    if (sha256.size() != 64 || sha256.find_first_not_of("0123456789abcdef") != std::string::npos)
      return make_error(ErrorCode::kDamaged, "source.sha256 is no SHA-256");
    const std::optional<SourcePart> part = document.source.part;
    const auto others = waiting.find(sha256);
    const bool known =
        others == waiting.end()
            ? !contents.insert(sha256).second
            : !part || std::any_of(others->second.begin(), others->second.end(), [&](const Document& other) {
                return other.source.part->number == part->number;
              });
    if (known) return make_error(ErrorCode::kDamaged, "a second document from the file " + sha256);
    if (!part) {
      std::vector<Document> alone;
      alone.push_back(std::move(document));
      return put(std::move(alone));
    }
    std::vector<Document>& documents = waiting[sha256];
    documents.push_back(std::move(document));
    if (documents.size() < static_cast<std::size_t>(std::max(0, part->of))) return {};
    std::vector<Document> all = std::move(documents);
    waiting.erase(sha256);
    return put(std::move(all));
  };
  const auto take_all = [&]() -> Result<void> {
    std::string line;
    for (std::size_t number = 1; next(line); ++number) {
      if (stop.load()) return make_error(ErrorCode::kInterrupted, "import stopped; nothing was taken");
      if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
      const std::string where = "line " + std::to_string(number) + ": ";
      Result<Document> read = from_json(line);
      if (!read) return make_error(read.error().code, where + read.error().message);
      Result<void> taken = take(std::move(*read));
      if (!taken) {
        const bool of_line = taken.error().code == ErrorCode::kDamaged;
        return make_error(taken.error().code, (of_line ? where : std::string()) + taken.error().message);
      }
    }
    // Some of a file's documents may not have been exported: another file's stands for them.
    while (!waiting.empty()) {
      Result<void> stored = put(std::move(waiting.extract(waiting.begin()).mapped()));
      if (!stored) return stored;
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

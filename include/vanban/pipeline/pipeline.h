// Pipeline: the way of a document, behind every door: file -> raw -> text -> structure -> facts.

#ifndef VANBAN_PIPELINE_PIPELINE_H_
#define VANBAN_PIPELINE_PIPELINE_H_

#include <memory>
#include <string>
#include <vector>

#include "vanban/base/limits.h"
#include "vanban/base/result.h"
#include "vanban/doc/document.h"
#include "vanban/lexicon/agencies.h"
#include "vanban/lexicon/document_types.h"
#include "vanban/models/models.h"
#include "vanban/read/reader.h"
#include "vanban/store/store.h"

namespace vanban {

// What became of one file. `documents` is empty unless the status is ingested or partial.
struct FileOutcome {
  std::string path;  // as it was given; of a file inside another "archive.zip!/folder/letter.pdf"
  FileStatus status = FileStatus::kIngested;
  ErrorCode error = ErrorCode::kInternal;  // of a file that was rejected or failed
  std::string reason;   // code: "needs-password", "pages-unread", ...; empty: nothing to say
  std::string message;  // for a person
  std::string sha256;
  std::uint64_t bytes = 0;
  int pages = 0;
  std::vector<Document> documents;
  // The files inside it (ZIP archive, e-mail message) and those inside them, each behind its container, with
  // `members` empty. A container is partial where one of them was not read whole, rejected where it gave no
  // document at all.
  std::vector<FileOutcome> members;
};

// How deep files may stand inside each other.
inline constexpr std::size_t kMostContainers = 3;

// The file's own fault, or ours and the machine's (tried again on the next run).
FileStatus status_of(ErrorCode code);

class Pipeline {
 public:
  // Costly (compiles every pattern): make one, share it; const members may be called from several threads at
  // once. Errors: kBadTable, kNotFound (no models folder).
  static Result<Pipeline> create(const Models& models);
  Pipeline(Pipeline&&) noexcept;
  Pipeline& operator=(Pipeline&&) noexcept;
  ~Pipeline();

  // Text, structure and facts of what was read. Errors: those of lay_out.
  Result<std::vector<Document>> process(const RawDocument& raw, const std::string& path,
                                        const Limits& limits) const;

  // The same from the file on; an error becomes the outcome's status and reason. `reader` is used by this
  // thread only.
  FileOutcome process_file(Reader& reader, const std::string& path, const Limits& limits,
                           const std::function<void(const ReadProgress&)>& progress = {}) const;
  // For an open file. `wanted` as in Reader::read_open: an outcome whose `error` is kInterrupted was not
  // wanted.
  FileOutcome process_open(Reader& reader, int descriptor, const std::string& path, const Limits& limits,
                           const std::function<bool(const std::string& sha256)>& wanted) const;
  // For bytes that are already in memory; `name` stands in messages and in source.path.
  FileOutcome process_bytes(Reader& reader, std::string_view bytes, const std::string& name,
                            const Limits& limits) const;

  const Agencies& agencies() const;
  const DocumentTypes& types() const;
  // Program and models version: kept with every stored result, so that a later program knows what to do
  // again.
  const std::string& version() const;

 private:
  struct Impl;
  explicit Pipeline(std::unique_ptr<const Impl> impl);
  FileOutcome with_members(Reader& reader, Result<RawDocument> raw, const std::string& path,
                           const Limits& limits) const;
  // Of a text that would become too large in memory the beginning is kept, and a warning says so.
  void keep_within_memory(RawDocument& raw, std::size_t size, const Limits& limits) const;
  FileOutcome finish(Result<RawDocument> raw, const std::string& path, const Limits& limits) const;
  std::unique_ptr<const Impl> impl_;
};

}  // namespace vanban

#endif  // VANBAN_PIPELINE_PIPELINE_H_

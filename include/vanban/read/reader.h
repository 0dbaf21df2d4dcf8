// Reader: a file becomes a RawDocument. Untrusted bytes are parsed in a worker process (vanban-reader), one
// document at a time, under memory and time limits; this side only starts it, watches it, and reads its
// records.

#ifndef VANBAN_READ_READER_H_
#define VANBAN_READ_READER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vanban/base/limits.h"
#include "vanban/base/result.h"
#include "vanban/doc/raw_document.h"

namespace vanban {

enum class OcrMode : std::uint8_t {
  kAuto,
  kNever,
  kAlways
};  // auto: pages whose text layer is missing or unusable

// What OCR saw of an image, kept beyond the run; the key stands for the image, the languages, the engine and
// its data. Called from several threads at once. A cache may forget, but must give back what was kept under
// that key.
class OcrCache {
 public:
  virtual ~OcrCache() = default;
  virtual std::optional<std::string> find(const std::string& key) = 0;
  virtual void keep(const std::string& key, std::string_view page) = 0;
};

struct ReadOptions {
  Limits limits;
  OcrMode ocr = OcrMode::kAuto;
  std::string ocr_languages = "vie";
  std::string worker_program;  // path of vanban-reader
  bool attachments = false;    // files attached to a PDF are its members too; else they are only named
  std::vector<std::string> passwords;  // for encrypted files: tried one after another
  OcrCache* ocr_cache = nullptr;       // outlives the reader; null: none
  std::string
      office_program;  // path of LibreOffice's soffice, which DOC, XLS, PPT and RTF need; empty: looked up
};

struct ReadProgress {
  int page = 0, pages = 0;
};

// The files inside the one that was read (of a ZIP archive, of an e-mail message, of a PDF where
// ReadOptions::attachments asks for them), in their order. Their
// names are for showing, never for opening.
struct FileMember {
  std::string name;            // UTF-8, without "..", control characters or a slash in front
  std::optional<Error> error;  // why its bytes cannot be had
  std::uint64_t offset = 0, size = 0;
};
class FileMembers {
 public:
  FileMembers() = default;
  FileMembers(FileMembers&& other) noexcept;
  FileMembers& operator=(FileMembers&& other) noexcept;
  ~FileMembers();
  const std::vector<FileMember>& list() const { return list_; }
  bool empty() const { return list_.empty(); }
  // Errors: the member's own, kIo.
  Result<std::string> bytes(const FileMember& member) const;

  // For Reader: a new member; a piece of the one that came last. False: no room for it.
  bool add(FileMember member);
  bool append(std::string_view bytes);
  std::uint64_t size() const { return size_; }

 private:
  std::vector<FileMember> list_;
  std::uint64_t size_ = 0;
  int descriptor_ = -1;  // of a file in memory that holds them all
};

class Reader {
 public:
  explicit Reader(ReadOptions options);
  Reader(Reader&&) noexcept;
  Reader& operator=(Reader&&) noexcept;
  ~Reader();  // the worker and its children are gone afterwards

  // Reads one file. `path`: bytes as the system has them. The worker is started when needed and recycled.
  // Errors, all naming the file: kNotFound, kPermission, kEmpty, kUnsupported, kDamaged, kEncrypted,
  // kLimitExceeded, kTimeout, kOutOfMemory, kParserCrash, kChanged, kSetup (no worker program, no language
  // data). A page that cannot be read has RawPage::error and the rest is there. Called from one thread at a
  // time.
  Result<RawDocument> read(const std::string& path,
                           const std::function<void(const ReadProgress&)>& progress = {});

  // The same for an open file; `name` stands in messages. `wanted` is asked with the hash of its bytes before
  // any of them is parsed; where it says no, the error is kInterrupted.
  Result<RawDocument> read_open(int descriptor, const std::string& name,
                                const std::function<bool(const std::string& sha256)>& wanted);

  // The files inside the file that was read last. Empty after an error, and for what is no container.
  FileMembers take_members();

  // What shuts the worker in, as it said itself: "no-new-privs landlock rlimits seccomp". Starts one where
  // none has run. Errors: kSetup.
  Result<std::string> isolation();

  // How many images' OCR came from the cache, of all documents so far.
  std::size_t recalled() const;

 private:
  friend Result<RawDocument> read_bytes(Reader& reader, std::string_view bytes, const std::string& name);
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// For standard input and tests: the same for bytes in memory (`name` is used in messages only).
Result<RawDocument> read_bytes(Reader& reader, std::string_view bytes, const std::string& name);

}  // namespace vanban

#endif  // VANBAN_READ_READER_H_

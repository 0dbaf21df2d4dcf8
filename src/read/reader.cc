#include "vanban/read/reader.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "read/office_convert.h"
#include "read/process.h"
#include "read/sha256.h"
#include "read/wire.h"
#include "vanban/base/shown_path.h"
#include "vanban/base/utf8.h"

namespace vanban {
namespace {

using read::Clock;
using read::FrameType;
using read::Stage;
using read::WorkerProcess;

constexpr int kDocumentsPerWorker = 100;
constexpr int kMostRestarts = 5;  // of one document whose pages kill the worker
constexpr std::size_t kMostDiagnostics = 1000;
constexpr double kTextSecondsPerPage = 0.2;
constexpr double kGrace = 0.5;  // seconds that the worker's own OCR clock is ahead of ours

Clock::duration seconds(double value) {
  return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(std::min(value, 1e7)));
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return number_; }

 private:
  int number_;
};

struct Hashed {
  std::string sha256;
  bool blank = true;  // nothing but zero bytes and white space
};

// Errors: kIo, kChanged.
Result<Hashed> hash_of(int descriptor, std::uint64_t size) {
  using namespace std::string_view_literals;
  Hashed out;
  read::Sha256 digest;
  std::vector<char> chunk(1u << 20);
  for (std::uint64_t at = 0; at < size;) {
    const ssize_t got = pread(descriptor, chunk.data(), chunk.size(), static_cast<off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return make_error(ErrorCode::kIo, std::strerror(errno));
    if (got == 0) return make_error(ErrorCode::kChanged, "the file became shorter while it was read");
    const std::string_view bytes(chunk.data(), static_cast<std::size_t>(got));
    digest.add(bytes);
    if (out.blank) out.blank = bytes.find_first_not_of("\0 \t\r\n\f\v"sv) == std::string_view::npos;
    at += static_cast<std::uint64_t>(got);
  }
  out.sha256 = digest.hex();
  return out;
}

// The system counts a file's time in steps of some milliseconds: two writes within one leave it the same.
bool is_fresh(const struct stat& file) {
  constexpr time_t kSeconds = 2;
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  return file.st_mtim.tv_sec >= now.tv_sec - kSeconds;
}

bool same_file(const struct stat& a, const struct stat& b) {
  return a.st_ino == b.st_ino && a.st_dev == b.st_dev && a.st_size == b.st_size &&
         a.st_mtim.tv_sec == b.st_mtim.tv_sec && a.st_mtim.tv_nsec == b.st_mtim.tv_nsec;
}

// What one worker made of the document before it was done, failed, or died.
struct Progress {
  bool begun = false;
  int pages = 0;
  bool done = false;
  std::optional<Error> failed;                 // the document's fault, said by a healthy worker
  std::optional<Error> died;                   // the worker is gone
  std::optional<read::Conversion> conversion;  // with `failed`: LibreOffice could help
  bool give_up = false;                        // no use in another worker: a clock of the whole document
  bool unused = false;                         // it died before it took the job
  int working_on = 0;                          // page; 0: none yet
};

}  // namespace

struct Reader::Impl {
  ReadOptions options;
  std::unique_ptr<WorkerProcess> worker;
  int documents = 0;                // that this worker was given
  bool greeted = false;             // it has said hello
  std::set<std::string> asked_for;  // images of this document that the cache does not know
  std::size_t recalled = 0;         // images that it knew, of all documents
  std::string isolation;
  FileMembers members;  // of the document that is read, or was read last

  Result<RawDocument> read_descriptor(int descriptor, const std::string& name,
                                      const std::function<void(const ReadProgress&)>& progress,
                                      const std::function<bool(const std::string&)>& wanted = {});
  // `conversion` is set, with an error, where the file is one that LibreOffice can convert.
  Result<RawDocument> read_all(int descriptor, read::Job job, RawDocument document,
                               std::optional<read::Conversion>& conversion,
                               const std::function<void(const ReadProgress&)>& progress);
  Result<RawDocument> read_converted(int descriptor, const read::Conversion& conversion, read::Job job,
                                     RawDocument document,
                                     const std::function<void(const ReadProgress&)>& progress);
  Result<void> ensure_worker();
  void listen(RawDocument& document, Progress& state, Clock::time_point document_deadline,
              std::uint64_t& text_bytes, Clock::duration& text_spent,
              const std::function<void(const ReadProgress&)>& progress);
  bool take(FrameType type, const std::string& payload, RawDocument& document, Progress& state,
            std::uint64_t& text_bytes);
};

Result<void> Reader::Impl::ensure_worker() {
  if (worker && documents >= kDocumentsPerWorker) worker.reset();
  if (worker) return {};
  auto started = WorkerProcess::start(options.worker_program, options.limits.worker_memory_bytes);
  if (!started) return started.error();
  worker = std::move(*started);
  documents = 0;
  greeted = false;
  return {};
}

// False: the frame does not hold, or does not belong here.
bool Reader::Impl::take(FrameType type, const std::string& payload, RawDocument& document, Progress& state,
                        std::uint64_t& text_bytes) {
  switch (type) {
    case FrameType::kHello: {
      read::Decoder in(payload);
      const bool known = in.unsigned_number() == read::kProtocolVersion;
      isolation = in.text();
      greeted = true;
      return known && in.at_end();
    }
    case FrameType::kBegin: {
      read::Begin begin;
      if (state.begun || !read::decode_begin(payload, begin)) return false;
      state.begun = true;
      state.pages = begin.pages;
      if (static_cast<std::uint32_t>(begin.pages) > options.limits.pages) return false;
      document.media_type = std::move(begin.media_type);
      document.encoding = std::move(begin.encoding);
      return true;
    }
    case FrameType::kStage: {
      read::StageNotice notice;
      if (!read::decode_stage(payload, notice)) return false;
      state.working_on = notice.page;
      return true;
    }
    case FrameType::kHeartbeat:
      return payload.empty();
    case FrameType::kPage: {
      RawPage page;
      if (!state.begun || !read::decode_page(payload, page) || page.number > state.pages) return false;
      if (!document.pages.empty() && page.number <= document.pages.back().number) return false;
      for (const RawWord& word : page.words) text_bytes += word.text.size() + 1;
      document.pages.push_back(std::move(page));
      return true;
    }
    case FrameType::kFlow: {
      FlowBlock block;
      if (!state.begun || state.pages != 0 || !read::decode_flow(payload, block)) return false;
      text_bytes += payload.size();
      document.flow.push_back(std::move(block));
      return true;
    }
    case FrameType::kText:
      if (!state.begun || state.pages != 0 || !is_valid_utf8(payload)) return false;
      text_bytes += payload.size();
      document.plain_text += payload;
      return true;
    case FrameType::kDiagnostic: {
      Diagnostic diagnostic;
      if (!read::decode_diagnostic(payload, diagnostic)) return false;
      const auto& known = document.diagnostics;
      if (known.size() < kMostDiagnostics &&
          std::find(known.begin(), known.end(), diagnostic) == known.end()) {
        document.diagnostics.push_back(std::move(diagnostic));
      }
      return true;
    }
    case FrameType::kFacts: {
      read::Facts facts;
      if (!read::decode_facts(payload, facts)) return false;
      document.damaged = document.damaged || facts.damaged;
      if (!facts.encoding.empty()) document.encoding = facts.encoding;
      if (facts.ocr) document.ocr = std::move(facts.ocr);
      return true;
    }
    case FrameType::kDone:
      state.done = true;
      return payload.empty() && state.begun;
    case FrameType::kError: {
      Error error;
      if (!read::decode_error(payload, error)) return false;
      state.failed = std::move(error);
      return true;
    }
    case FrameType::kConvert: {
      read::Conversion conversion;
      if (state.begun || !read::decode_conversion(payload, conversion)) return false;
      state.conversion = std::move(conversion);
      return true;
    }
    case FrameType::kRecall: {
      read::Memory asked;
      if (options.ocr_cache == nullptr || !read::decode_memory(payload, asked) || !asked.page.empty()) {
        return false;
      }
      std::string known = options.ocr_cache->find(asked.key).value_or(std::string());
      // What is on the disk is believed as little as a worker.
      if (RawPage page; !read::decode_page(known, page)) known.clear();
      if (known.empty()) {
        asked_for.insert(std::move(asked.key));
      } else {
        ++recalled;
      }
      return worker->send(FrameType::kRecalled, known, -1);
    }
    case FrameType::kKeep: {
      read::Memory seen;
      if (!read::decode_memory(payload, seen) || asked_for.erase(seen.key) == 0) return false;
      if (!seen.page.empty()) options.ocr_cache->keep(seen.key, seen.page);
      return true;
    }
    case FrameType::kMember: {
      read::Member member;
      if (!state.begun || !read::decode_member(payload, member)) return false;
      return members.add({std::move(member.name), std::move(member.error)});
    }
    case FrameType::kMemberData:
      return members.size() + payload.size() <= options.limits.inflated_bytes && members.append(payload);
    case FrameType::kJob:
    case FrameType::kWords:
    case FrameType::kOutput:
    case FrameType::kRecalled:
      return false;
  }
  return false;
}

void Reader::Impl::listen(RawDocument& document, Progress& state, Clock::time_point document_deadline,
                          std::uint64_t& text_bytes, Clock::duration& text_spent,
                          const std::function<void(const ReadProgress&)>& progress) {
  const Limits& limits = options.limits;
  const auto die = [&](Error error, bool give_up) {
    worker->end();
    worker.reset();
    state.died = std::move(error);
    state.give_up = give_up;
  };
  Stage stage = Stage::kText;
  Clock::time_point stage_began = Clock::now();
  FrameType type{};
  std::string payload;
  bool anything = false;
  while (!state.done && !state.failed) {
    const Clock::time_point now = Clock::now();
    const Clock::time_point silence = now + seconds(limits.silence_seconds);
    Clock::time_point stage_deadline{};
    if (stage == Stage::kOcr) {
      stage_deadline = stage_began + seconds(limits.ocr_page_seconds + kGrace);
    } else {
      stage_deadline =
          stage_began + seconds(limits.text_seconds + kTextSecondsPerPage * state.pages) - text_spent;
    }
    const Clock::time_point deadline = std::min({silence, stage_deadline, document_deadline});
    const WorkerProcess::Event event = worker->next(deadline, type, payload);
    if (event == WorkerProcess::Event::kLate) {
      if (deadline == document_deadline) {
        return die(make_error(ErrorCode::kTimeout, "the document took too long: " +
                                                       limit_is("document-seconds", limits.document_seconds)),
                   true);
      }
      if (deadline == stage_deadline && stage == Stage::kText) {
        return die(make_error(ErrorCode::kTimeout, "reading the text took too long: " +
                                                       limit_is("text-seconds", limits.text_seconds) +
                                                       " and 0.2 for each page"),
                   true);
      }
      if (deadline == stage_deadline) {
        return die(make_error(ErrorCode::kTimeout, "OCR of the page took too long: " +
                                                       limit_is("ocr-page-seconds", limits.ocr_page_seconds)),
                   false);
      }
      // Silent in the text stage: the next page might be as bad, but each costs a whole silence.
      return die(make_error(ErrorCode::kTimeout, "the reader said nothing for too long: " +
                                                     limit_is("silence-seconds", limits.silence_seconds)),
                 stage == Stage::kText);
    }
    if (event == WorkerProcess::Event::kClosed) {
      state.died = worker->end();
      worker.reset();
      state.unused = !anything && documents > 1;
      if (!greeted && documents <= 1) {
        state.died = make_error(ErrorCode::kSetup, "the reader program \"" + options.worker_program +
                                                       "\" does not start: " + state.died->message);
        state.give_up = true;
      }
      return;
    }
    if (event == WorkerProcess::Event::kGarbage || !take(type, payload, document, state, text_bytes)) {
      return die(make_error(ErrorCode::kParserCrash, "the reader sent something that is no result"), false);
    }
    anything = true;
    // Twice the limit: the worker keeps the limit itself, page by page; this is for one that does not.
    if (text_bytes > 2 * limits.text_bytes + (16u << 20)) {
      return die(make_error(ErrorCode::kLimitExceeded, "the document has more text than is read: " +
                                                           limit_is("text-bytes", limits.text_bytes)),
                 true);
    }
    if (type == FrameType::kStage || type == FrameType::kPage) {
      const Clock::time_point then = Clock::now();
      if (stage == Stage::kText) text_spent += then - stage_began;
      stage_began = then;
      read::StageNotice notice;
      stage = type == FrameType::kStage && read::decode_stage(payload, notice) ? notice.stage : Stage::kText;
    }
    if (type == FrameType::kPage && progress) progress({document.pages.back().number, state.pages});
  }
  if (state.failed && state.failed->code == ErrorCode::kOutOfMemory)
    worker.reset();  // a fresh one has it all again
}

Result<RawDocument> Reader::Impl::read_all(int descriptor, read::Job job, RawDocument document,
                                           std::optional<read::Conversion>& conversion,
                                           const std::function<void(const ReadProgress&)>& progress) {
  const Clock::time_point document_deadline = Clock::now() + seconds(options.limits.document_seconds);
  std::uint64_t text_bytes = 0;
  Clock::duration text_spent{};
  int pages = 0, restarts = 0;
  asked_for.clear();
  for (;;) {
    if (auto ready = ensure_worker(); !ready) return ready.error();
    ++documents;
    Progress state;
    if (!worker->send(FrameType::kJob, read::encode_job(job), descriptor) && documents > 1) {
      worker.reset();  // it died while it had nothing to do
      continue;
    }
    listen(document, state, document_deadline, text_bytes, text_spent, progress);
    if (state.unused) continue;
    pages = std::max(pages, state.pages);
    if (state.failed) {
      conversion = std::move(state.conversion);
      return *state.failed;
    }
    if (state.done) break;

    const Error died = *state.died;
    if (pages == 0) {
      // Before the first page, or a file without pages: a second try without the extras, if dying was quick.
      const bool again = !state.begun && !job.cautious && !state.give_up && died.code != ErrorCode::kTimeout;
      if (!again) return died;
      job.cautious = true;
      continue;
    }
    const int last = document.pages.empty() ? 0 : document.pages.back().number;
    if (last >= pages) {  // it died behind the last page
      if (job.attachments) {
        document.diagnostics.push_back(
            {"attachment-unread", "reading what is attached stopped the reader: " + died.message, 0});
      }
      break;
    }
    if (state.give_up || ++restarts > kMostRestarts) {
      RawPage lost;
      for (lost.number = last + 1; lost.number <= pages; ++lost.number) {
        lost.error = died;
        document.pages.push_back(lost);
      }
      break;
    }
    if (!job.cautious && died.code == ErrorCode::kParserCrash) {
      job.cautious = true;  // the same page once more
      job.first_page = last + 1;
      continue;
    }
    const int guilty = std::clamp(state.working_on, last + 1, pages);
    RawPage lost;
    for (lost.number = last + 1; lost.number <= guilty; ++lost.number) {
      lost.error = died;
      document.pages.push_back(lost);
    }
    if (guilty >= pages) break;
    job.first_page = guilty + 1;
  }
  const bool none =
      !document.pages.empty() && std::all_of(document.pages.begin(), document.pages.end(),
                                             [](const RawPage& page) { return page.error.has_value(); });
  if (none) return *document.pages.front().error;
  return document;
}

// The converted file is read as any other; what the document says of itself stays that of the original.
Result<RawDocument> Reader::Impl::read_converted(int descriptor, const read::Conversion& conversion,
                                                 read::Job job, RawDocument document,
                                                 const std::function<void(const ReadProgress&)>& progress) {
  Result<read::ConvertedOffice> converted =
      read::convert_office(descriptor, conversion, options.office_program, options.limits);
  if (!converted) return converted.error();
  const Descriptor file(converted->descriptor);
  job.name = "converted";
  std::optional<read::Conversion> again;  // not asked for a second time
  Result<RawDocument> read = read_all(file.get(), std::move(job), std::move(document), again, progress);
  if (!read) return read;
  read->media_type = conversion.media_type;
  Diagnostics& notes = read->diagnostics;
  notes.insert(notes.begin(),
               {"converted-by-libreoffice", conversion.what + " was converted by " + converted->program, 0});
  notes.insert(notes.end(), converted->diagnostics.begin(), converted->diagnostics.end());
  return read;
}

Result<RawDocument> Reader::Impl::read_descriptor(int descriptor, const std::string& name,
                                                  const std::function<void(const ReadProgress&)>& progress,
                                                  const std::function<bool(const std::string&)>& wanted) {
  const std::string shown = shown_path(name);
  const auto fail = [&](ErrorCode code, const std::string& message) {
    return make_error(code, shown + ": " + message);
  };
  struct stat before {};
  if (fstat(descriptor, &before) != 0) return fail(ErrorCode::kIo, std::strerror(errno));
  if (!S_ISREG(before.st_mode)) return fail(ErrorCode::kUnsupported, "this is no regular file");
  if (before.st_size == 0) return fail(ErrorCode::kEmpty, "the file has no bytes");
  if (static_cast<std::uint64_t>(before.st_size) > options.limits.file_bytes) {
    return fail(ErrorCode::kLimitExceeded, "the file has " + std::to_string(before.st_size) + " bytes; " +
                                               limit_is("file-bytes", options.limits.file_bytes));
  }
  members = FileMembers();
  RawDocument document;
  const Result<Hashed> hashed = hash_of(descriptor, static_cast<std::uint64_t>(before.st_size));
  if (!hashed) return fail(hashed.error().code, hashed.error().message);
  if (hashed->blank) return fail(ErrorCode::kEmpty, "the file holds nothing but zero bytes or white space");
  document.bytes = static_cast<std::uint64_t>(before.st_size);
  document.sha256 = hashed->sha256;
  if (wanted && !wanted(document.sha256)) {
    struct stat after {};
    const bool same = fstat(descriptor, &after) == 0 && same_file(before, after);
    return same ? fail(ErrorCode::kInterrupted, "not wanted")
                : fail(ErrorCode::kChanged, "the file changed while it was read");
  }

  read::Job job;
  job.limits = options.limits;
  job.ocr = options.ocr;
  job.ocr_languages = options.ocr_languages;
  job.remembers = options.ocr_cache != nullptr;
  job.attachments = options.attachments;
  job.name = name.substr(name.rfind('/') + 1);
  std::optional<read::Conversion> conversion;
  Result<RawDocument> read = read_all(descriptor, job, document, conversion, progress);
  for (const std::string& password : options.passwords) {
    if (read || read.error().code != ErrorCode::kEncrypted) break;
    job.password = password;
    read = read_all(descriptor, job, document, conversion, progress);
  }
  if (!read && conversion)
    read = read_converted(descriptor, *conversion, std::move(job), std::move(document), progress);

  struct stat after {};
  bool same = fstat(descriptor, &after) == 0 && same_file(before, after);
  if (same && is_fresh(after)) {
    const Result<Hashed> again = hash_of(descriptor, static_cast<std::uint64_t>(after.st_size));
    same = again && again->sha256 == hashed->sha256;
  }
  if (!same) return fail(ErrorCode::kChanged, "the file changed while it was read");
  if (!read) {
    members = FileMembers();
    return fail(read.error().code, read.error().message);
  }
  return read;
}

Reader::Reader(ReadOptions options) : impl_(std::make_unique<Impl>()) { impl_->options = std::move(options); }
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;
Reader::~Reader() = default;

FileMembers Reader::take_members() { return std::exchange(impl_->members, FileMembers()); }

Result<std::string> Reader::isolation() {
  if (impl_->isolation.empty()) {
    const Result<RawDocument> read = read_bytes(*this, "vanban\n", "isolation");
    if (!read) return read.error();
  }
  return impl_->isolation;
}

std::size_t Reader::recalled() const { return impl_->recalled; }

Result<RawDocument> Reader::read(const std::string& path,
                                 const std::function<void(const ReadProgress&)>& progress) {
  const auto fail = [&] {
    const ErrorCode code = errno == ENOENT || errno == ENOTDIR || errno == ENAMETOOLONG || errno == ELOOP
                               ? ErrorCode::kNotFound
                           : errno == EACCES || errno == EPERM ? ErrorCode::kPermission
                                                               : ErrorCode::kIo;
    return make_error(code, shown_path(path) + ": " + std::strerror(errno));
  };
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) return fail();
  // Asked before it is opened: opening a device or a pipe may do something.
  if (!S_ISREG(status.st_mode)) {
    return make_error(ErrorCode::kUnsupported, shown_path(path) + ": this is no regular file");
  }
  const Descriptor file(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  if (file.get() < 0) return fail();
  return impl_->read_descriptor(file.get(), path, progress);
}

Result<RawDocument> Reader::read_open(int descriptor, const std::string& name,
                                      const std::function<bool(const std::string& sha256)>& wanted) {
  return impl_->read_descriptor(descriptor, name, {}, wanted);
}

Result<RawDocument> read_bytes(Reader& reader, std::string_view bytes, const std::string& name) {
  const auto fail = [&] {
    return make_error(ErrorCode::kIo, shown_path(name) + ": " + std::strerror(errno));
  };
  const Descriptor file(memfd_create("vanban", MFD_CLOEXEC));
  if (file.get() < 0) return fail();
  while (!bytes.empty()) {
    const ssize_t written = write(file.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return fail();
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return reader.impl_->read_descriptor(file.get(), name, {});
}

}  // namespace vanban

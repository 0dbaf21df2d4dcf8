#include "vanban/pipeline/ingest.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iterator>
#include <mutex>
#include <set>
#include <thread>

#include "pipeline/files.h"
#include "pipeline/member_records.h"
#include "pipeline/ocr_files.h"
#include "pipeline/queue.h"
#include "pipeline/report.h"
#include "vanban/base/shown_path.h"
#include "vanban/pipeline/linking.h"

namespace vanban {
namespace {

constexpr std::string_view kOcrDoubtful = "ocr-doubtful";  // as Pipeline::process warns

std::string absolute_path(const std::string& path) {
  std::error_code failed;
  const std::filesystem::path whole = std::filesystem::absolute(path, failed).lexically_normal();
  return failed ? path : whole.string();
}

FileRecord record_of(const FoundEntry& entry) {
  FileRecord record;
  record.path = entry.path;
  record.bytes = entry.bytes;
  record.modified_ns = entry.modified_ns;
  record.status = entry.status;
  record.reason = entry.reason;
  record.message = entry.message;
  return record;
}

FileRecord record_of(const FoundEntry& entry, const Done& done, const std::string& version) {
  FileRecord record = record_of(entry);
  record.sha256 = done.outcome.sha256;
  record.status = done.outcome.status;
  record.reason = done.outcome.reason;
  record.message = done.outcome.message;
  record.pages = done.outcome.pages;
  record.seconds = done.seconds;
  record.extractor = version;
  if (!done.outcome.documents.empty()) record.document_id = done.outcome.documents.front().header.id;
  return record;
}

// True where the user asks for what ended so before, or another program made it.
bool is_asked_again(const FileRecord& before, const IngestOptions& options, const std::string& version) {
  if (before.status == FileStatus::kFailed || before.reason == kMembersFailed) return true;
  if (std::find(options.retry.begin(), options.retry.end(), before.status) != options.retry.end())
    return true;
  if (before.reason == error_code_name(ErrorCode::kEncrypted) && !options.read.passwords.empty()) return true;
  return options.reprocess && before.extractor != version;
}

// True where nothing has to be done for `entry`: it ended before, has not changed, and is not asked for
// again.
bool is_settled(const FileRecord& before, const FoundEntry& entry, const IngestOptions& options,
                const std::string& version) {
  return before.bytes == entry.bytes && before.modified_ns == entry.modified_ns &&
         !is_asked_again(before, options, version);
}

// What the user does not want, and what may still be written, is counted as skipped.
void leave_out(FoundEntry& entry, const IngestOptions& options) {
  const bool too_young = options.modified_before_ns != 0 && entry.modified_ns > options.modified_before_ns;
  const bool unwanted = !is_wanted(entry.path, options.include, options.exclude);
  if (!too_young && !unwanted) return;
  entry.left_out = true;
  entry.status = FileStatus::kSkipped;
  entry.reason = unwanted ? "excluded" : "settling";
}

// A file that this program crashed of is not read again by the same run.
void leave_out_crashed(FoundEntry& entry, const IngestOptions& options) {
  const auto crash = options.crashed.find(entry.path);
  if (crash == options.crashed.end() || !entry.reason.empty()) return;
  entry.status = FileStatus::kFailed;
  entry.reason = "crashed";
  entry.message =
      shown_path(entry.path) + ": the program crashed of it (" + crash->second + ") and went on without it";
}

class Job {
 public:
  // `store` is null in a dry run on a store that does not exist yet.
  Job(const Pipeline& pipeline, const IngestOptions& options, const std::function<double()>& now,
      Store* store, std::vector<std::string> given)
      : pipeline_(pipeline), options_(options), now_(now), store_(store), given_(std::move(given)) {}

  Result<IngestReport> run(std::vector<FoundEntry> entries,
                           const std::function<void(const IngestProgress&)>& progress,
                           const std::atomic<bool>& stop) {
    entries_ = std::move(entries);
    const double start = now_();
    Result<void> looked = look_up_known();
    if (!looked) return looked.error();
    if (options_.dry_run) {
      report_.entries = entries_.size();
      for (const FoundEntry& entry : entries_) {
        if (entry.reason.empty()) continue;
        ++report_.by_status[std::string(file_status_name(entry.status))];
        if (!entry.left_out) report_.problems.push_back(record_of(entry));
      }
      report_.seconds = now_() - start;
      return std::move(report_);
    }
    Queue queue(entries_.size(), stop);
    std::vector<std::thread> threads;
    const int jobs = std::max(1, options_.jobs);
    threads.reserve(static_cast<std::size_t>(jobs));
    in_work_.assign(static_cast<std::size_t>(jobs), {0, -1});
    for (std::size_t i = 0; i < in_work_.size(); ++i) threads.emplace_back([&, i] { read_files(queue, i); });
    IngestProgress state;
    state.total = entries_.size();
    state.to_read = to_read_;
    const auto tick = [&] {
      if (!progress) return;
      state.seconds = now_() - start;
      state.current = in_work();
      progress(state);
    };
    Result<void> stored;
    for (std::size_t i = 0; i < entries_.size() && stored; ++i) {
      std::optional<Done> done = queue.wait(i, tick);
      if (!done) break;
      at_work_on(entries_[i].path);
      stored = settle(i, std::move(*done), state);
      at_work_on({});
      if (!stored) break;
      ++state.done;  // only what the store has taken is reported
      tick();
    }
    queue.fail();
    for (std::thread& thread : threads) thread.join();
    if (!stored) return stored.error();
    Result<std::size_t> compared = compare_texts(*store_, stop);
    if (!compared) return compared.error();
    Result<RelinkReport> relinked = relink(*store_, pipeline_.agencies());
    if (!relinked) return relinked.error();
    if (state.done == entries_.size()) {
      Result<void> forgotten = forget_what_is_gone();
      if (!forgotten) return forgotten.error();
    }
    Result<void> merged = merge_index(stop);
    if (!merged) return merged.error();
    if (own_reader_) report_.recalled += own_reader_->recalled();
    report_.by_status = state.by_status;
    report_.entries = entries_.size();
    report_.seconds = now_() - start;
    report_.interrupted = state.done < entries_.size();
    if (report_.interrupted) report_.by_status["not-reached"] = entries_.size() - state.done;
    std::sort(report_.slowest.begin(), report_.slowest.end(),
              [](const FileRecord& a, const FileRecord& b) { return a.seconds > b.seconds; });
    if (report_.slowest.size() > 10) report_.slowest.resize(10);
    return std::move(report_);
  }

 private:
  // What the store knows of each entry; asked before threads run, because the store belongs to one thread.
  Result<void> look_up_known() {
    known_.resize(entries_.size());
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (!entries_[i].reason.empty()) continue;
      Result<std::optional<FileRecord>> before = std::optional<FileRecord>();
      if (store_ != nullptr) before = store_->find_file(entries_[i].path);
      if (!before) return before.error();
      known_[i] = before->has_value() && is_settled(**before, entries_[i], options_, pipeline_.version());
      if (known_[i]) keep_standing(**before);
      if (!known_[i]) ++to_read_;
      if (options_.dry_run)
        ++report_.by_status[known_[i] ? "unchanged" : before->has_value() ? "changed" : "new"];
    }
    return {};
  }

  // What is wrong with a file stays wrong until the file changes, so the report of each run names it.
  void keep_standing(const FileRecord& record) {
    if (record.status == FileStatus::kRejected || record.status == FileStatus::kPartial)
      report_.standing.push_back(record);
  }

  // What the threads are reading, the slowest first.
  std::vector<FileInWork> in_work() {
    std::vector<FileInWork> files;
    {
      const std::lock_guard lock(in_work_mutex_);
      for (const auto& [index, since] : in_work_) {
        if (since >= 0) files.push_back({entries_[index].path, now_() - since});
      }
    }
    std::sort(files.begin(), files.end(),
              [](const FileInWork& a, const FileInWork& b) { return a.seconds > b.seconds; });
    return files;
  }
  void set_in_work(std::size_t thread, std::size_t index, double since) {
    const std::lock_guard lock(in_work_mutex_);
    in_work_[thread] = {index, since};
  }

  void at_work_on(const std::string& path) const {
    if (options_.working_on) options_.working_on(path);
  }

  void read_files(Queue& queue, std::size_t thread) {
    Reader reader(options_.read);
    while (const std::optional<std::size_t> index = queue.take()) {
      const FoundEntry& entry = entries_[*index];
      Done done;
      if (known_[*index]) {
        done.unchanged = true;
      } else if (entry.reason.empty()) {
        const double begin = now_();
        set_in_work(thread, *index, begin);
        at_work_on(entry.path);
        done = read_one(reader, *index, true);
        at_work_on({});
        set_in_work(thread, *index, -1);
        done.seconds = now_() - begin;
      }
      queue.put(*index, std::move(done));
    }
    const std::lock_guard lock(in_work_mutex_);
    report_.recalled += reader.recalled();
  }

  // Reads a file, unless (with `unless_held`) its bytes are known: then they cost nothing but their hash. A
  // file that changes while it is read gets one more try.
  Done read_one(Reader& reader, std::size_t index, bool unless_held) {
    const FoundEntry& entry = entries_[index];
    Done done;
    for (int tries = 0; tries < 2; ++tries) {
      done = Done();
      const OpenFile file = open_path(entry.path, entry.given, O_RDONLY);
      if (file.get() < 0) {
        const int number = errno;
        done.outcome.status = FileStatus::kFailed;
        done.outcome.error = code_of_errno(number);
        const bool gone = number == ENOENT || number == ENOTDIR || number == ELOOP;
        done.outcome.reason = gone ? "vanished" : std::string(error_code_name(done.outcome.error));
        done.outcome.message = shown_path(entry.path) + ": " + std::strerror(number);
        return done;
      }
      std::string sha256;
      Held held = Held::kNo;
      done.outcome = pipeline_.process_open(reader, file.get(), entry.path, options_.read.limits,
                                            [&](const std::string& hash) {
                                              sha256 = hash;
                                              if (unless_held) held = who_holds(index, hash);
                                              return held == Held::kNo;
                                            });
      if (!sha256.empty()) done.outcome.sha256 = sha256;
      if (done.outcome.status == FileStatus::kFailed && done.outcome.error == ErrorCode::kChanged) continue;
      done.held = held;
      break;
    }
    return done;
  }

  // Files with the same bytes are one document. The first in path order reads them, and `settle` comes to it
  // first; so a file need not be read where an earlier one of this run is being read, or the store has its
  // bytes.
  Held who_holds(std::size_t index, const std::string& sha256) {
    const FoundEntry& entry = entries_[index];
    const std::lock_guard lock(claims_mutex_);
    const auto [claim, first] = claims_.emplace(sha256, index);
    if (!first && claim->second < index) return Held::kTwin;
    claim->second = index;
    const Result<std::optional<FileRecord>> before = store_->find_file(entry.path);
    if (before && before->has_value() && (*before)->sha256 == sha256) {
      return is_asked_again(**before, options_, pipeline_.version()) ? Held::kNo : Held::kSamePath;
    }
    const Result<std::optional<FileRecord>> twin = store_->find_content(sha256);
    return twin && twin->has_value() && is_twin(**twin, entry.path) ? Held::kTwin : Held::kNo;
  }

  // Whether the documents of `other` stand for a file with the same bytes too.
  bool is_twin(const FileRecord& other, const std::string& path) const {
    return other.path != path && other.status != FileStatus::kDuplicate &&
           !(options_.reprocess && other.extractor != pipeline_.version());
  }

  // True: the documents of another file stand for this one too, and the record says whose.
  Result<bool> is_copy(FileRecord& record) const {
    Result<std::optional<FileRecord>> twin = store_->find_content(record.sha256);
    if (!twin) return twin.error();
    if (!twin->has_value() || !is_twin(**twin, record.path)) return false;
    record.status = FileStatus::kDuplicate;
    record.reason = "same-content";
    record.message = (*twin)->path;
    record.document_id = (*twin)->document_id;
    return true;
  }

  // A file whose bytes another one holds, when it is its turn: the other may have gone or failed since. True:
  // settled.
  Result<bool> settle_twin(std::size_t index, Done& done, FileRecord& record) {
    Result<bool> copy = is_copy(record);
    if (!copy || *copy) return copy;
    if (const auto same = rejected_.find(record.sha256); same != rejected_.end()) {
      record.status = same->second.status;
      record.reason = same->second.reason;
      record.message = same->second.message;
      record.pages = same->second.pages;
      return true;
    }
    if (!own_reader_) own_reader_.emplace(options_.read);
    const double begin = now_();
    done = read_one(*own_reader_, index, false);
    done.seconds = now_() - begin;
    record = record_of(entries_[index], done, pipeline_.version());
    return false;
  }

  // A file that was refused before its bytes were read (too large) is told by its size and time, as one that
  // did not change is.
  static bool has_bytes_of(const FileRecord& before, const FileRecord& record) {
    if (!record.sha256.empty()) return before.sha256 == record.sha256;
    return before.bytes == record.bytes && before.modified_ns == record.modified_ns;
  }

  // What could not be read this time takes nothing away that was read before: a folder that is not mounted, a
  // disk that fails, a parser that dies of bytes that it read well last time. The next run tries again.
  // `same_bytes`: they are known to be what they were, though they were not read.
  static bool keeps_what_was(const FileRecord& record, const std::optional<FileRecord>& before,
                             bool same_bytes) {
    const bool own_fault = record.status == FileStatus::kFailed;
    if (!own_fault && record.status != FileStatus::kRejected) return false;
    if (!before) return false;
    const bool had_documents = before->status == FileStatus::kIngested ||
                               before->status == FileStatus::kPartial ||
                               before->status == FileStatus::kDuplicate;
    return had_documents && (own_fault || same_bytes || has_bytes_of(*before, record));
  }

  // True: the record and its documents are in the store; false: what stood there before is.
  Result<bool> store_unless_worse(FileRecord& record, const std::vector<DocumentRecord>& documents,
                                  const std::optional<FileRecord>& before, bool same_bytes) {
    if (keeps_what_was(record, before, same_bytes)) {
      record.message += " (what was read before is kept)";
      return false;
    }
    // A link, a folder that stays closed: once written down is enough.
    const bool known = before && documents.empty() && record.status == FileStatus::kSkipped &&
                       before->status == record.status && before->reason == record.reason &&
                       before->message == record.message;
    if (known) return true;
    Result<void> stored = store_->put(record, documents);
    if (!stored) return stored.error();
    return true;
  }

  Result<void> settle(std::size_t index, Done done, IngestProgress& state) {
    const FoundEntry& entry = entries_[index];
    if (entry.left_out) {
      ++state.by_status[std::string(file_status_name(entry.status))];
      return {};
    }
    if (!known_[index] && entry.reason.empty()) ++state.was_read;
    if (done.held == Held::kSamePath) {
      Result<void> touched = store_->touch(entry.path, entry.modified_ns);
      if (!touched) return touched;
      Result<std::optional<FileRecord>> before = store_->find_file(entry.path);
      if (!before) return before.error();
      if (before->has_value()) keep_standing(**before);
      done.unchanged = true;
    }
    if (done.unchanged) {
      ++state.by_status["unchanged"];
      return {};
    }
    FileRecord record = entry.reason.empty() ? record_of(entry, done, pipeline_.version()) : record_of(entry);
    if (done.held == Held::kTwin) {
      Result<bool> settled = settle_twin(index, done, record);
      if (!settled) return settled.error();
    }
    if (done.outcome.error == ErrorCode::kSetup && record.status == FileStatus::kFailed &&
        entry.reason.empty()) {
      return make_error(ErrorCode::kSetup, done.outcome.message);
    }
    if (done.outcome.members.empty()) return settle_whole(entry, std::move(record), done.outcome, state);
    // A container is settled with all that is in it or not at all: a run that is killed in between does not
    // leave an archive that looks done.
    return store_->together([&] { return settle_whole(entry, std::move(record), done.outcome, state); });
  }

  Result<void> settle_whole(const FoundEntry& entry, FileRecord record, FileOutcome& outcome,
                            IngestProgress& state) {
    Result<std::vector<DocumentRecord>> documents = documents_or_twin(record, std::move(outcome.documents));
    if (!documents) return documents.error();
    Result<std::optional<FileRecord>> before = store_->find_file(record.path);
    if (!before) return before.error();
    Result<bool> stored = store_unless_worse(record, *documents, *before, false);
    if (!stored) return stored.error();
    note_doubts(record, *documents);
    if (record.status == FileStatus::kRejected && !record.sha256.empty())
      rejected_.emplace(record.sha256, record);
    ++state.by_status[std::string(file_status_name(record.status))];
    count_stored(record, documents->size(), state);
    keep_slowest(record);
    const bool same_bytes = before->has_value() && has_bytes_of(**before, record);
    if (*stored && before->has_value() && !same_bytes) {
      std::set<std::string> still_there;
      for (const FileOutcome& member : outcome.members) still_there.insert(member.path);
      Result<std::vector<FileRecord>> gone = retire_members(*store_, **before, still_there);
      if (!gone) return gone.error();
      std::move(gone->begin(), gone->end(), std::back_inserter(report_.problems));
    }
    for (FileOutcome& member : outcome.members) {
      Result<void> settled = settle_member(entry, std::move(member), same_bytes, state);
      if (!settled) return settled;
    }
    return {};
  }

  // The file's documents, linked; of a content that stands under another path already none, and the record
  // says where.
  Result<std::vector<DocumentRecord>> documents_or_twin(FileRecord& record, std::vector<Document> read) {
    std::vector<DocumentRecord> documents;
    if (read.empty()) return documents;
    Result<bool> copy = is_copy(record);
    if (!copy) return copy.error();
    if (*copy) return documents;
    for (Document& one : read) documents.push_back(linked(std::move(one), pipeline_.agencies(), *store_));
    return documents;
  }

  void count_stored(const FileRecord& record, std::size_t documents, IngestProgress& state) {
    state.pages += static_cast<std::size_t>(record.pages);
    report_.documents += documents;
    report_.pages += static_cast<std::size_t>(record.pages);
    if (record.status != FileStatus::kIngested && record.status != FileStatus::kDuplicate) {
      report_.problems.push_back(record);
    }
  }

  // A file inside the one that was just settled: it has a record and documents of its own, but is no entry of
  // a folder and counts in `members_by_status`. `same_bytes`: of the container.
  Result<void> settle_member(const FoundEntry& container, FileOutcome outcome, bool same_bytes,
                             IngestProgress& state) {
    FoundEntry entry = container;
    entry.path = outcome.path;
    entry.bytes = outcome.bytes;
    Done done;
    done.outcome = std::move(outcome);
    FileRecord record = record_of(entry, done, pipeline_.version());
    Result<std::vector<DocumentRecord>> documents =
        documents_or_twin(record, std::move(done.outcome.documents));
    if (!documents) return documents.error();
    Result<std::optional<FileRecord>> before = store_->find_file(record.path);
    if (!before) return before.error();
    Result<bool> stored = store_unless_worse(record, *documents, *before, same_bytes);
    if (!stored) return stored.error();
    note_doubts(record, *documents);
    ++report_.members_by_status[std::string(file_status_name(record.status))];
    count_stored(record, documents->size(), state);
    return {};
  }

  // A search over what was loaded in many pieces looks into each of them; where this run brought a good part
  // of the store, making one of them costs little beside it.
  Result<void> merge_index(const std::atomic<bool>& stop) {
    constexpr std::size_t kPart = 20;
    Result<StoreCounts> counts = store_->counts();
    if (!counts) return counts.error();
    if (report_.documents * kPart < std::max(counts->documents, kPart)) return {};
    return store_->merge_index([&stop] { return !stop.load(); });
  }

  void note_doubts(const FileRecord& record, const std::vector<DocumentRecord>& documents) {
    for (const DocumentRecord& one : documents) {
      for (const Diagnostic& warning : one.document.warnings) {
        if (warning.code == kOcrDoubtful) {
          report_.doubtful.push_back({record.path, warning.page, warning.message});
        }
      }
    }
  }

  // Entries without documents that an earlier run wrote down and this one, which saw all, did not meet: a
  // folder that is open now, a file that is no more. What lies below a folder that failed was not seen.
  Result<void> forget_what_is_gone() {
    std::vector<std::string> closed;
    std::set<std::string_view> met;
    for (const FoundEntry& entry : entries_) {
      met.insert(entry.path);
      if (entry.status == FileStatus::kFailed) closed.push_back(entry.path);
    }
    const auto is_below = [](std::string_view path, std::string_view folder) {
      while (folder.ends_with('/')) folder.remove_suffix(1);  // as it was typed: "archive/", "."
      return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
    };
    for (const FileStatus status : {FileStatus::kFailed, FileStatus::kRejected, FileStatus::kSkipped}) {
      Result<std::vector<FileRecord>> files = store_->files(status);
      if (!files) return files.error();
      for (const FileRecord& file : *files) {
        const auto holds = [&](const std::string& folder) { return is_below(file.path, folder); };
        if (met.contains(file.path) || !container_path(file.path, met).empty() ||
            std::none_of(given_.begin(), given_.end(), holds) ||
            std::any_of(closed.begin(), closed.end(), holds)) {
          continue;
        }
        Result<void> forgotten = store_->forget(file.path);
        if (!forgotten) return forgotten;
      }
    }
    return {};
  }

  void keep_slowest(const FileRecord& record) {
    report_.slowest.push_back(record);
    if (report_.slowest.size() < 1000) return;
    std::nth_element(report_.slowest.begin(), report_.slowest.begin() + 10, report_.slowest.end(),
                     [](const FileRecord& a, const FileRecord& b) { return a.seconds > b.seconds; });
    report_.slowest.resize(10);
  }

  const Pipeline& pipeline_;
  const IngestOptions& options_;
  const std::function<double()>& now_;
  Store* store_;
  const std::vector<std::string> given_;  // the paths to look below
  std::vector<FoundEntry> entries_;
  std::vector<char> known_;
  IngestReport report_;
  std::mutex claims_mutex_;
  std::map<std::string, std::size_t> claims_;  // hash -> first entry of this run that has it
  std::map<std::string, FileRecord>
      rejected_;                      // hash -> what became of the first file with it; the writer's own
  std::optional<Reader> own_reader_;  // the writer's
  std::mutex in_work_mutex_;
  std::vector<std::pair<std::size_t, double>> in_work_;  // by thread: entry, since when; -1: none
  std::size_t to_read_ = 0;
};

}  // namespace

Result<IngestReport> ingest(const Pipeline& pipeline, const IngestOptions& options,
                            const std::function<double()>& now_seconds,
                            const std::function<void(const IngestProgress&)>& progress,
                            const std::atomic<bool>& stop) {
  IngestOptions own = options;
  Result<Store> store =
      Store::open(options.store, options.dry_run ? Store::Access::kReadOnly : Store::Access::kReadWrite);
  const bool none_yet = !store && options.dry_run && store.error().code == ErrorCode::kNotFound;
  if (!store && !none_yet) return store.error();
  const std::string store_path = absolute_path(options.store);
  const ReportPaths report_paths = report_paths_for(store_path, options.report);
  std::vector<std::string> paths;
  paths.reserve(options.paths.size());
  for (const std::string& path : options.paths) paths.push_back(absolute_path(path));
  std::vector<FoundEntry> entries =
      discover(paths, {store_path, store_path + "-wal", store_path + "-shm", store_path + "-journal",
                       store_path + ".lock", store_path + ".ocr", report_paths.json, report_paths.html});
  for (FoundEntry& entry : entries) {
    leave_out(entry, options);
    leave_out_crashed(entry, options);
  }
  OcrFiles seen_before(store_path + ".ocr", options.ocr_cache_bytes);
  if (options.ocr_cache_bytes > 0 && own.read.ocr_cache == nullptr) own.read.ocr_cache = &seen_before;
  Job job(pipeline, own, now_seconds, none_yet ? nullptr : &*store, std::move(paths));
  Result<IngestReport> report = job.run(std::move(entries), progress, stop);
  if (!report || options.dry_run || (options.wants_report && !options.wants_report(*report))) return report;
  Result<void> written = write_report(*report, report_paths);
  if (!written) return written.error();
  report->json_path = report_paths.json;
  report->html_path = report_paths.html;
  return report;
}

}  // namespace vanban

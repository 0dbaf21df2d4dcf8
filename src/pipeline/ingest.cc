#include "vanban/pipeline/ingest.h"

#include <algorithm>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <set>
#include <thread>

#include "pipeline/report.h"
#include "vanban/link/resolver.h"

namespace vanban {
namespace {

std::string absolute_path(const std::string& path) {
  std::error_code failed;
  const std::filesystem::path whole = std::filesystem::absolute(path, failed).lexically_normal();
  return failed ? path : whole.string();
}

// What one worker thread hands to the thread that writes.
struct Done {
  FileOutcome outcome;
  std::optional<std::string> duplicate_of;  // path that holds the same bytes
  double seconds = 0;
  bool unchanged = false;
};

// Files are read by several threads in any order and stored by one in path order, so that the store does not depend on
// the number of workers. Threads may run ahead of the writer by `kAhead` files only: memory stays bounded.
class Queue {
 public:
  Queue(std::size_t size, const std::atomic<bool>& stop) : results_(size), stop_(stop) {}

  // The index of the next file to read; nullopt: no more.
  std::optional<std::size_t> take() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return next_ >= results_.size() || next_ < written_ + kAhead || failed_; });
    if (next_ >= results_.size() || failed_ || stop_.load()) return std::nullopt;
    return next_++;
  }
  void put(std::size_t index, Done done) {
    {
      const std::lock_guard lock(mutex_);
      results_[index] = std::move(done);
    }
    changed_.notify_all();
  }
  // Waits for the result of `index`; nullopt: it will not come (stopped). Wakes up twice a second for progress.
  std::optional<Done> wait(std::size_t index, const std::function<void()>& tick) {
    std::unique_lock lock(mutex_);
    while (!results_[index]) {
      if (stop_.load() && index >= next_) return std::nullopt;
      changed_.wait_for(lock, std::chrono::milliseconds(200));
      lock.unlock();
      tick();
      lock.lock();
    }
    std::optional<Done> done = std::move(results_[index]);
    results_[index].reset();
    written_ = index + 1;
    lock.unlock();
    changed_.notify_all();
    return done;
  }
  void fail() {
    {
      const std::lock_guard lock(mutex_);
      failed_ = true;
    }
    changed_.notify_all();
  }

 private:
  static constexpr std::size_t kAhead = 64;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::optional<Done>> results_;
  std::size_t next_ = 0, written_ = 0;
  bool failed_ = false;
  const std::atomic<bool>& stop_;
};

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

// True where nothing has to be done for `entry`: it ended before, has not changed, and is not asked for again.
bool is_settled(const FileRecord& before, const FoundEntry& entry, const IngestOptions& options, const std::string& version) {
  if (before.status == FileStatus::kFailed || before.bytes != entry.bytes || before.modified_ns != entry.modified_ns) {
    return false;
  }
  if (std::find(options.retry.begin(), options.retry.end(), before.status) != options.retry.end()) return false;
  return !options.reprocess || before.extractor == version;
}

class Job {
 public:
  // `store` is null in a dry run on a store that does not exist yet.
  Job(const Pipeline& pipeline, const IngestOptions& options, const std::function<double()>& now, Store* store)
      : pipeline_(pipeline), options_(options), now_(now), store_(store) {}

  Result<IngestReport> run(std::vector<FoundEntry> entries, const std::function<void(const IngestProgress&)>& progress,
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
        report_.problems.push_back(record_of(entry));
      }
      report_.seconds = now_() - start;
      return std::move(report_);
    }
    Queue queue(entries_.size(), stop);
    std::vector<std::thread> threads;
    const int jobs = std::max(1, options_.jobs);
    threads.reserve(static_cast<std::size_t>(jobs));
    for (int i = 0; i < jobs; ++i) threads.emplace_back([&] { read_files(queue); });
    IngestProgress state;
    state.total = entries_.size();
    const auto tick = [&] {
      state.seconds = now_() - start;
      {
        const std::lock_guard lock(current_mutex_);
        state.current = current_;
      }
      if (progress) progress(state);
    };
    Result<void> stored;
    for (std::size_t i = 0; i < entries_.size() && stored; ++i) {
      std::optional<Done> done = queue.wait(i, tick);
      if (!done) break;
      stored = settle(entries_[i], std::move(*done), state);
      tick();
    }
    queue.fail();
    for (std::thread& thread : threads) thread.join();
    if (!stored) return stored.error();
    Result<void> linked = relink();
    if (!linked) return linked.error();
    report_.by_status = state.by_status;
    report_.entries = entries_.size();
    report_.seconds = now_() - start;
    report_.interrupted = state.done < entries_.size();
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
      if (options_.dry_run) ++report_.by_status[known_[i] ? "unchanged" : before->has_value() ? "changed" : "new"];
    }
    return {};
  }

  void read_files(Queue& queue) {
    Reader reader(options_.read);
    while (const std::optional<std::size_t> index = queue.take()) {
      const FoundEntry& entry = entries_[*index];
      Done done;
      if (known_[*index]) {
        done.unchanged = true;
      } else if (entry.reason.empty()) {
        {
          const std::lock_guard lock(current_mutex_);
          current_ = entry.path;
        }
        const double begin = now_();
        done.outcome = read_one(reader, entry);
        done.seconds = now_() - begin;
      }
      queue.put(*index, std::move(done));
    }
  }

  // The first file with some bytes reads them; others with the same bytes are duplicates of it. Which of them is the
  // first is decided by path order in `settle`, so a thread reads unless the store or an earlier path has the bytes.
  FileOutcome read_one(Reader& reader, const FoundEntry& entry) {
    return pipeline_.process_file(reader, entry.path, options_.read.limits);
  }

  Result<void> settle(const FoundEntry& entry, Done done, IngestProgress& state) {
    ++state.done;
    if (done.unchanged) {
      ++state.by_status["unchanged"];
      return {};
    }
    FileRecord record = entry.reason.empty() ? record_of(entry, done, pipeline_.version()) : record_of(entry);
    if (done.outcome.error == ErrorCode::kSetup && record.status == FileStatus::kFailed && entry.reason.empty()) {
      return make_error(ErrorCode::kSetup, done.outcome.message);
    }
    std::vector<DocumentRecord> documents;
    if (!done.outcome.documents.empty()) {
      Result<std::optional<FileRecord>> twin = store_->find_content(record.sha256);
      if (!twin) return twin.error();
      if (twin->has_value() && (*twin)->path != record.path && (*twin)->status != FileStatus::kDuplicate) {
        record.status = FileStatus::kDuplicate;
        record.reason = "same-content";
        record.message = (*twin)->path;
        record.document_id = (*twin)->document_id;
      } else {
        Result<void> linked = link(done.outcome.documents, documents);
        if (!linked) return linked.error();
      }
    }
    Result<void> stored = store_->put(record, documents);
    if (!stored) return stored.error();
    ++state.by_status[std::string(file_status_name(record.status))];
    state.pages += static_cast<std::size_t>(record.pages);
    report_.documents += documents.size();
    report_.pages += static_cast<std::size_t>(record.pages);
    if (record.status != FileStatus::kIngested && record.status != FileStatus::kDuplicate) {
      report_.problems.push_back(record);
    }
    keep_slowest(record);
    return {};
  }

  KnownDocuments known_documents() {
    return [this](const std::string& key) {
      Result<std::vector<KnownDocument>> found = store_->documents_with_number(key);
      return found ? std::move(*found) : std::vector<KnownDocument>();
    };
  }

  Result<void> link(std::vector<Document>& documents, std::vector<DocumentRecord>& out) {
    for (Document& document : documents) {
      resolve_references(document, pipeline_.agencies(), known_documents());
      DocumentGraph graph = graph_of(document);
      out.push_back({std::move(document), std::move(graph)});
    }
    return {};
  }

  // Mentions that do not say by themselves what they mean are linked again where other documents are known now: each
  // citing document once a run. What a mention means follows from the documents that are held, not from their order.
  Result<void> relink() {
    Result<std::vector<std::string>> keys = store_->changed_keys();
    if (!keys) return keys.error();
    std::set<std::string> citing;
    for (const std::string& key : *keys) {
      Result<std::vector<std::string>> ids = store_->documents_citing(key);
      if (!ids) return ids.error();
      citing.insert(ids->begin(), ids->end());
    }
    for (const std::string& id : citing) {
      Result<void> linked = relink_one(id);
      if (!linked) return linked;
    }
    return store_->settle_keys(*keys);
  }

  Result<void> relink_one(const std::string& id) {
    Result<Document> before = store_->citations(id);
    if (!before) return before.error();
    Document document = *before;
    // The store's id of a document that leaves issuer or year open is not the one that linking knows.
    std::string& own = document.header.id;
    own = own.rfind("local:", 0) == 0 ? std::string() : own.substr(0, own.find('~'));
    resolve_references(document, pipeline_.agencies(), known_documents());
    const auto same = [](const Reference& a, const Reference& b) {
      return a.target == b.target && a.resolution == b.resolution && a.candidates == b.candidates &&
             a.resolution_reason == b.resolution_reason && a.inferred == b.inferred;
    };
    if (std::equal(document.references.begin(), document.references.end(), before->references.begin(), same)) return {};
    DocumentGraph graph = graph_of(document);
    for (GraphEdge& edge : graph.edges) edge.source = id;
    document.header.id = id;
    return store_->relink(document, graph);
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
  std::vector<FoundEntry> entries_;
  std::vector<char> known_;
  IngestReport report_;
  std::mutex current_mutex_;
  std::string current_;
};

}  // namespace

Result<IngestReport> ingest(const Pipeline& pipeline, const IngestOptions& options, const std::function<double()>& now_seconds,
                            const std::function<void(const IngestProgress&)>& progress, const std::atomic<bool>& stop) {
  Result<Store> store = Store::open(options.store, options.dry_run ? Store::Access::kReadOnly : Store::Access::kReadWrite);
  const bool none_yet = !store && options.dry_run && store.error().code == ErrorCode::kNotFound;
  if (!store && !none_yet) return store.error();
  const std::string store_path = absolute_path(options.store);
  const ReportPaths report_paths = report_paths_for(store_path, options.report);
  std::vector<std::string> paths;
  paths.reserve(options.paths.size());
  for (const std::string& path : options.paths) paths.push_back(absolute_path(path));
  std::vector<FoundEntry> entries =
      discover(paths, {store_path, store_path + "-wal", store_path + "-shm", store_path + "-journal",
                       store_path + ".lock", report_paths.json, report_paths.html});
  std::erase_if(entries, [&](const FoundEntry& entry) {
    const bool too_young = options.modified_before_ns != 0 && entry.modified_ns > options.modified_before_ns;
    return too_young || !is_wanted(entry.path, options.include, options.exclude);
  });
  Job job(pipeline, options, now_seconds, none_yet ? nullptr : &*store);
  Result<IngestReport> report = job.run(std::move(entries), progress, stop);
  if (!report || options.dry_run) return report;
  Result<void> written = write_report(*report, report_paths);
  if (!written) return written.error();
  report->json_path = report_paths.json;
  report->html_path = report_paths.html;
  return report;
}

}  // namespace vanban

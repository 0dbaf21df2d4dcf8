// The files of one ingest between the threads that read them and the one that stores them.

#ifndef VANBAN_SRC_PIPELINE_QUEUE_H_
#define VANBAN_SRC_PIPELINE_QUEUE_H_

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>

#include "vanban/pipeline/pipeline.h"

namespace vanban {

// Why a file was not parsed: its path had the same bytes before, or another file has them.
enum class Held : std::uint8_t { kNo, kSamePath, kTwin };

// What one reading thread hands to the thread that writes.
struct Done {
  FileOutcome outcome;
  Held held = Held::kNo;
  double seconds = 0;
  bool unchanged = false;

  // About so much memory, for the queue's bound.
  std::size_t weight() const {
    std::size_t bytes = 0;
    for (const Document& one : outcome.documents) {
      bytes += 4 * one.text.size() + one.words.size() * sizeof(PlacedWord) +
               one.sections.size() * sizeof(Section) + one.blocks.size() * sizeof(Block) +
               one.references.size() * sizeof(Reference);
    }
    return bytes;
  }
};

// Files are read by several threads in any order and stored by one in path order, so that the store does not
// depend on the number of workers. Threads may run ahead of the writer by `kAhead` files and `kMostHeld`
// bytes only: memory stays bounded.
class Queue {
 public:
  Queue(std::size_t size, const std::atomic<bool>& stop) : size_(size), stop_(stop) {}

  // The index of the next file to read; nullopt: no more.
  std::optional<std::size_t> take() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] {
      const bool room = next_ == written_ || (next_ < written_ + kAhead && held_ < kMostHeld);
      return next_ >= size_ || room || failed_;
    });
    if (next_ >= size_ || failed_ || stop_.load()) return std::nullopt;
    return next_++;
  }
  void put(std::size_t index, Done done) {
    {
      const std::lock_guard lock(mutex_);
      held_ += done.weight();
      results_.emplace(index, std::move(done));
    }
    changed_.notify_all();
  }
  // Waits for the result of `index`; nullopt: it will not come (stopped). Wakes up now and then for progress.
  std::optional<Done> wait(std::size_t index, const std::function<void()>& tick) {
    std::unique_lock lock(mutex_);
    while (!results_.contains(index)) {
      if (stop_.load() && index >= next_) return std::nullopt;
      changed_.wait_for(lock, std::chrono::milliseconds(200));
      lock.unlock();
      tick();
      lock.lock();
    }
    Done done = std::move(results_.extract(index).mapped());
    held_ -= done.weight();
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
  static constexpr std::size_t kAhead = 64, kMostHeld = 64u << 20;
  std::mutex mutex_;
  std::condition_variable changed_;
  const std::size_t size_;
  std::map<std::size_t, Done> results_;  // those that wait to be stored
  std::size_t next_ = 0, written_ = 0, held_ = 0;
  bool failed_ = false;
  const std::atomic<bool>& stop_;
};

}  // namespace vanban

#endif  // VANBAN_SRC_PIPELINE_QUEUE_H_

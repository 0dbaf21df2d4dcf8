#include "vanban/read/searchable.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

#include "read/process.h"
#include "read/wire.h"

namespace vanban {
namespace {

using read::Clock;
using read::FrameType;
using read::WorkerProcess;

Clock::duration seconds(double value) {
  return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(std::min(value, 1e7)));
}

bool has_new_words(const RawPage& page) {
  if (page.error || page.origin == TextOrigin::kTextLayer || page.origin == TextOrigin::kPlain) return false;
  return std::any_of(page.words.begin(), page.words.end(), [&](const RawWord& word) {
    return page.origin == TextOrigin::kOcr || word.font.empty();
  });
}

Result<void> copy_bytes(int descriptor, const std::function<Result<void>(std::string_view)>& take) {
  std::vector<char> chunk(1u << 20);
  off_t at = 0;
  for (;;) {
    const ssize_t got = pread(descriptor, chunk.data(), chunk.size(), at);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return make_error(ErrorCode::kIo, std::strerror(errno));
    if (got == 0) return {};
    if (auto taken = take({chunk.data(), static_cast<std::size_t>(got)}); !taken) return taken;
    at += got;
  }
}

Result<SearchablePdf> write_with(const std::string& password, int descriptor,
                                 const std::vector<const RawPage*>& pages, const ReadOptions& options,
                                 const std::function<Result<void>(std::string_view)>& take) {
  SearchablePdf result;
  auto started = WorkerProcess::start(options.worker_program, options.limits.worker_memory_bytes);
  if (!started) return started.error();
  WorkerProcess& worker = **started;
  for (const RawPage* page : pages) {
    if (!worker.send(FrameType::kWords, read::encode_page(*page), -1)) return worker.end();
  }
  read::Job job;
  job.limits = options.limits;
  job.password = password;
  job.write = true;
  if (!worker.send(FrameType::kJob, read::encode_job(job), descriptor)) return worker.end();

  // A page of an image may come out larger than it was packed; more than this is no result.
  const std::uint64_t most = 4 * options.limits.file_bytes;
  std::uint64_t written = 0;
  const Clock::time_point end = Clock::now() + seconds(options.limits.document_seconds);
  const auto garbage = [] {
    return make_error(ErrorCode::kParserCrash, "the reader sent something that is no result");
  };
  for (;;) {
    FrameType type{};
    std::string payload;
    const Clock::time_point deadline = std::min(end, Clock::now() + seconds(options.limits.silence_seconds));
    const WorkerProcess::Event event = worker.next(deadline, type, payload);
    if (event == WorkerProcess::Event::kLate) {
      return make_error(ErrorCode::kTimeout, "writing the PDF took longer than its time");
    }
    if (event == WorkerProcess::Event::kClosed) return worker.end();
    if (event == WorkerProcess::Event::kGarbage) return garbage();
    switch (type) {
      case FrameType::kHello:
      case FrameType::kHeartbeat:
        break;
      case FrameType::kOutput:
        written += payload.size();
        if (written > most) {
          return make_error(ErrorCode::kLimitExceeded,
                            "the PDF would have more than " + std::to_string(most) + " bytes");
        }
        if (auto taken = take(payload); !taken) return taken.error();
        break;
      case FrameType::kDiagnostic: {
        Diagnostic diagnostic;
        if (!read::decode_diagnostic(payload, diagnostic)) return garbage();
        if (result.diagnostics.size() < 1000) result.diagnostics.push_back(std::move(diagnostic));
        break;
      }
      case FrameType::kError: {
        Error error;
        if (!read::decode_error(payload, error)) return garbage();
        return error;
      }
      case FrameType::kDone:
        result.pages_written = static_cast<int>(pages.size());
        return result;
      default:
        return garbage();
    }
  }
}

}  // namespace

Result<SearchablePdf> write_searchable_pdf(int descriptor, const RawDocument& read,
                                           const ReadOptions& options,
                                           const std::function<Result<void>(std::string_view)>& take) {
  SearchablePdf result;
  std::vector<const RawPage*> pages;
  for (const RawPage& page : read.pages) {
    if (has_new_words(page)) pages.push_back(&page);
  }
  if (read.pages.empty()) {
    return make_error(ErrorCode::kUnsupported, "only a PDF or an image becomes a searchable PDF");
  }
  if (pages.empty() && read.media_type == "application/pdf") {
    result.copied = true;
    if (auto copied = copy_bytes(descriptor, take); !copied) return copied.error();
    return result;
  }
  Result<SearchablePdf> written = write_with({}, descriptor, pages, options, take);
  for (const std::string& password : options.passwords) {
    if (written || written.error().code != ErrorCode::kEncrypted) break;
    written = write_with(password, descriptor, pages, options, take);
  }
  return written;
}

}  // namespace vanban

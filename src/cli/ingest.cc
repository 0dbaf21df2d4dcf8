#include "vanban/pipeline/ingest.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <thread>

#include "cli/commands.h"
#include "cli/crash_restart.h"
#include "cli/output.h"
#include "vanban/base/shown_path.h"
#include "vanban/models/models.h"

namespace vanban::cli {
namespace {

std::string_view status_word(const Context& context, std::string_view status) {
  struct Row {
    std::string_view name, vi, en;
  };
  static constexpr Row kRows[] = {{"ingested", "đã nạp", "ingested"},
                                  {"partial", "đọc một phần", "partial"},
                                  {"duplicate", "trùng", "duplicate"},
                                  {"rejected", "từ chối", "rejected"},
                                  {"failed", "lỗi (thử lại)", "failed (to retry)"},
                                  {"skipped", "bỏ qua", "skipped"},
                                  {"not-reached", "chưa tới", "not reached"},
                                  {"unchanged", "không đổi", "unchanged"},
                                  {"new", "mới", "new"},
                                  {"changed", "đã đổi", "changed"}};
  for (const Row& row : kRows) {
    if (row.name == status) return context.say(row.vi, row.en);
  }
  return status;
}

std::string duration(double seconds) {
  char text[32];
  if (seconds < 60) {
    std::snprintf(text, sizeof text, "%.1f s", seconds);
  } else {
    const long whole = static_cast<long>(seconds);
    std::snprintf(text, sizeof text, "%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60, whole % 60);
  }
  return text;
}

// One line that is rewritten on a terminal; a line every ten seconds elsewhere; JSON lines for programs.
class ProgressLine {
 public:
  ProgressLine(const Context& context, const std::string& mode)
      : context_(context), json_(mode == "json"), quiet_(mode == "none") {}
  void show(const IngestProgress& state) {
    if (quiet_) return;
    const int width = terminal_width(STDERR_FILENO);
    const double pause = json_ ? 1 : width > 0 ? 0.2 : 10;
    const bool last = state.done == state.total;
    if (state.seconds - shown_ < pause && !(json_ && last)) return;
    if (state.seconds < 2 && !json_) return;
    shown_ = state.seconds;
    // Files that are known already cost next to nothing: the others tell how long it takes.
    const double left = state.was_read == 0 ? 0
                                            : state.seconds / static_cast<double>(state.was_read) *
                                                  static_cast<double>(state.to_read - state.was_read);
    if (json_) return show_json(state, left);
    std::string line = std::to_string(state.done) + "/" + std::to_string(state.total);
    for (const auto& [status, count] : state.by_status) {
      line += "  " + std::string(status_word(context_, status)) + " " + std::to_string(count);
    }
    char rates[64];
    std::snprintf(rates, sizeof rates, "  %.1f %s/s  %s ", static_cast<double>(state.pages) / state.seconds,
                  std::string(context_.say("trang", "pages")).c_str(),
                  std::string(context_.say("còn", "left")).c_str());
    line += rates + (state.was_read == 0 ? "?" : duration(left));
    constexpr double kSlow = 3;  // seconds; of several files that are read at once, those are named
    for (std::size_t i = 0; i < state.current.size() && (i == 0 || state.current[i].seconds > kSlow); ++i) {
      const FileInWork& file = state.current[i];
      line += "  " + for_terminal(file.path.substr(file.path.rfind('/') + 1));
      if (file.seconds > kSlow) line += " (" + duration(file.seconds) + ")";
    }
    if (width > 0) {
      std::fprintf(stderr, "\r\x1b[K%s", fitted(line, static_cast<std::size_t>(width - 1)).c_str());
      drawn_ = true;
    } else {
      std::fprintf(stderr, "%s\n", line.c_str());
    }
  }
  void clear() {
    if (drawn_) std::fputs("\r\x1b[K", stderr);
  }

 private:
  static void show_json(const IngestProgress& state, double left) {
    nlohmann::ordered_json out = {{"done", state.done},
                                  {"total", state.total},
                                  {"pages", state.pages},
                                  {"seconds", state.seconds},
                                  {"eta_seconds", nullptr}};
    if (state.was_read > 0 || state.to_read == 0) out["eta_seconds"] = std::lround(left);
    for (const auto& [status, count] : state.by_status) out[status] = count;
    out["current"] = nlohmann::ordered_json::array();
    for (const FileInWork& file : state.current) {
      out["current"].push_back({{"path", shown_path(file.path)}, {"seconds", file.seconds}});
    }
    std::fprintf(stderr, "%s\n", out.dump().c_str());
  }

  const Context& context_;
  bool json_, quiet_, drawn_ = false;
  double shown_ = -1e9;
};

void print_summary(const Context& context, const IngestReport& report, const std::string& store,
                   bool only_looked) {
  const std::size_t unchanged = report.by_status.contains("unchanged") ? report.by_status.at("unchanged") : 0;
  if (report.entries == 0) {
    std::puts(std::string(context.say("Không có tệp nào.", "No files.")).c_str());
  } else if (unchanged == report.entries) {
    std::printf(
        "%s\n",
        (std::string(context.say("Không có gì thay đổi: cả ", "Nothing changed: all ")) +
         std::to_string(unchanged) +
         std::string(context.say(" tệp vẫn như lần nạp trước.", " files are as the run before left them.")))
            .c_str());
  } else {
    std::printf("%zu %s, %s:\n", report.entries, std::string(context.say("tệp", "files")).c_str(),
                duration(report.seconds).c_str());
    for (const auto& [status, count] : report.by_status) {
      std::printf("  %s %zu\n", fitted(status_word(context, status), 18).c_str(), count);
    }
    std::size_t members = 0, unread = 0;
    for (const auto& [status, count] : report.members_by_status) {
      members += count;
      if (status != "ingested" && status != "duplicate") unread += count;
    }
    if (members > 0) {
      std::printf("  %s %zu, %s %zu\n",
                  std::string(context.say("tệp bên trong tệp nén, thư", "files inside others")).c_str(),
                  members, std::string(context.say("chưa đọc trọn", "not read whole")).c_str(), unread);
    }
    if (!only_looked) {
      std::printf("  %s %zu, %s %zu\n", std::string(context.say("văn bản", "documents")).c_str(),
                  report.documents, std::string(context.say("trang", "pages")).c_str(), report.pages);
    }
  }
  if (report.recalled > 0) {
    std::printf("  %s %zu\n",
                std::string(context.say("ảnh đã nhận dạng từ trước", "images that OCR knew")).c_str(),
                report.recalled);
  }
  for (std::size_t i = 0; i < report.problems.size() && i < 5; ++i) {
    const FileRecord& one = report.problems[i];
    const std::string path = shown_path(one.path);
    const bool named = one.message.find(path) != std::string::npos;
    std::printf(
        "  ! %s: %s: %s\n", std::string(status_word(context, file_status_name(one.status))).c_str(),
        one.reason.c_str(),
        for_terminal(named ? one.message : path + (one.message.empty() ? "" : ": ") + one.message).c_str());
  }
  if (report.problems.size() > 5) {
    std::printf("  ! … %zu %s\n", report.problems.size() - 5,
                std::string(context.say("tệp nữa, xem báo cáo", "more, see the report")).c_str());
  }
  if (!report.standing.empty()) {
    std::printf("  %s %zu\n",
                std::string(context.say("không đổi, vẫn bị từ chối hoặc chỉ đọc được một phần (xem báo cáo):",
                                        "unchanged, still rejected or read in part (see the report):"))
                    .c_str(),
                report.standing.size());
  }
  if (report.interrupted) {
    std::puts(std::string(context.say("Bị dừng giữa chừng. Chạy lại lệnh này để tiếp tục.",
                                      "Stopped on the way. Run the same command again to go on."))
                  .c_str());
  }
  if (only_looked) {
    std::puts(
        std::string(context.say("Chỉ xem trước: chưa ghi gì.", "Only a look: nothing was written.")).c_str());
    return;
  }
  std::printf("%s %s\n%s %s\n", std::string(context.say("Kho:", "Store:")).c_str(), store.c_str(),
              std::string(context.say("Báo cáo:", "Report:")).c_str(), report.html_path.c_str());
}

// Whether a look of `--watch` brought anything that the look before it did not: links that are skipped each
// time and a file that fails each time are said once.
class News {
 public:
  bool is_new(const IngestReport& report) {
    std::string standing;
    bool fresh = false;
    for (const auto& [status, count] : report.by_status)
      fresh = fresh || (status != "unchanged" && status != "skipped" && status != "failed");
    for (const FileRecord& one : report.problems) {
      if (one.status != FileStatus::kFailed && one.status != FileStatus::kSkipped) continue;
      standing += one.path + "\n" + one.reason + "\n";
    }
    fresh = fresh || (standing != standing_ && !standing.empty());
    standing_ = std::move(standing);
    return fresh;
  }

 private:
  std::string standing_;
};

int run_once(const Context& context, const Pipeline& pipeline, const IngestOptions& job,
             const IngestCommandOptions& options) {
  ProgressLine line(context, options.progress);
  Result<IngestReport> report = ingest(
      pipeline, job, monotonic_seconds, [&](const IngestProgress& state) { line.show(state); },
      stop_requested);
  line.clear();
  if (!report) return complain(context, report.error());
  // A look without news writes no report.
  if (!job.wants_report || !report->html_path.empty()) {
    print_summary(context, *report, context.store, job.dry_run);
    std::fflush(stdout);
  }
  if (report->interrupted) return kInterrupted;
  if (report->by_status.contains("failed") || report->members_by_status.contains("failed"))
    return kSomeFailed;
  if (report->by_status.contains("rejected") || report->by_status.contains("partial")) return kSomeRejected;
  return kDone;
}

// Looks again and again until stopped. A file counts when it has not changed between two looks.
int watch(const Context& context, const Pipeline& pipeline, IngestOptions job,
          const IngestCommandOptions& options) {
  int code = kDone;
  News news;
  job.wants_report = [&](const IngestReport& report) { return news.is_new(report); };
  std::puts(std::string(context.say("Đang theo dõi; Ctrl-C để dừng.", "Watching; Ctrl-C stops.")).c_str());
  std::fflush(stdout);
  while (!stop_requested) {
    const auto now = std::chrono::system_clock::now() - std::chrono::duration<double>(options.watch);
    job.modified_before_ns =
        std::chrono::duration_cast<std::chrono::nanoseconds>(now.time_since_epoch()).count();
    code = run_once(context, pipeline, job, options);
    // Somebody else writes to the store (a check, a backup): the next look comes again.
    if (code >= kUnusable && code != kBusy) return stop_requested ? kDone : code;
    for (double waited = 0; waited < options.watch && !stop_requested; waited += 0.1) {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
  }
  return kDone;
}

}  // namespace

int run_ingest(const Context& context, const IngestCommandOptions& options) {
  Result<Models> models = Models::load(context.models);
  if (!models) return complain(context, models.error());
  Result<Pipeline> pipeline = Pipeline::create(*models);
  if (!pipeline) return complain(context, pipeline.error());
  IngestOptions job;
  job.paths = options.paths;
  job.store = context.store;
  job.report = options.report;
  job.read = context.read;
  job.jobs =
      options.jobs > 0 ? options.jobs : static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  job.include = options.include;
  job.exclude = options.exclude;
  job.retry = options.retry;
  job.reprocess = options.reprocess;
  job.dry_run = options.dry_run;
  job.ocr_cache_bytes = options.ocr_cache_bytes;
  job.crashed = restart_after_crash(options.argv);
  job.working_on = working_on;
  catch_signals();
  if (options.watch > 0) return watch(context, *pipeline, std::move(job), options);
  return run_once(context, *pipeline, job, options);
}

}  // namespace vanban::cli

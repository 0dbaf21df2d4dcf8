#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <functional>

#include "cli/commands.h"
#include "cli/output.h"
#include "vanban/layout/layout.h"
#include "vanban/models/models.h"
#include "vanban/normalise/encodings.h"
#include "vanban/pipeline/page_formats.h"
#include "vanban/read/searchable.h"

namespace vanban::cli {
namespace {

namespace fs = std::filesystem;

Error io_error(const std::string& path) {
  const ErrorCode code = errno == ENOSPC || errno == EDQUOT    ? ErrorCode::kDiskFull
                         : errno == EACCES || errno == EPERM   ? ErrorCode::kPermission
                         : errno == ENOENT || errno == ENOTDIR ? ErrorCode::kNotFound
                                                               : ErrorCode::kIo;
  return make_error(code, path + ": " + std::strerror(errno));
}

// A file that appears under its name only when it is whole; "-" is standard output.
class Target {
 public:
  static Result<Target> open(const std::string& path) {
    Target target;
    target.shown_ = path;
    if (path == "-") {
      target.descriptor_ = STDOUT_FILENO;
      return target;
    }
    std::error_code failed;
    target.path_ = fs::weakly_canonical(path, failed).string();  // where a link leads, not the link
    if (failed || target.path_.empty()) target.path_ = path;
    target.temporary_ = target.path_ + ".part-XXXXXX";
    target.descriptor_ = ::mkostemp(target.temporary_.data(), O_CLOEXEC);
    if (target.descriptor_ < 0) {
      target.temporary_.clear();
      return io_error(path);
    }
    const mode_t mask = ::umask(0);
    ::umask(mask);
    ::fchmod(target.descriptor_, 0666 & ~mask);
    return target;
  }
  Target(Target&& other) noexcept { *this = std::move(other); }
  Target& operator=(Target&& other) noexcept {
    std::swap(shown_, other.shown_);
    std::swap(path_, other.path_);
    std::swap(temporary_, other.temporary_);
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~Target() {
    if (temporary_.empty()) return;
    ::close(descriptor_);
    ::unlink(temporary_.c_str());
  }

  Result<void> write(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return io_error(shown_);
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
  }
  Result<void> finish() {
    if (temporary_.empty()) return {};
    const bool stored = ::fsync(descriptor_) == 0 && ::rename(temporary_.c_str(), path_.c_str()) == 0;
    if (!stored) return io_error(shown_);
    ::close(descriptor_);
    temporary_.clear();
    return {};
  }

 private:
  Target() = default;
  std::string shown_, path_, temporary_;
  int descriptor_ = -1;
};

// The original is never written to, by whatever name or link it is called.
Result<void> check_targets(const Context& context, const OcrOptions& options,
                           const std::vector<std::string>& targets) {
  const auto refuse = [&](std::string_view vi, std::string_view en, const std::string& path) {
    return make_error(ErrorCode::kInvalidArgument, path + ": " + std::string(context.say(vi, en)));
  };
  struct stat in {};
  const bool known = ::stat(options.in.c_str(), &in) == 0;
  std::size_t to_stdout = 0;
  for (const std::string& target : targets) {
    if (target == "-") {
      ++to_stdout;
      continue;
    }
    struct stat out {};
    if (::stat(target.c_str(), &out) != 0) continue;
    if (known && in.st_dev == out.st_dev && in.st_ino == out.st_ino)
      return refuse("đây là chính tệp gốc; bản gốc không bao giờ bị ghi đè",
                    "this is the input itself; originals are never written to", target);
    if (!S_ISREG(out.st_mode)) return refuse("không phải tệp thường", "this is no regular file", target);
  }
  if (to_stdout > 1)
    return refuse("chỉ một kết quả ra đầu ra chuẩn", "only one result goes to standard output", "-");
  std::vector<std::string> places;
  for (const std::string& target : targets) {
    std::error_code failed;
    places.push_back(fs::weakly_canonical(target, failed).string());
  }
  std::sort(places.begin(), places.end());
  if (std::adjacent_find(places.begin(), places.end()) != places.end())
    return refuse("hai kết quả cùng một tệp", "two results of the same name", targets.front());
  return {};
}

// One line that is rewritten on a terminal; a line every ten seconds elsewhere.
class PageProgress {
 public:
  explicit PageProgress(const Context& context) : context_(context) {}
  void operator()(const ReadProgress& state) {
    const double now = monotonic_seconds() - start_;
    const bool live = terminal_width(STDERR_FILENO) > 0;
    if (now - shown_ < (live ? 0.2 : 10) || now < 1) return;
    shown_ = now;
    const double left = now / state.page * (state.pages - state.page);
    std::fprintf(stderr, "%s%s %d/%d  %s %.0f s%s", live ? "\r\x1b[K" : "",
                 std::string(context_.say("trang", "page")).c_str(), state.page, state.pages,
                 std::string(context_.say("còn", "left")).c_str(), left, live ? "" : "\n");
    drawn_ = live;
  }
  void clear() const {
    if (drawn_) std::fputs("\r\x1b[K", stderr);
  }

 private:
  const Context& context_;
  double start_ = monotonic_seconds(), shown_ = -1e9;
  bool drawn_ = false;
};

class File {
 public:
  explicit File(const std::string& path)
      : descriptor_(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)) {}
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

Result<void> write_whole(const std::string& path, const std::string& bytes) {
  Result<Target> target = Target::open(path);
  if (!target) return target.error();
  if (auto written = target->write(bytes); !written) return written;
  return target->finish();
}

std::string_view spoken(const Context& context, const Diagnostic& one) {
  if (!context.vietnamese) return one.message;
  if (one.code == "signature-removed") return "bản sao không mang chữ ký số: bản có chữ ký chỉ là tệp gốc";
  if (one.code == "page-not-found" || one.code == "page-unreadable") return "trang này không đọc được";
  return one.message;
}

// Reads the file, then writes what is asked for.
class OcrRun {
 public:
  OcrRun(const Context& context, const OcrOptions& options) : context_(context), options_(options) {}

  int run() {
    std::vector<std::string> targets;
    for (const std::string* one : {&options_.out, &options_.alto, &options_.hocr, &options_.text}) {
      if (!one->empty()) targets.push_back(*one);
    }
    if (targets.empty()) {
      std::fprintf(stderr, "vanban: %s\n",
                   std::string(context_.say("còn thiếu nơi ghi: OUT.pdf, --alto, --hocr hoặc --text",
                                            "nowhere to write: OUT.pdf, --alto, --hocr or --text"))
                       .c_str());
      return kUsage;
    }
    if (auto fine = check_targets(context_, options_, targets); !fine)
      return complain(context_, fine.error());
    const File input(options_.in);
    Reader reader(context_.read);
    PageProgress progress(context_);
    Result<RawDocument> raw = reader.read(options_.in, std::ref(progress));
    progress.clear();
    if (!raw) return complain(context_, raw.error());
    catch_signals();
    int code = kDone;
    if (!options_.out.empty()) {
      if (auto written = write_pdf(input.get(), *raw); !written) return complain(context_, written.error());
    }
    if (targets.size() > (options_.out.empty() ? 0u : 1u)) {
      if (auto written = write_texts(*raw); !written) return complain(context_, written.error());
    }
    for (const RawPage& page : raw->pages) {
      if (!page.error) continue;
      code = kSomeRejected;
      std::fprintf(stderr, "vanban: %s: %s %d: %s\n", for_terminal(options_.in).c_str(),
                   std::string(context_.say("trang", "page")).c_str(), page.number,
                   for_terminal(page.error->message).c_str());
    }
    return code;
  }

 private:
  Result<void> write_pdf(int descriptor, const RawDocument& raw) {
    if (descriptor < 0) return io_error(options_.in);
    Result<Target> target = Target::open(options_.out);
    if (!target) return target.error();
    Result<SearchablePdf> written =
        write_searchable_pdf(descriptor, raw, context_.read, [&](std::string_view piece) -> Result<void> {
          if (stop_requested) return make_error(ErrorCode::kInterrupted, options_.out);
          return target->write(piece);
        });
    if (!written) return make_error(written.error().code, options_.in + ": " + written.error().message);
    if (auto finished = target->finish(); !finished) return finished;
    for (const Diagnostic& one : written->diagnostics) {
      std::fprintf(stderr, "vanban: %s: %s\n", for_terminal(options_.out).c_str(),
                   for_terminal(spoken(context_, one)).c_str());
    }
    const int kept = static_cast<int>(raw.pages.size()) - written->pages_written;
    if (written->copied) {
      std::fprintf(
          stderr, "%s\n",
          std::string(context_.say("Mọi trang đã có lớp chữ tốt: bản sao giữ nguyên từng byte.",
                                   "Every page has a good text layer: the copy is the same, byte by byte."))
              .c_str());
    } else {
      std::fprintf(stderr, "%s %d, %s %d\n",
                   std::string(context_.say("Trang thêm lớp chữ:", "Pages that got text:")).c_str(),
                   written->pages_written,
                   std::string(context_.say("giữ nguyên:", "kept as they are:")).c_str(), kept);
    }
    return {};
  }

  Result<void> write_texts(const RawDocument& raw) {
    Result<Models> models = Models::load(context_.models);
    if (!models) return models.error();
    Result<LegacyEncodings> encodings = LegacyEncodings::load(*models);
    if (!encodings) return encodings.error();
    const std::optional<RawDocument> converted = encodings->converted(raw);
    const RawDocument& document = converted ? *converted : raw;
    Result<LaidOutText> text = lay_out(document, context_.read.limits);
    if (!text) return make_error(text.error().code, options_.in + ": " + text.error().message);
    if (!options_.text.empty()) {
      if (auto written = write_whole(options_.text, text->text + "\n"); !written) return written;
    }
    if (options_.alto.empty() && options_.hocr.empty()) return {};
    if (document.pages.empty()) {
      return make_error(
          ErrorCode::kUnsupported,
          options_.in + ": " + std::string(context_.say("tệp này không có trang", "this file has no pages")));
    }
    const std::vector<PageView> pages = pages_in_order(document, *text);
    if (!options_.alto.empty()) {
      if (auto written = write_whole(options_.alto, to_alto(pages, options_.in)); !written) return written;
    }
    if (!options_.hocr.empty()) return write_whole(options_.hocr, to_hocr(pages, options_.in));
    return {};
  }

  const Context& context_;
  const OcrOptions& options_;
};

}  // namespace

int run_ocr(const Context& context, const OcrOptions& options) { return OcrRun(context, options).run(); }

}  // namespace vanban::cli

#include "read/worker/serve.h"

#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <exception>
#include <new>
#include <thread>

#include "read/flow_pieces.h"
#include "read/worker/container.h"
#include "read/worker/html.h"
#include "read/worker/image.h"
#include "read/worker/mail.h"
#include "read/worker/ole.h"
#include "read/worker/pdf.h"
#include "read/worker/sandbox.h"
#include "read/worker/searchable.h"
#include "read/worker/sniff.h"
#include "read/worker/text.h"

namespace vanban::read {
namespace {

void write_all(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = send(kControlDescriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (written > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      _exit(1);  // the parent is gone
    }
  }
}

// Frames are gathered; a stage notice sends them, so that nothing that is finished is lost when the next work
// fails.
class WireSink final : public Sink {
 public:
  explicit WireSink(bool remembers) : remembers_(remembers) {}
  void begin(const Begin& begin) override { put(FrameType::kBegin, encode_begin(begin)); }
  void stage(Stage stage, int page) override {
    put(FrameType::kStage, encode_stage({stage, page}));
    flush();
  }
  void heartbeat() override {
    const auto now = std::chrono::steady_clock::now();
    if (now - last_sent_ < std::chrono::milliseconds(500)) return;
    put(FrameType::kHeartbeat, {});
    flush();
  }
  void page(RawPage page) override {
    round_geometry(page);
    std::string payload = encode_page(page);
    if (payload.size() > kMaxFrameBytes) {
      RawPage lost;
      lost.number = page.number;
      lost.width = page.width;
      lost.height = page.height;
      lost.error =
          make_error(ErrorCode::kLimitExceeded,
                     "the page holds more than " + std::to_string(kMaxFrameBytes >> 20) + " MB of words");
      payload = encode_page(lost);
    }
    put(FrameType::kPage, payload);
  }
  void flow(FlowBlock block) override {
    for (const std::string& payload : flow_payloads(std::move(block), kMaxFrameBytes)) {
      put(FrameType::kFlow, payload);
    }
  }
  void text(std::string_view piece) override { put(FrameType::kText, piece); }
  void diagnostic(Diagnostic diagnostic) override {
    put(FrameType::kDiagnostic, encode_diagnostic(diagnostic));
  }
  void facts(const Facts& facts) override { put(FrameType::kFacts, encode_facts(facts)); }
  void convert(const Conversion& conversion) override {
    put(FrameType::kConvert, encode_conversion(conversion));
  }

  void output(std::string_view piece) override { put_in_pieces(FrameType::kOutput, piece); }
  void member(const std::string& name, const Result<std::string>& bytes) override {
    put(FrameType::kMember, encode_member(bytes ? Member{name, std::nullopt} : Member{name, bytes.error()}));
    if (bytes) put_in_pieces(FrameType::kMemberData, *bytes);
    heartbeat();
  }
  bool remembers() const override { return remembers_; }
  std::string recall(const std::string& key) override;
  void keep(const std::string& key, std::string_view page) override {
    if (page.size() + 2 * key.size() < kMaxFrameBytes) {
      put(FrameType::kKeep, encode_memory({key, std::string(page)}));
    }
  }

  void put(FrameType type, std::string_view payload) {
    buffer_ += make_frame(type, payload);
    constexpr std::size_t kEnough = 256u << 10;
    if (buffer_.size() >= kEnough) flush();
  }
  void flush() {
    write_all(buffer_);
    buffer_.clear();
    last_sent_ = std::chrono::steady_clock::now();
  }

 private:
  void put_in_pieces(FrameType type, std::string_view bytes) {
    for (; !bytes.empty(); bytes.remove_prefix(std::min(bytes.size(), kTextChunkBytes))) {
      put(type, bytes.substr(0, kTextChunkBytes));
    }
  }

  bool remembers_;
  std::string buffer_;
  std::chrono::steady_clock::time_point last_sent_{};
};

// Reads exactly `size` bytes; a descriptor that comes with them is put into `passed`.
bool read_exactly(char* out, std::size_t size, int* passed) {
  while (size > 0) {
    iovec part{out, size};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))];
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    const ssize_t got = recvmsg(kControlDescriptor, &message, MSG_CMSG_CLOEXEC);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    for (cmsghdr* one = CMSG_FIRSTHDR(&message); one != nullptr; one = CMSG_NXTHDR(&message, one)) {
      if (one->cmsg_level == SOL_SOCKET && one->cmsg_type == SCM_RIGHTS && passed != nullptr) {
        std::memcpy(passed, CMSG_DATA(one), sizeof(int));
      }
    }
    out += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

// The next frame from the parent. False: it is gone.
bool read_frame(char& type, std::string& payload, std::size_t most, int* passed) {
  char header[kFrameHeaderBytes];
  if (!read_exactly(header, sizeof header, passed)) return false;
  std::size_t size = 0;
  for (int i = 3; i >= 0; --i) size = (size << 8) | static_cast<unsigned char>(header[i]);
  if (size > most) return false;
  type = header[4];
  payload.assign(size, '\0');
  return read_exactly(payload.data(), size, passed);
}

std::string WireSink::recall(const std::string& key) {
  put(FrameType::kRecall, encode_memory({key, {}}));
  flush();
  char type = 0;
  std::string page;
  if (!read_frame(type, page, kMaxFrameBytes, nullptr)) _exit(1);
  if (type != static_cast<char>(FrameType::kRecalled)) _exit(2);
  return page;
}

class MappedFile {
 public:
  explicit MappedFile(int descriptor) {
    struct stat status {};
    if (descriptor >= 0 && fstat(descriptor, &status) == 0 && status.st_size > 0) {
      size_ = static_cast<std::size_t>(status.st_size);
      data_ = mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, descriptor, 0);
      if (data_ == MAP_FAILED) data_ = nullptr;
    }
    if (descriptor >= 0) close(descriptor);
  }
  ~MappedFile() {
    if (data_ != nullptr) munmap(data_, size_);
  }
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  bool ok() const { return data_ != nullptr; }
  std::string_view bytes() const { return {static_cast<const char*>(data_), size_}; }

 private:
  void* data_ = nullptr;
  std::size_t size_ = 0;
};

Result<void> work_guarded(const Input& input, const std::vector<RawPage>& words, Sink& sink) {
  try {
    return input.job.write ? write_searchable(input, words, sink) : read_document(input, sink);
  } catch (const std::bad_alloc&) {
    return make_error(ErrorCode::kOutOfMemory, "the document needs more memory than the reader may have");
  } catch (const std::exception& exception) {
    return make_error(ErrorCode::kDamaged, exception.what());
  }
}

Result<void> ask_to_convert(const Conversion& conversion, Sink& sink) {
  sink.convert(conversion);
  return make_error(ErrorCode::kUnsupported,
                    "this is " + conversion.what + ", which is not read without LibreOffice");
}

// A worker whose parent died must not go on, however deep in a parser it is.
void start_watchdog() {
  std::thread([] {
    pollfd control{kControlDescriptor, POLLRDHUP, 0};
    while (poll(&control, 1, -1) < 0 && errno == EINTR) {
    }
    _exit(1);
  }).detach();
}

}  // namespace

Result<void> read_document(const Input& input, Sink& sink) {
  const Sniffed kind = sniff(input.bytes, input.job.name);
  switch (kind.format) {
    case Format::kPdf: {
      const Input without_junk{input.bytes.substr(kind.offset), input.job};
      return read_pdf(without_junk, sink);
    }
    case Format::kPng:
    case Format::kJpeg:
    case Format::kTiff:
    case Format::kWebp:
    case Format::kBmp:
    case Format::kPnm:
      return read_image(input, kind, sink);
    case Format::kText:
      return read_text(input, sink);
    case Format::kMarkdown:
      return read_markdown(input, sink);
    case Format::kZip:
      return read_container(input, sink);
    case Format::kHtml:
      return read_html(input, sink);
    case Format::kMail:
      return read_mail(input, sink);
    case Format::kOle: {
      const Result<Conversion> inside = sniff_ole(input.bytes);
      return inside ? ask_to_convert(*inside, sink) : Result<void>(inside.error());
    }
    case Format::kRtf:
      return ask_to_convert({OfficeKind::kRtf, "application/rtf", "an RTF document"}, sink);
    case Format::kGif:
      return make_error(ErrorCode::kUnsupported, "GIF images are not read; save it as PNG");
    case Format::kUnsupported:
      break;
  }
  return make_error(ErrorCode::kUnsupported,
                    "this is " + kind.what + " (" + kind.media_type + "), which is not read");
}

int serve(bool mock) {
  WireSink hello(false);
  std::string payload;
  Encoder out(payload);
  out.unsigned_number(kProtocolVersion);
  out.text(enter_sandbox(start_watchdog));
  hello.put(FrameType::kHello, payload);
  hello.flush();
  std::vector<RawPage> words;  // for the next job, if it is one of writing
  for (;;) {
    char type = 0;
    std::string request;
    int descriptor = -1;
    if (!read_frame(type, request, kMaxFrameBytes, &descriptor)) return 0;
    if (type == static_cast<char>(FrameType::kWords)) {
      if (!decode_page(request, words.emplace_back())) return 2;
      continue;
    }
    Job job;
    if (type != static_cast<char>(FrameType::kJob) || !decode_job(request, job)) return 2;
    limit_processor_time(job.limits.document_seconds);

    WireSink sink(job.remembers);
    const MappedFile file(descriptor);
    Result<void> done;
    if (!file.ok()) {
      done = make_error(ErrorCode::kOutOfMemory, "the file does not fit the reader's memory");
    } else {
      if (mock && file.bytes().starts_with("#!mock ")) play_mock(file.bytes().substr(7));
      done = work_guarded({file.bytes(), job}, words, sink);
    }
    words.clear();
    if (done)
      sink.put(FrameType::kDone, {});
    else
      sink.put(FrameType::kError, encode_error(done.error()));
    sink.flush();
  }
}

}  // namespace vanban::read

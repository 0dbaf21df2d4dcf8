// The private protocol between Reader and its worker; protocol.md describes it. Both sides encode and decode
// here, so that they cannot disagree. The decoder trusts nothing: a length, count or enumerator that does not
// hold fails it.

#ifndef VANBAN_SRC_READ_WIRE_H_
#define VANBAN_SRC_READ_WIRE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "vanban/base/limits.h"
#include "vanban/base/result.h"
#include "vanban/doc/raw_document.h"
#include "vanban/read/reader.h"

namespace vanban::read {

inline constexpr std::uint32_t kProtocolVersion = 7;
inline constexpr std::size_t kFrameHeaderBytes = 5;  // length of the payload (4, little endian), type (1)
inline constexpr std::size_t kMaxFrameBytes = 16u << 20;  // the longest payload that is believed
inline constexpr std::size_t kTextChunkBytes = 1u << 20;

enum class FrameType : std::uint8_t {
  kHello = 1,      // worker: version, what isolates it
  kJob = 2,        // parent: options; the open file travels beside it
  kBegin = 3,      // worker: media type, encoding, number of pages (0: none)
  kStage = 4,      // worker: what it does next, on which page
  kHeartbeat = 5,  // worker: still making progress
  kPage = 6,
  kFlow = 7,
  kText = 8,  // a piece of plain_text
  kDiagnostic = 9,
  kFacts = 10,  // damaged, encoding, OCR engine: known at the end
  kDone = 11,
  kError = 12,       // the document failed; the worker is fine
  kConvert = 13,     // before kError: which program of old made the file, for LibreOffice to convert
  kWords = 14,       // parent, before kJob: one page's words, to be written into a searchable PDF
  kOutput = 15,      // worker: a piece of that PDF
  kMember = 16,      // worker: a file inside this one begins: its name
  kMemberData = 17,  // worker: a piece of the member that began last
  kRecall = 18,      // worker: what did OCR see of this image before? The parent answers kRecalled
  kRecalled = 19,    // parent: an encoded page, or nothing
  kKeep = 20,        // worker: what OCR saw of an image that it asked for
};

// What LibreOffice is to convert, and so into what: DOCX, XLSX, PPTX.
enum class OfficeKind : std::uint8_t { kWord = 0, kRtf = 1, kExcel = 2, kPowerPoint = 3 };

struct Conversion {
  OfficeKind kind = OfficeKind::kWord;
  std::string media_type;  // the file's own
  std::string what;        // for messages: "a Word document of before 2007 (DOC)"
};

// A file inside the one that is read; its bytes follow, unless it is known why they cannot be had.
struct Member {
  std::string name;  // its path there: a name to be shown, never one to be opened
  std::optional<Error> error;
};

enum class Stage : std::uint8_t { kText = 0, kOcr = 1 };

// What the worker is told about one document.
struct Job {
  Limits limits;
  OcrMode ocr = OcrMode::kAuto;
  std::string ocr_languages;
  std::string password;
  std::string name;          // the file's name without folder: a tie-break between text and Markdown only
  int first_page = 1;        // pages before it are left out: it follows a worker that died
  bool remembers = false;    // the parent keeps what OCR sees
  bool cautious = false;     // the worker died before the first page: leave out what can be left out
  bool attachments = false;  // send the files attached to a PDF as its members
  bool write = false;  // not read, but written as a searchable PDF with the words that came before the job
};

// What OCR saw of the image with this key (SHA-256, 64 hex digits): an encoded page.
struct Memory {
  std::string key, page;
};

struct Begin {
  std::string media_type, encoding;
  int pages = 0;
};

struct StageNotice {
  Stage stage = Stage::kText;
  int page = 0;
};

struct Facts {
  bool damaged = false;
  std::string encoding;  // empty: as kBegin said
  std::optional<OcrInfo> ocr;
};

// Appends to a string. Integers are LEB128, signed ones zigzag; lengths go in thousandths of a point.
class Encoder {
 public:
  explicit Encoder(std::string& out) : out_(out) {}
  void unsigned_number(std::uint64_t value);
  void signed_number(std::int64_t value);
  void thousandths(double value);
  void text(std::string_view value);
  void flag(bool value) { out_.push_back(value ? 1 : 0); }

 private:
  std::string& out_;
};

// Reads what Encoder wrote. After the first thing that does not hold, ok() is false and every read gives
// zero.
class Decoder {
 public:
  explicit Decoder(std::string_view in) : in_(in) {}
  std::uint64_t unsigned_number();
  std::int64_t signed_number();
  int small_number();                               // fails outside of int
  std::size_t count(std::size_t least_bytes_each);  // fails if so many items cannot follow
  double thousandths();
  std::string text();  // invalid UTF-8 is replaced
  std::string bytes();
  bool flag();
  void fail() { ok_ = false; }
  bool ok() const { return ok_; }
  bool at_end() const { return ok_ && at_ == in_.size(); }

 private:
  std::string_view in_;
  std::size_t at_ = 0;
  bool ok_ = true;
};

// Rounds places to what the wire carries, and puts corners in order.
void round_geometry(RawPage& page);

std::string encode_job(const Job& job);
std::string encode_begin(const Begin& begin);
std::string encode_stage(const StageNotice& stage);
std::string encode_page(const RawPage& page);
std::string encode_flow(const FlowBlock& block);
std::string encode_diagnostic(const Diagnostic& diagnostic);
std::string encode_facts(const Facts& facts);
std::string encode_error(const Error& error);
std::string encode_memory(const Memory& memory);
std::string encode_member(const Member& member);
std::string encode_conversion(const Conversion& conversion);

// Each returns false if the payload does not hold; then the value is unspecified.
bool decode_job(std::string_view payload, Job& job);
bool decode_begin(std::string_view payload, Begin& begin);
bool decode_stage(std::string_view payload, StageNotice& stage);
bool decode_page(std::string_view payload, RawPage& page);
bool decode_flow(std::string_view payload, FlowBlock& block);
bool decode_diagnostic(std::string_view payload, Diagnostic& diagnostic);
bool decode_facts(std::string_view payload, Facts& facts);
bool decode_error(std::string_view payload, Error& error);
bool decode_memory(std::string_view payload, Memory& memory);  // its page is checked, too
bool decode_member(std::string_view payload, Member& member);
bool decode_conversion(std::string_view payload, Conversion& conversion);

// Header and payload.
std::string make_frame(FrameType type, std::string_view payload);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WIRE_H_

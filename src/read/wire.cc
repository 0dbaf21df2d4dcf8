#include "read/wire.h"

#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include "vanban/base/utf8.h"

namespace vanban::read {
namespace {

constexpr int kMaxPages = 1'000'000;

double rounded(double value) {
  if (!std::isfinite(value)) return 0;
  constexpr double kFar = 1e9;  // points; beyond it a place means nothing
  const double clamped = value > kFar ? kFar : value < -kFar ? -kFar : value;
  return static_cast<double>(std::llround(clamped * 1000)) / 1000;
}

void put_box(Encoder& out, const Box& box) {
  out.thousandths(box.x0);
  out.thousandths(box.y0);
  out.thousandths(box.x1 - box.x0);
  out.thousandths(box.y1 - box.y0);
}

Box get_box(Decoder& in) {
  Box box;
  box.x0 = in.thousandths();
  box.y0 = in.thousandths();
  const double width = in.thousandths(), height = in.thousandths();
  if (width < 0 || height < 0) in.fail();
  box.x1 = rounded(box.x0 + width);
  box.y1 = rounded(box.y0 + height);
  return box;
}

void put_error(Encoder& out, const Error& error) {
  out.unsigned_number(static_cast<std::uint64_t>(error.code));
  out.text(error.message);
}

Error get_error(Decoder& in) {
  Error error;
  const std::uint64_t code = in.unsigned_number();
  if (code > static_cast<std::uint64_t>(ErrorCode::kInternal)) in.fail();
  error.code = in.ok() ? static_cast<ErrorCode>(code) : ErrorCode::kInternal;
  error.message = in.text();
  return error;
}

double get_share(Decoder& in) {  // 0..1
  const double value = in.thousandths();
  return value < 0 ? 0 : value > 1 ? 1 : value;
}

// Each font's name goes once for a block.
class FontNumbers {
 public:
  void see(const std::vector<FlowRun>& runs) {
    for (const FlowRun& run : runs) {
      if (index_.emplace(run.font, fonts_.size()).second) fonts_.push_back(run.font);
    }
  }
  void put_names(Encoder& out) const {
    out.unsigned_number(fonts_.size());
    for (std::string_view font : fonts_) out.text(font);
  }
  void put(Encoder& out, const std::vector<FlowRun>& runs) const {
    out.unsigned_number(runs.size());
    std::size_t at = 0;
    for (const FlowRun& run : runs) {
      out.unsigned_number(run.begin - at);
      out.unsigned_number(run.end - run.begin);
      out.unsigned_number(index_.at(run.font));
      at = run.end;
    }
  }

 private:
  std::map<std::string_view, std::size_t> index_;
  std::vector<std::string_view> fonts_;
};

bool is_boundary(const std::string& text, std::size_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

bool get_runs(Decoder& in, const std::vector<std::string>& fonts, const std::string& text,
              std::vector<FlowRun>& runs) {
  runs.resize(in.count(3));
  std::size_t at = 0;
  for (FlowRun& run : runs) {
    const std::uint64_t gap = in.unsigned_number(), size = in.unsigned_number(), font = in.unsigned_number();
    if (!in.ok() || font >= fonts.size() || gap > text.size() - at || size > text.size() - at - gap)
      return false;
    run = {at + gap, at + gap + size, fonts[font]};
    at = run.end;
    if (!is_boundary(text, run.begin) || !is_boundary(text, run.end)) return false;
  }
  return in.ok();
}

constexpr std::uint64_t kBold = 1, kItalic = 2, kInvisible = 4, kSpaceAfter = 8, kHasCell = 16, kHasLine = 32,
                        kHasReadAs = 64;

void put_limit(Encoder& out, std::uint64_t value) { out.unsigned_number(value); }
void put_limit(Encoder& out, std::uint32_t value) { out.unsigned_number(value); }
void put_limit(Encoder& out, double value) { out.thousandths(value); }
void get_limit(Decoder& in, std::uint64_t& value) { value = in.unsigned_number(); }
void get_limit(Decoder& in, std::uint32_t& value) {
  value = static_cast<std::uint32_t>(in.unsigned_number());
}
void get_limit(Decoder& in, double& value) { value = in.thousandths(); }

}  // namespace

void Encoder::unsigned_number(std::uint64_t value) {
  while (value >= 0x80) {
    out_.push_back(static_cast<char>((value & 0x7F) | 0x80));
    value >>= 7;
  }
  out_.push_back(static_cast<char>(value));
}

void Encoder::signed_number(std::int64_t value) {
  unsigned_number((static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63));
}

void Encoder::thousandths(double value) { signed_number(std::llround(rounded(value) * 1000)); }

void Encoder::text(std::string_view value) {
  unsigned_number(value.size());
  out_.append(value);
}

std::uint64_t Decoder::unsigned_number() {
  std::uint64_t value = 0;
  for (int shift = 0; ok_ && shift < 64; shift += 7) {
    if (at_ >= in_.size()) break;
    const auto byte = static_cast<unsigned char>(in_[at_++]);
    value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if (byte < 0x80) return value;
  }
  ok_ = false;
  return 0;
}

std::int64_t Decoder::signed_number() {
  const std::uint64_t value = unsigned_number();
  return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

int Decoder::small_number() {
  const std::int64_t value = signed_number();
  if (value < std::numeric_limits<int>::min() || value > std::numeric_limits<int>::max()) ok_ = false;
  return ok_ ? static_cast<int>(value) : 0;
}

std::size_t Decoder::count(std::size_t least_bytes_each) {
  const std::uint64_t value = unsigned_number();
  if (value > (in_.size() - at_) / least_bytes_each) ok_ = false;
  return ok_ ? static_cast<std::size_t>(value) : 0;
}

double Decoder::thousandths() {
  const std::int64_t value = signed_number();
  constexpr std::int64_t kFar = 4'000'000'000'000;
  if (value > kFar || value < -kFar) ok_ = false;
  return ok_ ? static_cast<double>(value) / 1000 : 0;
}

std::string Decoder::bytes() {
  const std::size_t size = count(1);
  std::string value(in_.substr(at_, size));
  at_ += size;
  return value;
}

std::string Decoder::text() {
  std::string value = bytes();
  return is_valid_utf8(value) ? value : to_valid_utf8(value);
}

bool Decoder::flag() {
  const std::uint64_t value = unsigned_number();
  if (value > 1) ok_ = false;
  return ok_ && value == 1;
}

void round_geometry(RawPage& page) {
  const auto tidy = [](Box& box) {
    box = {rounded(box.x0), rounded(box.y0), rounded(box.x1), rounded(box.y1)};
    if (box.x1 < box.x0) std::swap(box.x0, box.x1);
    if (box.y1 < box.y0) std::swap(box.y0, box.y1);
  };
  page.width = rounded(page.width);
  page.height = rounded(page.height);
  page.image_coverage = rounded(page.image_coverage);
  page.mean_confidence = rounded(page.mean_confidence);
  page.skew_degrees = rounded(page.skew_degrees);
  for (RawWord& word : page.words) {
    tidy(word.box);
    word.font_size = rounded(word.font_size);
    word.confidence = rounded(word.confidence);
  }
  for (Ruling& line : page.rulings) {
    Box box{line.x0, line.y0, line.x1, line.y1};
    tidy(box);
    line = {box.x0, box.y0, box.x1, box.y1};
  }
  for (Box& cell : page.cells) tidy(cell);
}

std::string encode_job(const Job& job) {
  std::string payload;
  Encoder out(payload);
  out.unsigned_number(kProtocolVersion);
  for (const LimitField& field : limit_fields()) {
    std::visit([&](auto member) { put_limit(out, job.limits.*member); }, field.member);
  }
  out.unsigned_number(static_cast<std::uint64_t>(job.ocr));
  out.text(job.ocr_languages);
  out.text(job.password);
  out.text(job.name);
  out.signed_number(job.first_page);
  out.flag(job.remembers);
  out.flag(job.cautious);
  out.flag(job.attachments);
  out.flag(job.write);
  return payload;
}

bool decode_job(std::string_view payload, Job& job) {
  Decoder in(payload);
  if (in.unsigned_number() != kProtocolVersion) return false;
  for (const LimitField& field : limit_fields()) {
    std::visit([&](auto member) { get_limit(in, job.limits.*member); }, field.member);
  }
  const std::uint64_t mode = in.unsigned_number();
  if (mode > static_cast<std::uint64_t>(OcrMode::kAlways)) return false;
  job.ocr = static_cast<OcrMode>(mode);
  job.ocr_languages = in.text();
  job.password = in.bytes();
  job.name = in.bytes();
  job.first_page = in.small_number();
  job.remembers = in.flag();
  job.cautious = in.flag();
  job.attachments = in.flag();
  job.write = in.flag();
  return in.at_end();
}

std::string encode_begin(const Begin& begin) {
  std::string payload;
  Encoder out(payload);
  out.text(begin.media_type);
  out.text(begin.encoding);
  out.signed_number(begin.pages);
  return payload;
}

bool decode_begin(std::string_view payload, Begin& begin) {
  Decoder in(payload);
  begin.media_type = in.text();
  begin.encoding = in.text();
  begin.pages = in.small_number();
  return in.at_end() && begin.pages >= 0 && begin.pages <= kMaxPages;
}

std::string encode_stage(const StageNotice& stage) {
  std::string payload;
  Encoder out(payload);
  out.unsigned_number(static_cast<std::uint64_t>(stage.stage));
  out.signed_number(stage.page);
  return payload;
}

bool decode_stage(std::string_view payload, StageNotice& stage) {
  Decoder in(payload);
  const std::uint64_t kind = in.unsigned_number();
  stage.page = in.small_number();
  if (!in.at_end() || kind > 1 || stage.page < 0 || stage.page > kMaxPages) return false;
  stage.stage = static_cast<Stage>(kind);
  return true;
}

std::string encode_page(const RawPage& page) {
  std::string payload;
  payload.reserve(page.words.size() * 32 + page.rulings.size() * 10 + 64);
  Encoder out(payload);
  out.signed_number(page.number);
  out.thousandths(page.width);
  out.thousandths(page.height);
  out.unsigned_number(static_cast<std::uint64_t>(page.origin));
  std::map<std::string_view, std::size_t> index;  // each font's name goes once
  std::vector<std::string_view> fonts;
  for (const RawWord& word : page.words) {
    if (index.emplace(word.font, fonts.size()).second) fonts.push_back(word.font);
  }
  out.unsigned_number(fonts.size());
  for (std::string_view font : fonts) out.text(font);
  out.unsigned_number(page.words.size());
  for (const RawWord& word : page.words) {
    out.text(word.text);
    put_box(out, word.box);
    out.unsigned_number(index[word.font]);
    out.thousandths(word.font_size);
    out.unsigned_number((word.bold ? kBold : 0u) | (word.italic ? kItalic : 0u) |
                        (word.invisible ? kInvisible : 0u) | (word.space_after ? kSpaceAfter : 0u) |
                        (word.cell >= 0 ? kHasCell : 0u) | (word.line >= 0 ? kHasLine : 0u) |
                        (word.read_as.empty() ? 0u : kHasReadAs));
    out.signed_number(word.rotation);
    out.thousandths(word.confidence);
    if (word.line >= 0) out.signed_number(word.line);
    if (word.cell >= 0) out.signed_number(word.cell);
    if (!word.read_as.empty()) out.text(word.read_as);
  }
  out.unsigned_number(page.rulings.size());
  for (const Ruling& line : page.rulings) put_box(out, {line.x0, line.y0, line.x1, line.y1});
  out.unsigned_number(page.cells.size());
  for (const Box& cell : page.cells) put_box(out, cell);
  out.thousandths(page.image_coverage);
  out.unsigned_number(page.unmapped_characters);
  out.thousandths(page.mean_confidence);
  out.thousandths(page.skew_degrees);
  out.flag(page.error.has_value());
  if (page.error) put_error(out, *page.error);
  return payload;
}

bool decode_page(std::string_view payload, RawPage& page) {
  Decoder in(payload);
  page.number = in.small_number();
  page.width = in.thousandths();
  page.height = in.thousandths();
  const std::uint64_t origin = in.unsigned_number();
  if (origin > static_cast<std::uint64_t>(TextOrigin::kMixed)) return false;
  page.origin = static_cast<TextOrigin>(origin);
  std::vector<std::string> fonts(in.count(1));
  for (std::string& font : fonts) font = in.text();
  page.words.resize(in.count(9));
  for (RawWord& word : page.words) {
    word.text = in.text();
    word.box = get_box(in);
    const std::uint64_t font = in.unsigned_number();
    if (font >= fonts.size()) return false;
    word.font = fonts[font];
    word.font_size = in.thousandths();
    const std::uint64_t flags = in.unsigned_number();
    word.bold = (flags & kBold) != 0;
    word.italic = (flags & kItalic) != 0;
    word.invisible = (flags & kInvisible) != 0;
    word.space_after = (flags & kSpaceAfter) != 0;
    word.rotation = in.small_number();
    word.confidence = get_share(in);
    if ((flags & kHasLine) != 0) word.line = in.small_number();
    if ((flags & kHasCell) != 0) word.cell = in.small_number();
    if ((flags & kHasReadAs) != 0) word.read_as = in.text();
    if (!in.ok() || flags >= 128 || word.line < -1 || word.cell < -1) return false;
    if (word.rotation != 0 && word.rotation != 90 && word.rotation != 180 && word.rotation != 270)
      return false;
  }
  page.rulings.resize(in.count(4));
  for (Ruling& line : page.rulings) {
    const Box box = get_box(in);
    line = {box.x0, box.y0, box.x1, box.y1};
  }
  page.cells.resize(in.count(4));
  for (Box& cell : page.cells) cell = get_box(in);
  for (const RawWord& word : page.words) {
    if (word.cell >= static_cast<int>(page.cells.size())) return false;
  }
  page.image_coverage = get_share(in);
  page.unmapped_characters = static_cast<std::size_t>(in.unsigned_number());
  page.mean_confidence = get_share(in);
  page.skew_degrees = in.thousandths();
  if (in.flag()) page.error = get_error(in);
  return in.at_end() && page.number >= 1 && page.number <= kMaxPages && page.width >= 0 && page.height >= 0;
}

std::string encode_flow(const FlowBlock& block) {
  std::string payload;
  Encoder out(payload);
  out.unsigned_number(static_cast<std::uint64_t>(block.kind));
  out.text(block.text);
  out.text(block.list_label);
  out.flag(block.bold);
  out.flag(block.italic);
  out.flag(block.centred);
  out.signed_number(block.heading_level);
  FontNumbers fonts;
  fonts.see(block.runs);
  for (const auto& row : block.rows) {
    for (const FlowCell& cell : row) fonts.see(cell.runs);
  }
  fonts.put_names(out);
  fonts.put(out, block.runs);
  out.unsigned_number(block.rows.size());
  for (const auto& row : block.rows) {
    out.unsigned_number(row.size());
    for (const FlowCell& cell : row) {
      out.text(cell.text);
      out.signed_number(cell.colspan);
      out.signed_number(cell.rowspan);
      out.flag(cell.header);
      fonts.put(out, cell.runs);
    }
  }
  return payload;
}

bool decode_flow(std::string_view payload, FlowBlock& block) {
  Decoder in(payload);
  const std::uint64_t kind = in.unsigned_number();
  if (kind > static_cast<std::uint64_t>(FlowBlock::Kind::kPageBreak)) return false;
  block.kind = static_cast<FlowBlock::Kind>(kind);
  block.text = in.text();
  block.list_label = in.text();
  block.bold = in.flag();
  block.italic = in.flag();
  block.centred = in.flag();
  block.heading_level = in.small_number();
  std::vector<std::string> fonts(in.count(1));
  for (std::string& font : fonts) font = in.text();
  if (!get_runs(in, fonts, block.text, block.runs)) return false;
  block.rows.resize(in.count(1));
  for (auto& row : block.rows) {
    row.resize(in.count(5));
    for (FlowCell& cell : row) {
      cell.text = in.text();
      cell.colspan = in.small_number();
      cell.rowspan = in.small_number();
      cell.header = in.flag();
      if (cell.colspan < 1 || cell.rowspan < 1) return false;
      if (!get_runs(in, fonts, cell.text, cell.runs)) return false;
    }
  }
  return in.at_end() && block.heading_level >= 0 && block.heading_level <= 9;
}

std::string encode_diagnostic(const Diagnostic& diagnostic) {
  std::string payload;
  Encoder out(payload);
  out.text(diagnostic.code);
  out.text(diagnostic.message);
  out.signed_number(diagnostic.page);
  return payload;
}

bool decode_diagnostic(std::string_view payload, Diagnostic& diagnostic) {
  Decoder in(payload);
  diagnostic.code = in.text();
  diagnostic.message = in.text();
  diagnostic.page = in.small_number();
  return in.at_end() && diagnostic.page >= 0;
}

std::string encode_facts(const Facts& facts) {
  std::string payload;
  Encoder out(payload);
  out.flag(facts.damaged);
  out.text(facts.encoding);
  out.flag(facts.ocr.has_value());
  if (facts.ocr) {
    out.text(facts.ocr->engine);
    out.text(facts.ocr->languages);
    out.thousandths(facts.ocr->mean_confidence);
  }
  return payload;
}

bool decode_facts(std::string_view payload, Facts& facts) {
  Decoder in(payload);
  facts.damaged = in.flag();
  facts.encoding = in.text();
  if (in.flag()) {
    OcrInfo ocr;
    ocr.engine = in.text();
    ocr.languages = in.text();
    ocr.mean_confidence = get_share(in);
    facts.ocr = std::move(ocr);
  }
  return in.at_end();
}

std::string encode_error(const Error& error) {
  std::string payload;
  Encoder out(payload);
  put_error(out, error);
  return payload;
}

bool decode_error(std::string_view payload, Error& error) {
  Decoder in(payload);
  error = get_error(in);
  return in.at_end();
}

std::string encode_memory(const Memory& memory) {
  std::string payload;
  Encoder out(payload);
  out.text(memory.key);
  out.text(memory.page);
  return payload;
}

bool decode_memory(std::string_view payload, Memory& memory) {
  Decoder in(payload);
  memory.key = in.bytes();
  memory.page = in.bytes();
  RawPage page;
  return in.at_end() && memory.key.size() == 64 &&
         memory.key.find_first_not_of("0123456789abcdef") == std::string::npos &&
         (memory.page.empty() || decode_page(memory.page, page));
}

std::string encode_member(const Member& member) {
  std::string payload;
  Encoder out(payload);
  out.text(member.name);
  out.flag(member.error.has_value());
  if (member.error) put_error(out, *member.error);
  return payload;
}

bool decode_member(std::string_view payload, Member& member) {
  Decoder in(payload);
  member.name = in.text();
  if (in.flag()) member.error = get_error(in);
  return in.at_end();
}

std::string encode_conversion(const Conversion& conversion) {
  std::string payload;
  Encoder out(payload);
  out.unsigned_number(static_cast<std::uint64_t>(conversion.kind));
  out.text(conversion.media_type);
  out.text(conversion.what);
  return payload;
}

bool decode_conversion(std::string_view payload, Conversion& conversion) {
  Decoder in(payload);
  const std::uint64_t kind = in.unsigned_number();
  conversion.media_type = in.text();
  conversion.what = in.text();
  if (!in.at_end() || kind > static_cast<std::uint64_t>(OfficeKind::kPowerPoint)) return false;
  conversion.kind = static_cast<OfficeKind>(kind);
  return true;
}

std::string make_frame(FrameType type, std::string_view payload) {
  std::string frame;
  frame.reserve(kFrameHeaderBytes + payload.size());
  const auto size = static_cast<std::uint32_t>(payload.size());
  for (int shift = 0; shift < 32; shift += 8) frame.push_back(static_cast<char>((size >> shift) & 0xFF));
  frame.push_back(static_cast<char>(type));
  frame.append(payload);
  return frame;
}

}  // namespace vanban::read

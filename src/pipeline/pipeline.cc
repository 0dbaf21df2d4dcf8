#include "vanban/pipeline/pipeline.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <mutex>

#include "pipeline/large_texts.h"
#include "vanban/base/shown_path.h"
#include "vanban/extract/extractor.h"
#include "vanban/layout/layout.h"
#include "vanban/link/resolver.h"
#include "vanban/normalise/encodings.h"
#include "vanban/normalise/ocr_numbers.h"
#include "vanban/normalise/ocr_repair.h"
#include "vanban/parse/parser.h"
#include "vanban/pipeline/carry.h"

namespace vanban {

struct Pipeline::Impl {
  Impl(Agencies agencies_in, DocumentTypes types_in)
      : agencies(std::move(agencies_in)), types(std::move(types_in)) {}
  Agencies agencies;
  DocumentTypes types;
  std::optional<Parser> parser;  // refer to agencies and types: made after them
  std::optional<Extractor> extractor;
  std::optional<LegacyEncodings> encodings;
  std::optional<OcrRepair> repair;
  std::optional<OcrNumbers> numbers;
  std::string version;
  mutable std::mutex large;

  // `raw`: as it was laid out.
  Document document_of(const RawDocument& raw, LaidOutText text, const std::string& path) const;
};

Pipeline::Pipeline(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Pipeline::Pipeline(Pipeline&&) noexcept = default;
Pipeline& Pipeline::operator=(Pipeline&&) noexcept = default;
Pipeline::~Pipeline() = default;

const Agencies& Pipeline::agencies() const { return impl_->agencies; }
const DocumentTypes& Pipeline::types() const { return impl_->types; }
const std::string& Pipeline::version() const { return impl_->version; }

FileStatus status_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::kEmpty:
    case ErrorCode::kUnsupported:
    case ErrorCode::kDamaged:
    case ErrorCode::kEncrypted:
    case ErrorCode::kLimitExceeded:
    case ErrorCode::kTimeout:
    case ErrorCode::kOutOfMemory:
    case ErrorCode::kParserCrash:
      return FileStatus::kRejected;
    default:
      return FileStatus::kFailed;
  }
}

Result<Pipeline> Pipeline::create(const Models& models) {
  Result<Agencies> agencies = Agencies::create(models);
  if (!agencies) return agencies.error();
  Result<DocumentTypes> types = DocumentTypes::create(models);
  if (!types) return types.error();
  auto impl = std::make_unique<Impl>(std::move(*agencies), std::move(*types));
  Result<Parser> parser = Parser::create(models, impl->agencies, impl->types);
  if (!parser) return parser.error();
  impl->parser.emplace(std::move(*parser));
  Result<Extractor> extractor = Extractor::create(models, impl->agencies, impl->types);
  if (!extractor) return extractor.error();
  impl->extractor.emplace(std::move(*extractor));
  std::vector<PatternTable*> tables = impl->extractor->patterns();
  tables.push_back(&impl->parser->patterns());
  PatternTable::join(tables);
  Result<LegacyEncodings> encodings = LegacyEncodings::load(models);
  if (!encodings) return encodings.error();
  impl->encodings.emplace(std::move(*encodings));
  Result<OcrRepair> repair = OcrRepair::create(models);
  if (!repair) return repair.error();
  impl->repair.emplace(std::move(*repair));
  Result<OcrNumbers> numbers = OcrNumbers::create(models);
  if (!numbers) return numbers.error();
  impl->numbers.emplace(std::move(*numbers));
  impl->version = std::string(VANBAN_VERSION) + "+" + models.version();
  return Pipeline(std::unique_ptr<const Impl>(std::move(impl)));
}

namespace {

constexpr double kSurePage =
    0.8;  // a page whose letters are surer than this on the average is not worth a look

// Pages that could all be read: if they show no text (photographs, blank sheets), they have none.
bool is_whole(const RawDocument& raw) {
  return !raw.pages.empty() && !raw.damaged &&
         std::none_of(raw.pages.begin(), raw.pages.end(),
                      [](const RawPage& page) { return page.error.has_value(); });
}

// A form or a portfolio whose pages are only a cover.
bool has_no_pages_to_read(const RawDocument& raw) {
  return std::any_of(raw.diagnostics.begin(), raw.diagnostics.end(),
                     [](const Diagnostic& one) { return one.code == "xfa-only" || one.code == "portfolio"; });
}

constexpr std::size_t kLargeText = 1u << 20;
constexpr std::size_t kSample = 384u << 10;
// What becomes of a text may take so many times the limit on its bytes: 200 MB at 5 MB. Prose and dispatches
// take 10 to 35 times their size; a text that is nothing but citations takes 200 times.
constexpr std::uint64_t kMostTimesText = 40;

TextOrigin origin_of(const RawDocument& raw) {
  if (raw.pages.empty()) return TextOrigin::kPlain;
  bool layer = false, ocr = false;
  for (const RawPage& page : raw.pages) {
    if (page.words.empty()) continue;
    layer = layer || page.origin == TextOrigin::kTextLayer;
    ocr = ocr || page.origin == TextOrigin::kOcr;
  }
  if (layer && ocr) return TextOrigin::kMixed;
  return ocr ? TextOrigin::kOcr : TextOrigin::kTextLayer;
}

}  // namespace

Document Pipeline::Impl::document_of(const RawDocument& raw, LaidOutText text,
                                     const std::string& path) const {
  std::string encoding = text.encoding.empty() ? raw.encoding : text.encoding;
  const std::string whole = text.text;
  const PatternScan scan(parser->patterns(), whole);  // one pass for parser and extractor
  Document document = parser->parse(std::move(text));
  for (const PlacedWord& word : document.words) {
    if (!word.read_as.empty()) document.repairs.push_back({word.where, word.place.page, word.read_as});
  }
  document.source.path = shown_path(path);
  document.source.sha256 = raw.sha256;
  document.source.bytes = raw.bytes;
  document.source.media_type = raw.media_type;
  document.source.pages = static_cast<int>(raw.pages.size());
  document.source.text_origin = origin_of(raw);
  document.source.encoding = std::move(encoding);
  document.source.ocr = raw.ocr;
  Diagnostics warnings = raw.diagnostics;
  if (raw.damaged) {
    warnings.push_back({"damaged", "the file is damaged and was repaired while reading", 0});
  }
  for (const RawPage& page : raw.pages) {
    if (page.error) warnings.push_back({"page-unreadable", page.error->message, page.number});
    if (page.origin == TextOrigin::kOcr && !page.words.empty() && page.mean_confidence < kSurePage) {
      warnings.push_back({"ocr-doubtful",
                          "OCR is not sure of this page: " +
                              std::to_string(std::lround(100 * page.mean_confidence)) + " of 100",
                          page.number});
    }
  }
  warnings.insert(warnings.end(), document.warnings.begin(), document.warnings.end());
  document.warnings = std::move(warnings);
  extractor->extract(document);
  resolve_references(document, agencies);
  return document;
}

namespace {

// The file's pages that are one of the documents in it.
RawDocument part_of(const RawDocument& raw, const SourcePart& part) {
  RawDocument own;
  own.media_type = raw.media_type;
  own.encoding = raw.encoding;
  own.bytes = raw.bytes;
  own.sha256 = raw.sha256;
  own.damaged = raw.damaged;
  own.ocr = raw.ocr;
  const auto inside = [&](int page) { return part.first_page <= page && page <= part.last_page; };
  std::copy_if(raw.pages.begin(), raw.pages.end(), std::back_inserter(own.pages),
               [&](const RawPage& page) { return inside(page.number); });
  std::copy_if(raw.diagnostics.begin(), raw.diagnostics.end(), std::back_inserter(own.diagnostics),
               [&](const Diagnostic& one) { return one.page == 0 || inside(one.page); });
  return own;
}

std::vector<SourcePart> parts_of(const RawDocument& raw, const std::vector<DocumentStart>& starts) {
  std::vector<SourcePart> parts;
  const int of = static_cast<int>(starts.size()) + 1;
  for (int i = 0; i < of; ++i) {
    SourcePart part;
    part.number = i + 1;
    part.of = of;
    part.first_page = i == 0 ? raw.pages.front().number : starts[static_cast<std::size_t>(i) - 1].page;
    part.last_page = i + 1 == of ? raw.pages.back().number : starts[static_cast<std::size_t>(i)].page - 1;
    if (i > 0) part.reason = starts[static_cast<std::size_t>(i) - 1].reason;
    parts.push_back(std::move(part));
  }
  return parts;
}

}  // namespace

Result<std::vector<Document>> Pipeline::process(const RawDocument& raw, const std::string& path,
                                                const Limits& limits) const {
  const std::optional<RawDocument> converted = impl_->encodings->converted(raw);
  const std::optional<RawDocument> repaired = impl_->repair->repaired(converted ? *converted : raw);
  const RawDocument& worded = repaired ? *repaired : converted ? *converted : raw;
  const std::optional<RawDocument> numbered = impl_->numbers->repaired(worded);
  const RawDocument& ready = numbered ? *numbered : worded;
  Result<LaidOutText> text = lay_out(ready, limits);
  const bool no_text =
      !text && text.error().code == ErrorCode::kEmpty && (is_whole(raw) || has_no_pages_to_read(raw));
  if (no_text) {
    text = LaidOutText();
    text->diagnostics.push_back({"no-text", "no page shows any text", 0});
  }
  if (!text && text.error().code == ErrorCode::kEmpty && raw.damaged) {
    text = make_error(ErrorCode::kDamaged, "the file is damaged, and no text could be saved from it");
  }
  if (!text) return make_error(text.error().code, shown_path(path) + ": " + text.error().message);
  std::vector<Document> documents;
  const std::vector<DocumentStart> starts = impl_->parser->starts_inside(*text);
  if (starts.empty()) {
    documents.push_back(impl_->document_of(ready, std::move(*text), path));
  } else {
    text = LaidOutText();  // each document is laid out by itself: its margins and running heads are its own
    for (const SourcePart& part : parts_of(ready, starts)) {
      const RawDocument own = part_of(ready, part);
      Result<LaidOutText> own_text = lay_out(own, limits);
      if (!own_text)
        return make_error(own_text.error().code, shown_path(path) + ": " + own_text.error().message);
      documents.push_back(impl_->document_of(own, std::move(*own_text), path));
      documents.back().source.part = part;
      if (!part.reason.empty())
        documents.back().warnings.push_back({"document-split", part.reason, part.first_page});
    }
  }
  if (converted) {
    for (Document& document : documents) document.source.encoding = converted->encoding;
  }
  return documents;
}

FileOutcome Pipeline::finish(Result<RawDocument> raw, const std::string& path, const Limits& limits) const {
  FileOutcome outcome;
  outcome.path = path;
  const auto fail = [&](const Error& error) {
    outcome.status = status_of(error.code);
    outcome.error = error.code;
    outcome.reason = error_code_name(error.code);
    outcome.message = error.message;
  };
  if (!raw) {
    fail(raw.error());
    return outcome;
  }
  // Large texts go through one at a time: what becomes of each takes memory.
  std::unique_lock<std::mutex> alone(impl_->large, std::defer_lock);
  if (const std::size_t size = text_size(*raw); size > kLargeText) {
    alone.lock();
    keep_within_memory(*raw, size, limits);
  }
  outcome.sha256 = raw->sha256;
  outcome.bytes = raw->bytes;
  outcome.pages = static_cast<int>(raw->pages.size());
  Result<std::vector<Document>> documents = process(*raw, path, limits);
  if (!documents) {
    // Pages that could not be read explain an empty document better than "no words" does.
    const auto bad = std::find_if(raw->pages.begin(), raw->pages.end(),
                                  [](const RawPage& p) { return p.error.has_value(); });
    fail(bad != raw->pages.end() ? *bad->error : documents.error());
    return outcome;
  }
  outcome.documents = std::move(*documents);
  for (const Document& document : outcome.documents) {
    Completeness whole = completeness_of(document);
    if (whole.status == FileStatus::kIngested) continue;
    outcome.status = whole.status;
    outcome.reason = std::move(whole.reason);
    outcome.message = std::move(whole.message);
    break;
  }
  return outcome;
}

void Pipeline::keep_within_memory(RawDocument& raw, std::size_t size, const Limits& limits) const {
  const RawDocument sample = sample_of(raw, kSample);
  const Result<std::vector<Document>> documents = process(sample, "sample", limits);
  if (!documents) return;
  std::uint64_t memory = 0;
  for (const Document& one : *documents) memory += memory_for(one);
  const double all = static_cast<double>(memory) /
                     static_cast<double>(std::max<std::size_t>(text_size(sample), 1)) *
                     static_cast<double>(size);
  const double most = static_cast<double>(kMostTimesText * limits.text_bytes);
  if (all <= most) return;
  const auto kept = static_cast<std::size_t>(static_cast<double>(size) * most / all);
  keep_beginning(raw, kept);
  raw.diagnostics.push_back({"text-limit",
                             "so much stands in the text that only the first " + std::to_string(kept) +
                                 " of its " + std::to_string(size) + " bytes are read; " +
                                 limit_is("text-bytes", limits.text_bytes),
                             0});
}

FileOutcome Pipeline::process_file(Reader& reader, const std::string& path, const Limits& limits,
                                   const std::function<void(const ReadProgress&)>& progress) const {
  return with_members(reader, reader.read(path, progress), path, limits);
}

FileOutcome Pipeline::process_open(Reader& reader, int descriptor, const std::string& path,
                                   const Limits& limits,
                                   const std::function<bool(const std::string& sha256)>& wanted) const {
  return with_members(reader, reader.read_open(descriptor, path, wanted), path, limits);
}

FileOutcome Pipeline::process_bytes(Reader& reader, std::string_view bytes, const std::string& name,
                                    const Limits& limits) const {
  return with_members(reader, read_bytes(reader, bytes, name), name, limits);
}

}  // namespace vanban

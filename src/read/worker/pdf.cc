#include "read/worker/pdf.h"

#include <allheaders.h>
#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-image.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iterator>
#include <limits>
#include <memory>
#include <new>
#include <optional>
#include <vector>

#include "read/worker/fill_holes.h"
#include "read/worker/ocr.h"
#include "read/worker/ocr_recall.h"
#include "read/worker/pdf_content.h"
#include "read/worker/pdf_extras.h"
#include "read/worker/pdf_salvage.h"
#include "read/worker/text_layer.h"
#include "vanban/base/shown_path.h"

namespace vanban::read {
namespace {

constexpr std::size_t kTail = 2048;     // where the end of a PDF is looked for
constexpr double kLeastRasterDpi = 50;  // below it nothing can be read
constexpr double kUsualDpi = 300;
constexpr double kMostDpi = 400;      // more gives OCR nothing
constexpr double kLargeImage = 0.12;  // of the page; a seal with a signature takes 0.03
constexpr std::size_t kWordCost =
    24;  // each word counts for at least so many bytes against Limits::text_bytes
constexpr std::size_t kMostPageWords = 400'000;

struct PixDeleter {
  void operator()(Pix* pix) const { pixDestroy(&pix); }
};
using PixPointer = std::unique_ptr<Pix, PixDeleter>;

void ignore_message(const std::string&, void*) {}

std::unique_ptr<poppler::document> open_poppler(std::string_view bytes, const std::string& password) {
  return std::unique_ptr<poppler::document>(poppler::document::load_from_raw_data(
      bytes.data(), static_cast<int>(bytes.size()), password, password));
}

PixPointer to_pix(const poppler::image& image) {
  PixPointer pix(pixCreate(image.width(), image.height(), 32));
  if (!pix) return pix;
  const int words_per_line = pixGetWpl(pix.get());
  l_uint32* lines = pixGetData(pix.get());
  for (int y = 0; y < image.height(); ++y) {
    const char* row = image.const_data() + static_cast<std::ptrdiff_t>(y) * image.bytes_per_row();
    l_uint32* line = lines + static_cast<std::ptrdiff_t>(y) * words_per_line;
    for (int x = 0; x < image.width(); ++x) {
      const auto* pixel = reinterpret_cast<const unsigned char*>(row) + 3 * static_cast<std::ptrdiff_t>(x);
      line[x] = (static_cast<l_uint32>(pixel[0]) << 24) | (static_cast<l_uint32>(pixel[1]) << 16) |
                (static_cast<l_uint32>(pixel[2]) << 8) | 0xFF;
    }
  }
  return pix;
}

class PdfReading {
 public:
  PdfReading(const Input& input, Sink& sink) : input_(input), sink_(sink) {}
  Result<void> run();

 private:
  Result<void> open();
  Result<void> save();
  bool use(std::string repaired);
  void count_pages();
  void repair_fonts();
  void look_beside_pages();
  void hide_placeholder(RawPage& page);
  void send_attachments();
  Result<void> read_page(int index);
  // What OCR sees on the page. Errors: kSetup is the document's, others are the page's.
  Result<RawPage> recognise_page(const poppler::page& source, const PageContent* content, const RawPage& page,
                                 bool straighten);
  Result<void> replace_text(const poppler::page& source, const PageContent* content, RawPage& page);
  // Adds what stands in images beside the text layer: công báo prints decisions as pictures between its own
  // lines. Letters that the fonts' maps have lost, from the page's picture.
  Result<void> find_lost_letters(const poppler::page& source, const PageContent& content, RawPage& page);
  Result<void> add_images(const poppler::page& source, const PageContent& content, const PageGrid& images,
                          RawPage& page);

  const Input& input_;
  Sink& sink_;
  std::string repaired_;    // outlives document_
  std::string with_fonts_;  // so does this
  std::string_view bytes_;
  std::unique_ptr<poppler::document> document_;
  std::optional<PdfContent> content_;
  PdfExtras extras_;
  Facts facts_;
  int pages_ = 0;
  bool wrong_password_ = false;  // Poppler opened it, but qpdf says that the password does not fit
  std::uint64_t text_bytes_ = 0;
  double confidence_sum_ = 0;
  int ocr_pages_ = 0;
};

Result<void> PdfReading::open() {
  bytes_ = input_.bytes;
  if (bytes_.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
    return make_error(ErrorCode::kLimitExceeded, "a PDF over 2 GB cannot be read");
  }
  document_ = open_poppler(bytes_, input_.job.password);
  if (document_ && document_->is_locked()) {
    return make_error(ErrorCode::kEncrypted, input_.job.password.empty()
                                                 ? "the PDF asks for a user password"
                                                 : "the password does not open the PDF");
  }
  if (!document_ || document_->pages() <= 0) {
    if (auto saved = save(); !saved) return saved;
  } else if (bytes_.substr(bytes_.size() - std::min(bytes_.size(), kTail)).find("startxref") == bytes_.npos) {
    facts_.damaged = true;  // its end is gone, and Poppler has looked for the objects itself
    sink_.facts(facts_);
  }
  if (document_->is_encrypted() && !document_->has_permission(poppler::perm_copy)) {
    sink_.diagnostic({"restricted", "the PDF's owner forbids copying text from it", 0});
  }
  return {};
}

// True: this is a PDF with pages, and is read from now on.
bool PdfReading::use(std::string repaired) {
  if (repaired.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return false;
  repaired_ = std::move(repaired);
  document_ = open_poppler(repaired_, {});
  if (!document_ || document_->is_locked() || document_->pages() <= 0) {
    document_.reset();
    return false;
  }
  bytes_ = repaired_;
  facts_.damaged = true;
  sink_.facts(facts_);
  return true;
}

// Of a PDF that cannot be opened: what qpdf can repair, or else what its objects give, one by one.
Result<void> PdfReading::save() {
  document_.reset();
  Result<std::string> repaired = repair_pdf(input_.bytes, input_.job.password);
  if (!repaired && repaired.error().code == ErrorCode::kEncrypted) return repaired.error();
  if (repaired && use(std::move(*repaired))) return {};
  sink_.heartbeat();
  SalvagedPdf salvaged = salvage_pdf(input_.bytes, input_.job.limits);
  if (salvaged.pages > 0) {
    Result<std::string> tidy = repair_pdf(salvaged.bytes, input_.job.password);
    if (use(tidy ? std::move(*tidy) : std::move(salvaged.bytes))) {
      if (salvaged.claimed == 0 || salvaged.claimed > salvaged.pages) {
        const std::string of = salvaged.claimed == 0 ? "an unknown number" : std::to_string(salvaged.claimed);
        sink_.diagnostic({"pages-lost",
                          "the file is cut or damaged: " + std::to_string(salvaged.pages) + " pages of " +
                              of + " could be saved",
                          0});
      }
      return {};
    }
  }
  return make_error(ErrorCode::kDamaged,
                    "the PDF cannot be opened, nor repaired: " +
                        (repaired ? std::string("no page was found") : repaired.error().message));
}

// The /Count of the page tree is only what the file claims: qpdf counts the pages that are there.
void PdfReading::count_pages() {
  pages_ = document_->pages();
  if (input_.job.cautious) {
    sink_.diagnostic(
        {"rulings-unread", "drawn lines were left out, because reading them stopped the reader", 0});
    return;
  }
  Result<PdfContent> content =
      PdfContent::open(bytes_, repaired_.empty() ? input_.job.password : std::string(), input_.job.limits);
  if (!content && content.error().code == ErrorCode::kEncrypted) wrong_password_ = true;
  if (!content) return;
  const int found = content->pages();
  if (found > 0 && pages_ > found) {
    sink_.diagnostic(
        {"page-count",
         "the PDF claims " + std::to_string(pages_) + " pages; " + std::to_string(found) + " are there", 0});
    pages_ = found;
  }
  if (found == pages_) content_.emplace(std::move(*content));
}

// A letter that the font's map has as a space is missing from the text: the file is read again with the
// repaired map.
void PdfReading::repair_fonts() {
  constexpr std::size_t kLargest = 100u << 20;  // a second copy is made in memory
  if (!content_ || bytes_.size() > kLargest) return;
  int letters = 0;
  std::string file = content_->repair_fonts(letters);
  if (letters == 0 || file.empty() || file.size() > 2 * kLargest) return;
  with_fonts_ = std::move(file);
  std::unique_ptr<poppler::document> again = open_poppler(with_fonts_, {});
  if (!again || again->is_locked() || again->pages() != pages_) return;
  document_ = std::move(again);
  sink_.diagnostic({"font-map-repaired",
                    std::to_string(letters) + " letters that the fonts give as spaces were put back", 0});
}

// What the reader of the pages alone would not know: attached files, forms, scripts. Nothing of it is run.
void PdfReading::look_beside_pages() {
  if (!content_) return;
  extras_ = find_extras(content_->file());
  constexpr std::size_t kMostNamed = 100;
  const std::size_t count = extras_.attachments.size();
  for (std::size_t i = 0; i < std::min(count, kMostNamed); ++i) {
    const PdfAttachment& one = extras_.attachments[i];
    sink_.diagnostic({"attachment",
                      shown_member_name(one.name) +
                          (one.size ? " (" + std::to_string(*one.size) + " bytes)" : std::string()),
                      0});
  }
  if (count > kMostNamed || extras_.more_attachments) {
    sink_.diagnostic({"attachment",
                      "and more; the PDF has " + std::string(extras_.more_attachments ? "over " : "") +
                          std::to_string(count) + " attachments",
                      0});
  }
  if (extras_.portfolio && !input_.job.attachments) {
    sink_.diagnostic(
        {"portfolio", "the PDF is a cover for the files attached to it, which were not asked for", 0});
  }
  if (extras_.scripts) {
    sink_.diagnostic({"active-content", "the PDF holds scripts or actions; none was run", 0});
  }
}

// The page of a form that only Adobe Reader can draw asks to wait for it: that is no text of the document.
void PdfReading::hide_placeholder(RawPage& page) {
  if (!extras_.xfa || pages_ > 1) return;
  std::string start;
  for (const RawWord& word : page.words) {
    start += word.text + " ";
    if (start.size() > 400) break;
  }
  const bool asks_to_wait = start.starts_with("Please wait") && start.find("PDF viewer") != std::string::npos;
  if (!asks_to_wait && !(extras_.renders_xfa && page.words.empty())) return;
  page.words.clear();
  page.cells.clear();
  sink_.diagnostic({"xfa-only", "a form (XFA) whose content only Adobe Reader can show", page.number});
}

void PdfReading::send_attachments() {
  constexpr std::uint64_t kLeast = 1u << 20;
  std::uint64_t left =
      std::min(std::max<std::uint64_t>(10 * input_.bytes.size(), kLeast), input_.job.limits.inflated_bytes);
  for (const PdfAttachment& one : extras_.attachments) {
    const Result<std::string> bytes = attachment_bytes(content_->file(), one, left);
    if (bytes) left -= bytes->size();
    sink_.member(one.name, bytes);
  }
}

Result<void> PdfReading::run() {
  poppler::set_debug_error_function(ignore_message, nullptr);
  if (auto opened = open(); !opened) return opened;
  count_pages();
  repair_fonts();
  look_beside_pages();
  if (static_cast<std::uint32_t>(pages_) > input_.job.limits.pages) {
    sink_.diagnostic({"page-limit",
                      "the PDF has " + std::to_string(pages_) + " pages; " +
                          limit_is("pages", input_.job.limits.pages) + ", and the others are left out",
                      0});
    pages_ = static_cast<int>(input_.job.limits.pages);
  }
  sink_.begin({"application/pdf", "unicode", pages_});
  for (int index = std::max(input_.job.first_page, 1) - 1; index < pages_; ++index) {
    if (auto read = read_page(index); !read) return read;
  }
  if (ocr_pages_ > 0) {
    facts_.ocr = OcrInfo{ocr_engine_name(), input_.job.ocr_languages, confidence_sum_ / ocr_pages_};
  }
  sink_.facts(facts_);
  if (input_.job.attachments) send_attachments();
  return {};
}

Result<void> PdfReading::read_page(int index) {
  sink_.stage(Stage::kText, index + 1);
  RawPage page;
  page.number = index + 1;
  try {
    if (text_bytes_ > input_.job.limits.text_bytes) {
      page.error =
          make_error(ErrorCode::kLimitExceeded, "the pages before hold enough text: " +
                                                    limit_is("text-bytes", input_.job.limits.text_bytes));
      sink_.page(std::move(page));
      return {};
    }
    const std::unique_ptr<poppler::page> source(document_->create_page(index));
    if (!source) {
      if (wrong_password_) return make_error(ErrorCode::kEncrypted, "the PDF asks for a user password");
      page.error = make_error(ErrorCode::kDamaged, "the page is damaged");
      sink_.page(std::move(page));
      return {};
    }
    const poppler::rectf paper = source->page_rect();
    page.width = paper.width();
    page.height = paper.height();
    const auto turned = source->orientation();
    if (turned == poppler::page::landscape || turned == poppler::page::seascape)
      std::swap(page.width, page.height);
    if (!std::isfinite(page.width) || !std::isfinite(page.height) || page.width <= 0 || page.height <= 0) {
      page.width = page.height = 0;
      page.error = make_error(ErrorCode::kDamaged, "the page has no size");
      sink_.page(std::move(page));
      return {};
    }
    if (!read_words(*source, kMostPageWords, page)) {
      page.words.clear();
      page.error = make_error(ErrorCode::kLimitExceeded,
                              "the page has more than " + std::to_string(kMostPageWords) + " words");
      sink_.page(std::move(page));
      return {};
    }
    std::optional<PageContent> content;
    if (content_) {
      Result<PageContent> drawn = content_->read(index, page.width, page.height);
      if (drawn) {
        content.emplace(std::move(*drawn));
        page.rulings = std::move(content->rulings);
        page.image_coverage = content->image_coverage;
        mark_invisible(*content, page);
        if (content->cut) {
          sink_.diagnostic(
              {"drawing-cut", "the page draws more than is looked at; lines may be missing", page.number});
        }
      }
    }
    std::optional<std::string> reason;
    if (input_.job.ocr == OcrMode::kAlways)
      reason = "OCR was asked for";
    else
      reason = why_not_text_layer(page, content ? &*content : nullptr);
    if (reason && input_.job.ocr == OcrMode::kNever) {
      sink_.diagnostic({"page-not-recognised", *reason + ", and OCR is switched off", page.number});
      reason.reset();
    }
    if (reason) {
      if (!page.words.empty()) sink_.diagnostic({"text-layer-rejected", *reason, page.number});
      if (auto replaced = replace_text(*source, content ? &*content : nullptr, page); !replaced)
        return replaced;
    } else if (content && content->image_coverage >= kLargeImage && content->image_coverage < 0.9 &&
               !page.words.empty()) {
      const PageGrid images = unread_images(page, *content);
      if (images.share() >= kLargeImage) {
        if (auto added = add_images(*source, *content, images, page); !added) return added;
      }
    }
    if (!reason && content && content->lost_letters > 0 && page.origin == TextOrigin::kTextLayer) {
      if (auto found = find_lost_letters(*source, *content, page); !found) return found;
    }
    hide_placeholder(page);
    for (const RawWord& word : page.words) text_bytes_ += std::max(word.text.size() + 1, kWordCost);
    sink_.page(std::move(page));
  } catch (const std::bad_alloc&) {
    RawPage lost;
    lost.number = index + 1;
    lost.error = make_error(ErrorCode::kOutOfMemory, "the page needs more memory than is allowed");
    sink_.page(std::move(lost));
  }
  return {};
}

Result<RawPage> PdfReading::recognise_page(const poppler::page& source, const PageContent* content,
                                           const RawPage& page, bool straighten) {
  sink_.stage(Stage::kOcr, page.number);
  double dpi = kUsualDpi;
  if (content != nullptr && content->image_coverage > 0.1 && content->image_dpi > 0) {
    dpi = std::clamp(content->image_dpi, 96.0, kMostDpi);  // the scan's own pixels
    if (dpi > 0.93 * kUsualDpi && dpi < 1.07 * kUsualDpi) dpi = kUsualDpi;
  }
  const double inches = page.width / 72 * page.height / 72;
  const double most = std::sqrt(static_cast<double>(input_.job.limits.raster_pixels) / inches);
  dpi = std::min({dpi, most, 32'000 * 72 / std::max(page.width, page.height)});
  if (!(dpi >= kLeastRasterDpi)) {
    return make_error(ErrorCode::kLimitExceeded, "the page is too large to be rendered for OCR");
  }
  poppler::page_renderer renderer;
  renderer.set_image_format(poppler::image::format_rgb24);
  renderer.set_render_hint(poppler::page_renderer::antialiasing, true);
  renderer.set_render_hint(poppler::page_renderer::text_antialiasing, true);
  PixPointer pix;
  {
    const poppler::image image = renderer.render_page(&source, dpi, dpi);
    if (image.is_valid() && image.format() == poppler::image::format_rgb24) pix = to_pix(image);
  }
  if (!pix) return make_error(ErrorCode::kDamaged, "the page cannot be rendered for OCR");
  sink_.heartbeat();
  OcrSettings settings;
  settings.languages = input_.job.ocr_languages;
  settings.seconds = input_.job.limits.ocr_page_seconds;
  settings.straighten = straighten;
  settings.progress = [this] { sink_.heartbeat(); };
  Result<RawPage> seen = recognise_or_recall(pix.get(), dpi, settings, sink_);
  if (seen) {
    confidence_sum_ += seen->mean_confidence;
    ++ocr_pages_;
  }
  return seen;
}

Result<void> PdfReading::replace_text(const poppler::page& source, const PageContent* content,
                                      RawPage& page) {
  Result<RawPage> seen = recognise_page(source, content, page, true);
  page.words.clear();
  page.unmapped_characters = 0;
  page.origin = TextOrigin::kOcr;
  if (!seen) {
    if (seen.error().code == ErrorCode::kSetup) return seen.error();
    page.error = seen.error();
    return {};
  }
  page.width = seen->width;
  page.height = seen->height;
  page.words = std::move(seen->words);
  page.cells = std::move(seen->cells);
  page.rulings = std::move(seen->rulings);  // those of the image, as upright as its words
  page.mean_confidence = seen->mean_confidence;
  page.skew_degrees = seen->skew_degrees;
  return {};
}

Result<void> PdfReading::find_lost_letters(const poppler::page& source, const PageContent& content,
                                           RawPage& page) {
  page.unmapped_characters += content.lost_letters;
  std::string message = std::to_string(content.lost_letters) + " glyphs of the text layer have no letter";
  if (input_.job.ocr != OcrMode::kNever) {
    Result<RawPage> seen = recognise_page(source, nullptr, page, false);
    if (!seen && seen.error().code == ErrorCode::kSetup) return seen.error();
    const std::size_t completed = seen ? fill_holes(seen->words, page) : 0;
    if (completed > 0) page.origin = TextOrigin::kMixed;
    message += "; OCR completed " + std::to_string(completed) + " words";
  }
  sink_.diagnostic({"lost-letters", message, page.number});
  return {};
}

Result<void> PdfReading::add_images(const poppler::page& source, const PageContent& content,
                                    const PageGrid& images, RawPage& page) {
  const auto leave = [&](const std::string& why) {
    sink_.diagnostic({"image-not-read", "an image beside the text was not read: " + why, page.number});
  };
  if (input_.job.ocr == OcrMode::kNever) {
    leave("OCR is switched off");
    return {};
  }
  Result<RawPage> seen = recognise_page(source, &content, page, false);
  if (!seen) {
    if (seen.error().code == ErrorCode::kSetup) return seen.error();
    leave(seen.error().message);
    return {};
  }
  constexpr double kSureWord = 0.5, kSureText = 0.75;  // a photograph gives few words, and doubtful ones
  constexpr std::size_t kFewWords = 12;
  double sum = 0;
  std::vector<RawWord> found;
  for (RawWord& word : seen->words) {
    if (word.confidence < kSureWord || !images.covers(word.box.centre_x(), word.box.centre_y())) continue;
    sum += word.confidence;
    found.push_back(std::move(word));
  }
  if (found.size() < kFewWords || sum < kSureText * static_cast<double>(found.size())) {
    leave("OCR finds no text that it is sure of in it");
    return {};
  }
  page.origin = TextOrigin::kMixed;
  page.mean_confidence = sum / static_cast<double>(found.size());
  page.cells = std::move(seen->cells);
  page.rulings.insert(page.rulings.end(), seen->rulings.begin(), seen->rulings.end());
  std::move(found.begin(), found.end(), std::back_inserter(page.words));
  return {};
}

}  // namespace

Result<void> read_pdf(const Input& input, Sink& sink) { return PdfReading(input, sink).run(); }

}  // namespace vanban::read

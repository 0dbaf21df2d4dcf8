#define POINTERHOLDER_TRANSITION 4  // qpdf: std::shared_ptr alone

#include "read/worker/searchable.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <qpdf/Pipeline.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFAcroFormDocumentHelper.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>
#include <set>
#include <string>

#include "read/worker/image_pages.h"
#include "read/worker/invisible_text.h"
#include "read/worker/sniff.h"

namespace vanban::read {
namespace {

class SinkPipeline final : public Pipeline {
 public:
  explicit SinkPipeline(Sink& sink) : Pipeline("sink", nullptr), sink_(sink) {}
  void write(unsigned char const* data, size_t size) override {
    buffer_.append(reinterpret_cast<char const*>(data), size);
    if (buffer_.size() >= kTextChunkBytes) flush();
  }
  void finish() override { flush(); }

 private:
  void flush() {
    if (!buffer_.empty()) sink_.output(buffer_);
    buffer_.clear();
  }
  Sink& sink_;
  std::string buffer_;
};

Matrix inverse(const Matrix& m) {
  const double determinant = m.a * m.d - m.b * m.c;
  Matrix out{m.d / determinant, -m.b / determinant, -m.c / determinant, m.a / determinant, 0, 0};
  out.e = -(m.e * out.a + m.f * out.c);
  out.f = -(m.e * out.b + m.f * out.d);
  return out;
}

// The words of `page` that are to be written (of a page with a text layer those that OCR added to it), where
// the file shows them on its page of `width` x `height`. What was recognised had been made upright (turned
// clockwise by `skew_degrees` about its middle) and, if it is a photograph, cut out. Words move, but stay
// level: readers of PDF break a word in two whose letters climb.
std::vector<RawWord> placed_words(const RawPage& page, double width, double height) {
  constexpr double kRadians = 3.14159265358979323846 / 180;
  const double c = std::cos(page.skew_degrees * kRadians), s = std::sin(page.skew_degrees * kRadians);
  const double wide = page.width > 0 ? width / page.width : 1,
               high = page.height > 0 ? height / page.height : 1;
  std::vector<RawWord> words;
  for (const RawWord& word : page.words) {
    if (page.origin != TextOrigin::kOcr && !word.font.empty()) continue;
    RawWord moved = word;
    const double x = word.box.centre_x() - page.width / 2, y = word.box.centre_y() - page.height / 2;
    const double to_x = (x * c + y * s + page.width / 2) * wide,
                 to_y = (y * c - x * s + page.height / 2) * high;
    const double half_width = word.box.width() / 2 * wide, half_height = word.box.height() / 2 * high;
    moved.box = {to_x - half_width, to_y - half_height, to_x + half_width, to_y + half_height};
    words.push_back(std::move(moved));
  }
  return words;
}

QPDFObjectHandle stream_of(QPDF& pdf, const std::string& content) {
  return QPDFObjectHandle::newStream(&pdf, content);
}

// A dictionary's own copy under `key`, so that what other pages share stays as it is.
QPDFObjectHandle own_dictionary(QPDFObjectHandle owner, const std::string& key, QPDFObjectHandle inherited) {
  QPDFObjectHandle copy =
      inherited.isDictionary() ? inherited.shallowCopy() : QPDFObjectHandle::newDictionary();
  owner.replaceKey(key, copy);
  return copy;
}

class Writing {
 public:
  Writing(QPDF& pdf, Sink& sink) : pdf_(pdf), sink_(sink) {}

  void add_words(const std::vector<RawPage>& recognised) {
    InvisibleFont font;
    for (const RawPage& page : recognised) {
      for (const RawWord& word : page.words) font.see(word);
    }
    if (font.empty()) return;
    const QPDFObjectHandle object = font.make(pdf_);
    std::vector<QPDFPageObjectHelper> pages = QPDFPageDocumentHelper(pdf_).getAllPages();
    for (const RawPage& page : recognised) {
      const auto index = static_cast<std::size_t>(page.number - 1);
      if (index >= pages.size()) {
        sink_.diagnostic({"page-not-found", "the page is not there to be written on", page.number});
        continue;
      }
      add_to_page(pages[index], page, font, object);
      sink_.heartbeat();
    }
  }

  void remove_signatures() {
    bool is_signed = false;
    QPDFAcroFormDocumentHelper forms(pdf_);
    if (forms.hasAcroForm()) {
      for (QPDFFormFieldObjectHelper& field : forms.getFormFields()) {
        is_signed = is_signed || (field.getFieldType() == "/Sig" && field.getValue().isDictionary());
      }
    }
    if (!is_signed) return;
    pdf_.removeSecurityRestrictions();
    std::set<QPDFObjGen> fields;
    for (QPDFFormFieldObjectHelper& field : forms.getFormFields()) {
      if (field.getFieldType() != "/Sig") continue;
      QPDFObjectHandle object = field.getObjectHandle();
      fields.insert(object.getObjGen());
      for (const char* key : {"/FT", "/V", "/SV", "/Lock"}) object.removeKey(key);  // its looks stay
    }
    forms.removeFormFields(fields);
    sink_.diagnostic({"signature-removed",
                      "the copy bears no digital signature: the signed file is the original alone", 0});
  }

  void write() {
    SinkPipeline pipeline(sink_);
    QPDFWriter writer(pdf_);
    writer.setOutputPipeline(&pipeline);
    if (!pdf_.isEncrypted()) writer.setDeterministicID(true);
    writer.write();
    pipeline.finish();
  }

 private:
  void add_to_page(QPDFPageObjectHelper& helper, const RawPage& page, const InvisibleFont& font,
                   const QPDFObjectHandle& font_object) {
    const Matrix shown = page_matrix(helper);
    const Box box = page_box(helper);
    const auto [ax, ay] = shown.at(box.x0, box.y0);
    const auto [bx, by] = shown.at(box.x1, box.y1);
    const double width = std::max(ax, bx), height = std::max(ay, by);
    if (!(width > 1e-3) || !(height > 1e-3)) return;
    const std::vector<RawWord> words = placed_words(page, width, height);
    if (words.empty()) return;
    if (std::abs(page.width - width) > 0.02 * width || std::abs(page.height - height) > 0.02 * height) {
      sink_.diagnostic(
          {"places-approximate",
           "the page is a photograph that was made straight; its words stand about where they are",
           page.number});
    }
    QPDFObjectHandle owner = helper.getObjectHandle();
    QPDFObjectHandle resources =
        own_dictionary(owner, "/Resources", helper.getAttribute("/Resources", false));
    QPDFObjectHandle fonts = own_dictionary(resources, "/Font", resources.getKey("/Font"));
    std::string name = "/VanbanInvisible";
    while (fonts.hasKey(name)) name += "I";
    fonts.replaceKey(name, font_object);
    // Text that was found wanting is still painted, but says nothing: readers take the (empty) ActualText.
    const bool hide = page.origin == TextOrigin::kOcr;
    const std::string before = hide ? "/Span << /ActualText <FEFF> >> BDC q\n" : "q\n";
    const std::string after = hide ? "\nQ EMC\n" : "\nQ\n";
    helper.addPageContents(stream_of(pdf_, before), true);
    helper.addPageContents(stream_of(pdf_, after + invisible_text(words, font, name, inverse(shown))), false);
  }

  QPDF& pdf_;
  Sink& sink_;
};

}  // namespace

Result<void> write_searchable(const Input& input, const std::vector<RawPage>& words, Sink& sink) {
  const Sniffed kind = sniff(input.bytes, input.job.name);
  try {
    QPDF pdf;
    pdf.setSuppressWarnings(true);
    Writing writing(pdf, sink);
    if (kind.format == Format::kPdf) {
      const std::string_view bytes = input.bytes.substr(kind.offset);
      pdf.processMemoryFile("document", bytes.data(), bytes.size(), input.job.password.c_str());
      writing.remove_signatures();
    } else {
      Result<void> made = add_image_pages(pdf, input, kind, sink);
      if (!made) return made;
    }
    writing.add_words(words);
    writing.write();
    return {};
  } catch (const QPDFExc& exception) {
    if (exception.getErrorCode() == qpdf_e_password)
      return make_error(ErrorCode::kEncrypted, "a password is needed");
    return make_error(ErrorCode::kDamaged, "the PDF cannot be written: " + exception.getMessageDetail());
  }
}

}  // namespace vanban::read

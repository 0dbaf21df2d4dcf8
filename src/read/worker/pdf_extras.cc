#include "read/worker/pdf_extras.h"

#include <exception>
#include <new>
#define POINTERHOLDER_TRANSITION 4  // the standard's smart pointers
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <set>

#include "read/worker/limited_pipeline.h"
#include "vanban/base/utf8.h"

namespace vanban::read {
namespace {

constexpr std::size_t kMostLooked = 100'000;  // objects
constexpr std::size_t kMostAttachments = 1'000;

class Finder {
 public:
  explicit Finder(QPDF& pdf) : pdf_(pdf) {}

  PdfExtras find() {
    QPDFObjectHandle root = pdf_.getRoot();
    if (!root.isDictionary()) return std::move(found_);
    found_.portfolio = root.getKey("/Collection").isDictionary();
    QPDFObjectHandle form = root.getKey("/AcroForm");
    found_.xfa = form.isDictionary() && (form.getKey("/XFA").isStream() || form.getKey("/XFA").isArray());
    QPDFObjectHandle renders = root.getKey("/NeedsRendering");
    found_.renders_xfa = found_.xfa && renders.isBool() && renders.getBoolValue();
    look_at_action(root.getKey("/OpenAction"));
    look_at_actions(root.getKey("/AA"));
    QPDFObjectHandle names = root.getKey("/Names");
    if (names.isDictionary()) {
      found_.scripts = found_.scripts || names.getKey("/JavaScript").isDictionary();
      walk_names(names.getKey("/EmbeddedFiles"));
    }
    for (QPDFObjectHandle page : pdf_.getAllPages()) {
      if (!is_room()) break;
      look_at_actions(page.getKey("/AA"));
      look_at_annotations(page.getKey("/Annots"));
    }
    return std::move(found_);
  }

 private:
  bool is_room() { return ++looked_ < kMostLooked; }

  void look_at_action(QPDFObjectHandle action) {
    if (!action.isDictionary()) return;
    QPDFObjectHandle kind = action.getKey("/S");
    for (const char* active : {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/RichMediaExecute"}) {
      found_.scripts = found_.scripts || kind.isNameAndEquals(active);
    }
  }
  void look_at_actions(QPDFObjectHandle actions) {
    if (!actions.isDictionary()) return;
    for (const std::string& event : actions.getKeys()) {
      if (!is_room()) return;
      look_at_action(actions.getKey(event));
    }
  }

  void look_at_annotations(QPDFObjectHandle annotations) {
    if (!annotations.isArray()) return;
    for (int i = 0; i < annotations.getArrayNItems() && is_room(); ++i) {
      QPDFObjectHandle one = annotations.getArrayItem(i);
      if (!one.isDictionary()) continue;
      look_at_action(one.getKey("/A"));
      look_at_actions(one.getKey("/AA"));
      if (one.getKey("/Subtype").isNameAndEquals("/FileAttachment")) add(one.getKey("/FS"), "");
    }
  }

  // The name tree, without recursion; a node that comes again leads nowhere new.
  void walk_names(QPDFObjectHandle root) {
    std::set<QPDFObjGen> seen;
    std::vector<QPDFObjectHandle> open = {root};
    while (!open.empty() && is_room()) {
      QPDFObjectHandle node = open.back();
      open.pop_back();
      if (!node.isDictionary() || (node.isIndirect() && !seen.insert(node.getObjGen()).second)) continue;
      QPDFObjectHandle kids = node.getKey("/Kids");
      if (kids.isArray()) {
        for (int i = kids.getArrayNItems(); i-- > 0 && is_room();) open.push_back(kids.getArrayItem(i));
      }
      QPDFObjectHandle names = node.getKey("/Names");
      if (!names.isArray()) continue;
      for (int i = 0; i + 1 < names.getArrayNItems() && is_room(); i += 2) {
        QPDFObjectHandle key = names.getArrayItem(i);
        add(names.getArrayItem(i + 1), key.isString() ? key.getUTF8Value() : std::string());
      }
    }
  }

  // `specification`: of a file (ISO 32000, 7.11.3).
  void add(QPDFObjectHandle specification, const std::string& key) {
    if (!specification.isDictionary()) return;
    QPDFObjectHandle streams = specification.getKey("/EF");
    if (!streams.isDictionary()) return;
    QPDFObjectHandle stream;
    std::string name = key;
    for (const char* kind : {"/UF", "/F", "/Unix", "/DOS", "/Mac"}) {  // the best name first
      QPDFObjectHandle named = specification.getKey(kind);
      if (!named.isString()) continue;
      name = named.getUTF8Value();
      break;
    }
    for (const char* kind : {"/UF", "/F", "/Unix", "/DOS", "/Mac"}) {
      stream = streams.getKey(kind);
      if (stream.isStream()) break;
    }
    if (!stream.isStream() || !known_.insert(stream.getObjGen()).second) return;
    if (found_.attachments.size() >= kMostAttachments) {
      found_.more_attachments = true;
      return;
    }
    PdfAttachment attachment;
    attachment.name = to_valid_utf8(name);
    attachment.object = stream.getObjectID();
    attachment.generation = stream.getGeneration();
    QPDFObjectHandle parameters = stream.getDict().getKey("/Params");
    QPDFObjectHandle size =
        parameters.isDictionary() ? parameters.getKey("/Size") : QPDFObjectHandle::newNull();
    if (size.isInteger() && size.getIntValue() >= 0)
      attachment.size = static_cast<std::uint64_t>(size.getIntValue());
    found_.attachments.push_back(std::move(attachment));
  }

  QPDF& pdf_;
  PdfExtras found_;
  std::set<QPDFObjGen> known_;
  std::size_t looked_ = 0;
};

}  // namespace

PdfExtras find_extras(QPDF& pdf) {
  try {
    return Finder(pdf).find();
  } catch (const std::exception&) {  // qpdf's, of an object that does not hold
    return {};
  }
}

Result<std::string> attachment_bytes(QPDF& pdf, const PdfAttachment& attachment, std::uint64_t most) {
  std::string bytes;
  LimitedPipeline pipeline(bytes, static_cast<std::size_t>(most));
  const auto too_long = [&] {
    return make_error(ErrorCode::kLimitExceeded, "attachments may hold ten times the bytes of their PDF; " +
                                                     std::to_string(most) + " are left for this one");
  };
  try {
    QPDFObjectHandle stream = pdf.getObject(attachment.object, attachment.generation);
    const bool whole =
        stream.isStream() && stream.pipeStreamData(&pipeline, 0, qpdf_dl_generalized, true, false);
    if (pipeline.full()) return too_long();
    if (!whole) return make_error(ErrorCode::kDamaged, "the attachment cannot be unpacked");
    return bytes;
  } catch (const std::bad_alloc&) {
    return make_error(ErrorCode::kOutOfMemory, "the attachment needs more memory than the reader may have");
  } catch (const std::exception& exception) {
    if (pipeline.full()) return too_long();
    return make_error(ErrorCode::kDamaged, exception.what());
  }
}

}  // namespace vanban::read

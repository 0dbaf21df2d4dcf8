#define POINTERHOLDER_TRANSITION 4  // qpdf: std::shared_ptr alone

#include "read/worker/image_pages.h"

#include <allheaders.h>

#include <cstdlib>
#include <qpdf/Pipeline.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <stdexcept>
#include <string>
#include <vector>

#include "read/worker/image.h"
#include "read/worker/pix.h"

namespace vanban::read {
namespace {

const l_uint8* data_of(std::string_view bytes) { return reinterpret_cast<const l_uint8*>(bytes.data()); }

// The image at `offset` of a TIFF, or the only one; plain: 1 bit, 8 bits grey or 32 bits colour a pixel.
PixPointer decoded(std::string_view bytes, std::optional<std::uint64_t> offset) {
  PixPointer pix;
  if (offset) {
    auto at = static_cast<std::size_t>(*offset);
    pix.reset(pixReadMemFromMultipageTiff(data_of(bytes), bytes.size(), &at));
  } else {
    pix.reset(pixReadMem(data_of(bytes), bytes.size()));
  }
  if (!pix) return pix;
  const int x = pixGetXRes(pix.get()), y = pixGetYRes(pix.get());
  if (pixGetColormap(pix.get()) != nullptr) {
    pix = take(pixRemoveColormap(pix.get(), REMOVE_CMAP_BASED_ON_SRC));
  }
  const int depth = pixGetDepth(pix.get());
  if (depth != 1 && depth != 8 && depth != 32) pix = take(pixConvertTo8(pix.get(), 0));
  pixSetResolution(pix.get(), x, y);
  return pix;
}

// The data of the one strip of a TIFF that Leptonica wrote, fax-coded (T.6).
std::string fax_strip(Pix* pix) {
  l_uint8* data = nullptr;
  std::size_t size = 0;
  if (pixWriteMemTiff(&data, &size, pix, IFF_TIFF_G4) != 0 || data == nullptr) return {};
  const std::string file(reinterpret_cast<const char*>(data), size);
  std::free(data);
  const std::optional<std::string_view> strip = tiff_only_strip(file);
  return strip ? std::string(*strip) : std::string();
}

void write_rows(Pix* pix, Pipeline& out) {
  const int width = pixGetWidth(pix), height = pixGetHeight(pix), depth = pixGetDepth(pix);
  const auto columns = static_cast<std::size_t>(width);
  std::vector<unsigned char> row(depth == 1 ? (columns + 7) / 8 : depth == 8 ? columns : 3 * columns);
  for (int y = 0; y < height; ++y) {
    const l_uint32* line = pixGetData(pix) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(pix);
    if (depth == 32) {
      for (int x = 0; x < width; ++x) {
        l_int32 red = 0, green = 0, blue = 0;
        extractRGBValues(line[x], &red, &green, &blue);
        const auto at = 3 * static_cast<std::size_t>(x);
        row[at] = static_cast<unsigned char>(red);
        row[at + 1] = static_cast<unsigned char>(green);
        row[at + 2] = static_cast<unsigned char>(blue);
      }
    } else {
      for (std::size_t i = 0; i < row.size(); ++i) {
        row[i] = static_cast<unsigned char>(GET_DATA_BYTE(line, i));
      }
    }
    out.write(row.data(), row.size());
  }
}

// Decodes when asked: one image is in memory at a time, however many pages there are.
class ImageData final : public QPDFObjectHandle::StreamDataProvider {
 public:
  ImageData(std::string_view bytes, std::optional<std::uint64_t> offset, bool as_it_is, bool fax)
      : bytes_(bytes), offset_(offset), as_it_is_(as_it_is), fax_(fax) {}
  void provideStreamData(QPDFObjGen const&, Pipeline* pipeline) override {
    if (as_it_is_) {
      pipeline->write(reinterpret_cast<const unsigned char*>(bytes_.data()), bytes_.size());
    } else {
      const PixPointer pix = decoded(bytes_, offset_);
      if (!pix) throw std::runtime_error("an image cannot be decoded a second time");
      if (fax_)
        pipeline->writeString(fax_strip(pix.get()));
      else
        write_rows(pix.get(), *pipeline);
    }
    pipeline->finish();
  }

 private:
  std::string_view bytes_;
  std::optional<std::uint64_t> offset_;
  bool as_it_is_, fax_;
};

// Grey or three colours in JPEG: a PDF takes them as they are. Four (for print) are often inverted.
bool is_plain_jpeg(std::string_view bytes, Format format, int& components) {
  if (format != Format::kJpeg) return false;
  l_int32 width = 0, height = 0, four = 0, cmyk = 0;
  if (readHeaderMemJpeg(data_of(bytes), bytes.size(), &width, &height, &components, &four, &cmyk) != 0)
    return false;
  return (components == 1 || components == 3) && cmyk == 0;
}

std::string decimal(double value) { return std::to_string(value); }

class ImagePages {
 public:
  ImagePages(QPDF& pdf, const Input& input, const Sniffed& kind, Sink& sink)
      : pdf_(pdf), pages_(pdf), input_(input), kind_(kind), sink_(sink) {}

  void add(int number, const ImageSize& size, std::optional<std::uint64_t> offset) {
    PixPointer pix;
    if (size.width > 0 && size.height > 0 && !over_limit(size, input_.job.limits)) {
      pix = decoded(input_.bytes, offset);
    }
    if (!pix) {
      sink_.diagnostic({"page-unreadable", "the image cannot be decoded; its page is empty", number});
      pages_.addPage(page(595, 842, "", QPDFObjectHandle::newDictionary()), false);
      return;
    }
    const int wide = pixGetWidth(pix.get()), high = pixGetHeight(pix.get());
    const double dpi = resolution_of(pix.get());
    int components = 0;
    const bool as_it_is = is_plain_jpeg(input_.bytes, kind_.format, components);
    const int depth = pixGetDepth(pix.get());
    const bool fax = !as_it_is && depth == 1 && !fax_strip(pix.get()).empty();
    const bool colour = as_it_is ? components == 3 : depth == 32;
    std::string entries = "<< /Type /XObject /Subtype /Image /Width " + std::to_string(wide) + " /Height " +
                          std::to_string(high) + " /BitsPerComponent " + (depth == 1 ? "1" : "8") +
                          " /ColorSpace " + (colour ? "/DeviceRGB" : "/DeviceGray");
    if (depth == 1 && !fax) entries += " /Decode [1 0]";  // a set bit is black
    QPDFObjectHandle image = QPDFObjectHandle::newStream(&pdf_);
    image.replaceDict(QPDFObjectHandle::parse(entries + " >>"));
    QPDFObjectHandle filter = QPDFObjectHandle::newNull(), parameters = QPDFObjectHandle::newNull();
    if (as_it_is) filter = QPDFObjectHandle::newName("/DCTDecode");
    if (fax) {
      filter = QPDFObjectHandle::newName("/CCITTFaxDecode");
      parameters = QPDFObjectHandle::parse("<< /K -1 /Columns " + std::to_string(wide) + " /Rows " +
                                           std::to_string(high) + " >>");
    }
    image.replaceStreamData(std::shared_ptr<QPDFObjectHandle::StreamDataProvider>(
                                std::make_shared<ImageData>(input_.bytes, offset, as_it_is, fax)),
                            filter, parameters);
    const double width = wide * 72 / dpi, height = high * 72 / dpi;
    QPDFObjectHandle resources = QPDFObjectHandle::parse("<< /XObject << >> >>");
    resources.getKey("/XObject").replaceKey("/Page", image);
    pages_.addPage(
        page(width, height, decimal(width) + " 0 0 " + decimal(height) + " 0 0 cm /Page Do\n", resources),
        false);
  }

 private:
  QPDFObjectHandle page(double width, double height, const std::string& content,
                        const QPDFObjectHandle& resources) {
    QPDFObjectHandle made = pdf_.makeIndirectObject(QPDFObjectHandle::parse(
        "<< /Type /Page /MediaBox [0 0 " + decimal(width) + " " + decimal(height) + "] >>"));
    made.replaceKey("/Resources", resources);
    made.replaceKey("/Contents", QPDFObjectHandle::newStream(&pdf_, content));
    return made;
  }

  QPDF& pdf_;
  QPDFPageDocumentHelper pages_;
  const Input& input_;
  const Sniffed& kind_;
  Sink& sink_;
};

}  // namespace

Result<void> add_image_pages(QPDF& pdf, const Input& input, const Sniffed& kind, Sink& sink) {
  setMsgSeverity(L_SEVERITY_NONE);
  pdf.emptyPDF();
  ImagePages pages(pdf, input, kind, sink);
  if (kind.format == Format::kTiff) {
    const std::uint32_t most = input.job.limits.pages;
    const std::vector<TiffDirectory> directories =
        tiff_directories(input.bytes, static_cast<std::size_t>(most) + 1);
    if (directories.empty()) return make_error(ErrorCode::kDamaged, "the TIFF has no page");
    if (directories.size() > most) {
      return make_error(ErrorCode::kLimitExceeded,
                        "the TIFF has more than " + std::to_string(most) + " pages");
    }
    int number = 0;
    for (const TiffDirectory& one : directories) {
      pages.add(++number, {one.width, one.height, one.bits}, one.offset);
      sink.heartbeat();
    }
    return {};
  }
  const bool image = kind.format == Format::kPng || kind.format == Format::kJpeg ||
                     kind.format == Format::kWebp || kind.format == Format::kBmp ||
                     kind.format == Format::kPnm;
  if (!image) return make_error(ErrorCode::kUnsupported, "only a PDF or an image becomes a searchable PDF");
  const std::optional<ImageSize> size = image_size(input.bytes, kind.format);
  if (!size) return make_error(ErrorCode::kDamaged, "the image's header is damaged");
  if (auto error = over_limit(*size, input.job.limits)) return *error;
  pages.add(1, *size, std::nullopt);
  return {};
}

}  // namespace vanban::read

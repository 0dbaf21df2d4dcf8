#include "read/worker/pdf_content.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <exception>
#include <map>
#include <new>
#include <optional>
#define POINTERHOLDER_TRANSITION 4  // the standard's smart pointers
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>
#include <set>
#include <unordered_map>
#include <utility>

#include "read/worker/content_tokens.h"
#include "read/worker/font_map.h"
#include "read/worker/limited_pipeline.h"
#include "read/worker/rulings.h"

namespace vanban::read {
namespace {

constexpr std::size_t kMostOperators = 3'000'000;  // of one page with its forms
constexpr std::size_t kMostShown = 200'000;
constexpr int kFormDepth = 12;

Box bounds(const Matrix& m, double x0, double y0, double x1, double y1) {
  const auto [ax, ay] = m.at(x0, y0);
  Box box{ax, ay, ax, ay};
  for (const auto& [x, y] : {m.at(x1, y0), m.at(x0, y1), m.at(x1, y1)}) box.include({x, y, x, y});
  return box;
}

struct GraphicsState {
  Matrix ctm;
  bool white_fill = false, white_stroke = false;
  double line_width = 1;
  int render_mode = 0;
};

struct Point {
  double x, y;
};

// Subpaths as they are painted: in the page's shown coordinates.
struct Path {
  std::vector<std::vector<Point>> parts;
  std::vector<Box> rectangles;  // from "re" while the axes stay upright
  bool curved = false;
  void clear() {
    parts.clear();
    rectangles.clear();
    curved = false;
  }
};

// How many corners a subpath has: its first point may stand at its end again, and once more where "h" closed
// it.
std::size_t corners(const std::vector<Point>& part) {
  std::size_t count = part.size();
  while (count > 1 && part[count - 1].x == part[0].x && part[count - 1].y == part[0].y) --count;
  return count;
}

// A composite font's map, if glyphs of it can be lost: two bytes a code.
struct FontCheck {
  bool checked = false;
  FontMap map;
};
using FontChecks = std::map<QPDFObjGen, FontCheck>;

class Interpreter {
 public:
  Interpreter(double width, double height, const Limits& limits, FontChecks& fonts)
      : fonts_(fonts),
        width_(width),
        height_(height),
        budget_(std::max<std::uint64_t>(limits.inflated_bytes / 4, 1 << 20)),
        content_(width, height) {}

  void run(QPDFObjectHandle resources, const std::string& stream, const Matrix& base, int depth);
  bool append_stream(QPDFObjectHandle stream, std::string& out);
  PageContent finish();

 private:
  void paint(const GraphicsState& state, bool stroke, bool fill);
  void image(const GraphicsState& state, double pixel_width);
  void draw(const GraphicsState& state, QPDFObjectHandle resources, std::string_view name, int depth);
  void show(const GraphicsState& state, const Matrix& text);
  const FontCheck* find_font(QPDFObjectHandle resources, std::string_view name);
  void count_lost(const FontCheck& font, std::string_view string, bool hexadecimal);

  FontChecks& fonts_;
  double width_, height_;
  std::size_t budget_;
  std::size_t operators_ = 0;
  PageContent content_;
  RulingCollector rulings_;
  Path path_;
  double largest_image_ = 0;
};

bool Interpreter::append_stream(QPDFObjectHandle stream, std::string& out) {
  if (!stream.isStream()) return false;
  const std::size_t before = out.size();
  LimitedPipeline pipeline(out, before + budget_);
  try {
    stream.pipeStreamData(&pipeline, 0, qpdf_dl_generalized, true, false);
  } catch (const std::length_error&) {
    content_.cut = true;
  } catch (const std::exception&) {  // a broken filter: what came out is used
  }
  budget_ -= std::min(budget_, out.size() - before);
  return true;
}

void Interpreter::image(const GraphicsState& state, double pixel_width) {
  const Box box = bounds(state.ctm, 0, 0, 1, 1);
  const double x0 = std::clamp(box.x0, 0.0, width_), x1 = std::clamp(box.x1, 0.0, width_);
  const double y0 = std::clamp(box.y0, 0.0, height_), y1 = std::clamp(box.y1, 0.0, height_);
  if (!(x1 > x0) || !(y1 > y0)) return;
  content_.images.cover({x0, y0, x1, y1});
  const double area = (x1 - x0) * (y1 - y0);
  const double side = std::hypot(state.ctm.a, state.ctm.b);  // how long the image's own width is drawn
  if (area > largest_image_ && side > 0) {
    largest_image_ = area;
    content_.image_dpi = pixel_width * 72 / side;
  }
}

void Interpreter::draw(const GraphicsState& state, QPDFObjectHandle resources, std::string_view name,
                       int depth) {
  QPDFObjectHandle objects =
      resources.isDictionary() ? resources.getKey("/XObject") : QPDFObjectHandle::newNull();
  if (!objects.isDictionary()) return;
  QPDFObjectHandle object = objects.getKey("/" + std::string(name));
  if (!object.isStream()) return;
  QPDFObjectHandle dictionary = object.getDict();
  QPDFObjectHandle subtype = dictionary.getKey("/Subtype");
  if (subtype.isNameAndEquals("/Image")) {
    QPDFObjectHandle pixels = dictionary.getKey("/Width");
    image(state, pixels.isNumber() ? pixels.getNumericValue() : 0);
    return;
  }
  if (!subtype.isNameAndEquals("/Form")) return;
  if (depth >= kFormDepth) {
    content_.cut = true;
    return;
  }
  Matrix matrix;
  QPDFObjectHandle values = dictionary.getKey("/Matrix");
  if (values.isArray() && values.getArrayNItems() == 6) {
    double v[6];
    for (int i = 0; i < 6; ++i) {
      QPDFObjectHandle item = values.getArrayItem(i);
      v[i] = item.isNumber() ? item.getNumericValue() : 0;
    }
    matrix = {v[0], v[1], v[2], v[3], v[4], v[5]};
  }
  std::string stream;
  append_stream(object, stream);
  QPDFObjectHandle own = dictionary.getKey("/Resources");
  run(own.isDictionary() ? own : resources, stream, matrix.then(state.ctm), depth + 1);
}

const FontCheck* Interpreter::find_font(QPDFObjectHandle resources, std::string_view name) {
  QPDFObjectHandle fonts = resources.isDictionary() ? resources.getKey("/Font") : QPDFObjectHandle::newNull();
  if (!fonts.isDictionary()) return nullptr;
  QPDFObjectHandle font = fonts.getKey("/" + std::string(name));
  if (!font.isDictionary() || !font.isIndirect()) return nullptr;
  constexpr std::size_t kMostFonts = 2000;
  const auto [found, is_new] = fonts_.try_emplace(font.getObjGen());
  if (is_new && fonts_.size() <= kMostFonts && font.getKey("/Subtype").isNameAndEquals("/Type0") &&
      font.getKey("/Encoding").isName() && font.getKey("/Encoding").getName().starts_with("/Identity")) {
    QPDFObjectHandle stream = font.getKey("/ToUnicode");
    std::string text;
    if (append_stream(stream, text)) {
      found->second.map = parse_font_map(text);
      found->second.checked = is_text_font(found->second.map);
    }
  }
  return found->second.checked ? &found->second : nullptr;
}

void Interpreter::count_lost(const FontCheck& font, std::string_view string, bool hexadecimal) {
  std::uint32_t code = 0;
  int have = 0;  // digits or bytes
  const int need = hexadecimal ? 4 : 2;
  for (std::size_t i = 0; i < string.size(); ++i) {
    auto value = static_cast<unsigned char>(string[i]);
    if (hexadecimal) {
      if (std::isxdigit(value) == 0) continue;
      value = static_cast<unsigned char>(std::isdigit(value) != 0 ? value - '0' : (value | 32) - 'a' + 10);
    } else if (value == '\\' && i + 1 < string.size()) {
      const char next = string[++i];
      if (next >= '0' && next <= '7') {
        unsigned octal = 0;
        for (int n = 0; n < 3 && i < string.size() && string[i] >= '0' && string[i] <= '7'; ++n, ++i) {
          octal = octal * 8 + static_cast<unsigned>(string[i] - '0');
        }
        --i;
        value = static_cast<unsigned char>(octal);
      } else if (next == '\n' || next == '\r') {
        if (next == '\r' && i + 1 < string.size() && string[i + 1] == '\n') ++i;
        continue;
      } else {
        constexpr std::string_view kEscapes = "nrtbf", kMeant = "\n\r\t\b\f";
        const std::size_t at = kEscapes.find(next);
        value = static_cast<unsigned char>(at == std::string_view::npos ? next : kMeant[at]);
      }
    }
    code = (code << (hexadecimal ? 4 : 8)) | value;
    if (++have == need) {
      if (code != 0 && is_unnamed(font.map, code)) ++content_.lost_letters;
      code = 0;
      have = 0;
    }
  }
}

void Interpreter::show(const GraphicsState& state, const Matrix& text) {
  if (content_.shown.size() >= kMostShown) {
    content_.cut = true;
    return;
  }
  const auto [x, y] = text.then(state.ctm).at(0, 0);
  const bool invisible = state.render_mode == 3 || state.render_mode == 7;
  if (invisible) ++content_.invisible_shown;
  content_.shown.push_back({x, y, invisible});
}

void Interpreter::paint(const GraphicsState& state, bool stroke, bool fill) {
  ++content_.painted_paths;
  const double scale = std::sqrt(std::abs(state.ctm.a * state.ctm.d - state.ctm.b * state.ctm.c));
  const double thickness = state.line_width * scale;
  const bool stroked = stroke && !state.white_stroke;
  const bool filled = fill && !state.white_fill;
  constexpr double kThickest = 8;  // a wider pen paints bars, not lines
  for (const Box& box : path_.rectangles) {
    if (filled) rulings_.add_filled(box);
    if (!stroked || thickness > kThickest) continue;
    rulings_.add_line(box.x0, box.y0, box.x1, box.y0);
    rulings_.add_line(box.x0, box.y1, box.x1, box.y1);
    rulings_.add_line(box.x0, box.y0, box.x0, box.y1);
    rulings_.add_line(box.x1, box.y0, box.x1, box.y1);
  }
  for (const auto& part : path_.parts) {
    if (stroked && thickness <= kThickest) {
      for (std::size_t i = 1; i < part.size(); ++i) {
        rulings_.add_line(part[i - 1].x, part[i - 1].y, part[i].x, part[i].y);
      }
    } else if (filled && !path_.curved && corners(part) == 4) {
      Box box{part[0].x, part[0].y, part[0].x, part[0].y};
      bool upright = true;
      for (std::size_t i = 1; i < part.size(); ++i) {
        box.include({part[i].x, part[i].y, part[i].x, part[i].y});
        upright = upright &&
                  (std::abs(part[i].x - part[i - 1].x) < 0.3 || std::abs(part[i].y - part[i - 1].y) < 0.3);
      }
      if (upright) rulings_.add_filled(box);
    }
  }
}

void Interpreter::run(QPDFObjectHandle resources, const std::string& stream, const Matrix& base, int depth) {
  ContentTokens tokens(stream);
  std::vector<double> numbers;
  std::string_view last_name;
  const FontCheck* font = nullptr;
  std::vector<std::pair<std::string_view, bool>> strings;  // of a TJ, while its font is to be checked
  constexpr std::size_t kMostOperands = 64, kDeepestState = 512;
  std::vector<GraphicsState> saved;
  GraphicsState state;
  state.ctm = base;
  Matrix text, text_line;
  double leading = 0;
  bool placed = false;  // the text position was set since something was shown
  Point current{0, 0};
  const auto number = [&](std::size_t from_end) {
    return numbers.size() > from_end ? numbers[numbers.size() - 1 - from_end] : 0.0;
  };
  const auto move_text = [&](double x, double y) {
    text_line = Matrix{1, 0, 0, 1, x, y}.then(text_line);
    text = text_line;
    placed = true;
  };
  const auto shown = [&] {
    if (!placed) return;  // glyph widths are not followed: a piece that follows another belongs to it
    show(state, text);
    placed = false;
  };
  const auto is_white = [&] {
    const std::size_t n = numbers.size();
    if (n == 1 || n == 3)
      return std::all_of(numbers.begin(), numbers.end(), [](double v) { return v >= 0.97; });
    if (n == 4) return std::all_of(numbers.begin(), numbers.end(), [](double v) { return v <= 0.03; });
    return false;
  };
  const auto add_point = [&](double x, double y) {
    if (path_.parts.empty()) path_.parts.emplace_back();
    const auto [px, py] = state.ctm.at(x, y);
    path_.parts.back().push_back({px, py});
    current = {x, y};
  };
  const auto end_path = [&](bool stroke, bool fill) {
    if (stroke || fill) paint(state, stroke, fill);
    path_.clear();
  };

  for (;;) {
    const Token token = tokens.next();
    switch (token.kind) {
      case TokenKind::kEnd:
        path_.clear();
        return;
      case TokenKind::kNumber:
        if (numbers.size() < kMostOperands) numbers.push_back(token.number);
        continue;
      case TokenKind::kName:
        last_name = token.text;
        continue;
      case TokenKind::kString:
        if (font != nullptr && strings.size() < 4096) strings.emplace_back(token.text, token.number != 0);
        continue;
      case TokenKind::kInlineImage:
        image(state, 0);
        numbers.clear();
        continue;
      case TokenKind::kOperator:
        break;
      default:
        continue;
    }
    if (++operators_ > kMostOperators) {
      content_.cut = true;
      path_.clear();
      return;
    }
    // Operators have one to three letters: they fit one integer, which a switch takes.
    std::uint32_t key = 0;
    if (token.text.size() <= 3) {
      for (char c : token.text) key = (key << 8) | static_cast<unsigned char>(c);
    }
    const auto op = [](const char* name) constexpr {
      std::uint32_t value = 0;
      for (; *name != 0; ++name) value = (value << 8) | static_cast<unsigned char>(*name);
      return value;
    };
    switch (key) {
      case op("q"):
        if (saved.size() < kDeepestState) saved.push_back(state);
        break;
      case op("Q"):
        if (!saved.empty()) {
          state = saved.back();
          saved.pop_back();
        }
        break;
      case op("cm"):
        state.ctm = Matrix{number(5), number(4), number(3), number(2), number(1), number(0)}.then(state.ctm);
        break;
      case op("w"):
        state.line_width = number(0);
        break;
      case op("re"): {
        const double x = number(3), y = number(2), w = number(1), h = number(0);
        current = {x, y};
        if ((state.ctm.b == 0 && state.ctm.c == 0) || (state.ctm.a == 0 && state.ctm.d == 0)) {
          path_.rectangles.push_back(bounds(state.ctm, x, y, x + w, y + h));
        }
        break;
      }
      case op("m"):
        path_.parts.emplace_back();
        add_point(number(1), number(0));
        break;
      case op("l"):
        add_point(number(1), number(0));
        break;
      case op("c"):
      case op("v"):
      case op("y"):
        path_.curved = true;
        path_.parts.emplace_back();
        add_point(number(1), number(0));
        break;
      case op("h"):
        if (!path_.parts.empty() && path_.parts.back().size() > 1) {
          path_.parts.back().push_back(path_.parts.back().front());
        }
        break;
      case op("s"):
      case op("S"):
        end_path(true, false);
        break;
      case op("f"):
      case op("F"):
      case op("f*"):
        end_path(false, true);
        break;
      case op("B"):
      case op("B*"):
      case op("b"):
      case op("b*"):
        end_path(true, true);
        break;
      case op("n"):
        end_path(false, false);
        break;
      case op("g"):
      case op("rg"):
      case op("k"):
      case op("sc"):
      case op("scn"):
        state.white_fill = is_white();
        break;
      case op("G"):
      case op("RG"):
      case op("K"):
      case op("SC"):
      case op("SCN"):
        state.white_stroke = is_white();
        break;
      case op("cs"):
        state.white_fill = false;
        break;
      case op("CS"):
        state.white_stroke = false;
        break;
      case op("Do"):
        if (!last_name.empty()) draw(state, resources, last_name, depth);
        if (operators_ > kMostOperators) return;
        break;
      case op("Tf"):
        font = last_name.empty() ? nullptr : find_font(resources, last_name);
        break;
      case op("BT"):
        text = text_line = Matrix{};
        placed = true;
        break;
      case op("Tr"):
        state.render_mode = static_cast<int>(std::clamp(number(0), 0.0, 7.0));
        break;
      case op("TL"):
        leading = number(0);
        break;
      case op("Td"):
        move_text(number(1), number(0));
        break;
      case op("TD"):
        leading = -number(0);
        move_text(number(1), number(0));
        break;
      case op("Tm"):
        text = text_line = Matrix{number(5), number(4), number(3), number(2), number(1), number(0)};
        placed = true;
        break;
      case op("T*"):
        move_text(0, -leading);
        break;
      case op("Tj"):
      case op("TJ"):
        shown();
        break;
      case op("'"):
      case op("\""):
        move_text(0, -leading);
        shown();
        break;
      default:
        break;
    }
    if (!strings.empty()) {
      if (font != nullptr && state.render_mode != 3) {
        for (const auto& [string, hexadecimal] : strings) count_lost(*font, string, hexadecimal);
      }
      strings.clear();
    }
    numbers.clear();
    last_name = {};
  }
}

PageContent Interpreter::finish() {
  content_.rulings = rulings_.joined(width_, height_);
  content_.image_coverage = content_.images.share();
  content_.cut = content_.cut || rulings_.full();
  return std::move(content_);
}

std::optional<Box> box_of(QPDFObjectHandle array) {
  if (!array.isArray() || array.getArrayNItems() != 4) return std::nullopt;
  double v[4];
  for (int i = 0; i < 4; ++i) {
    QPDFObjectHandle item = array.getArrayItem(i);
    if (!item.isNumber()) return std::nullopt;
    v[i] = item.getNumericValue();
  }
  return Box{std::min(v[0], v[2]), std::min(v[1], v[3]), std::max(v[0], v[2]), std::max(v[1], v[3])};
}

void prepare(QPDF& pdf) { pdf.setSuppressWarnings(true); }

Error error_of(const QPDFExc& exception) {
  if (exception.getErrorCode() == qpdf_e_password)
    return make_error(ErrorCode::kEncrypted, "a password is needed");
  return make_error(ErrorCode::kDamaged, exception.getMessageDetail());
}

}  // namespace

Box page_box(QPDFPageObjectHelper& page) {
  const std::optional<Box> media = box_of(page.getAttribute("/MediaBox", false));
  const Box paper = media && !media->empty() ? *media : Box{0, 0, 612, 792};
  const std::optional<Box> given = box_of(page.getAttribute("/CropBox", false));
  if (!given) return paper;
  const Box crop{std::max(given->x0, paper.x0), std::max(given->y0, paper.y0), std::min(given->x1, paper.x1),
                 std::min(given->y1, paper.y1)};
  return crop.empty() ? paper : crop;
}

Matrix page_matrix(QPDFPageObjectHelper& page) {
  const Box crop = page_box(page);
  QPDFObjectHandle rotate = page.getAttribute("/Rotate", false);
  int degrees = rotate.isInteger() ? static_cast<int>(rotate.getIntValue() % 360) : 0;
  if (degrees < 0) degrees += 360;
  switch (degrees) {
    case 90:
      return {0, 1, 1, 0, -crop.y0, -crop.x0};
    case 180:
      return {-1, 0, 0, 1, crop.x1, -crop.y0};
    case 270:
      return {0, -1, -1, 0, crop.y1, crop.x1};
    default:
      return {1, 0, 0, -1, -crop.x0, crop.y1};
  }
}

void PageGrid::cover(const Box& box) {
  const auto index = [](double at, double size) {
    return static_cast<std::size_t>(
        std::lround(std::clamp(at / size, 0.0, 1.0) * static_cast<double>(kSide)));
  };
  for (std::size_t row = index(box.y0, height_); row < index(box.y1, height_); ++row) {
    for (std::size_t column = index(box.x0, width_); column < index(box.x1, width_); ++column) {
      cells_.set(row * kSide + column);
    }
  }
}

bool PageGrid::covers(double x, double y) const {
  if (!(x >= 0) || !(y >= 0) || x >= width_ || y >= height_) return false;
  const auto side = static_cast<double>(kSide);
  const auto row = std::min(static_cast<std::size_t>(y / height_ * side), kSide - 1);
  const auto column = std::min(static_cast<std::size_t>(x / width_ * side), kSide - 1);
  return cells_.test(row * kSide + column);
}

struct PdfContent::Impl {
  QPDF pdf;
  std::vector<QPDFObjectHandle> pages;
  Limits limits;
  FontChecks fonts;
};

PdfContent::PdfContent() : impl_(std::make_unique<Impl>()) {}
PdfContent::PdfContent(PdfContent&&) noexcept = default;
PdfContent::~PdfContent() = default;

Result<PdfContent> PdfContent::open(std::string_view bytes, const std::string& password,
                                    const Limits& limits) {
  try {
    PdfContent content;
    content.impl_->limits = limits;
    prepare(content.impl_->pdf);
    content.impl_->pdf.processMemoryFile("document", bytes.data(), bytes.size(), password.c_str());
    content.impl_->pages = content.impl_->pdf.getAllPages();
    return content;
  } catch (const QPDFExc& exception) {
    return error_of(exception);
  } catch (const std::bad_alloc&) {
    return make_error(ErrorCode::kOutOfMemory, "out of memory while reading the PDF's objects");
  } catch (const std::exception& exception) {
    return make_error(ErrorCode::kDamaged, exception.what());
  }
}

int PdfContent::pages() const {
  return static_cast<int>(std::min<std::size_t>(impl_->pages.size(), 1'000'000));
}

QPDF& PdfContent::file() { return impl_->pdf; }

std::string PdfContent::repair_fonts(int& letters) {
  letters = 0;
  constexpr std::size_t kLongestMap = 1u << 20, kMostFonts = 2000;
  try {
    std::set<QPDFObjGen> seen;
    for (QPDFObjectHandle& page : impl_->pages) {
      if (seen.size() > kMostFonts) break;
      QPDFObjectHandle resources = QPDFPageObjectHelper(page).getAttribute("/Resources", false);
      QPDFObjectHandle fonts =
          resources.isDictionary() ? resources.getKey("/Font") : QPDFObjectHandle::newNull();
      if (!fonts.isDictionary()) continue;
      for (const std::string& name : fonts.getKeys()) {
        QPDFObjectHandle font = fonts.getKey(name);
        if (!font.isDictionary() || !font.isIndirect() || !seen.insert(font.getObjGen()).second) continue;
        if (!font.getKey("/Subtype").isNameAndEquals("/Type0")) continue;
        QPDFObjectHandle stream = font.getKey("/ToUnicode");
        if (!stream.isStream()) continue;
        std::string text;
        LimitedPipeline pipeline(text, kLongestMap);
        try {
          stream.pipeStreamData(&pipeline, 0, qpdf_dl_generalized, true, false);
        } catch (const std::exception&) {
          continue;
        }
        FontMap map = parse_font_map(text);
        const int put = repair_font_map(map);
        if (put == 0) continue;
        letters += put;
        stream.replaceStreamData(write_font_map(map), QPDFObjectHandle::newNull(),
                                 QPDFObjectHandle::newNull());
      }
    }
    if (letters == 0) return {};
    QPDFWriter writer(impl_->pdf);
    writer.setOutputMemory();
    writer.setPreserveEncryption(false);
    writer.setStreamDataMode(qpdf_s_preserve);
    writer.write();
    const std::unique_ptr<Buffer> buffer(writer.getBuffer());
    return std::string(reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize());
  } catch (const std::exception&) {  // the text stays as it is
    letters = 0;
    return {};
  }
}

Result<PageContent> PdfContent::read(int page, double width, double height) {
  if (page < 0 || page >= pages() || !(width > 0) || !(height > 0)) {
    return make_error(ErrorCode::kDamaged, "no such page");
  }
  try {
    QPDFPageObjectHelper helper(impl_->pages[static_cast<std::size_t>(page)]);
    Interpreter interpreter(width, height, impl_->limits, impl_->fonts);
    std::string stream;
    for (QPDFObjectHandle piece : helper.getPageContents()) {
      interpreter.append_stream(piece, stream);
      stream.push_back('\n');
    }
    interpreter.run(helper.getAttribute("/Resources", false), stream, page_matrix(helper), 0);
    return interpreter.finish();
  } catch (const std::bad_alloc&) {
    return make_error(ErrorCode::kOutOfMemory, "out of memory while reading the page's content");
  } catch (const std::exception& exception) {
    return make_error(ErrorCode::kDamaged, exception.what());
  }
}

Result<std::string> repair_pdf(std::string_view bytes, const std::string& password) {
  try {
    QPDF pdf;
    prepare(pdf);
    pdf.processMemoryFile("document", bytes.data(), bytes.size(), password.c_str());
    const std::vector<QPDFObjectHandle> pages = pdf.getAllPages();
    if (pages.empty()) return make_error(ErrorCode::kDamaged, "no page could be saved");
    // One flat page tree with the true number of pages.
    pdf.pushInheritedAttributesToPage();
    QPDFObjectHandle tree = pdf.getRoot().getKey("/Pages");
    if (tree.isDictionary()) {
      for (QPDFObjectHandle page : pages) page.replaceKey("/Parent", tree);
      tree.replaceKey("/Kids", QPDFObjectHandle::newArray(pages));
      tree.replaceKey("/Count", QPDFObjectHandle::newInteger(static_cast<long long>(pages.size())));
      tree.removeKey("/Parent");
    }
    QPDFWriter writer(pdf);
    writer.setOutputMemory();
    writer.setPreserveEncryption(false);
    writer.setObjectStreamMode(qpdf_o_disable);
    writer.write();
    const std::unique_ptr<Buffer> buffer(writer.getBuffer());
    return std::string(reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize());
  } catch (const QPDFExc& exception) {
    return error_of(exception);
  } catch (const std::bad_alloc&) {
    return make_error(ErrorCode::kOutOfMemory, "out of memory while repairing the PDF");
  } catch (const std::exception& exception) {
    return make_error(ErrorCode::kDamaged, exception.what());
  }
}

}  // namespace vanban::read

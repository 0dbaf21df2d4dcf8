#define POINTERHOLDER_TRANSITION 4  // qpdf: std::shared_ptr alone

#include "read/worker/invisible_text.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include "vanban/base/utf8.h"

namespace vanban::read {
namespace {

void put16(std::string& out, std::uint32_t value) {
  out.push_back(static_cast<char>(value >> 8 & 0xFF));
  out.push_back(static_cast<char>(value & 0xFF));
}
void put32(std::string& out, std::uint32_t value) {
  put16(out, value >> 16);
  put16(out, value & 0xFFFF);
}

std::uint32_t checksum(const std::string& table) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < table.size(); ++i) {
    sum += static_cast<std::uint32_t>(static_cast<unsigned char>(table[i])) << (8 * (3 - i % 4));
  }
  return sum;
}

// A TrueType file with `glyphs` empty glyphs of the same width: the tables that ISO 32000 asks of an embedded
// font (9.9), 1,000 units an em.
std::string empty_truetype(unsigned glyphs) {
  std::string head, hhea, hmtx, loca, maxp;
  for (const std::uint32_t value : {0x00010000u, 0x00010000u, 0u, 0x5F0F3CF5u}) put32(head, value);
  put16(head, 0);
  put16(head, 1000);  // units an em
  head.append(16, '\0');
  for (const std::uint32_t value : {0u, 0x10000u - 200u, 500u, 800u, 0u, 8u, 2u, 0u, 0u}) put16(head, value);
  put32(hhea, 0x00010000);
  for (const std::uint32_t value : {800u, 0x10000u - 200u, 0u, 500u}) put16(hhea, value);
  hhea.append(6, '\0');
  for (const std::uint32_t value : {1u, 0u, 0u, 0u, 0u, 0u, 0u, 0u, 1u}) put16(hhea, value);
  put16(hmtx, 500);
  put16(hmtx, 0);
  hmtx.append(2 * (glyphs - 1), '\0');  // left side bearings
  loca.append(2 * (glyphs + 1), '\0');
  put32(maxp, 0x00010000);
  put16(maxp, glyphs);
  for (int i = 0; i < 13; ++i) put16(maxp, i == 4 ? 2 : 0);  // zones
  const std::pair<const char*, std::string> tables[] = {{"glyf", std::string(4, '\0')},
                                                        {"head", head},
                                                        {"hhea", hhea},
                                                        {"hmtx", hmtx},
                                                        {"loca", loca},
                                                        {"maxp", maxp}};
  std::string file;
  put32(file, 0x00010000);
  for (const std::uint32_t value : {6u, 64u, 2u, 32u}) put16(file, value);
  auto offset = static_cast<std::uint32_t>(12 + 16 * std::size(tables));
  std::string bodies;
  for (const auto& [tag, table] : tables) {
    file += tag;
    put32(file, checksum(table));
    put32(file, offset);
    put32(file, static_cast<std::uint32_t>(table.size()));
    bodies += table;
    bodies.append((4 - table.size() % 4) % 4, '\0');
    offset = static_cast<std::uint32_t>(12 + 16 * std::size(tables) + bodies.size());
  }
  return file + bodies;
}

std::string hex16(std::uint32_t value) {
  char text[8];
  std::snprintf(text, sizeof text, "%04X", value & 0xFFFF);
  return text;
}

std::string utf16_hex(char32_t code) {
  if (code < 0x10000) return hex16(code);
  code -= 0x10000;
  return hex16(0xD800 + (code >> 10)) + hex16(0xDC00 + (code & 0x3FF));
}

QPDFObjectHandle new_stream(QPDF& pdf, const std::string& data, const std::string& dictionary) {
  QPDFObjectHandle stream = QPDFObjectHandle::newStream(&pdf, data);
  if (!dictionary.empty()) stream.replaceDict(QPDFObjectHandle::parse(dictionary));
  return stream;
}

// Five decimals, no exponent, no locale.
std::string number(double value) {
  if (!std::isfinite(value)) value = 0;
  char text[48];
  std::snprintf(text, sizeof text, "%.5f", std::clamp(value, -1e7, 1e7));
  std::string out = text;
  out.erase(out.find_last_not_of('0') + 1);
  if (out.back() == '.') out.pop_back();
  return out == "-0" ? "0" : out;
}

// The place of one word's line: along it u, upwards from its baseline v; y grows downwards.
struct Direction {
  double ux, uy, vx, vy;
};
Direction direction_of(int rotation) {
  switch (rotation) {
    case 90:
      return {0, 1, 1, 0};
    case 180:
      return {-1, 0, 0, 1};
    case 270:
      return {0, -1, -1, 0};
    default:
      return {1, 0, 0, -1};
  }
}

// A word's box as its own line sees it: from `begin` to `end` along the line, from `bottom` to `top` across.
struct Span {
  double begin, end, bottom, top;
};
Span span_of(const Box& box, const Direction& d) {
  const auto along = [&](double x, double y) { return x * d.ux + y * d.uy; };
  const auto up = [&](double x, double y) { return x * d.vx + y * d.vy; };
  const double a0 = along(box.x0, box.y0), a1 = along(box.x1, box.y1);
  const double u0 = up(box.x0, box.y0), u1 = up(box.x1, box.y1);
  return {std::min(a0, a1), std::max(a0, a1), std::min(u0, u1), std::max(u0, u1)};
}

// A line of print: how it slopes, and its extent across when the slope is taken out.
struct LineShape {
  double slope = 0, bottom = 0, top = 0;
};
LineShape shape_of(const std::vector<Span>& spans) {
  std::vector<double> heights;
  double x = 0, y = 0;
  for (const Span& one : spans) {
    heights.push_back(one.top - one.bottom);
    x += (one.begin + one.end) / 2;
    y += (one.bottom + one.top) / 2;
  }
  const auto count = static_cast<double>(spans.size());
  x /= count;
  y /= count;
  std::nth_element(heights.begin(), heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2),
                   heights.end());
  const double median = heights[heights.size() / 2];
  LineShape shape;
  double xx = 0, xy = 0;
  for (const Span& one : spans) {
    const double dx = (one.begin + one.end) / 2 - x;
    xx += dx * dx;
    xy += dx * ((one.bottom + one.top) / 2 - y);
  }
  // Over a short line, or few words, what looks like a slope is the letters' different heights.
  if (spans.size() >= 4 && xx > 100 * median * median) shape.slope = std::clamp(xy / xx, -0.2, 0.2);
  bool first = true;
  for (const Span& one : spans) {
    if (one.top - one.bottom > 1.8 * median) continue;  // a seal, a bracket over two lines
    const double lift = shape.slope * (one.begin + one.end) / 2;
    shape.bottom = first ? one.bottom - lift : std::min(shape.bottom, one.bottom - lift);
    shape.top = first ? one.top - lift : std::max(shape.top, one.top - lift);
    first = false;
  }
  return shape;
}

void write_line(const std::vector<RawWord>& words, std::size_t begin, std::size_t end,
                const InvisibleFont& font, std::string& out) {
  const Direction d = direction_of(words[begin].rotation);
  std::vector<Span> spans;
  for (std::size_t i = begin; i < end; ++i) spans.push_back(span_of(words[i].box, d));
  const LineShape line = shape_of(spans);
  for (std::size_t i = begin; i < end; ++i) {
    Span span = spans[i - begin];
    const double lift = line.slope * (span.begin + span.end) / 2;
    span.bottom = line.bottom + lift;
    span.top = line.top + lift;
    const double height = span.top - span.bottom, width = span.end - span.begin;
    std::size_t count = 0;
    const std::string codes = font.coded(words[i].text, count);
    if (count == 0 || !(height > 0.01) || !(width > 0.01)) continue;
    const double wide = width / (static_cast<double>(count) * InvisibleFont::kAdvance);
    const double base = span.bottom + InvisibleFont::kDescent * height;
    // (u, v) is an orthonormal frame: a place is its own coordinates times the two directions.
    const double x = span.begin * d.ux + base * d.vx, y = span.begin * d.uy + base * d.vy;
    for (const double value : {d.ux * wide, d.uy * wide, d.vx * height, d.vy * height, x, y}) {
      out += number(value) + " ";
    }
    out += "Tm <" + codes;
    if (i + 1 < end) {  // a space of its own, for readers that do not measure
      std::size_t one = 0;
      out += font.coded(" ", one);
    }
    out += "> Tj\n";
  }
}

}  // namespace

void InvisibleFont::see(const RawWord& word) {
  const auto add = [this](char32_t code) {
    if (glyphs_.size() < kMostGlyphs) glyphs_.emplace(code, static_cast<unsigned>(glyphs_.size()) + 1);
  };
  add(U' ');
  for (std::size_t i = 0; i < word.text.size();) add(decode_utf8(word.text, i));
}

std::string InvisibleFont::coded(const std::string& text, std::size_t& count) const {
  std::string out;
  count = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto found = glyphs_.find(decode_utf8(text, i));
    if (found == glyphs_.end()) continue;
    out += hex16(found->second);
    ++count;
  }
  return out;
}

std::string InvisibleFont::to_unicode() const {
  std::string map =
      "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo\n<< /Registry (Adobe) "
      "/Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 "
      "begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n";
  constexpr std::size_t kMostInBlock = 100;
  std::size_t left = glyphs_.size(), in_block = 0;
  for (const auto& [code, glyph] : glyphs_) {
    if (in_block == 0) {
      in_block = std::min(left, kMostInBlock);
      map += std::to_string(in_block) + " beginbfchar\n";
    }
    map += "<" + hex16(glyph) + "> <" + utf16_hex(code) + ">\n";
    --left;
    if (--in_block == 0) map += "endbfchar\n";
  }
  return map + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

QPDFObjectHandle InvisibleFont::make(QPDF& pdf) const {
  const std::string program = empty_truetype(static_cast<unsigned>(glyphs_.size()) + 1);
  QPDFObjectHandle file = new_stream(pdf, program, "<< /Length1 " + std::to_string(program.size()) + " >>");
  QPDFObjectHandle descriptor = pdf.makeIndirectObject(QPDFObjectHandle::parse(
      "<< /Type /FontDescriptor /FontName /VBINVS+VanbanInvisible /Flags 5 /FontBBox [0 -200 500 800] "
      "/ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>"));
  descriptor.replaceKey("/FontFile2", file);
  QPDFObjectHandle glyphs = pdf.makeIndirectObject(QPDFObjectHandle::parse(
      "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /VBINVS+VanbanInvisible /CIDToGIDMap /Identity /DW "
      "500 "
      "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"));
  glyphs.replaceKey("/FontDescriptor", descriptor);
  QPDFObjectHandle font = pdf.makeIndirectObject(QPDFObjectHandle::parse(
      "<< /Type /Font /Subtype /Type0 /BaseFont /VBINVS+VanbanInvisible /Encoding /Identity-H >>"));
  font.replaceKey("/DescendantFonts", QPDFObjectHandle::newArray({glyphs}));
  font.replaceKey("/ToUnicode", new_stream(pdf, to_unicode(), ""));
  return font;
}

std::string invisible_text(const std::vector<RawWord>& words, const InvisibleFont& font,
                           const std::string& font_name, const Matrix& to_paper) {
  std::string out = "q\n";
  for (const double value : {to_paper.a, to_paper.b, to_paper.c, to_paper.d, to_paper.e, to_paper.f}) {
    out += number(value) + " ";
  }
  out += "cm\nBT\n3 Tr\n" + font_name + " 1 Tf\n";
  for (std::size_t i = 0; i < words.size();) {
    std::size_t end = i + 1;
    while (end < words.size() && words[i].line >= 0 && words[end].line == words[i].line &&
           words[end].cell == words[i].cell && words[end].rotation == words[i].rotation) {
      ++end;
    }
    write_line(words, i, end, font, out);
    i = end;
  }
  return out + "ET\nQ\n";
}

}  // namespace vanban::read

#include "read/worker/sniff.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "read/worker/mail_parse.h"
#include "read/worker/markdown.h"

namespace vanban::read {
namespace {

using namespace std::string_view_literals;

struct Magic {
  std::string_view bytes;
  Format format;
  std::string_view media_type;
  std::string_view what;
};

// "%PDF-" may stand behind junk; the others are at the start.
constexpr Magic kMagics[] = {
    {"\x89PNG\r\n\x1a\n"sv, Format::kPng, "image/png", {}},
    {"\xFF\xD8\xFF"sv, Format::kJpeg, "image/jpeg", {}},
    {"II*\0"sv, Format::kTiff, "image/tiff", {}},
    {"MM\0*"sv, Format::kTiff, "image/tiff", {}},
    {"II+\0"sv, Format::kTiff, "image/tiff", {}},  // BigTIFF
    {"MM\0+"sv, Format::kTiff, "image/tiff", {}},
    {"GIF87a"sv, Format::kGif, "image/gif", {}},
    {"GIF89a"sv, Format::kGif, "image/gif", {}},
    {"\x7F"
     "ELF"sv,
     Format::kUnsupported, "application/x-elf", "a program (ELF)"},
    {"MZ"sv, Format::kUnsupported, "application/x-msdownload", "a Windows program"},
    {"PK\x03\x04"sv, Format::kZip, "application/zip", "a ZIP archive"},
    {"PK\x05\x06"sv, Format::kUnsupported, "application/zip", "an empty ZIP archive"},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, Format::kOle, "application/x-ole-storage",
     "an old Office file (OLE)"},
    {"Rar!\x1A\x07"sv, Format::kUnsupported, "application/vnd.rar", "a RAR archive"},
    {"7z\xBC\xAF\x27\x1C"sv, Format::kUnsupported, "application/x-7z-compressed", "a 7z archive"},
    {"\x1F\x8B"sv, Format::kUnsupported, "application/gzip", "gzip data"},
    {"BZh"sv, Format::kUnsupported, "application/x-bzip2", "bzip2 data"},
    {"\xFD"
     "7zXZ\0"sv,
     Format::kUnsupported, "application/x-xz", "xz data"},
    {"{\\rtf"sv, Format::kRtf, "application/rtf", "an RTF document"},
    {"%!PS"sv, Format::kUnsupported, "application/postscript", "a PostScript program"},
    {"\0\0\0\x0CjP  "sv, Format::kUnsupported, "image/jp2", "a JPEG 2000 image"},
    {"SQLite format 3\0"sv, Format::kUnsupported, "application/vnd.sqlite3", "an SQLite database"},
};

std::string_view part(std::string_view bytes, std::size_t at, std::size_t size) {
  return at < bytes.size() ? bytes.substr(at, size) : std::string_view();
}

bool has_prefix_ignoring_case(std::string_view text, std::string_view lower) {
  if (text.size() < lower.size()) return false;
  return std::equal(lower.begin(), lower.end(), text.begin(), [](char a, char b) {
    return a == static_cast<char>(std::tolower(static_cast<unsigned char>(b)));
  });
}

// OOXML and OpenDocument are told from other archives by the names of their first parts.
std::string_view zip_kind(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 64 << 10);
  if (head.find("word/") != std::string_view::npos) return "a Word document (DOCX)";
  if (head.find("xl/") != std::string_view::npos) return "an Excel workbook (XLSX)";
  if (head.find("ppt/") != std::string_view::npos) return "a PowerPoint file (PPTX)";
  if (head.find("opendocument.text") != std::string_view::npos) return "an OpenDocument text (ODT)";
  if (head.find("mimetypeapplication/epub") != std::string_view::npos) return "an EPUB book";
  return "a ZIP archive";
}

// Bytes that no text in any of the encodings we know has: NUL, or many control characters.
bool looks_binary(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 64 << 10);
  std::size_t controls = 0;
  for (char c : head) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte == 0) return true;
    if (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f' && byte != 0x0B &&
        byte != 0x1A) {
      ++controls;
    }
  }
  return controls * 20 > head.size();
}

// A PDF that has lost its header: "12 0 obj" and its end, or a trailer.
bool looks_like_pdf_objects(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 64 << 10);
  const std::size_t object = head.find(" obj");
  if (object == std::string_view::npos || object == 0 ||
      !std::isdigit(static_cast<unsigned char>(head[object - 1]))) {
    return false;
  }
  return head.find("<<", object) != std::string_view::npos &&
         (bytes.find("endobj") != std::string_view::npos || bytes.find("stream") != std::string_view::npos ||
          bytes.find("trailer") != std::string_view::npos);
}

// The first bytes in ASCII: without a byte order mark and, of UTF-16, without the zero bytes.
std::string ascii_head(std::string_view bytes) {
  std::string head;
  for (const char c : bytes.substr(0, 4096)) {
    if (c != '\0' && static_cast<unsigned char>(c) < 0x80) head += c;
  }
  const std::size_t start = head.find_first_not_of(" \t\r\n");
  return start == std::string::npos ? std::string() : head.substr(start);
}

bool looks_html(const std::string& head) {
  static constexpr std::string_view kTags[] = {
      "!doctype html", "html",  "head", "body",   "div", "table", "meta", "title", "p",  "span", "font",
      "center",        "b",     "i",    "a",      "ul",  "ol",    "img",  "br",    "h1", "h2",   "h3",
      "script",        "style", "link", "article"};
  for (const std::string_view tag : kTags) {
    if (!head.starts_with('<') || !has_prefix_ignoring_case(std::string_view(head).substr(1), tag)) continue;
    const std::size_t behind = 1 + tag.size();
    if (behind < head.size() && std::string_view(" \t\r\n>/").find(head[behind]) != std::string_view::npos)
      return true;
  }
  // Behind a comment ("<!-- saved from url"), or XHTML behind its XML declaration.
  if (!head.starts_with("<!--") && !head.starts_with("<?xml")) return false;
  for (std::size_t at = head.find('<'); at != std::string::npos; at = head.find('<', at + 1)) {
    if (has_prefix_ignoring_case(std::string_view(head).substr(at), "<html")) return true;
  }
  return false;
}

bool looks_xml(const std::string& head) {
  return head.starts_with("<?xml") || has_prefix_ignoring_case(head, "<svg");
}

}  // namespace

Sniffed sniff(std::string_view bytes, std::string_view name) {
  for (const Magic& magic : kMagics) {
    if (!bytes.starts_with(magic.bytes)) continue;
    std::string_view what = magic.what;
    if (magic.media_type == "application/zip" && what == "a ZIP archive") what = zip_kind(bytes);
    if (magic.bytes == "MZ" && !looks_binary(bytes)) continue;  // a text may begin so
    return {magic.format, std::string(magic.media_type), std::string(what), 0};
  }
  if (bytes.starts_with("RIFF") && part(bytes, 8, 4) == "WEBP") return {Format::kWebp, "image/webp", {}, 0};
  if (bytes.starts_with("BM") && bytes.size() > 26 && looks_binary(bytes))
    return {Format::kBmp, "image/bmp", {}, 0};
  if (bytes.size() > 8 && bytes[0] == 'P' && bytes[1] >= '1' && bytes[1] <= '6' &&
      std::isspace(static_cast<unsigned char>(bytes[2])) &&
      std::isdigit(static_cast<unsigned char>(bytes[3]))) {
    return {Format::kPnm, "image/x-portable-anymap", {}, 0};
  }
  if (part(bytes, 4, 4) == "ftyp") return {Format::kUnsupported, "image/heif", "an HEIF image or a video", 0};
  // Readers accept the header within the first kilobyte.
  const std::size_t pdf = bytes.substr(0, 1024 + 5).find("%PDF-");
  if (pdf != std::string_view::npos &&
      (pdf == 0 || looks_binary(bytes) || bytes.find("endobj") != bytes.npos)) {
    return {Format::kPdf, "application/pdf", {}, pdf};
  }
  if (looks_like_pdf_objects(bytes)) return {Format::kPdf, "application/pdf", {}, 0};
  const bool utf16 = bytes.starts_with("\xFF\xFE"sv) || bytes.starts_with("\xFE\xFF"sv);
  if (!utf16 && looks_binary(bytes))
    return {Format::kUnsupported, "application/octet-stream", "unknown binary data", 0};
  const std::string head = ascii_head(bytes);
  if (looks_html(head)) return {Format::kHtml, "text/html", {}, 0};
  if (looks_xml(head)) return {Format::kUnsupported, "application/xml", "an XML or SVG file", 0};
  if (!utf16 && looks_mail(bytes)) return {Format::kMail, "message/rfc822", {}, 0};
  if (!utf16 && looks_markdown(bytes, name)) return {Format::kMarkdown, "text/markdown", {}, 0};
  return {Format::kText, "text/plain", {}, 0};
}

}  // namespace vanban::read

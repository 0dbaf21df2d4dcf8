#include "cli/limits.h"

namespace vanban::cli {

std::string_view limit_help(const Context& context, std::string_view name) {
  struct Row {
    std::string_view name, vi, en;
  };
  static constexpr Row kRows[] = {
      {"file-bytes", "Tệp lớn nhất, byte (500MB, 2GB …)", "Largest file, bytes (500MB, 2GB …)"},
      {"text-bytes", "Chữ nhiều nhất của một văn bản, byte (ingest: 5MB nếu không ghi)",
       "Most text of one document, bytes (ingest: 5MB unless given)"},
      {"inflated-bytes", "Phần nén bung ra nhiều nhất, byte",
       "Most that a packed part may inflate to, bytes"},
      {"worker-memory", "Bộ nhớ của một tiến trình đọc, byte", "Memory of one reader process, bytes"},
      {"raster-pixels", "Ảnh trang lớn nhất khi nhận dạng, điểm ảnh",
       "Largest picture of a page for OCR, pixels"},
      {"image-pixels", "Ảnh lớn nhất được giải nén, điểm ảnh", "Largest image that is decoded, pixels"},
      {"pages", "Số trang nhiều nhất của một tệp", "Most pages of one file"},
      {"nesting", "Lồng nhau sâu nhất (XML, HTML, PDF)", "Deepest nesting (XML, HTML, PDF)"},
      {"text-seconds", "Giây đọc chữ của một tệp, thêm 0,2 mỗi trang",
       "Seconds to read a file's text, and 0.2 a page"},
      {"ocr-page-seconds", "Giây nhận dạng một trang", "Seconds of OCR for one page"},
      {"silence-seconds", "Giây im lặng nhiều nhất của tiến trình đọc",
       "Seconds that a reader may say nothing"},
      {"document-seconds", "Giây nhiều nhất cho một tệp", "Seconds at most for one file"},
      {"office-seconds", "Giây LibreOffice chuyển đổi một tệp", "Seconds for LibreOffice to convert a file"},
  };
  for (const Row& row : kRows) {
    if (row.name == name) return context.say(row.vi, row.en);
  }
  return name;
}

}  // namespace vanban::cli

// Small PDFs, written by hand: one page with a content stream and what the test asks for.

#ifndef VANBAN_TESTS_UNIT_READ_TINY_PDF_H_
#define VANBAN_TESTS_UNIT_READ_TINY_PDF_H_

#include <string>
#include <vector>

namespace vanban::testing {

// `page_entries`: "/MediaBox [0 0 595 842] /Rotate 90"; `content`: operators; fonts F1 (Times-Roman), F2
// (Times-Bold). `more`: further objects, numbered from 7; `x_objects`: "/X 7 0 R"; `fonts`: "/F3 7 0 R";
// `catalogue`:
// "/Collection << >>".
inline std::string tiny_pdf(const std::string& page_entries, const std::string& content,
                            const std::vector<std::string>& more = {}, const std::string& x_objects = "",
                            const std::string& fonts = "", const std::string& catalogue = "") {
  std::vector<std::string> objects = {
      "<< /Type /Catalog /Pages 2 0 R " + catalogue + " >>",
      "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R " + page_entries +
          " /Contents 4 0 R /Resources << /Font << /F1 5 0 R /F2 6 0 R " + fonts + " >>" + " /XObject << " +
          x_objects + " >> >> >>",
      "<< /Length " + std::to_string(content.size()) + " >>\nstream\n" + content + "\nendstream",
      "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
      "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Bold >>",
  };
  objects.insert(objects.end(), more.begin(), more.end());
  std::string file = "%PDF-1.5\n";
  std::vector<std::size_t> offsets;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    offsets.push_back(file.size());
    file += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  const std::size_t table = file.size();
  file += "xref\n0 " + std::to_string(objects.size() + 1) + "\n0000000000 65535 f \n";
  for (const std::size_t offset : offsets) {
    const std::string digits = std::to_string(offset);
    file += std::string(10 - digits.size(), '0') + digits + " 00000 n \n";
  }
  file += "trailer\n<< /Size " + std::to_string(objects.size() + 1) + " /Root 1 0 R >>\nstartxref\n" +
          std::to_string(table) + "\n%%EOF\n";
  return file;
}

}  // namespace vanban::testing

#endif  // VANBAN_TESTS_UNIT_READ_TINY_PDF_H_

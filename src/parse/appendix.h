// Where an appendix (phụ lục) or an attached document (kế hoạch, quy chế, danh mục "ban hành kèm theo …")
// begins.

#ifndef VANBAN_SRC_PARSE_APPENDIX_H_
#define VANBAN_SRC_PARSE_APPENDIX_H_

#include <optional>
#include <string>
#include <vector>

#include "parse/lines.h"
#include "parse/shapes.h"
#include "vanban/lexicon/document_types.h"

namespace vanban::parse {

struct AppendixStart {
  std::size_t from = 0, end = 0;  // its head's lines
  std::string label;              // "I", "2", "Mẫu số 01" or empty
  std::string heading;
  TextRange heading_range;
  std::vector<std::size_t> paragraphs;  // lines of the head that are not heading: "(Kèm theo …)"
  std::size_t head_end = 0;  // > from: it has a head of its own (issuer, motto), lines [from, head_end)
};

class AppendixFinder {
 public:
  AppendixFinder(const std::vector<Line>& lines, const Shapes& shapes, const DocumentTypes& types);

  // The appendix that begins at line `i`. `after_foot`: a signature or recipients stand right before it, so
  // that a title in capitals is enough; `in_head`: the head of another appendix was just read (a form's own
  // motto belongs to it).
  std::optional<AppendixStart> at(std::size_t i, bool after_foot, bool in_head) const;

 private:
  bool is_title_line(const Line& line) const;
  std::size_t attached_within(std::size_t i) const;
  void read_title(std::size_t first, bool title_begun, AppendixStart& start) const;

  const std::vector<Line>& lines_;
  const Shapes& shapes_;
  const DocumentTypes& types_;
  std::vector<std::size_t> next_attached_;
};

}  // namespace vanban::parse

#endif  // VANBAN_SRC_PARSE_APPENDIX_H_

// Rows for people and for programs: aligned tables, CSV, JSON, JSON lines.

#ifndef VANBAN_SRC_CLI_OUTPUT_H_
#define VANBAN_SRC_CLI_OUTPUT_H_

#include <string>
#include <string_view>
#include <vector>

#include "cli/context.h"
#include "vanban/base/text_range.h"

namespace vanban::cli {

struct Column {
  std::string key;    // JSON and CSV name
  std::string title;  // head of the table, in the user's language
  int least = 4;      // columns of text in a table
  double share = 0;   // of the width that is left: 0 takes what it needs
  bool number = false;
};

// Prints `rows` (cells in the order of `columns`) to standard output in the context's format. JSON: an array
// of objects (numbers unquoted where the column says so, empty cells null); CSV: RFC 4180, a longer cell that
// begins with = + - @ or a tab gets a leading apostrophe, so that a spreadsheet runs nothing.
void print_rows(const Context& context, const std::vector<Column>& columns,
                const std::vector<std::vector<std::string>>& rows);

// Control bytes and escape sequences made visible: what comes from a file must not drive a terminal.
std::string for_terminal(std::string_view text);

// `text` cut or padded to `width` columns (code points; combining marks are not counted).
std::string fitted(std::string_view text, std::size_t width);

// `text` with `marks` in bold where standard output is a terminal, else between [ and ].
std::string marked(std::string_view text, const std::vector<TextRange>& marks);

// Lines of at most `width` columns, each after the first indented by `indent` spaces.
std::string wrapped(std::string_view text, std::size_t width, std::size_t indent);

}  // namespace vanban::cli

#endif  // VANBAN_SRC_CLI_OUTPUT_H_

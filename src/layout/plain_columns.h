// Columns of a table by the words of its head, and what a cell of each kind can hold.

#ifndef VANBAN_LAYOUT_PLAIN_COLUMNS_H_
#define VANBAN_LAYOUT_PLAIN_COLUMNS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "layout/plain_table_words.h"

namespace vanban::layout {

enum class ColumnKind : std::uint8_t { kLabel, kName, kUnit, kValue, kAgency, kDeadline, kProduct, kNote };

struct Column {
  ColumnKind kind = ColumnKind::kName;
  std::string title;
  friend bool operator==(const Column&, const Column&) = default;
};

// Whether a line can begin a head: "STT …", "TT …", "Số TT …".
bool begins_head(std::string_view line);

// The columns that the words of a head name, in order; empty unless every word belongs to a title, the first
// is the label's and exactly one is the name's.
std::vector<Column> read_head(const std::vector<TableWord>& words);

// How the words of one row fall into cells.
struct RowCells {
  std::vector<std::size_t> ends;  // for each column after the label: the word behind its last one
  double cost = 0;                // 0 is certain; kUnclear and more: nobody can tell
  bool group = false;             // a heading across the table: all words are the name's
};
inline constexpr double kUnclear = 4.5;
inline constexpr std::size_t kLongestRow = 400;  // words

enum class RowPart : std::uint8_t { kWhole, kCutAtEnd, kGoesOn };  // the page break leaves two parts of a row

// The cheapest way to deal `words` (without the label) to columns[1..]. `capacities`: how many code points a
// full line of each column holds, 0 unknown; empty: all unknown. `open` (for kGoesOn): the columns whose
// cells the first part left unfinished. Cost: O(words · columns); words are looked at up to 80 times in the
// columns of bodies.
RowCells deal_words(const std::vector<TableWord>& words, const std::vector<Column>& columns,
                    const std::vector<std::size_t>& capacities = {}, RowPart part = RowPart::kWhole,
                    const std::vector<bool>& open = {});

}  // namespace vanban::layout

#endif  // VANBAN_LAYOUT_PLAIN_COLUMNS_H_

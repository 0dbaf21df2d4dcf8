// The words of a table's text, and what each tells of the cell that it may begin, end or be in.

#ifndef VANBAN_LAYOUT_PLAIN_TABLE_WORDS_H_
#define VANBAN_LAYOUT_PLAIN_TABLE_WORDS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vanban::layout {

// What a word does in a value such as "100", "Tối thiểu 50", "≥ 80%", "10 - 15", "từ 6,5 đến 7", "Trên 90".
enum class ValueWord : std::uint8_t { kNumber, kAround, kOther };

// One word, looked at once: a row is dealt to its columns several times.
struct TableWord {
  // `where`: see `before`.
  explicit TableWord(std::string_view word, std::uint8_t where = 0);

  std::string text;
  std::string key;          // its comparison key
  std::uint32_t width = 0;  // code points
  std::uint8_t before = 0;  // 0 the same line, 1 a new line, 2 a line set apart, 3 a new page (behind the
                            // head that the page repeats)
  ValueWord role = ValueWord::kOther;
  bool upper = false;     // begins with a capital letter
  bool agency = false;    // "Bộ", "UBND", "VPCP", "Văn": begins the name of a body
  bool deadline = false;  // "Quý", "Trước", "2025": begins a time
  bool digit = false;     // holds one
  bool cut = false;       // a cell that ends with it goes on: "và", "các", "cơ", a comma
};

// Code points of the words [begin, end) on one line.
std::size_t width_of(const std::vector<TableWord>& words, std::size_t begin, std::size_t end);

// Whether the words of a comparison key are a unit: "triệu đồng", "%".
bool is_unit(const std::string& key);
// Whether some unit begins with the first word of this key.
bool begins_unit(const std::string& key);
inline constexpr std::size_t kLongestUnit = 40;  // bytes, more than any of them has

// A cell that ends so goes on: with a comma, or a word such as "và", "các", "cơ".
bool is_unfinished(std::string_view cell);

}  // namespace vanban::layout

#endif  // VANBAN_LAYOUT_PLAIN_TABLE_WORDS_H_

// ToUnicode maps of a PDF's fonts, and their repair.
//
// Word 2007 and 2010 wrote maps in which a letter of the font stands as a space: "CỘNG  ÒA XÃ  ỘI" for "CỘNG
// HÒA XÃ HỘI", where glyph 2B lies between 2A (G) and 2C (I). Where the neighbours leave no choice, the
// letter is put back.

#ifndef VANBAN_SRC_READ_WORKER_FONT_MAP_H_
#define VANBAN_SRC_READ_WORKER_FONT_MAP_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace vanban::read {

// Code to text, UTF-16BE in hex as the map has it ("0048"; ligatures have more).
using FontMap = std::map<std::uint32_t, std::string>;

// The bfchar and bfrange entries of a CMap; at most 65,536.
FontMap parse_font_map(std::string_view cmap);

// A CMap with these entries, for two-byte codes.
std::string write_font_map(const FontMap& map);

// Puts letters where the map has a space or nothing between known neighbours, if the font's order of glyphs
// proves them. Returns how many were put.
int repair_font_map(FontMap& map);

// Whether a map is that of a text font: it names a score of letters, so that a code without one is a lost
// letter and no ornament.
bool is_text_font(const FontMap& map);

// Whether the map has this code as U+0000: its glyph gives no text. (Codes that it leaves out are mostly
// spaces.)
bool is_unnamed(const FontMap& map, std::uint32_t code);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_FONT_MAP_H_

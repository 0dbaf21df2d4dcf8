// The numbers that Word generates for list paragraphs (numbering.xml, styles.xml): "1.", "a)", "II.", "-".

#ifndef VANBAN_SRC_READ_WORKER_DOCX_NUMBERING_H_
#define VANBAN_SRC_READ_WORKER_DOCX_NUMBERING_H_

#include <array>
#include <map>
#include <pugixml.hpp>
#include <string>

namespace vanban::read {

class DocxNumbering {
 public:
  // Either may be empty (a document without lists or styles).
  void load(const pugi::xml_document& numbering, const pugi::xml_document& styles);

  // The label of the next paragraph with these properties (w:pPr), counters moved on; empty: no list
  // paragraph.
  std::string next_label(pugi::xml_node paragraph_properties);

 private:
  static constexpr int kLevels = 9;
  struct Level {
    std::string format = "decimal", text;
    int start = 1;
  };
  struct List {
    std::string abstract_id;
    std::array<Level, kLevels> levels;
  };
  struct Place {
    std::string list;
    int level = 0;
  };
  static Level read_level(pugi::xml_node level);
  bool place_of(pugi::xml_node properties, Place& place) const;

  std::map<std::string, List> lists_;  // by w:numId
  std::map<std::string, std::array<int, kLevels>>
      counters_;                               // by abstract list: lists of one design count on
  std::map<std::string, Place> style_places_;  // by style id
  std::map<std::string, std::string> style_parents_;
};

// 1 -> "1", "a", "i", ... by Word's w:numFmt. Vietnamese letters: Word's lowerLetter is a b c d e f.
std::string format_list_number(int number, const std::string& format);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_DOCX_NUMBERING_H_

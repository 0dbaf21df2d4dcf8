// Legacy encodings inside a flow: DOC, DOCX, RTF and XLS have runs in fonts of the 1990s (".VnTime",
// "VNI-Times") beside Unicode ones, in one paragraph.

#ifndef VANBAN_SRC_NORMALISE_FLOW_ENCODINGS_H_
#define VANBAN_SRC_NORMALISE_FLOW_ENCODINGS_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "vanban/doc/raw_document.h"
#include "vanban/normalise/encodings.h"

namespace vanban {

// ".VnTimeH", ".VnArialH-Bold": their small letters show as capitals.
bool is_capital_font(std::string_view font);

// The encoding that a font's name stands for: ".Vn…" TCVN3, "VNI-…" VNI; empty: none.
std::string_view encoding_of_font(std::string_view font);

class FlowEncodings {
 public:
  // Judges each font: by its name, where its text does not contradict, else by its text.
  FlowEncodings(const LegacyEncodings& encodings, const std::vector<FlowBlock>& flow);

  // The encoding of the document's first such run; empty: all is Unicode.
  const std::string& main_encoding() const { return main_encoding_; }

  // Converts every run, takes the fonts away.
  void convert(std::vector<FlowBlock>& flow) const;

 private:
  struct Choice {
    std::string encoding;  // empty: as it is
    bool capitals = false;
  };
  Choice choice_for(std::string_view font, std::string_view text, std::string_view passage_encoding) const;
  std::string passage_encoding(const std::string& text, const std::vector<FlowRun>& runs) const;
  // Encodings of fonts that the text of this passage contradicts, and what it says instead.
  std::map<std::string, std::string> contradicted(const std::string& text,
                                                  const std::vector<FlowRun>& runs) const;
  std::string converted(const std::string& text, const std::vector<FlowRun>& runs) const;

  const LegacyEncodings& encodings_;
  std::map<std::string, Choice, std::less<>> fonts_;
  std::string main_encoding_;
};

}  // namespace vanban

#endif  // VANBAN_SRC_NORMALISE_FLOW_ENCODINGS_H_

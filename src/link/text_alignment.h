// Two texts side by side, word by word: where they differ.

#ifndef VANBAN_SRC_LINK_TEXT_ALIGNMENT_H_
#define VANBAN_SRC_LINK_TEXT_ALIGNMENT_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vanban {

// The words of a text, folded ("Đôn đốc" -> "don", "doc"): runs of letters and digits.
class TextWords {
 public:
  explicit TextWords(std::string_view text);
  // Views point into their own object, and into the text that was given, which must outlive it.
  TextWords(const TextWords&) = delete;
  TextWords& operator=(const TextWords&) = delete;

  std::size_t size() const { return words_.size(); }
  std::string_view operator[](std::size_t i) const { return words_[i]; }
  // The word as it stands in the text, with its marks.
  std::string_view marked(std::size_t i) const { return marked_.empty() ? words_[i] : marked_[i]; }

 private:
  std::string folded_;
  std::vector<std::string_view> words_, marked_;
};

// Words begin_a .. end_a of one text stand where begin_b .. end_b of the other do; one of both may be empty.
struct Difference {
  std::size_t begin_a = 0, end_a = 0, begin_b = 0, end_b = 0;
};

// The differences in order; nothing where the texts have too little in common to be put side by side: a
// stretch of over 80 words without a run of three that each text has once. Cost: linear, and sorting the
// runs.
std::optional<std::vector<Difference>> differences(const TextWords& a, const TextWords& b);

}  // namespace vanban

#endif  // VANBAN_SRC_LINK_TEXT_ALIGNMENT_H_

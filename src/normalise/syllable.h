// A Vietnamese syllable: initial, rhyme, tone.

#ifndef VANBAN_NORMALISE_SYLLABLE_H_
#define VANBAN_NORMALISE_SYLLABLE_H_

#include <span>
#include <string>

namespace vanban::normalise {

// Whether initial, rhyme and tone go together; any case, NFC. At most one tone mark; where it stands is free.
bool is_syllable(const std::u32string& word);

// Puts the tone mark of a lower case syllable where the reformed spelling has it: "hoà" -> "hòa", "thuỷ" ->
// "thủy", "hòan" -> "hoàn", "qúy" -> "quý". Anything that is no syllable stays.
void reform_tone(std::span<char32_t> word);

bool is_acronym(const std::u32string& word);  // plain capitals that are no syllable: "UBND", "NĐ"

}  // namespace vanban::normalise

#endif  // VANBAN_NORMALISE_SYLLABLE_H_

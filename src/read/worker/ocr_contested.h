// Places of a page that two lines claim: the engine drew its lines wrongly there.

#ifndef VANBAN_SRC_READ_WORKER_OCR_CONTESTED_H_
#define VANBAN_SRC_READ_WORKER_OCR_CONTESTED_H_

#include <vector>

#include "vanban/doc/raw_document.h"

namespace vanban::read {

// True if two words of different lines stand on the same print.
bool has_contested(const std::vector<RawWord>& words);

// Takes the lines that claim each other's words out of `words`. Cost: sorting; a page with more words than
// any print has keeps them all.
std::vector<RawWord> take_contested(std::vector<RawWord>& words);

// Those of the contested words that stand where `words` has none come back, the surer first.
void return_contested(std::vector<RawWord> contested, std::vector<RawWord>& words);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_OCR_CONTESTED_H_

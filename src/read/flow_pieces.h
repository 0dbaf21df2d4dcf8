// Flow blocks that are too large for one frame.

#ifndef VANBAN_SRC_READ_FLOW_PIECES_H_
#define VANBAN_SRC_READ_FLOW_PIECES_H_

#include <string>
#include <vector>

#include "vanban/doc/raw_document.h"

namespace vanban::read {

// `block` as payloads of at most `most` bytes: a table in several tables of whole rows, a paragraph (or the
// text of a cell that is too large by itself) in several, cut behind a line or word where there is one. Cost:
// O(n log n).
std::vector<std::string> flow_payloads(FlowBlock block, std::size_t most);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_FLOW_PIECES_H_

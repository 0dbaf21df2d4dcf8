// A path is bytes; what is shown, logged and published is one line of UTF-8.

#ifndef VANBAN_BASE_SHOWN_PATH_H_
#define VANBAN_BASE_SHOWN_PATH_H_

#include <string>
#include <string_view>

namespace vanban {

// `path` with every byte that is no UTF-8, and every byte of a character that is not seen (control, line
// break, bidi control, zero width), written as \xNN.
std::string shown_path(std::string_view path);

// The name that a file has inside another one (an archive, a message, a PDF), as it may be shown: steps
// upwards, empty steps, a drive or slash in front and characters that are not seen go. "unnamed" where
// nothing is left. Never for opening.
std::string shown_member_name(std::string_view name);

}  // namespace vanban

#endif  // VANBAN_BASE_SHOWN_PATH_H_

// Text inside XML and HTML.

#ifndef VANBAN_BASE_MARKUP_H_
#define VANBAN_BASE_MARKUP_H_

#include <string>
#include <string_view>

namespace vanban {

// `text` as it may stand between tags and in a quoted attribute, of XML 1.0 and of HTML: & < > " escaped,
// invalid UTF-8 replaced, controls that XML has no place for (all but newline and tab) left out.
std::string markup_escaped(std::string_view text);

}  // namespace vanban

#endif  // VANBAN_BASE_MARKUP_H_

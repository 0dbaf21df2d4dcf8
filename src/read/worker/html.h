// HTML pages of legal portals, and what Word saves as HTML: the document without the site around it. No
// script runs, no link is followed, no entity is fetched.

#ifndef VANBAN_SRC_READ_WORKER_HTML_H_
#define VANBAN_SRC_READ_WORKER_HTML_H_

#include "read/worker/sink.h"

namespace vanban::read {

// Errors: kDamaged (no element at all), kEmpty.
Result<void> read_html(const Input& input, Sink& sink);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_HTML_H_

// E-mail messages (EML): what is written in them, and the files that came with them.

#ifndef VANBAN_SRC_READ_WORKER_MAIL_H_
#define VANBAN_SRC_READ_WORKER_MAIL_H_

#include "read/worker/sink.h"

namespace vanban::read {

// The message's own words are the document: From, To, Cc, Date and Subject as it has them, then its body (the
// plain one; the HTML one where there is no other, or where only that has tables). Attachments and forwarded
// messages go to Sink::member. Errors: kEmpty (neither words nor attachments), kLimitExceeded, and those of
// read_html.
Result<void> read_mail(const Input& input, Sink& sink);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_MAIL_H_

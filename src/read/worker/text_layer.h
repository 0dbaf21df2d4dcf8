// The words of a PDF page's text layer, and whether that layer can be used.

#ifndef VANBAN_SRC_READ_WORKER_TEXT_LAYER_H_
#define VANBAN_SRC_READ_WORKER_TEXT_LAYER_H_

#include <optional>
#include <string>

#include "read/worker/pdf_content.h"
#include "vanban/doc/raw_document.h"

namespace poppler {
class page;
}

namespace vanban::read {

// Fills page.words and page.unmapped_characters; page.width and height must be set. Returns false if the
// words were more than `most_words`: then the page is cut.
bool read_words(const poppler::page& source, std::size_t most_words, RawPage& page);

// Marks the words that were written invisibly.
void mark_invisible(const PageContent& content, RawPage& page);

// Why the page is to be recognised from its picture instead: in words; nothing if the text layer is good.
// `content` may be null: unknown.
std::optional<std::string> why_not_text_layer(const RawPage& page, const PageContent* content);

// Where images stand that no words of the text layer are written over: what they show is not in the text.
PageGrid unread_images(const RawPage& page, const PageContent& content);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_TEXT_LAYER_H_

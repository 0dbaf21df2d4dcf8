// Texts of megabytes: how much memory what stands in them would take, told from a sample before they are
// extracted, and what is read of those that would take too much.

#ifndef VANBAN_SRC_PIPELINE_LARGE_TEXTS_H_
#define VANBAN_SRC_PIPELINE_LARGE_TEXTS_H_

#include <cstddef>
#include <cstdint>

#include "vanban/doc/document.h"
#include "vanban/doc/raw_document.h"

namespace vanban {

// Bytes of text, of whatever the document is made of.
std::size_t text_size(const RawDocument& raw);

// Some `bytes` of it: from the beginning, the middle and the end.
RawDocument sample_of(const RawDocument& raw, std::size_t bytes);

// About how much memory the document takes on its way into the store, in bytes. Measured on texts that are
// nothing but prose, citations, table rows or tasks.
std::uint64_t memory_for(const Document& document);

// Keeps the beginning, about `bytes` of text, cut between lines, table rows or pages.
void keep_beginning(RawDocument& raw, std::size_t bytes);

}  // namespace vanban

#endif  // VANBAN_SRC_PIPELINE_LARGE_TEXTS_H_

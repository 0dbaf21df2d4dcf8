// Tasks and deadlines of any structured document, after its references.

#include <string_view>

#include "support/stages.h"
#include "support/structured.h"

using namespace vanban;
using namespace vanban::testing;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const Stages& stages = shipped<Stages>();
  Document document = stages.parser->parse(StructuredText::from(bytes));
  stages.references->find(document);
  stages.tasks->find(document);
  require_sound(document);
  return 0;
}

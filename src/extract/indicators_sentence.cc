#include "extract/indicators.h"
#include "extract/target_reader.h"

namespace vanban {

void indicators_of_passage(const FigureContext& context, const FigureTools& tools, TextRange range,
                           std::size_t section, Stance stance, std::vector<Indicator>& out, bool goal) {
  TargetReader(context, tools, range, section, stance, out, goal).read();
}

std::vector<Indicator> indicators_of_sentences(const FigureContext& context, const FigureTools& tools) {
  std::vector<Indicator> found;
  if (context.document_stance() == Stance::kRule) return found;
  for_each_passage(context, true, false, [&](TextRange passage, std::size_t section) {
    indicators_of_passage(context, tools, passage, section, context.place(section).stance, found);
  });
  return found;
}

}  // namespace vanban

#include "vanban/extract/extractor.h"

#include <utility>

#include "extract/figures.h"
#include "extract/tasks.h"
#include "references.h"
#include "vanban/lexicon/series_key.h"

namespace vanban {

struct Extractor::Impl {
  ReferenceFinder references;
  TaskFinder tasks;
  FigureFinder figures;
  SeriesKeys series;
};

Extractor::Extractor(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Extractor::Extractor(Extractor&&) noexcept = default;
Extractor& Extractor::operator=(Extractor&&) noexcept = default;
Extractor::~Extractor() = default;

std::vector<PatternTable*> Extractor::patterns() {
  return {&impl_->references.patterns(), &impl_->tasks.patterns(), &impl_->figures.patterns()};
}

Result<Extractor> Extractor::create(const Models& models, const Agencies& agencies,
                                    const DocumentTypes& types) {
  auto references = ReferenceFinder::create(models, agencies, types);
  if (!references) return references.error();
  auto figures = FigureFinder::create(models, agencies);
  if (!figures) return figures.error();
  auto tasks = TaskFinder::create(models, agencies);
  if (!tasks) return tasks.error();
  auto series = SeriesKeys::create(models);
  if (!series) return series.error();
  return Extractor(std::make_unique<Impl>(
      Impl{std::move(*references), std::move(*tasks), std::move(*figures), std::move(*series)}));
}

void Extractor::extract(Document& document) const {
  const std::string text = text_without_marks(document.text, document.footnote_marks);
  const PatternScan scan(impl_->references.patterns(), text);  // each finder's own scan shares it
  // References first: tasks and indicators say which document assigned them.
  impl_->references.find(document);
  impl_->tasks.find(document);
  impl_->figures.find(document);
  impl_->series.fill(document);
}

}  // namespace vanban

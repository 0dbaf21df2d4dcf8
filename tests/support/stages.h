// The stages from parse on, made of the models that ship: the fuzz targets call them one by one.

#ifndef VANBAN_TESTS_SUPPORT_STAGES_H_
#define VANBAN_TESTS_SUPPORT_STAGES_H_

#include "extract/figures.h"
#include "extract/references.h"
#include "extract/tasks.h"
#include "vanban/lexicon/agencies.h"
#include "vanban/lexicon/document_types.h"
#include "vanban/models/models.h"
#include "vanban/parse/parser.h"

namespace vanban::testing {

struct Stages {
  static Result<Stages> create(const Models& models) {
    auto agencies = Agencies::create(models);
    if (!agencies) return agencies.error();
    auto types = DocumentTypes::create(models);
    if (!types) return types.error();
    Stages made{std::make_unique<const Agencies>(std::move(*agencies)),
                std::make_unique<const DocumentTypes>(std::move(*types)),
                {},
                {},
                {},
                {}};
    auto parser = Parser::create(models, *made.agencies, *made.types);
    if (!parser) return parser.error();
    made.parser.emplace(std::move(*parser));
    auto references = ReferenceFinder::create(models, *made.agencies, *made.types);
    if (!references) return references.error();
    made.references.emplace(std::move(*references));
    auto tasks = TaskFinder::create(models, *made.agencies);
    if (!tasks) return tasks.error();
    made.tasks.emplace(std::move(*tasks));
    auto figures = FigureFinder::create(models, *made.agencies);
    if (!figures) return figures.error();
    made.figures.emplace(std::move(*figures));
    return made;
  }

  std::unique_ptr<const Agencies> agencies;
  std::unique_ptr<const DocumentTypes> types;
  std::optional<Parser> parser;
  std::optional<ReferenceFinder> references;
  std::optional<TaskFinder> tasks;
  std::optional<FigureFinder> figures;
};

}  // namespace vanban::testing

#endif  // VANBAN_TESTS_SUPPORT_STAGES_H_

#include "vanban/parse/parser.h"

#include <algorithm>
#include <utility>

#include "parse/body.h"
#include "parse/header_fields.h"
#include "parse/shapes.h"

namespace vanban {

struct Parser::Impl {
  Impl(parse::Shapes s, const Agencies& a, const DocumentTypes& t) : shapes(std::move(s)), agencies(a), types(t) {}
  parse::Shapes shapes;
  const Agencies& agencies;
  const DocumentTypes& types;
};

Parser::Parser(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Parser::Parser(Parser&&) noexcept = default;
Parser& Parser::operator=(Parser&&) noexcept = default;
Parser::~Parser() = default;

Result<Parser> Parser::create(const Models& models, const Agencies& agencies, const DocumentTypes& types) {
  auto shapes = parse::Shapes::create(models);
  if (!shapes) return shapes.error();
  return Parser(std::make_unique<const Impl>(std::move(*shapes), agencies, types));
}

Document Parser::parse(LaidOutText text) const {
  Document document;
  const std::vector<parse::Line> lines = parse::make_lines(text);
  const parse::Head head = parse::read_head(lines, 0, impl_->shapes, impl_->types);
  parse::Body body = parse::read_body(text, lines, head, impl_->shapes, impl_->types);
  document.warnings = std::move(text.diagnostics);
  document.header =
      parse::header_fields(head, body.foot, impl_->shapes, impl_->agencies, impl_->types, document.warnings);
  document.header.draft = document.header.draft || body.draft_mark;
  if (document.header.attached_to == std::nullopt && !head.found && !text.blocks.empty()) {
    document.warnings.push_back({"head-missing", "no head of an official document was found", 0});
  }
  document.warnings.insert(document.warnings.end(), body.diagnostics.begin(), body.diagnostics.end());
  document.sections = std::move(body.sections);
  document.text = std::move(text.text);
  document.blocks = std::move(text.blocks);
  document.tables = std::move(text.tables);
  document.words = std::move(text.words);
  document.footnote_marks = std::move(text.footnote_marks);
  return document;
}

}  // namespace vanban

// FigureContext: what one document says around its figures: whether a part states aims or reports results,
// which period and which assigning document hold there, and which task a place belongs to.

#ifndef VANBAN_SRC_EXTRACT_FIGURE_CONTEXT_H_
#define VANBAN_SRC_EXTRACT_FIGURE_CONTEXT_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/section_paths.h"
#include "vanban/base/result.h"
#include "vanban/doc/document.h"
#include "vanban/lexicon/pattern.h"
#include "vanban/models/models.h"

namespace vanban {

enum class Stance : std::uint8_t {
  kNeutral,  // neither heading nor kind of document tells
  kAim,      // mục tiêu, nhiệm vụ, phương hướng
  kReport,   // kết quả, tình hình
  kRule,     // law, decree, circular: figures there are rules, no targets
};

// What figures in a document of some type are by themselves (models/document_types.tsv, column figures).
class FigureStances {
 public:
  // Errors: kBadTable.
  static Result<FigureStances> create(const Models& models);

  Stance of(DocumentType type) const;
  // Whether targets without a year are for the document's own: a letter that orders, a plan.
  bool directs(DocumentType type) const { return directing_.count(type) != 0; }

 private:
  std::map<DocumentType, Stance> stances_;
  std::set<DocumentType> directing_;
};

class FigureContext {
 public:
  static constexpr std::size_t kNoSection = vanban::kNoSection;

  // All must outlive it. Cost: linear in sections, references and tasks.
  FigureContext(const Document& document, const PatternTable& patterns, const FigureStances& stances);

  const Document& document() const { return document_; }
  // The text with footnote marks blanked; same offsets.
  const std::string& text() const { return text_; }

  struct Place {  // one section as figures see it; what a section does not say comes from its parent
    Stance stance = Stance::kNeutral;
    bool goal = false;   // under a heading that says mục tiêu or chỉ tiêu
    std::string label;   // "II.3.a"
    std::string period;  // of the nearest heading or lead-in that names one
    std::size_t assigned =
        kNoSection;  // nearest section whose heading or lead-in names an assigning document
  };
  const Place& place(std::size_t section) const { return places_[section]; }
  std::size_t index_of(const std::string& section_id) const;
  std::size_t parent_of(std::size_t section) const { return paths_.of[section].parent; }
  Stance document_stance() const { return document_stance_; }

  // The task that `offset` stands in; null: none. Cost: O(log tasks).
  const Task* task_at(std::size_t offset) const;

  // Documents that assigned something, named in `range` ("giao tại Nghị quyết số 01/NQ-CP"); those of a
  // section's lead.
  std::vector<NumberedReference> assigned_in(TextRange range) const;
  std::vector<NumberedReference> assigned_by(std::size_t section) const;

  // The period that holds for the whole document: from its subject, or for a directing document its year.
  std::string frame_period() const;

  Provenance provenance(TextRange where, const std::string& section, int page, double confidence) const;

 private:
  void place_sections(const PatternTable& patterns);

  const Document& document_;
  const PatternTable& patterns_;
  const FigureStances& stances_;
  std::string text_;
  PatternScan patterns_scan_;
  SectionPaths paths_;
  Stance document_stance_ = Stance::kNeutral;
  std::vector<Place> places_;
  std::vector<std::pair<TextRange, const Task*>> tasks_;           // by begin
  std::vector<std::pair<TextRange, const Reference*>> assigning_;  // by begin: references that assign
};

}  // namespace vanban

#endif  // VANBAN_SRC_EXTRACT_FIGURE_CONTEXT_H_

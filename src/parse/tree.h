// Tree: the body tree while it grows. Nodes stand in reading order, a parent before its children; ids are
// given at the end. Which label stands on which level is decided by the sequence: "1." behind "I." is its
// child, "2." behind "a) b)" goes back to the level where "1." stands.

#ifndef VANBAN_SRC_PARSE_TREE_H_
#define VANBAN_SRC_PARSE_TREE_H_

#include <array>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "parse/labels.h"
#include "parse/lines.h"
#include "vanban/doc/document.h"

namespace vanban::parse {

class Tree {
 public:
  static constexpr std::size_t kNoNode = static_cast<std::size_t>(-1);

  explicit Tree(const LaidOutText& text) : text_(text) {}

  // ---- whole blocks -----------------------------------------------------------------------------
  // A run of lines that is head, recipients or signature: a section of its own, and no unit stays open.
  void add_run(SectionKind kind, const std::vector<Line>& lines, std::size_t from, std::size_t to);
  // What follows belongs to this appendix. `heading_lines`: [from, heading_end); the rest up to `to` are its
  // own paragraphs ("(Kèm theo …)").
  void begin_appendix(const std::string& label, const std::string& heading, TextRange heading_range,
                      const std::vector<Line>& lines, std::size_t from,
                      const std::vector<std::size_t>& paragraphs);
  void add_table(const Line& line, std::size_t table);
  void add_footnote(const Line& line, const std::string& label);
  // A line that is no part of the unit it stands in (a stray running head, a rule): a paragraph of its own
  // below it.
  void add_aside(const Line& line);

  // ---- paragraphs ---------------------------------------------------------------------------------
  // Would `label`, read at the head of a paragraph, begin a unit here? False: the paragraph is plain text.
  bool accepts(const Label& label) const;
  // Whether a unit with this label would stand under the unit that is open now.
  bool would_nest(const Label& label) const;
  std::size_t begin_unit(Label label, const Line& line);
  // Text of the open unit, or a paragraph of its own where none is open.
  void add_text(TextRange range, const Line& line);
  // A heading without a label ("NHIỆM VỤ CỤ THỂ") opens a unit, too.
  void begin_unlabelled(const Line& line);
  void set_heading(std::size_t node, TextRange range);
  void close_units();

  bool has_open() const { return !stack_.empty(); }
  std::size_t open_node() const { return stack_.empty() ? kNoNode : stack_.back().node; }
  const Section& node(std::size_t index) const { return nodes_[index]; }
  bool has_own_text(std::size_t index) const {
    return !nodes_[index].paragraphs.empty() || children_[index] != 0;
  }

  // Ids, parents, ranges; tables get their section. The tree is empty afterwards.
  std::vector<Section> finish(std::vector<Table>& tables, Diagnostics& diagnostics);

 private:
  struct Open {
    std::size_t node;
    LabelStyle style;
    int depth, ordinal;
  };
  struct Place {
    std::size_t keep = 0;  // entries of the stack that stay open
    LabelStyle style = LabelStyle::kNone;
    int ordinal = 0;
    bool in_sequence = false;      // follows its sibling, or is the first of a list
    std::size_t resume = kNoNode;  // a closed unit whose sibling it is
  };
  struct Last {
    std::size_t node = kNoNode;
    int ordinal = 0, depth = 0;
  };

  Place place_of(const Label& label) const;
  bool ends_with_lead_in(std::size_t node) const;
  bool lead_in_of_a_dash(std::size_t node, LabelStyle next) const;
  std::size_t add_node(SectionKind kind, TextRange where, int page, std::size_t parent);
  void add_inline_items(std::size_t node, TextRange range, int page);
  void gap(const Label& label, int page);
  void note_cell(const Line& line, std::size_t node);

  const LaidOutText& text_;
  std::vector<Section> nodes_;
  std::vector<std::size_t> parents_;
  std::vector<std::uint32_t> children_;
  std::size_t container_ = kNoNode;  // the open appendix
  std::vector<Open> stack_;
  std::array<Last, 24> last_{};  // by style: the last unit of that style in this container
  std::vector<std::pair<std::size_t, std::size_t>>
      frames_;  // a table whose cells are lines, and the node of the first
  Diagnostics diagnostics_;
};

// The places of "(i)", "(ii)", … in a paragraph where they begin items; empty: fewer than two.
std::vector<TextRange> inline_roman_marks(std::string_view text);

}  // namespace vanban::parse

#endif  // VANBAN_SRC_PARSE_TREE_H_

#include "parse/tree.h"

#include <algorithm>

namespace vanban::parse {
namespace {

constexpr std::size_t kMostGaps = 20;
constexpr std::size_t kDeepest = 24;  // open units; a list in a list in a list … goes on at this level

bool has_ordinal(LabelStyle style) { return style < LabelStyle::kStar && style != LabelStyle::kNone; }
bool is_word_style(LabelStyle style) { return style >= LabelStyle::kPart && style <= LabelStyle::kArticle; }

}  // namespace

std::size_t Tree::add_node(SectionKind kind, TextRange where, int page, std::size_t parent) {
  Section section;
  section.kind = kind;
  section.where = where;
  section.page = page;
  nodes_.push_back(std::move(section));
  parents_.push_back(parent);
  children_.push_back(0);
  if (parent != kNoNode) ++children_[parent];
  return nodes_.size() - 1;
}

void Tree::add_run(SectionKind kind, const std::vector<Line>& lines, std::size_t from, std::size_t to) {
  close_units();
  std::size_t node = kNoNode;
  for (std::size_t i = from; i < to; ++i) {
    if (lines[i].kind != BlockKind::kParagraph) continue;
    if (node == kNoNode) {
      node = add_node(kind, lines[i].where, text_.blocks[lines[i].block].page, container_);
    }
    nodes_[node].paragraphs.push_back(lines[i].where);
    nodes_[node].where.end = lines[i].where.end;
    note_cell(lines[i], node);
  }
}

void Tree::note_cell(const Line& line, std::size_t node) {
  const std::size_t table = text_.blocks[line.block].table;
  if (line.cell && (frames_.empty() || frames_.back().first != table)) frames_.emplace_back(table, node);
}

void Tree::begin_appendix(const std::string& label, const std::string& heading, TextRange heading_range,
                          const std::vector<Line>& lines, std::size_t from,
                          const std::vector<std::size_t>& paragraphs) {
  stack_.clear();
  last_.fill({});
  container_ =
      add_node(SectionKind::kAppendix, lines[from].where, text_.blocks[lines[from].block].page, kNoNode);
  nodes_[container_].label = label;
  nodes_[container_].heading = heading;
  nodes_[container_].heading_range = heading_range;
  nodes_[container_].where.end = std::max(nodes_[container_].where.end, heading_range.end);
  for (const std::size_t i : paragraphs) {
    nodes_[container_].paragraphs.push_back(lines[i].where);
    nodes_[container_].where.end = std::max(nodes_[container_].where.end, lines[i].where.end);
  }
}

void Tree::add_table(const Line& line, std::size_t table) {
  const std::size_t parent = stack_.empty() ? container_ : stack_.back().node;
  const std::size_t node = add_node(SectionKind::kTable, line.where, text_.blocks[line.block].page, parent);
  nodes_[node].table = table;
}

void Tree::add_footnote(const Line& line, const std::string& label) {
  const std::size_t parent = stack_.empty() ? container_ : stack_.back().node;
  const std::size_t node =
      add_node(SectionKind::kFootnote, line.where, text_.blocks[line.block].page, parent);
  nodes_[node].label = label;
  nodes_[node].paragraphs.push_back(line.where);
}

bool Tree::ends_with_lead_in(std::size_t node) const {
  const Section& section = nodes_[node];
  return !section.paragraphs.empty() && ends_with_colon(section.paragraphs.back().of(text_.text));
}

// A sentence below the last dash of a list is not the dash's: "… yêu cầu:" and then "1." stand beside it.
bool Tree::lead_in_of_a_dash(std::size_t node, LabelStyle next) const {
  const Section& section = nodes_[node];
  return section.kind == SectionKind::kDash && has_ordinal(next) && section.paragraphs.size() > 1;
}

Tree::Place Tree::place_of(const Label& label) const {
  Place place{stack_.size(), label.style, label.ordinal, false, kNoNode};
  struct Reading {
    LabelStyle style;
    int ordinal;
  };
  const std::array<Reading, 2> readings = {
      {{label.style, label.ordinal}, {label.other, label.other_ordinal}}};
  // 1. The next of an open list, the innermost first.
  for (const Reading& reading : readings) {
    if (!has_ordinal(reading.style)) continue;
    for (std::size_t i = stack_.size(); i-- > 0;) {
      const Open& open = stack_[i];
      if (open.style != reading.style) continue;
      if (reading.style == LabelStyle::kDecimal) {
        if (open.depth != label.depth) continue;
        if (nodes_[open.node].label.substr(0, nodes_[open.node].label.rfind('.')) !=
            label.text.substr(0, label.text.rfind('.'))) {
          continue;
        }
      }
      if (follows(label, open.ordinal, reading.ordinal))
        return {i, reading.style, reading.ordinal, true, kNoNode};
      if (is_word_style(reading.style)) break;
    }
  }
  // The reading for the other rules: the one that opens a list, if one does.
  Reading reading = readings[0];
  if (reading.ordinal != 1 && readings[1].style != LabelStyle::kNone && readings[1].ordinal == 1)
    reading = readings[1];
  place.style = reading.style;
  place.ordinal = reading.ordinal;

  // 2. Part, chapter, mục, điều have their fixed order.
  if (is_word_style(reading.style)) {
    std::size_t keep = stack_.size();
    for (std::size_t i = 0; i < stack_.size(); ++i) {
      const bool above = is_word_style(stack_[i].style) && stack_[i].style < reading.style;
      // "I. QUY ĐỊNH CHUNG" / "Điều 1.": a Roman head may hold articles.
      const bool head = reading.style == LabelStyle::kArticle &&
                        (stack_[i].style == LabelStyle::kRoman || stack_[i].style == LabelStyle::kCapital ||
                         stack_[i].style == LabelStyle::kNone) &&
                        nodes_[stack_[i].node].paragraphs.empty();
      if (!above && !head) {
        keep = i;
        break;
      }
    }
    place.keep = keep;
    place.in_sequence = reading.ordinal == 1;
    const Last& last = last_[static_cast<std::size_t>(reading.style)];
    if (!place.in_sequence) place.in_sequence = last.node != kNoNode && reading.ordinal <= last.ordinal + 1;
    return place;
  }
  // 3. "2.1." stands under "2.".
  if (reading.style == LabelStyle::kDecimal) {
    for (std::size_t i = stack_.size(); i-- > 0;) {
      const Open& open = stack_[i];
      const bool number =
          open.style == LabelStyle::kNumber && label.depth == 2 && open.ordinal == label.parent;
      const bool decimal = open.style == LabelStyle::kDecimal && open.depth == label.depth - 1 &&
                           nodes_[open.node].label == label.text.substr(0, label.text.rfind('.'));
      if (number || decimal) {
        place.keep = i + 1;
        place.in_sequence = reading.ordinal == 1;
        return place;
      }
    }
  }
  std::size_t same = stack_.size();
  for (std::size_t i = stack_.size(); i-- > 0;) {
    if (stack_[i].style == reading.style &&
        (reading.style != LabelStyle::kDecimal || stack_[i].depth == label.depth)) {
      same = i;
      break;
    }
  }
  const bool first = reading.ordinal == 1 || !has_ordinal(reading.style);
  // 4. The next of a list that was closed too early, by a heading or a sentence that looked like an end.
  if (!first) {
    const Last& last = last_[static_cast<std::size_t>(reading.style)];
    if (last.node != kNoNode && last.depth == label.depth && follows(label, last.ordinal, reading.ordinal) &&
        same == stack_.size()) {
      place.resume = last.node;
      place.in_sequence = true;
      return place;
    }
  }
  if (same < stack_.size()) {
    if (!has_ordinal(reading.style)) return {same, reading.style, 0, true, kNoNode};
    // A new list "1." inside "1. …:" or inside its deeper units that end with a lead-in; else the list begins
    // anew.
    const std::size_t top = stack_.back().node;
    if (first && stack_.size() < kDeepest && ends_with_lead_in(top)) {
      place.in_sequence = true;
      return place;
    }
    place.keep = same;
    if (first) {
      place.in_sequence = true;
      return place;
    }
    // A gap: the innermost list that it can go on with.
    for (std::size_t i = stack_.size(); i-- > 0;) {
      if (stack_[i].style == reading.style && stack_[i].ordinal < reading.ordinal &&
          (reading.style != LabelStyle::kDecimal || stack_[i].depth == label.depth)) {
        place.keep = i;
        break;
      }
    }
    return place;
  }
  // 5. A style that is not open: by rank, but a lead-in takes whatever list follows it.
  place.in_sequence = first;
  if (first && reading.style > LabelStyle::kRoman && !stack_.empty() && stack_.size() < kDeepest &&
      ends_with_lead_in(stack_.back().node) && !lead_in_of_a_dash(stack_.back().node, reading.style)) {
    return place;
  }
  while (place.keep > 0) {
    const Open& open = stack_[place.keep - 1];
    const bool above =
        open.style < reading.style ||
        (open.style == reading.style && reading.style == LabelStyle::kDecimal && open.depth < label.depth);
    if (above) break;
    --place.keep;
  }
  return place;
}

void Tree::add_aside(const Line& line) {
  const std::size_t parent = stack_.empty() ? container_ : stack_.back().node;
  const std::size_t node =
      add_node(SectionKind::kParagraph, line.where, text_.blocks[line.block].page, parent);
  nodes_[node].paragraphs.push_back(line.where);
}

bool Tree::accepts(const Label& label) const {
  if (label.style == LabelStyle::kNone) return false;
  if (is_word_style(label.style) && !label.strong) {
    return label.ordinal == last_[static_cast<std::size_t>(label.style)].ordinal + 1;
  }
  if (!has_ordinal(label.style) || is_word_style(label.style)) return true;
  const Place place = place_of(label);
  if (place.in_sequence) return label.strong || place.ordinal != 1 || place.style != LabelStyle::kDecimal;
  if (!label.strong) return false;
  if (place.style == LabelStyle::kCapital) return false;  // "C. Mác"
  if (place.style == LabelStyle::kDecimal) return label.ordinal <= 60;
  return place.ordinal <= 40;
}

bool Tree::would_nest(const Label& label) const {
  const Place place = place_of(label);
  return place.resume == kNoNode && !stack_.empty() && place.keep == stack_.size();
}

void Tree::gap(const Label& label, int page) {
  if (diagnostics_.size() < kMostGaps) {
    diagnostics_.push_back(
        {"numbering-gap", "\"" + label.text + "\" does not follow the label before it", page});
  }
}

std::size_t Tree::begin_unit(Label label, const Line& line) {
  const Place place = place_of(label);
  const int page = text_.blocks[line.block].page;
  std::size_t parent = container_;
  if (place.resume != kNoNode) {
    // The ancestors of the unit that it follows are open again.
    stack_.clear();
    parent = parents_[place.resume];
    std::vector<std::size_t> chain;
    for (std::size_t up = parent; up != container_ && up != kNoNode && chain.size() < 32; up = parents_[up]) {
      chain.push_back(up);
    }
    for (auto up = chain.rbegin(); up != chain.rend(); ++up) {
      LabelStyle style = LabelStyle::kNone;
      int ordinal = 0, depth = 1;
      for (std::size_t s = 0; s < last_.size(); ++s) {
        if (last_[s].node == *up) {
          style = static_cast<LabelStyle>(s);
          ordinal = last_[s].ordinal;
          depth = last_[s].depth;
        }
      }
      stack_.push_back({*up, style, depth, ordinal});
    }
  } else {
    stack_.resize(place.keep);
    if (!stack_.empty()) parent = stack_.back().node;
  }
  const bool counted = has_ordinal(place.style);
  if (counted && !place.in_sequence) gap(label, page);
  const std::size_t node = add_node(kind_of(place.style), line.where, page, parent);
  nodes_[node].label = std::move(label.text);
  stack_.push_back({node, place.style, label.depth, place.ordinal});
  last_[static_cast<std::size_t>(place.style)] = {node, place.ordinal, label.depth};
  // A list below it begins anew: what was closed before cannot go on here.
  for (std::size_t s = static_cast<std::size_t>(place.style) + 1; s < last_.size(); ++s) {
    if (!(is_word_style(static_cast<LabelStyle>(s)))) last_[s] = {};
  }
  return node;
}

void Tree::begin_unlabelled(const Line& line) {
  stack_.erase(
      std::find_if(stack_.begin(), stack_.end(), [](const Open& o) { return !is_word_style(o.style); }),
      stack_.end());
  if (!stack_.empty() && stack_.back().style == LabelStyle::kArticle) stack_.pop_back();
  const std::size_t parent = stack_.empty() ? container_ : stack_.back().node;
  const std::size_t node = add_node(SectionKind::kSection, line.where, text_.blocks[line.block].page, parent);
  set_heading(node, line.where);
  stack_.push_back({node, LabelStyle::kNone, 1, 0});
}

void Tree::set_heading(std::size_t node, TextRange range) {
  Section& section = nodes_[node];
  const std::string text = single_spaced(range.of(text_.text));
  if (section.heading_range.empty()) {
    section.heading = text;
    section.heading_range = range;
  } else {
    section.heading += " " + text;
    section.heading_range.end = range.end;
  }
  section.where.end = std::max(section.where.end, range.end);
}

void Tree::close_units() { stack_.clear(); }

void Tree::add_text(TextRange range, const Line& line) {
  const int page = text_.blocks[line.block].page;
  if (range.empty()) return;
  std::size_t node = open_node();
  if (line.cell) note_cell(line, node == kNoNode ? nodes_.size() : node);
  if (node == kNoNode) node = add_node(SectionKind::kParagraph, line.where, page, container_);
  nodes_[node].where.end = std::max(nodes_[node].where.end, range.end);
  add_inline_items(node, range, page);
}

void Tree::add_inline_items(std::size_t node, TextRange range, int page) {
  const std::string_view text = range.of(text_.text);
  const std::vector<TextRange> marks = inline_roman_marks(text);
  if (marks.empty()) {
    nodes_[node].paragraphs.push_back(range);
    return;
  }
  const TextRange lead = trim(text_.text, {range.begin, range.begin + marks[0].begin});
  if (!lead.empty()) nodes_[node].paragraphs.push_back(lead);
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const std::size_t end = i + 1 < marks.size() ? marks[i + 1].begin : text.size();
    const TextRange whole = trim(text_.text, {range.begin + marks[i].begin, range.begin + end});
    const std::size_t item = add_node(SectionKind::kRomanInline, whole, page, node);
    nodes_[item].label = std::string(marks[i].of(text));
    const TextRange own = trim(text_.text, {range.begin + marks[i].end, whole.end});
    if (!own.empty()) nodes_[item].paragraphs.push_back(own);
  }
}

std::vector<Section> Tree::finish(std::vector<Table>& tables, Diagnostics& diagnostics) {
  // A unit reaches as far as its last descendant.
  for (std::size_t i = nodes_.size(); i-- > 0;) {
    if (parents_[i] == kNoNode) continue;
    Section& parent = nodes_[parents_[i]];
    parent.where.end = std::max(parent.where.end, nodes_[i].where.end);
  }
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    nodes_[i].id = "s" + std::to_string(i + 1);
    if (parents_[i] != kNoNode) nodes_[i].parent = nodes_[parents_[i]].id;
    if (nodes_[i].kind == SectionKind::kTable && nodes_[i].table < tables.size()) {
      tables[nodes_[i].table].section = nodes_[i].id;
    }
  }
  for (const auto& [table, node] : frames_) {
    if (table < tables.size() && node < nodes_.size()) tables[table].section = nodes_[node].id;
  }
  diagnostics.insert(diagnostics.end(), diagnostics_.begin(), diagnostics_.end());
  return std::move(nodes_);
}

std::vector<TextRange> inline_roman_marks(std::string_view text) {
  std::vector<TextRange> marks;
  int expected = 1;
  for (std::size_t at = text.find('('); at != std::string_view::npos; at = text.find('(', at + 1)) {
    std::size_t end = at + 1;
    while (end < text.size() && end - at < 8 && (text[end] == 'i' || text[end] == 'v' || text[end] == 'x'))
      ++end;
    if (end == at + 1 || end >= text.size() || text[end] != ')') continue;
    const int value = roman_value(text.substr(at + 1, end - at - 1));
    if (value != expected) continue;
    const bool spaced = (at == 0 || text[at - 1] == ' ') && end + 1 < text.size() && text[end + 1] == ' ';
    if (!spaced) continue;
    // "các nội dung (i) và (ii) nêu trên": an item has words of its own.
    if (!marks.empty() && word_count(text.substr(marks.back().end, at - marks.back().end)) < 2) return {};
    marks.push_back({at, end + 1});
    ++expected;
  }
  if (marks.size() < 2 || word_count(text.substr(marks.back().end)) < 2) return {};
  return marks;
}

}  // namespace vanban::parse

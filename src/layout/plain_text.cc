#include <string>
#include <vector>

#include "layout/plain_builder.h"
#include "layout/plain_columns.h"
#include "layout/plain_columns_apart.h"
#include "layout/plain_footnotes.h"
#include "layout/plain_join.h"
#include "layout/plain_labels.h"
#include "layout/plain_lines.h"
#include "layout/plain_tables.h"
#include "vanban/layout/layout.h"
#include "vanban/normalise/text.h"

namespace vanban {
namespace {

using layout::Joiner;
using layout::Joint;
using layout::Line;
using layout::Lines;
using layout::TextBuilder;

// Clean text, form feeds kept, without the noncharacters that mark footnotes here.
std::string clean_pages(const std::string& text) {
  std::string out;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    std::size_t end = text.find('\f', begin);
    if (end == std::string::npos) end = text.size();
    std::string page = clean_text(std::string_view(text).substr(begin, end - begin));
    for (const std::string_view sign : {layout::kMarkBegin, layout::kMarkEnd}) {
      std::string kept;
      std::size_t from = 0;
      for (std::size_t at = page.find(sign); at != std::string::npos; at = page.find(sign, from)) {
        kept.append(page, from, at - from);
        from = at + sign.size();
      }
      if (from > 0) page = kept.append(page, from);
    }
    out += page;
    if (end < text.size()) out += '\f';
    begin = end + 1;
  }
  return out;
}

// "Dự thảo", "HỎA TỐC" stand in a corner of the first page; text extraction puts them anywhere. Those that
// interrupt a paragraph there are taken out and go first.
std::vector<std::string> take_stamps(Lines& lines) {
  constexpr std::size_t kFirstPage = 80;
  std::vector<std::string> stamps;
  std::vector<Line>& all = lines.lines;
  for (std::size_t i = 1; i + 1 < all.size() && i < kFirstPage; ++i) {
    if (layout::form_of(all[i].text) != layout::FormLine::kStamp) continue;
    if (layout::ends_sentence(all[i - 1].text) || !layout::starts_lower(all[i + 1].text)) continue;
    stamps.push_back(all[i].text);
    all[i + 1].gap = lines.spacing;
    all.erase(all.begin() + static_cast<std::ptrdiff_t>(i));
    --i;
  }
  return stamps;
}

// A number alone, set apart from the lines before and behind it.
bool is_lone_page_number(const Lines& lines, std::size_t i) {
  const Line& line = lines.lines[i];
  if (!layout::is_number(line.text) || line.text.size() > 3 || line.gap <= lines.spacing) return false;
  const int after = i + 1 < lines.lines.size() ? lines.lines[i + 1].gap : line.gap;
  return after > lines.spacing && line.gap + after >= 4;
}

// The table that begins at line `at`, if one does.
layout::TableRegion find_table(const std::vector<Line>& lines, std::size_t at, Diagnostics& diagnostics) {
  const bool tabs = lines[at].text.find('\t') != std::string::npos;
  if (tabs) return layout::read_tab_table(lines, at);
  if (layout::begins_head(lines[at].text)) return layout::read_inferred_table(lines, at, diagnostics);
  return {at, at, {}};
}

}  // namespace

LaidOutText lay_out_plain_text(const RawDocument& raw) {
  Lines lines =
      layout::split_lines(layout::set_columns_apart(layout::pipes_to_tabs(clean_pages(raw.plain_text))));
  const std::vector<std::string> stamps = take_stamps(lines);
  const std::vector<layout::Footnote> notes = layout::take_footnotes(lines);
  TextBuilder builder;
  builder.out().encoding = raw.encoding;
  builder.out().origin = TextOrigin::kPlain;
  for (const std::string& stamp : stamps) builder.add_paragraph(stamp);
  Joiner joiner(lines.spacing);
  std::string paragraph;
  const Line* before = nullptr;
  std::size_t next_note = 0;
  const auto add_notes = [&](std::size_t end) {  // those that interrupted what is done
    for (; next_note < notes.size() && notes[next_note].after < end; ++next_note) {
      builder.add_footnote(notes[next_note].label, notes[next_note].text);
    }
  };
  for (std::size_t i = 0; i < lines.lines.size(); ++i) {
    const layout::TableRegion region = find_table(lines.lines, i, builder.out().diagnostics);
    if (region.end > i) {
      builder.add_paragraph(paragraph);
      paragraph.clear();
      builder.add_table(region.table);
      add_notes(region.end);
      i = region.end - 1;
      before = nullptr;
      continue;
    }
    const Line& line = lines.lines[i];
    if (is_lone_page_number(lines, i) && builder.out().diagnostics.empty())
      continue;  // no cell of an unclear table
    Joint joint = Joint::kBreak;
    if (before == nullptr) {
      joiner.begin(line);
    } else {
      joint = joiner.add(*before, line);
    }
    if (joint == Joint::kBreak) {
      builder.add_paragraph(paragraph);
      add_notes(i + 1);
      paragraph = line.text;
    } else {
      if (joint == Joint::kSpace) paragraph += ' ';
      paragraph += line.text;
    }
    before = &line;
  }
  builder.add_paragraph(paragraph);
  add_notes(notes.empty() ? 0 : notes.back().after + 1);
  return builder.take();
}

}  // namespace vanban

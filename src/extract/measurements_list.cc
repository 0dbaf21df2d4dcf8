#include <algorithm>

#include "extract/measurements.h"
#include "vanban/lexicon/dates.h"
#include "vanban/lexicon/numbers.h"

namespace vanban {
namespace {

TextRange without_marks(std::string_view text, TextRange range) { return trimmed(text, range, " \n,.;"); }

struct Item {
  TextRange names, number;
  double value = 0;
  bool listed = false;  // "các Bộ, tỉnh: A, B: 1": the names stand behind a lead-in of their own
};

// "Hà Nội: 61" -> names, number. False: no such item.
bool read_item(std::string_view text, TextRange range, Item& item) {
  range = without_marks(text, range);
  const std::string_view words = range.of(text);
  const std::size_t colon = words.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  const TextRange number = without_marks(text, {range.begin + colon + 1, range.end});
  const std::optional<TextRange> digits = number_at(text.substr(0, range.end), number.begin);
  if (!digits || digits->end != number.end) return false;
  const std::optional<double> value = parse_number(digits->of(text));
  if (!value) return false;
  item.number = number;
  item.value = *value;
  item.names = without_marks(text, {range.begin, range.begin + colon});
  const std::size_t lead = item.names.of(text).rfind(':');
  item.listed = lead != std::string_view::npos;
  if (item.listed) item.names = without_marks(text, {item.names.begin + lead + 1, item.names.end});
  return !item.names.empty();
}

}  // namespace

bool measurements_of_list(const FigureContext& context, const FigureTools& tools, TextRange range,
                          std::size_t section, std::vector<Measurement>& out) {
  const std::string& text = context.text();
  const std::string_view passage = range.of(text);
  const std::size_t colon = passage.find(':');
  if (colon == std::string_view::npos || colon > 600) return false;
  const std::string_view lead = passage.substr(0, colon);
  if (!tools.patterns.at("list_lead").found_in(lead)) return false;
  std::vector<Item> items;
  std::size_t pieces = 0;
  for (std::size_t begin = range.begin + colon + 1; begin < range.end;) {
    const std::size_t end = std::min(text.find(';', begin), range.end);
    Item item;
    if (!without_marks(text, {begin, end}).empty()) ++pieces;
    if (read_item(text, {begin, end}, item)) items.push_back(item);
    begin = end + 1;
  }
  if (items.size() < 3 || items.size() * 5 < pieces * 4) return false;

  std::vector<TextRange> groups;
  Measurement common;
  std::size_t name_end = lead.size();
  if (tools.patterns.at("as_of").find(lead, 0, groups)) {
    if (const std::optional<DateMatch> date = date_at(lead, groups[1].begin)) {
      common.as_of = date->date;
      name_end = groups[0].begin;
    }
  }
  // A footnote that was read as the end of a paragraph: its own words begin with a capital letter.
  std::size_t name_begin = 0;
  if (tools.patterns.at("list_begin").find(lead, 0, groups)) name_begin = groups[1].begin;
  const TextRange name =
      without_marks(text, {range.begin + name_begin, range.begin + std::max(name_begin, name_end)});
  common.name = std::string(name.of(text));
  if (tools.patterns.at("list_unit").find(lead, name_begin, groups))
    common.unit = std::string(groups[1].of(lead));
  const std::string& section_id =
      section != FigureContext::kNoSection ? context.document().sections[section].id : std::string();
  for (const Item& item : items) {
    std::vector<AgencyMatch> bodies = tools.agencies.split(text, item.names);
    const bool one_body =
        !item.listed && (bodies.size() == 1 || !tools.agencies.resolve(item.names.of(text)).empty());
    if (bodies.empty() || one_body) {
      AgencyMatch whole;
      whole.mention.name = std::string(item.names.of(text));
      whole.where = item.names;
      bodies.assign(1, whole);
    }
    for (const AgencyMatch& body : bodies) {
      Measurement one = common;
      one.subject = body.mention.name;
      one.value = item.value;
      one.value_text = std::string(item.number.of(text));
      const TextRange where = body.where.empty() ? item.names : body.where;
      one.from = context.provenance({where.begin, bodies.size() == 1 ? item.number.end : where.end},
                                    section_id, 0, 0.95);
      out.push_back(std::move(one));
    }
  }
  return true;
}

}  // namespace vanban

// What parse tests share: a laid out text from paragraphs, and a short form of what came out.

#ifndef VANBAN_TESTS_UNIT_PARSE_DUMP_H_
#define VANBAN_TESTS_UNIT_PARSE_DUMP_H_

#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "vanban/parse/parser.h"

namespace vanban::testing {

// One line a paragraph. "|a|b|" lines make a table, "[^1] text" is a footnote, "<c> text" a centred
// paragraph,
// "<1> text" and "<2> text" stand in the left and the right column. An empty line is left out.
inline LaidOutText laid_out_from(const std::string& input) {
  LaidOutText out;
  std::istringstream lines(input);
  std::string line;
  bool in_table = false;
  const auto append = [&](const std::string& text) {
    if (!out.text.empty()) out.text += '\n';
    const std::size_t begin = out.text.size();
    out.text += text;
    return TextRange{begin, out.text.size()};
  };
  while (std::getline(lines, line)) {
    if (line.empty()) continue;
    if (line.front() == '|') {
      if (!in_table) {
        Table table;
        table.id = "t" + std::to_string(out.tables.size() + 1);
        Block block;
        block.kind = BlockKind::kTable;
        block.table = out.tables.size();
        out.tables.push_back(table);
        out.blocks.push_back(block);
        in_table = true;
      }
      TableRow row;
      std::size_t from = 1;
      for (std::size_t bar = line.find('|', 1); bar != std::string::npos; bar = line.find('|', from)) {
        TableCell cell;
        cell.text = line.substr(from, bar - from);
        cell.where = append(cell.text);
        cell.column = static_cast<int>(row.size());
        Block& block = out.blocks.back();
        if (block.where.empty() && row.empty() && out.tables.back().rows.empty()) block.where = cell.where;
        block.where.end = cell.where.end;
        row.push_back(cell);
        from = bar + 1;
      }
      out.tables.back().rows.push_back(row);
      out.tables.back().where = out.blocks.back().where;
      continue;
    }
    in_table = false;
    Block block;
    if (line.rfind("[^", 0) == 0) {
      block.kind = BlockKind::kFootnote;
      const std::size_t close = line.find("] ");
      block.label = line.substr(2, close - 2);
      line = line.substr(close + 2);
    } else if (line.rfind("<c> ", 0) == 0) {
      block.alignment = Alignment::kCentre;
      line = line.substr(4);
    } else if (line.rfind("<1> ", 0) == 0 || line.rfind("<2> ", 0) == 0) {
      block.column = line[1] - '0';
      line = line.substr(4);
    }
    block.where = append(line);
    out.blocks.push_back(block);
  }
  return out;
}

struct ParserKit {
  std::unique_ptr<Models> models;
  std::unique_ptr<Agencies> agencies;
  std::unique_ptr<DocumentTypes> types;
  std::unique_ptr<Parser> parser;
};

// Made once: agencies are costly.
inline const ParserKit& kit() {
  static const ParserKit made = [] {
    ParserKit k;
    auto models = Models::load(VANBAN_SOURCE_DIR "/models");
    if (!models) return k;
    k.models = std::make_unique<Models>(std::move(*models));
    auto agencies = Agencies::create(*k.models);
    auto types = DocumentTypes::create(*k.models);
    if (!agencies || !types) return k;
    k.agencies = std::make_unique<Agencies>(std::move(*agencies));
    k.types = std::make_unique<DocumentTypes>(std::move(*types));
    auto parser = Parser::create(*k.models, *k.agencies, *k.types);
    if (parser) k.parser = std::make_unique<Parser>(std::move(*parser));
    return k;
  }();
  return made;
}

inline std::string shorten(std::string_view text) {
  constexpr std::size_t kMost = 60;
  if (text.size() <= kMost) return std::string(text);
  std::size_t end = kMost;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "~";
}

inline std::string dump_header(const DocumentHeader& header) {
  std::string out;
  const auto field = [&](const char* name, const std::string& value) {
    if (!value.empty()) out += std::string(name) + ": " + value + "\n";
  };
  field("id", header.id);
  out += "type: " + std::string(document_type_name(header.type)) + "\n";
  field("number", header.number.text);
  if (header.number.text.empty()) field("symbol", header.number.symbol);
  field("issuer", header.issuer.name + (header.issuer.id.empty() ? "" : " [" + header.issuer.id + "]"));
  field("place", header.place);
  field("date", to_iso(header.date));
  field("subject", header.subject);
  if (header.draft) field("draft", "yes");
  for (const AgencyMention& one : header.addressees) field("to", one.name);
  for (const AgencyMention& one : header.recipients) field("copy", one.name);
  if (!header.signer.empty()) {
    field("signer", header.signer.name + " | " + header.signer.title + " | " + header.signer.authority +
                        " | " + header.signer.on_behalf_of);
  }
  field("urgency", header.urgency);
  field("secrecy", header.secrecy);
  if (header.attached_to) {
    field("attached_to", std::string(document_type_name(header.attached_to->type)) + " " +
                             header.attached_to->number + " " + to_iso(header.attached_to->date) + " " +
                             header.attached_to->id);
  }
  std::string inferred;
  for (const std::string& name : header.inferred) inferred += (inferred.empty() ? "" : ", ") + name;
  field("inferred", inferred);
  return out;
}

// kind label | heading | own paragraphs, indented by depth.
inline std::string dump_sections(const Document& document) {
  std::string out;
  std::vector<std::size_t> depth(document.sections.size(), 0);
  for (std::size_t i = 0; i < document.sections.size(); ++i) {
    const Section& section = document.sections[i];
    if (!section.parent.empty()) {
      const std::size_t parent = static_cast<std::size_t>(std::stoul(section.parent.substr(1))) - 1;
      if (parent < i) depth[i] = depth[parent] + 1;
    }
    out += std::string(depth[i] * 2, ' ') + std::string(section_kind_name(section.kind));
    if (!section.label.empty()) out += " " + section.label;
    if (!section.heading.empty()) out += " | " + shorten(section.heading);
    for (const TextRange& paragraph : section.paragraphs) out += " / " + shorten(paragraph.of(document.text));
    out += "\n";
  }
  return out;
}

inline std::string dump(const std::string& input) {
  if (!kit().parser) return "no parser\n";
  const Document document = kit().parser->parse(laid_out_from(input));
  std::string out = dump_header(document.header) + "\n" + dump_sections(document);
  for (const Diagnostic& warning : document.warnings)
    out += "! " + warning.code + ": " + warning.message + "\n";
  return out;
}

}  // namespace vanban::testing

#endif  // VANBAN_TESTS_UNIT_PARSE_DUMP_H_

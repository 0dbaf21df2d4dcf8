// Builds a small Document by hand, for tests of what reads parsed documents.

#ifndef VANBAN_TESTS_SUPPORT_DOCUMENT_BUILDER_H_
#define VANBAN_TESTS_SUPPORT_DOCUMENT_BUILDER_H_

#include <string>
#include <vector>

#include "vanban/doc/document.h"

namespace vanban::testing {

class DocumentBuilder {
 public:
  explicit DocumentBuilder(DocumentType type, PartialDate date = {}, std::string subject = {}) {
    document_.header.type = type;
    document_.header.date = date;
    document_.header.subject = std::move(subject);
  }

  // A section below `parent` (an index that section() gave; -1: top). The text is "label) heading", then
  // paragraphs.
  int section(int parent, SectionKind kind, const std::string& label, const std::string& heading,
              const std::vector<std::string>& paragraphs = {}) {
    Section section;
    section.id = "s" + std::to_string(document_.sections.size() + 1);
    if (parent >= 0) section.parent = document_.sections[static_cast<std::size_t>(parent)].id;
    section.kind = kind;
    section.label = label;
    section.heading = heading;
    const std::size_t begin = document_.text.size();
    if (!heading.empty()) section.heading_range = line(heading);
    for (const std::string& paragraph : paragraphs) section.paragraphs.push_back(line(paragraph));
    section.where = {begin, document_.text.size()};
    document_.sections.push_back(section);
    return static_cast<int>(document_.sections.size()) - 1;
  }

  // A table of one head row and data rows; "|" parts cells. A row with fewer cells leaves the others away; a
  // row whose only cell begins with "=" goes over all columns.
  void table(int parent, const std::vector<std::string>& rows) {
    Table table;
    table.id = "t" + std::to_string(document_.tables.size() + 1);
    const std::size_t begin = document_.text.size();
    for (const std::string& row : rows) {
      TableRow made;
      int column = 0;
      for (std::size_t from = 0; from <= row.size();) {
        const std::size_t bar = std::min(row.find('|', from), row.size());
        std::size_t first = row.find_first_not_of(' ', from);
        std::size_t end = bar;
        if (first == std::string::npos || first > bar) first = bar;
        while (end > first && row[end - 1] == ' ') --end;
        TableCell cell;
        cell.column = column++;
        cell.text = row.substr(first, end - first);
        if (!cell.text.empty() && cell.text[0] == '=') {
          cell.text.erase(0, 1);
          cell.colspan = table.columns;
        }
        cell.where = {document_.text.size(), document_.text.size()};
        if (!cell.text.empty()) cell.where = line(cell.text);
        made.push_back(cell);
        from = bar + 1;
      }
      table.columns = std::max(table.columns, column);
      (table.header.empty() ? table.header : table.rows).push_back(made);
    }
    table.where = {begin, document_.text.size()};
    Section section;
    section.id = "s" + std::to_string(document_.sections.size() + 1);
    if (parent >= 0) section.parent = document_.sections[static_cast<std::size_t>(parent)].id;
    section.kind = SectionKind::kTable;
    section.table = document_.tables.size();
    section.where = table.where;
    document_.sections.push_back(section);
    table.section = section.id;
    document_.tables.push_back(table);
  }

  // The section's paragraphs become one task.
  void task(int section, const std::string& label, const std::vector<AgencyMention>& lead) {
    const Section& from = document_.sections[static_cast<std::size_t>(section)];
    Task task;
    task.id = "k" + std::to_string(document_.tasks.size() + 1);
    task.label = label;
    task.lead = lead;
    task.from.where = from.where;
    task.from.section = from.id;
    document_.tasks.push_back(task);
  }

  // The words `number` in the text are a reference.
  void reference(const std::string& number, Relation relation) {
    std::size_t from = 0;
    for (std::size_t at; (at = document_.text.find(number, from)) != std::string::npos;
         from = at + number.size()) {
      Reference reference;
      reference.number = number;
      reference.relation = relation;
      reference.from.where = {at, at + number.size()};
      document_.references.push_back(reference);
    }
  }

  Document build() const { return document_; }

 private:
  TextRange line(const std::string& text) {
    if (!document_.text.empty()) document_.text += '\n';
    const TextRange range{document_.text.size(), document_.text.size() + text.size()};
    document_.text += text;
    Block block;
    block.where = range;
    document_.blocks.push_back(block);
    return range;
  }

  Document document_;
};

}  // namespace vanban::testing

#endif  // VANBAN_TESTS_SUPPORT_DOCUMENT_BUILDER_H_

// Golden files of what leaves each stage: read (a file's raw pages), extract (a text's facts), link (a few
// documents' graph). layout and parse have their own beside their tests.

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <sstream>

#include "support/golden.h"
#include "support/shipped.h"
#include "vanban/link/akoma_ntoso.h"
#include "vanban/link/graph.h"
#include "vanban/link/resolver.h"
#include "vanban/pipeline/pipeline.h"

namespace vanban {
namespace {

const Pipeline& pipeline() { return testing::shipped<Pipeline>(); }

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

// The first words of each page with their boxes in whole points, and how many rulings there are.
std::string dump_raw(const std::string& input) {
  ReadOptions options;
  options.worker_program = VANBAN_BINARY_DIR "/vanban-reader";
  Reader reader(options);
  const auto raw = reader.read(std::string(VANBAN_SOURCE_DIR "/") + first_line(input));
  if (!raw) return "error " + std::string(error_code_name(raw.error().code)) + "\n";
  std::ostringstream out;
  out << raw->media_type << " " << raw->encoding << "\n";
  for (const RawPage& page : raw->pages) {
    out << "page " << page.number << " " << std::lround(page.width) << "x" << std::lround(page.height) << " "
        << text_origin_name(page.origin) << " words " << page.words.size() << " rulings "
        << page.rulings.size() << "\n";
    for (std::size_t i = 0; i < page.words.size() && i < 12; ++i) {
      const RawWord& word = page.words[i];
      out << "  " << word.text << " " << std::lround(word.box.x0) << "," << std::lround(word.box.y0) << " "
          << std::lround(word.box.x1) << "," << std::lround(word.box.y1) << " " << word.font << " "
          << word.font_size << (word.bold ? " bold" : "") << (word.italic ? " italic" : "") << "\n";
    }
  }
  for (const FlowBlock& block : raw->flow) {
    out << (block.kind == FlowBlock::Kind::kTable ? "table of " + std::to_string(block.rows.size()) + " rows"
                                                  : block.list_label + "|" + block.text)
        << "\n";
  }
  if (!raw->plain_text.empty()) out << "text of " << raw->plain_text.size() << " bytes\n";
  return out.str();
}

std::string names(const std::vector<AgencyMention>& agencies) {
  std::string out;
  for (const AgencyMention& one : agencies) out += (out.empty() ? "" : "; ") + one.name + " <" + one.id + ">";
  return out;
}

std::string numbers(const std::vector<NumberedReference>& all) {
  std::string out;
  for (const NumberedReference& one : all)
    out += (out.empty() ? "" : ", ") + one.number + " " + to_iso(one.date);
  return out;
}

Document processed(const std::string& text) {
  RawDocument raw;
  raw.media_type = "text/plain";
  raw.plain_text = text;
  auto documents = pipeline().process(raw, "golden.txt", {});
  return documents ? std::move(documents->front()) : Document();
}

std::string dump_facts(const std::string& input) {
  const Document d = processed(input);
  std::ostringstream out;
  for (const Reference& r : d.references) {
    out << "reference " << document_type_name(r.type) << " " << r.number << r.title << " [" << to_iso(r.date)
        << "] " << relation_name(r.relation) << " " << modality_name(r.modality) << " | " << r.text << "\n";
  }
  for (const Task& t : d.tasks) {
    out << "task " << t.label << " | " << t.text << "\n";
    if (!t.lead.empty())
      out << "  lead" << (t.lead_inherited ? " (inherited) " : " ") << names(t.lead) << "\n";
    if (!t.coordinating.empty()) out << "  coordinating " << names(t.coordinating) << "\n";
    for (const Deadline& one : t.deadlines)
      out << "  deadline " << to_iso(one.due) << one.rrule << " | " << one.text << "\n";
    if (!t.assigned_by.empty()) out << "  assigned by " << numbers(t.assigned_by) << "\n";
  }
  for (const Indicator& i : d.indicators) {
    out << "indicator " << i.label << " | " << i.name << " | " << comparator_name(i.comparator) << " "
        << i.value << (i.upper ? " to " + std::to_string(*i.upper) : "") << " " << i.unit << " " << i.period
        << "\n";
  }
  for (const Measurement& m : d.measurements) {
    out << "measurement " << m.subject << " | " << m.name << " | " << m.value_text << " " << m.unit << "\n";
  }
  for (const Diagnostic& one : d.warnings) out << "warning " << one.code << "\n";
  return out.str();
}

// Documents apart by lines "#####": the graph that they make together.
CitationGraph graph_of_all(const std::string& input) {
  std::vector<GraphNode> nodes;
  std::vector<GraphEdge> edges;
  for (std::size_t begin = 0; begin < input.size();) {
    std::size_t end = input.find("#####\n", begin);
    if (end == std::string::npos) end = input.size();
    Document d = processed(input.substr(begin, end - begin));
    resolve_references(d, pipeline().agencies());
    DocumentGraph part = graph_of(d);
    nodes.push_back(part.self);
    nodes.insert(nodes.end(), part.nodes.begin(), part.nodes.end());
    edges.insert(edges.end(), part.edges.begin(), part.edges.end());
    begin = end + 6;
  }
  return CitationGraph::build(nodes, edges);
}

std::string dump_graph(const std::string& input) { return graph_of_all(input).write(GraphFormat::kDot); }

// The same in every format, with provisions.
std::string dump_exports(const std::string& input) {
  const CitationGraph graph = graph_of_all(input);
  const CitationGraph provisions = graph.with_provisions();
  return "# GraphML\n" + graph.write(GraphFormat::kGraphml) + "# DOT\n" + graph.write(GraphFormat::kDot) +
         "# JSON\n" + graph.write(GraphFormat::kJson) + "# Turtle, with provisions\n" +
         provisions.write(GraphFormat::kTurtle) + "# Neo4j nodes, with provisions\n" +
         provisions.write_nodes_csv() + "# Neo4j relationships, with provisions\n" +
         provisions.write_relationships_csv();
}

std::string dump_akoma_ntoso(const std::string& input) { return write_akoma_ntoso(processed(input)); }

// What is no white space of the text, or of the XML without its meta data and tags.
std::string without_space(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c != ' ' && c != '\n') out += c;
  return out;
}
std::string characters_of(const std::string& xml) {
  std::string out;
  for (std::size_t at = 0; at < xml.size();) {
    if (xml.compare(at, 6, "<meta>") == 0) {
      at = xml.find("</meta>", at);
    } else if (xml[at] == '<') {
      at = xml.find('>', at) + 1;
    } else if (xml[at] == '&') {
      const std::size_t end = xml.find(';', at);
      const std::string name = xml.substr(at + 1, end - at - 1);
      out += name == "amp" ? '&' : name == "lt" ? '<' : name == "gt" ? '>' : '"';
      at = end + 1;
    } else {
      out += xml[at++];
    }
  }
  return without_space(out);
}

// Nothing is lost on the way to Akoma Ntoso, nothing is said twice, nothing is moved.
TEST(AkomaNtoso, HoldsEveryCharacterOnce) {
  namespace fs = std::filesystem;
  std::size_t count = 0;
  for (const char* folder : {"samples", "tests/cases"}) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(VANBAN_SOURCE_DIR) / folder)) {
      if (entry.path().extension() != ".txt") continue;
      SCOPED_TRACE(entry.path().string());
      const Document document = processed(testing::read_file(entry.path()));
      EXPECT_EQ(characters_of(write_akoma_ntoso(document)), without_space(document.text));
      ++count;
    }
  }
  EXPECT_GT(count, 50u);
}

TEST(StagesGolden, Read) { testing::run_golden("read", dump_raw); }
TEST(StagesGolden, Extract) { testing::run_golden("extract", dump_facts); }
TEST(StagesGolden, Link) { testing::run_golden("link", dump_graph); }
TEST(StagesGolden, Exports) { testing::run_golden("exports", dump_exports); }
TEST(StagesGolden, AkomaNtoso) { testing::run_golden("akoma_ntoso", dump_akoma_ntoso); }

}  // namespace
}  // namespace vanban

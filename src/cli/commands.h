// The commands. Each takes its parsed options, calls one thing of the library, prints, and returns an exit
// code.

#ifndef VANBAN_SRC_CLI_COMMANDS_H_
#define VANBAN_SRC_CLI_COMMANDS_H_

#include <string>
#include <vector>

#include "cli/context.h"
#include "vanban/pipeline/ingest.h"
#include "vanban/store/store.h"

namespace vanban::cli {

struct ExtractOptions {
  std::vector<std::string> files;  // "-": standard input
  std::string out;                 // folder; empty: standard output
  bool text = false;
  bool pretty = false;
  std::string dump;  // "raw" or "layout": what stands between the stages, instead
};
int run_extract(const Context& context, const ExtractOptions& options);

struct OcrOptions {
  std::string in;
  std::string out;               // a searchable PDF
  std::string alto, hocr, text;  // files of these formats; everywhere "-" is standard output, empty: none
};
int run_ocr(const Context& context, const OcrOptions& options);

struct IngestCommandOptions {
  std::vector<std::string> paths;
  std::string report;
  int jobs = 0;                   // 0: as many as cores
  std::string progress = "auto";  // auto, none, json
  std::vector<std::string> include, exclude;
  std::vector<FileStatus> retry;
  bool reprocess = false, dry_run = false;
  std::uint64_t ocr_cache_bytes = IngestOptions().ocr_cache_bytes;
  double watch = 0;       // seconds between two looks; 0: one run
  char** argv = nullptr;  // of the program: a crash starts it again with them; null: not
};
int run_ingest(const Context& context, const IngestCommandOptions& options);

int run_search(const Context& context, const std::string& query, const Filter& filter);
int run_series(const Context& context, const Filter& filter);
int run_list(const Context& context, FactKind kind, const Filter& filter);
// Deadlines of tasks as an iCalendar file (RFC 5545) on standard output.
int run_calendar(const Context& context, const Filter& filter);
int run_show(const Context& context, const std::string& document);

struct GraphOptions {
  std::string from, to;
  std::string export_format;  // "", "dot", "graphml", "json", "turtle", "csv"
  std::string out;            // folder of the CSV files
  std::string cites, cited_by, basis, implements, impact, status;  // an id or a number: the question about it
  std::string akn;  // the document to be written as Akoma Ntoso
  std::string relation, as_of;
  std::size_t depth = 1;
  bool provisions = false, hubs = false, missing = false, cycles = false, communities = false, check = false;
  std::size_t top = 10;
};
int run_graph(const Context& context, const GraphOptions& options);

int run_status(const Context& context, bool all);

// Of the whole store. Exit code kUnusable where something is damaged; kSomeFailed where an original is gone.
int run_verify(const Context& context, bool originals);
int run_backup(const Context& context, const std::string& path);
int run_export(const Context& context, const std::string& out);   // empty: standard output
int run_import(const Context& context, const std::string& path);  // "-": standard input

}  // namespace vanban::cli

#endif  // VANBAN_SRC_CLI_COMMANDS_H_

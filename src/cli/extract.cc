#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>

#include "cli/commands.h"
#include "cli/output.h"
#include "vanban/doc/json.h"
#include "vanban/layout/layout.h"
#include "vanban/models/models.h"
#include "vanban/pipeline/pipeline.h"

namespace vanban::cli {
namespace {

namespace fs = std::filesystem;

// NAME.json for NAME.EXT; NAME.EXT.json for all inputs that share a NAME.
std::vector<std::string> output_names(const std::vector<std::string>& files) {
  std::map<std::string, int> stems;
  for (const std::string& file : files) ++stems[fs::path(file).stem().string()];
  std::vector<std::string> names;
  for (const std::string& file : files) {
    const fs::path path(file == "-" ? "stdin" : file);
    names.push_back(stems[path.stem().string()] > 1 ? path.filename().string() : path.stem().string());
  }
  return names;
}

Result<void> write_file(const fs::path& path, const std::string& bytes) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << bytes << "\n";
  out.flush();
  if (!out) {
    return make_error(errno == ENOSPC ? ErrorCode::kDiskFull : ErrorCode::kIo,
                      path.string() + ": " + std::strerror(errno));
  }
  return {};
}

// Reading a whole text stage for `--dump`; no facts.
int dump_stage(const Context& context, Reader& reader, const std::string& file,
               const ExtractOptions& options) {
  Result<RawDocument> raw = reader.read(file);
  if (!raw) return complain(context, raw.error());
  if (options.dump == "raw") {
    std::puts(to_json(*raw, options.pretty).c_str());
    return kDone;
  }
  Result<LaidOutText> text = lay_out(*raw, context.read.limits);
  if (!text) return complain(context, make_error(text.error().code, file + ": " + text.error().message));
  std::puts(to_json(*text, options.pretty).c_str());
  return kDone;
}

// The file and the files in it. A container is named itself only where nothing in it explains it.
std::vector<const FileOutcome*> with_members(const FileOutcome& outcome) {
  std::vector<const FileOutcome*> all = {&outcome};
  for (const FileOutcome& one : outcome.members) all.push_back(&one);
  return all;
}

// Says what could not be read; the exit code for it.
int report(const Context& context, const FileOutcome& outcome) {
  if (outcome.reason == "members-unread" || outcome.reason == "members-failed")
    return kSomeRejected;  // each of them says so itself
  if (outcome.status == FileStatus::kRejected || outcome.status == FileStatus::kFailed) {
    return complain(context, make_error(outcome.error, outcome.message));
  }
  if (outcome.status != FileStatus::kPartial) return kDone;
  std::fprintf(stderr, "vanban: %s: %s: %s\n", for_terminal(outcome.path).c_str(),
               std::string(context.say("đọc được một phần", "partly read")).c_str(),
               for_terminal(outcome.message).c_str());
  return kSomeRejected;
}

std::string read_standard_input() {
  return {std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
}

}  // namespace

int run_extract(const Context& context, const ExtractOptions& options) {
  Reader reader(context.read);
  if (!options.dump.empty()) {
    int code = kDone;
    for (const std::string& file : options.files)
      code = std::max(code, dump_stage(context, reader, file, options));
    return code;
  }
  Result<Models> models = Models::load(context.models);
  if (!models) return complain(context, models.error());
  Result<Pipeline> pipeline = Pipeline::create(*models);
  if (!pipeline) return complain(context, pipeline.error());
  if (!options.out.empty()) {
    std::error_code failed;
    fs::create_directories(options.out, failed);
    if (failed) return complain(context, make_error(ErrorCode::kIo, options.out + ": " + failed.message()));
  }
  const std::vector<std::string> names = output_names(options.files);
  const bool live = !options.out.empty() && terminal_width(STDERR_FILENO) > 0;
  const double start = monotonic_seconds();
  int code = kDone;
  for (std::size_t i = 0; i < options.files.size() && !stop_requested; ++i) {
    const std::string& file = options.files[i];
    const double elapsed = monotonic_seconds() - start;
    if (live && elapsed > 2) {
      std::fprintf(
          stderr, "\r\x1b[K%zu/%zu  %s  %s", i, options.files.size(),
          std::string(context.say("còn", "left")).c_str(),
          (std::to_string(static_cast<int>(elapsed / static_cast<double>(std::max<std::size_t>(i, 1)) *
                                           static_cast<double>(options.files.size() - i))) +
           " s")
              .c_str());
    }
    FileOutcome outcome =
        file == "-" ? pipeline->process_bytes(reader, read_standard_input(), "-", context.read.limits)
                    : pipeline->process_file(reader, file, context.read.limits);
    if (live) std::fputs("\r\x1b[K", stderr);
    const JsonOptions json{.with_text = options.text, .pretty = options.pretty};
    std::size_t documents = 0;  // of this file and of those in it
    for (const FileOutcome* one : with_members(outcome)) {
      code = std::max(code, report(context, *one));
      if (one->error == ErrorCode::kSetup && one->status == FileStatus::kFailed) return kUnusable;
      for (const Document& document : one->documents) {
        const std::string text = to_json(document, json);
        ++documents;
        if (options.out.empty()) {
          std::puts(text.c_str());
          continue;
        }
        const std::string name = names[i] + (documents == 1 ? "" : "." + std::to_string(documents)) + ".json";
        Result<void> written = write_file(fs::path(options.out) / name, text);
        if (!written) return complain(context, written.error());
      }
    }
  }
  if (live) std::fputs("\r\x1b[K", stderr);
  return stop_requested ? kInterrupted : code;
}

}  // namespace vanban::cli

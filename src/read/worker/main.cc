// vanban-reader: the process that parses untrusted bytes. Reader starts it; people use it with --dump only.

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>

#include "read/sha256.h"
#include "read/worker/serve.h"
#include "vanban/doc/json.h"

namespace {

constexpr char kUsage[] =
    "usage: vanban-reader --dump [--ocr auto|never|always] [--languages vie] [--password P] FILE\n"
    "       prints what the reader sees in FILE as JSON. Without --dump, vanban starts it by itself.\n";

int dump(int count, char** arguments) {
  vanban::read::Job job;
  job.ocr_languages = "vie";
  std::string path;
  for (int i = 0; i < count; ++i) {
    const std::string argument = arguments[i];
    const bool has_value = i + 1 < count;
    if (argument == "--ocr" && has_value) {
      const std::string mode = arguments[++i];
      if (mode != "auto" && mode != "never" && mode != "always") return 2;
      job.ocr = mode == "never"    ? vanban::OcrMode::kNever
                : mode == "always" ? vanban::OcrMode::kAlways
                                   : vanban::OcrMode::kAuto;
    } else if (argument == "--languages" && has_value) {
      job.ocr_languages = arguments[++i];
    } else if (argument == "--password" && has_value) {
      job.password = arguments[++i];
    } else {
      path = argument;
    }
  }
  std::ifstream in(path, std::ios::binary);
  if (path.empty() || !in) {
    std::fputs(path.empty() ? kUsage : "vanban-reader: the file cannot be opened\n", stderr);
    return 2;
  }
  const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  job.name = path.substr(path.rfind('/') + 1);
  vanban::read::CollectingSink sink;
  const vanban::Result<void> done = vanban::read::read_document({bytes, job}, sink);
  if (!done) {
    std::fprintf(stderr, "vanban-reader: %s: %s\n", std::string(error_code_name(done.error().code)).c_str(),
                 done.error().message.c_str());
    return 3;
  }
  vanban::read::Sha256 digest;
  digest.add(bytes);
  sink.document.sha256 = digest.hex();
  sink.document.bytes = bytes.size();
  std::puts(to_json(sink.document, true).c_str());
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  // OpenMP reads this before main: a worker that was started without it starts itself again.
  if (std::getenv("OMP_THREAD_LIMIT") == nullptr) {
    setenv("OMP_THREAD_LIMIT", "1", 1);
    execv("/proc/self/exe", arguments);
  }
  if (count > 1 && std::strcmp(arguments[1], "--dump") == 0) {
    const int status = dump(count - 2, arguments + 2);
    std::fflush(stdout);
    _exit(status);  // Tesseract's statics complain when they are destroyed
  }
  bool is_served = false, mock = false;
  for (int i = 1; i < count; ++i) {
    is_served = is_served || std::strcmp(arguments[i], "--serve") == 0;
    mock = mock || std::strcmp(arguments[i], "--mock") == 0;
  }
  if (!is_served) {
    std::fputs(kUsage, stderr);
    return 2;
  }
  _exit(vanban::read::serve(mock));
}

// How fast text becomes facts, stage by stage, on one core. The corpus is samples/*.txt over and over with
// other digits in their numbers: as documents of their own size (`documents`) and joined to one text
// (`one_text`).

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "extract/figures.h"
#include "extract/references.h"
#include "extract/tasks.h"
#include "vanban/doc/json.h"
#include "vanban/layout/layout.h"
#include "vanban/link/resolver.h"
#include "vanban/models/models.h"
#include "vanban/parse/parser.h"
#include "vanban/pipeline/pipeline.h"

namespace {

using namespace vanban;

template <class T>
T must(Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "extract_bench: %s\n", result.error().message.c_str());
    std::exit(1);
  }
  return std::move(*result);
}

struct Tools {
  Models models = must(Models::load(VANBAN_SOURCE_DIR "/models"));
  Agencies agencies = must(Agencies::create(models));
  DocumentTypes types = must(DocumentTypes::create(models));
  Parser parser = must(Parser::create(models, agencies, types));
  ReferenceFinder references = must(ReferenceFinder::create(models, agencies, types));
  TaskFinder tasks = must(TaskFinder::create(models, agencies));
  FigureFinder figures = must(FigureFinder::create(models, agencies));
  Pipeline pipeline = must(Pipeline::create(models));
};

const Tools& tools() {
  static const Tools instance;
  return instance;
}

std::vector<std::string> samples() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(VANBAN_SOURCE_DIR "/samples")) {
    if (entry.path().extension() == ".txt") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> texts;
  for (const auto& path : paths) {
    std::ifstream in(path, std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  return texts;
}

// Document numbers ("số 123/QĐ-TTg") get other digits, so that no two documents cite the same ones.
std::string varied(std::string text, std::uint64_t& state) {
  for (std::size_t at = text.find('/'); at != std::string::npos; at = text.find('/', at + 1)) {
    for (std::size_t i = at;
         i > 1 && text[i - 1] >= '1' && text[i - 1] <= '9' && text[i - 2] >= '0' && text[i - 2] <= '9'; --i) {
      state ^= state << 13, state ^= state >> 7, state ^= state << 17;
      text[i - 1] = static_cast<char>('1' + state % 9);
    }
  }
  return text;
}

std::vector<RawDocument> corpus(std::size_t bytes, bool joined) {
  const std::vector<std::string> texts = samples();
  std::vector<RawDocument> documents;
  std::uint64_t state = 0x9E3779B97F4A7C15ull;
  std::size_t size = 0;
  for (std::size_t i = 0; size < bytes && !texts.empty(); ++i) {
    std::string text = varied(texts[i % texts.size()], state);
    size += text.size();
    if (joined && !documents.empty()) {
      documents.front().plain_text += "\n" + text;
      continue;
    }
    RawDocument raw;
    raw.media_type = "text/plain";
    raw.plain_text = std::move(text);
    documents.push_back(std::move(raw));
  }
  return documents;
}

enum Stage { kLayout, kParse, kReferences, kTasks, kFigures, kLink, kJson, kAll };
constexpr const char* kStageNames[] = {"layout",  "parse", "references", "tasks",
                                       "figures", "link",  "json",       "all"};

// What a document looks like before `stage`; the stage's cost does not hold the making of its input.
Document before(const RawDocument& raw, Stage stage) {
  const Tools& t = tools();
  Document document = t.parser.parse(must(lay_out(raw)));
  if (stage > kReferences) t.references.find(document);
  if (stage > kTasks) t.tasks.find(document);
  if (stage > kFigures) t.figures.find(document);
  if (stage > kLink) resolve_references(document, t.agencies);
  return document;
}

void run(benchmark::State& state, Stage stage, bool joined) {
  const Tools& t = tools();
  const std::vector<RawDocument> raws = corpus(static_cast<std::size_t>(state.range(0)) * 1'000'000, joined);
  std::int64_t bytes = 0;
  for (auto _ : state) {
    for (const RawDocument& raw : raws) {
      bytes += static_cast<std::int64_t>(raw.plain_text.size());
      if (stage == kAll) {
        const auto documents = t.pipeline.process(raw, "bench.txt", {});
        if (documents) benchmark::DoNotOptimize(to_json(documents->front(), JsonOptions{}).size());
        continue;
      }
      state.PauseTiming();
      LaidOutText text;
      Document document;
      if (stage == kParse) text = must(lay_out(raw));
      if (stage > kParse) document = before(raw, stage);
      state.ResumeTiming();
      switch (stage) {
        case kLayout:
          text = must(lay_out(raw));
          break;
        case kParse:
          document = t.parser.parse(std::move(text));
          break;
        case kReferences:
          t.references.find(document);
          break;
        case kTasks:
          t.tasks.find(document);
          break;
        case kFigures:
          t.figures.find(document);
          break;
        case kLink:
          resolve_references(document, t.agencies);
          break;
        default:
          benchmark::DoNotOptimize(to_json(document, JsonOptions{}).size());
      }
      benchmark::DoNotOptimize(document);
      benchmark::DoNotOptimize(text);
      state.PauseTiming();
      text = {};
      document = {};
      state.ResumeTiming();
    }
  }
  state.SetBytesProcessed(bytes);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  state.counters["peak_MB"] = static_cast<double>(usage.ru_maxrss) / 1000;
}

}  // namespace

int main(int argc, char** argv) {
  for (int stage = kLayout; stage <= kAll; ++stage) {
    for (const bool joined : {false, true}) {
      const std::string name = std::string(kStageNames[stage]) + (joined ? "/one_text" : "/documents");
      benchmark::RegisterBenchmark(
          name.c_str(), [=](benchmark::State& state) { run(state, static_cast<Stage>(stage), joined); })
          ->Arg(1)
          ->Arg(10)
          ->Unit(benchmark::kMillisecond);
    }
  }
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

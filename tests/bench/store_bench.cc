// Search and writing at the size of a national archive. The store is made once: documents of five tasks each
// whose words are runs of three to six words of samples/*.txt, so that words are as frequent as in real
// documents, with bodies, dates and deadlines that differ.
//   VANBAN_BENCH_TASKS   how many tasks (default 100000)
//   VANBAN_BENCH_STORE   where the store is made, or already stands (default: a file that is removed at the
//   end)

#include <benchmark/benchmark.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "vanban/models/models.h"
#include "vanban/store/store.h"

namespace {

using namespace vanban;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kTasksEach = 5;
constexpr std::size_t kBatch = 500;   // documents in one transaction where their rate is not measured
constexpr std::size_t kWindow = 500;  // documents in a transaction each, whose rate is measured

[[noreturn]] void give_up(const std::string& why) {
  std::fprintf(stderr, "store_bench: %s\n", why.c_str());
  std::exit(1);
}
template <class T>
T must(Result<T> result) {
  if (!result) give_up(result.error().message);
  return std::move(*result);
}
void done(const Result<void>& result) {
  if (!result) give_up(result.error().message);
}

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// Of this process: what a search costs where others use the machine too.
double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

class DocumentMaker {
 public:
  DocumentMaker() {
    for (const auto& entry : std::filesystem::directory_iterator(VANBAN_SOURCE_DIR "/samples")) {
      if (entry.path().extension() != ".txt") continue;
      std::ifstream file(entry.path());
      for (std::string word; file >> word;) words_.push_back(word);
    }
    const Models models = must(Models::load(VANBAN_SOURCE_DIR "/models"));
    const ModelTable& table = *must(models.table("agencies"));
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      if (table.at(row, "kind") == "ministry")
        bodies_.push_back({table.at(row, "name"), table.at(row, "id")});
    }
    if (bodies_.empty() || words_.size() < 1000) give_up("samples/ or models/ hold too little");
  }

  // The same document for the same number.
  DocumentRecord make(std::size_t number) const {
    std::mt19937_64 random(number + 1);
    DocumentRecord record;
    Document& d = record.document;
    const std::string count = std::to_string(number);
    d.source.path = "kho/" + count + ".txt";
    d.source.sha256 = std::string(64 - count.size(), '0') + count;
    const int year = 2000 + static_cast<int>(random() % 26);
    d.header.date = {year, 1 + static_cast<int>(random() % 12), 1 + static_cast<int>(random() % 28)};
    d.header.type = random() % 3 == 0 ? DocumentType::kDecision : DocumentType::kDispatch;
    d.header.issuer = bodies_[random() % bodies_.size()];
    d.header.number = {count + "/QĐ-TTg", count, 0, "QĐ-TTg"};
    d.header.id = "/vn/" + d.header.issuer.id + "/dispatch/" + std::to_string(year) + "/" + count + "-qd-ttg";
    d.header.subject = text(random, 12);
    d.text = d.header.subject + "\n" + text(random, 120) + "\n";
    Section whole;
    whole.id = "s1";
    for (std::size_t i = 0; i < kTasksEach; ++i) {
      Task task;
      task.id = "k" + std::to_string(i + 1);
      task.label = "II." + std::to_string(i + 1);
      task.lead = {bodies_[random() % bodies_.size()]};
      task.coordinating = {bodies_[random() % bodies_.size()]};
      task.text = task.lead[0].name + " " + text(random, 30);
      task.assigned_by = {{std::to_string(random() % 200) + "/NQ-CP", {year, 1, 1}, ""}};
      Deadline deadline;
      deadline.text = "trong năm";
      deadline.due = {year, 1 + static_cast<int>(random() % 12), 28};
      task.deadlines = {deadline};
      task.from.where = {d.text.size(), d.text.size() + task.text.size()};
      task.from.section = whole.id;
      d.text += task.text + "\n";
      d.tasks.push_back(std::move(task));
    }
    whole.where = {0, d.text.size()};
    d.sections = {whole};
    record.graph.self = {d.header.id,   d.header.type,    d.header.number.text,
                         d.header.date, d.header.subject, d.header.issuer.id,
                         true};
    return record;
  }

 private:
  std::string text(std::mt19937_64& random, std::size_t count) const {
    std::string out;
    for (std::size_t made = 0; made < count;) {
      const std::size_t run = 3 + random() % 4;
      const std::size_t at = random() % (words_.size() - run);
      for (std::size_t i = 0; i < run; ++i) out += (out.empty() ? "" : " ") + words_[at + i];
      made += run;
    }
    return out;
  }

  std::vector<std::string> words_;
  std::vector<AgencyMention> bodies_;
};

struct Made {
  std::string path;
  bool ours = false;
  double first_rate = 0, last_rate = 0;  // documents a second, one transaction each
  ~Made() {
    if (!ours) return;
    for (const char* tail : {"", "-wal", "-shm", ".lock"}) std::remove((path + tail).c_str());
  }
};

void put_some(Store& store, const DocumentMaker& maker, std::size_t from, std::size_t count) {
  for (std::size_t i = from; i < from + count; ++i) {
    const DocumentRecord record = maker.make(i);
    FileRecord file;
    file.path = record.document.source.path;
    file.sha256 = record.document.source.sha256;
    file.document_id = record.document.header.id;
    done(store.put(file, {record}));
  }
}

double rate_of(Store& store, const DocumentMaker& maker, std::size_t from) {
  const auto start = Clock::now();
  put_some(store, maker, from, kWindow);
  return static_cast<double>(kWindow) / seconds_since(start);
}

Made make_store() {
  Made made;
  const char* path = std::getenv("VANBAN_BENCH_STORE");
  const char* wanted = std::getenv("VANBAN_BENCH_TASKS");
  made.ours = path == nullptr;
  made.path =
      path != nullptr
          ? path
          : (std::filesystem::temp_directory_path() / ("vanban-bench-" + std::to_string(getpid()) + ".db"))
                .string();
  if (std::filesystem::exists(made.path)) return made;
  const std::size_t documents =
      static_cast<std::size_t>(wanted == nullptr ? 100'000 : std::atoll(wanted)) / kTasksEach;
  const DocumentMaker maker;
  Store store = must(Store::open(made.path, Store::Access::kReadWrite));
  std::size_t at = 0;
  const auto fill = [&](std::size_t to) {
    for (; at + kBatch <= to; at += kBatch) {
      done(store.together([&]() -> Result<void> {
        put_some(store, maker, at, kBatch);
        return {};
      }));
    }
  };
  fill(std::min<std::size_t>(2000, documents));
  made.first_rate = rate_of(store, maker, at);
  at += kWindow;
  fill(documents);
  made.last_rate = rate_of(store, maker, at);
  done(store.merge_index([] { return true; }));  // as an ingest ends
  return made;
}

const Made& made() {
  static const Made instance = make_store();
  return instance;
}

void make(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(made().path.data());
  const double size = static_cast<double>(std::filesystem::file_size(made().path));
  state.counters["store_MB"] = size / 1e6;
  if (made().last_rate > 0) {
    state.counters["rate_first"] = made().first_rate;
    state.counters["rate_last"] = made().last_rate;
    state.counters["rate_ratio"] = made().last_rate / made().first_rate;
  }
}
BENCHMARK(make)->Iterations(1);

// One call each iteration; the time that 50, 95 and 100 of 100 calls stay under, in ms, and of CPU time what
// 95 stay under.
void timed(benchmark::State& state, const std::function<void(const Store&, std::size_t)>& call) {
  const Store store = must(Store::open(made().path, Store::Access::kReadOnly));
  constexpr std::size_t kWarm = 16;
  for (std::size_t i = 0; i < kWarm; ++i) call(store, i);
  std::vector<double> times, cpu_times;
  std::size_t turn = 0;
  for (auto _ : state) {
    const auto start = Clock::now();
    const double cpu_start = cpu_seconds();
    call(store, turn++);
    cpu_times.push_back(1000 * (cpu_seconds() - cpu_start));
    times.push_back(1000 * seconds_since(start));
  }
  const auto share = [](std::vector<double>& all, double part) {
    std::sort(all.begin(), all.end());
    return all[std::min(all.size() - 1, static_cast<std::size_t>(part * static_cast<double>(all.size())))];
  };
  state.counters["p50_ms"] = share(times, 0.5);
  state.counters["p95_ms"] = share(times, 0.95);
  state.counters["p95_cpu_ms"] = share(cpu_times, 0.95);
  state.counters["max_ms"] = times.back();
}

const std::vector<std::string> kTonedPairs = {
    "đôn đốc",    "thủ tục", "trực tuyến", "hành chính", "hướng dẫn", "kiểm tra", "báo cáo", "phối hợp",
    "kinh doanh", "dịch vụ", "số hóa",     "tổ chức",    "thực hiện", "cải cách", "dữ liệu", "doanh nghiệp"};
const std::vector<std::string> kAgencies = {"Bộ Tài chính", "BTP", "Bộ Y tế", "Bộ Công an"};
const std::vector<std::string> kUntonedWords = {"chinh", "hanh", "thuc", "bao", "bo", "cong", "so", "tinh"};

void two_toned_words_two_filters(benchmark::State& state) {
  timed(state, [](const Store& store, std::size_t i) {
    Filter filter;
    filter.kinds = {FactKind::kTask};
    filter.limit = 20;
    filter.agency = kAgencies[i / kTonedPairs.size() % kAgencies.size()];
    filter.from = i % 2 == 0 ? "2010" : "2020-06";
    must(store.search(kTonedPairs[i % kTonedPairs.size()], filter));
  });
}
BENCHMARK(two_toned_words_two_filters)->Iterations(200)->Unit(benchmark::kMillisecond);

void one_frequent_untoned_word(benchmark::State& state) {
  timed(state, [](const Store& store, std::size_t i) {
    Filter filter;
    filter.kinds = {FactKind::kTask};
    filter.limit = 20;
    must(store.search(kUntonedWords[i % kUntonedWords.size()], filter));
  });
}
BENCHMARK(one_frequent_untoned_word)->Iterations(200)->Unit(benchmark::kMillisecond);

void one_frequent_untoned_word_with_facets(benchmark::State& state) {
  timed(state, [](const Store& store, std::size_t i) {
    Filter filter;
    filter.kinds = {FactKind::kTask};
    filter.limit = 20;
    filter.facets = true;
    must(store.search(kUntonedWords[i % kUntonedWords.size()], filter));
  });
}
BENCHMARK(one_frequent_untoned_word_with_facets)->Iterations(200)->Unit(benchmark::kMillisecond);

void all_kinds_of_facts(benchmark::State& state) {
  timed(state, [](const Store& store, std::size_t i) {
    Filter filter;
    filter.limit = 20;
    must(store.search(kTonedPairs[i % kTonedPairs.size()], filter));
  });
}
BENCHMARK(all_kinds_of_facts)->Iterations(100)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();

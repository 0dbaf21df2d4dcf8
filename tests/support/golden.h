// Golden files: many cases a file ("=== title", input, "---", expected). Run with VANBAN_UPDATE_GOLDEN=1 to
// rewrite the expected parts (tools/golden does); the difference is then reviewed like code.

#ifndef VANBAN_TESTS_SUPPORT_GOLDEN_H_
#define VANBAN_TESTS_SUPPORT_GOLDEN_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

namespace vanban::testing {

struct GoldenCase {
  std::string title, input, expected;
};

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

// Both texts end with a newline, or are empty.
inline std::vector<GoldenCase> read_golden(const std::filesystem::path& path) {
  std::vector<GoldenCase> cases;
  std::istringstream in(read_file(path));
  std::string line;
  bool in_expected = false;
  while (std::getline(in, line)) {
    if (line.rfind("=== ", 0) == 0) {
      cases.push_back({line.substr(4), "", ""});
      in_expected = false;
    } else if (line == "---" && !cases.empty() && !in_expected) {
      in_expected = true;
    } else if (!cases.empty()) {
      (in_expected ? cases.back().expected : cases.back().input) += line + "\n";
    }
  }
  return cases;
}

// Runs every case of every *.txt under `folder` (below tests/golden) through `dump`. A folder without a case
// fails.
inline void run_golden(const std::string& folder,
                       const std::function<std::string(const std::string&)>& dump) {
  const std::filesystem::path root = std::filesystem::path(VANBAN_SOURCE_DIR) / "tests" / "golden" / folder;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(root)) {
    if (entry.path().extension() == ".txt") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  const bool update = std::getenv("VANBAN_UPDATE_GOLDEN") != nullptr;
  std::size_t count = 0;
  for (const auto& file : files) {
    std::vector<GoldenCase> cases = read_golden(file);
    std::string rewritten;
    for (GoldenCase& one : cases) {
      ++count;
      std::string got = dump(one.input);
      if (!got.empty() && got.back() != '\n') got += '\n';
      if (update) {
        one.expected = got;
      } else {
        EXPECT_EQ(got, one.expected) << file.filename().string() << ": " << one.title;
      }
      rewritten += "=== " + one.title + "\n" + one.input + "---\n" + one.expected;
    }
    if (update) std::ofstream(file, std::ios::binary) << rewritten;
  }
  EXPECT_GT(count, 0u) << "no case in " << root;
}

}  // namespace vanban::testing

#endif  // VANBAN_TESTS_SUPPORT_GOLDEN_H_

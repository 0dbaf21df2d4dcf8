// Runs a fuzz target without a fuzzer: every file under the given folders, and of each a fixed set of
// mutations, so that a plain ctest run tries some thousand inputs and the same ones each time. With libFuzzer
// (VANBAN_FUZZER, clang) this file is left out.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void run(const std::string& bytes) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

std::uint64_t next(std::uint64_t& state) {  // xorshift64: the same numbers on every machine
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return state;
}

std::string mutated(std::string bytes, std::uint64_t& state) {
  static const char* const kPieces[] = {"\n",
                                        " ",
                                        "1.",
                                        "a)",
                                        "-",
                                        "Điều ",
                                        "số ",
                                        "/NQ-CP",
                                        "ngày ",
                                        "%",
                                        "\t",
                                        "\xCC\x81",
                                        "999999999999999999999",
                                        "(i)",
                                        "Phụ lục",
                                        "\xFF",
                                        "||",
                                        "\"",
                                        "trước "};
  const int edits = 1 + static_cast<int>(next(state) % 8);
  for (int i = 0; i < edits; ++i) {
    const std::size_t at = bytes.empty() ? 0 : next(state) % bytes.size();
    switch (next(state) % 5) {
      case 0:
        bytes.insert(at, kPieces[next(state) % std::size(kPieces)]);
        break;
      case 1:
        if (!bytes.empty()) bytes.erase(at, next(state) % 16);
        break;
      case 2:
        if (!bytes.empty()) bytes[at] = static_cast<char>(next(state));
        break;
      case 3:
        bytes.insert(at, bytes.substr(at, next(state) % 64));
        break;
      default:
        bytes.resize(at);
    }
  }
  return bytes;
}

}  // namespace

int main(int argc, char** argv) {
  const int rounds =
      std::getenv("VANBAN_FUZZ_ROUNDS") != nullptr ? std::atoi(std::getenv("VANBAN_FUZZ_ROUNDS")) : 40;
  std::size_t seeds = 0;
  for (int i = 1; i < argc; ++i) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(argv[i])) {
      if (!entry.is_regular_file()) continue;
      std::ifstream in(entry.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
      ++seeds;
      run(bytes);
      std::uint64_t state = 0x9E3779B97F4A7C15ull + bytes.size();
      for (int round = 0; round < rounds; ++round) run(mutated(bytes.substr(0, 20000), state));
    }
  }
  std::printf("%zu seeds, %d mutations each\n", seeds, rounds);
  return seeds == 0 ? 1 : 0;
}

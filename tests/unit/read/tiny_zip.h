// Small ZIP archives, written by hand.

#ifndef VANBAN_TESTS_UNIT_READ_TINY_ZIP_H_
#define VANBAN_TESTS_UNIT_READ_TINY_ZIP_H_

#include <cstdint>
#include <string>
#include <vector>

namespace vanban::testing {

struct ZipEntry {
  std::string name, bytes;
};

inline void put_number(std::string& out, std::uint64_t value, int size) {
  for (int i = 0; i < size; ++i) out.push_back(static_cast<char>(value >> (8 * i) & 0xFF));
}

inline std::uint32_t crc_of(const std::string& bytes) {
  std::uint32_t crc = ~0u;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int i = 0; i < 8; ++i) crc = crc >> 1 ^ (crc % 2 != 0 ? 0xEDB88320u : 0);
  }
  return ~crc;
}

// A ZIP archive, its files stored as they are. `encrypted`: the flag is set on every file.
inline std::string zip_of(const std::vector<ZipEntry>& entries, bool encrypted = false) {
  std::string file, directory;
  for (const ZipEntry& one : entries) {
    const std::uint32_t crc = crc_of(one.bytes);
    std::string common;
    put_number(common, 20, 2);
    put_number(common, encrypted ? 0x801 : 0x800, 2);  // names are UTF-8
    put_number(common, 0, 2);
    put_number(common, 0, 4);
    put_number(common, crc, 4);
    put_number(common, one.bytes.size(), 4);
    put_number(common, one.bytes.size(), 4);
    put_number(common, one.name.size(), 2);
    put_number(common, 0, 2);
    directory += "PK\x01\x02";
    put_number(directory, 20, 2);
    directory += common;
    put_number(directory, 0, 2);
    put_number(directory, 0, 2);
    put_number(directory, 0, 2);
    put_number(directory, 0, 4);
    put_number(directory, file.size(), 4);
    directory += one.name;
    file += "PK\x03\x04" + common + one.name + one.bytes;
  }
  const std::size_t at = file.size();
  file += directory + "PK\x05\x06";
  put_number(file, 0, 4);
  put_number(file, entries.size(), 2);
  put_number(file, entries.size(), 2);
  put_number(file, directory.size(), 4);
  put_number(file, at, 4);
  put_number(file, 0, 2);
  return file;
}

}  // namespace vanban::testing

#endif  // VANBAN_TESTS_UNIT_READ_TINY_ZIP_H_

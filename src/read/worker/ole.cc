#include "read/worker/ole.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace vanban::read {
namespace {

constexpr std::uint32_t kLastSector = 0xFFFFFFFA;  // this and above: no sector, but a mark
constexpr std::uint32_t kNoEntry = 0xFFFFFFFF;
constexpr std::size_t kEntryBytes = 128;
constexpr std::size_t kMostEntries = 100'000;

struct Entry {
  std::uint32_t first_sector = 0;
  std::uint64_t size = 0;
};

// [MS-CFB]: a header of 512 bytes, then sectors; chains of sectors are in the FAT, whose own sectors the
// header and the DIFAT list.
class OleFile {
 public:
  explicit OleFile(std::string_view bytes) : bytes_(bytes), sector_(number(0x1E, 2) == 12 ? 4096 : 512) {}

  // The streams and storages of the root, by name. False: the directory does not hold.
  bool load() {
    std::string directory;
    for (std::uint32_t at : chain(number(0x30, 4))) directory += sector(at);
    const std::size_t count = std::min(directory.size() / kEntryBytes, kMostEntries);
    if (count == 0) return false;
    const auto field = [&](std::size_t entry, std::size_t offset, std::size_t size) {
      std::uint64_t value = 0;
      for (std::size_t i = size; i-- > 0;)
        value = (value << 8) | static_cast<unsigned char>(directory[entry * kEntryBytes + offset + i]);
      return value;
    };
    constexpr std::uint64_t kRootStorage = 5;
    if (field(0, 0x42, 1) != kRootStorage) return false;
    // The children of one storage are a tree of siblings.
    std::vector<std::uint32_t> waiting = {static_cast<std::uint32_t>(field(0, 0x4C, 4))};
    std::vector<bool> seen(count);
    while (!waiting.empty()) {
      const std::uint32_t one = waiting.back();
      waiting.pop_back();
      if (one == kNoEntry || one >= count || seen[one]) continue;
      seen[one] = true;
      std::string name;
      const std::size_t length = std::min<std::size_t>(field(one, 0x40, 2), 64);
      for (std::size_t i = 0; i + 2 < length; i += 2) {
        const auto unit = field(one, i, 2);
        name += unit >= 0x20 && unit < 0x7F ? static_cast<char>(unit) : '?';
      }
      entries[name] = {static_cast<std::uint32_t>(field(one, 0x74, 4)), field(one, 0x78, 4)};
      waiting.push_back(static_cast<std::uint32_t>(field(one, 0x44, 4)));
      waiting.push_back(static_cast<std::uint32_t>(field(one, 0x48, 4)));
    }
    return true;
  }

  // The first sector of a stream that is no small one (those of Office never are).
  std::string_view beginning(const std::string& name) const {
    const auto found = entries.find(name);
    constexpr std::uint64_t kLeastSize = 4096;
    return found == entries.end() || found->second.size < kLeastSize ? std::string_view()
                                                                     : sector(found->second.first_sector);
  }

  std::map<std::string, Entry> entries;

 private:
  std::uint64_t number_in(std::string_view from, std::size_t at, std::size_t size) const {
    std::uint64_t value = 0;
    for (std::size_t i = size; i-- > 0;) {
      value = (value << 8) | (at + i < from.size() ? static_cast<unsigned char>(from[at + i]) : 0u);
    }
    return value;
  }
  std::uint32_t number(std::size_t at, std::size_t size) const {
    return static_cast<std::uint32_t>(number_in(bytes_, at, size));
  }

  std::string_view sector(std::uint32_t index) const {
    const std::uint64_t at = (static_cast<std::uint64_t>(index) + 1) * sector_;
    return at >= bytes_.size() ? std::string_view() : bytes_.substr(at, sector_);
  }

  // The sector that holds the FAT's part number `part`.
  std::uint32_t fat_sector(std::size_t part) {
    constexpr std::size_t kInHeader = 109;
    if (part < kInHeader) return number(0x4C + part * 4, 4);
    const std::size_t each = sector_ / 4 - 1;
    if (difat_.empty()) {
      std::uint32_t at = number(0x44, 4);
      while (at < kLastSector && difat_.size() <= bytes_.size() / sector_) {
        const std::string_view list = sector(at);
        if (list.size() < sector_) break;
        difat_.push_back(list);
        at = static_cast<std::uint32_t>(number_in(list, each * 4, 4));
      }
    }
    const std::size_t index = (part - kInHeader) / each;
    if (index >= difat_.size()) return kLastSector;
    return static_cast<std::uint32_t>(number_in(difat_[index], (part - kInHeader) % each * 4, 4));
  }

  std::vector<std::uint32_t> chain(std::uint32_t first) {
    std::vector<std::uint32_t> out;
    const std::size_t per_sector = sector_ / 4;
    for (std::uint32_t at = first; at < kLastSector && out.size() * sector_ < kMostEntries * kEntryBytes;) {
      if (sector(at).empty()) break;
      out.push_back(at);
      const std::uint32_t table = fat_sector(at / per_sector);
      if (table >= kLastSector) break;
      const std::string_view fat = sector(table);
      if (fat.empty()) break;
      at = static_cast<std::uint32_t>(number_in(fat, at % per_sector * 4, 4));
    }
    return out;
  }

  std::string_view bytes_;
  std::size_t sector_;
  std::vector<std::string_view> difat_;
};

unsigned at(std::string_view bytes, std::size_t index) {
  return index < bytes.size() ? static_cast<unsigned char>(bytes[index]) : 0u;
}

// The header of a Word file says it in a bit.
bool is_encrypted_word(std::string_view header) { return (at(header, 0x0B) & 1u) != 0; }

// Records of a workbook: BOF, then FILEPASS (2F) near the beginning where a password is needed.
bool is_encrypted_workbook(std::string_view records) {
  for (std::size_t i = 0; i + 4 <= records.size();) {
    const unsigned type = at(records, i) | at(records, i + 1) << 8;
    if (type == 0x2F) return true;
    i += 4 + (at(records, i + 2) | at(records, i + 3) << 8);
  }
  return false;
}

}  // namespace

Result<Conversion> sniff_ole(std::string_view bytes) {
  OleFile file(bytes);
  if (!file.load()) return make_error(ErrorCode::kDamaged, "an old Office file (OLE) without a directory");
  const auto has = [&](const char* name) { return file.entries.contains(name); };
  const auto encrypted = [](const char* what) {
    return make_error(ErrorCode::kEncrypted,
                      std::string("this ") + what + " is encrypted: save it without a password");
  };
  if (has("EncryptedPackage")) return encrypted("Office file");
  if (has("WordDocument")) {
    if (is_encrypted_word(file.beginning("WordDocument"))) return encrypted("Word document");
    return Conversion{OfficeKind::kWord, "application/msword", "a Word document of before 2007 (DOC)"};
  }
  if (has("PowerPoint Document")) {
    if (has("EncryptedSummary")) return encrypted("PowerPoint presentation");
    return Conversion{OfficeKind::kPowerPoint, "application/vnd.ms-powerpoint",
                      "a PowerPoint presentation of before 2007 (PPT)"};
  }
  for (const char* name : {"Workbook", "Book"}) {
    if (!has(name)) continue;
    if (is_encrypted_workbook(file.beginning(name))) return encrypted("Excel workbook");
    return Conversion{OfficeKind::kExcel, "application/vnd.ms-excel",
                      "an Excel workbook of before 2007 (XLS)"};
  }
  const char* what = has("__properties_version1.0") ? "an Outlook message (MSG)"
                     : has("VisioDocument")         ? "a Visio drawing"
                     : has("Quill")                 ? "a Publisher file"
                                                    : "a file of an unknown program in an OLE container";
  return make_error(ErrorCode::kUnsupported, std::string("this is ") + what + ", which is not read");
}

}  // namespace vanban::read

#include "store/page_sums.h"

#include <sqlite3.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <mutex>

namespace vanban::store {
namespace {

constexpr char kName[] = "vanban";
constexpr int kSumBytes = 8;
constexpr int kHeaderBytes = 100;
constexpr char kMagic[] = "SQLite format 3";  // with its zero byte

// A database file as SQLite sees it; the system's own stands behind it in memory.
struct SumFile {
  sqlite3_file base;
  bool sums;      // the database has room for sums
  int page_size;  // as its header says; 0: none yet

  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

SumFile* of(sqlite3_file* file) { return reinterpret_cast<SumFile*>(file); }
sqlite3_vfs* system_of(sqlite3_vfs* vfs) { return static_cast<sqlite3_vfs*>(vfs->pAppData); }

// Each step can be undone, so that two pages that differ in one word have different sums.
std::uint64_t sum_of(const unsigned char* page, int size) {
  std::uint64_t sum = 0x9E3779B97F4A7C15ull;
  for (int at = 0; at + kSumBytes < size; at += kSumBytes) {
    std::uint64_t word = 0;
    std::memcpy(&word, page + at, sizeof word);
    if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
    sum = std::rotl(sum ^ word, 29) * 0xD6E8FEB86659FD93ull;
  }
  return sum;
}

std::uint64_t kept_sum(const unsigned char* page, int size) {
  std::uint64_t sum = 0;
  for (int i = 1; i <= kSumBytes; ++i) sum = sum << 8 | page[size - i];
  return sum;
}

void keep_sum(unsigned char* page, int size) {
  std::uint64_t sum = sum_of(page, size);
  for (int i = 0; i < kSumBytes; ++i, sum >>= 8)
    page[size - kSumBytes + i] = static_cast<unsigned char>(sum & 0xFF);
}

// A page that was never written (a log that is only partly carried over leaves holes) holds nothing at all.
bool is_sound(const unsigned char* page, int size) {
  return sum_of(page, size) == kept_sum(page, size) ||
         std::all_of(page, page + size, [](unsigned char byte) { return byte == 0; });
}

// The first page says how large pages are and how many bytes at their end SQLite leaves alone.
void learn(SumFile* file, const unsigned char* start) {
  if (std::memcmp(start, kMagic, sizeof kMagic) != 0) return;
  const int size = start[16] << 8 | start[17];
  file->page_size = size == 1 ? 65536 : size;
  file->sums = start[20] == kSumBytes;
}

int close_file(sqlite3_file* file) { return of(file)->real()->pMethods->xClose(of(file)->real()); }

int read_file(sqlite3_file* file, void* to, int size, sqlite3_int64 at) {
  SumFile* own = of(file);
  const int code = own->real()->pMethods->xRead(own->real(), to, size, at);
  if (code != SQLITE_OK) return code;
  const auto* bytes = static_cast<const unsigned char*>(to);
  if (at == 0 && size >= kHeaderBytes) learn(own, bytes);
  if (own->sums && size == own->page_size && at % size == 0 && !is_sound(bytes, size)) {
    sqlite3_log(SQLITE_IOERR_DATA, "page %lld is not what was written", at / size + 1);
    return SQLITE_IOERR_DATA;
  }
  return code;
}

int write_file(sqlite3_file* file, const void* from, int size, sqlite3_int64 at) {
  SumFile* own = of(file);
  const auto* bytes = static_cast<const unsigned char*>(from);
  if (at == 0 && size >= kHeaderBytes) learn(own, bytes);
  if (!own->sums || size != own->page_size || at % size != 0) {
    return own->real()->pMethods->xWrite(own->real(), from, size, at);
  }
  // SQLite's own copy is not ours to change. Not thread_local: a store that is closed when the program ends
  // writes after those are gone.
  std::vector<unsigned char> page(bytes, bytes + size);
  keep_sum(page.data(), size);
  return own->real()->pMethods->xWrite(own->real(), page.data(), size, at);
}

// All else is the system's.
template <auto Method, class... Arguments>
int pass(sqlite3_file* file, Arguments... arguments) {
  return (of(file)->real()->pMethods->*Method)(of(file)->real(), arguments...);
}
void shm_barrier(sqlite3_file* file) { of(file)->real()->pMethods->xShmBarrier(of(file)->real()); }
// Nothing is mapped: what is read goes past the sums.
int fetch(sqlite3_file*, sqlite3_int64, int, void** page) {
  *page = nullptr;
  return SQLITE_OK;
}
int unfetch(sqlite3_file*, sqlite3_int64, void*) { return SQLITE_OK; }

constexpr sqlite3_io_methods kMethods = {
    3,
    close_file,
    read_file,
    write_file,
    pass<&sqlite3_io_methods::xTruncate, sqlite3_int64>,
    pass<&sqlite3_io_methods::xSync, int>,
    pass<&sqlite3_io_methods::xFileSize, sqlite3_int64*>,
    pass<&sqlite3_io_methods::xLock, int>,
    pass<&sqlite3_io_methods::xUnlock, int>,
    pass<&sqlite3_io_methods::xCheckReservedLock, int*>,
    pass<&sqlite3_io_methods::xFileControl, int, void*>,
    pass<&sqlite3_io_methods::xSectorSize>,
    pass<&sqlite3_io_methods::xDeviceCharacteristics>,
    pass<&sqlite3_io_methods::xShmMap, int, int, int, void volatile**>,
    pass<&sqlite3_io_methods::xShmLock, int, int, int>,
    shm_barrier,
    pass<&sqlite3_io_methods::xShmUnmap, int>,
    fetch,
    unfetch,
};

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  sqlite3_vfs* system = system_of(vfs);
  if ((flags & SQLITE_OPEN_MAIN_DB) == 0) return system->xOpen(system, name, file, flags, out_flags);
  SumFile* own = of(file);
  *own = SumFile{};
  std::memset(own->real(), 0, static_cast<std::size_t>(system->szOsFile));
  const int code = system->xOpen(system, name, own->real(), flags, out_flags);
  // A file that could not be opened may still have to be closed: SQLite asks by the methods.
  if (own->real()->pMethods != nullptr) own->base.pMethods = &kMethods;
  return code;
}

sqlite3_vfs* make_vfs() {
  sqlite3_vfs* system = sqlite3_vfs_find(nullptr);
  if (system == nullptr || system->iVersion < 2) return nullptr;
  static sqlite3_vfs vfs;
  vfs = *system;  // names, clocks and random numbers are the system's
  vfs.iVersion = std::min(system->iVersion, 3);
  vfs.szOsFile = static_cast<int>(sizeof(SumFile)) + system->szOsFile;
  vfs.pNext = nullptr;
  vfs.zName = kName;
  vfs.pAppData = system;
  vfs.xOpen = open_file;
  vfs.xDelete = [](sqlite3_vfs* own, const char* name, int sync) {
    return system_of(own)->xDelete(system_of(own), name, sync);
  };
  vfs.xAccess = [](sqlite3_vfs* own, const char* name, int flags, int* result) {
    return system_of(own)->xAccess(system_of(own), name, flags, result);
  };
  vfs.xFullPathname = [](sqlite3_vfs* own, const char* name, int size, char* out) {
    return system_of(own)->xFullPathname(system_of(own), name, size, out);
  };
  vfs.xGetLastError = [](sqlite3_vfs* own, int size, char* out) {
    return system_of(own)->xGetLastError(system_of(own), size, out);
  };
  return sqlite3_vfs_register(&vfs, 0) == SQLITE_OK ? &vfs : nullptr;
}

// Null: not opened through this VFS.
SumFile* file_of(sqlite3* database) {
  sqlite3_file* file = nullptr;
  const int code = sqlite3_file_control(database, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  return code == SQLITE_OK && file != nullptr && file->pMethods == &kMethods ? of(file) : nullptr;
}

}  // namespace

const char* page_sums_vfs() {
  static const sqlite3_vfs* const vfs = make_vfs();
  return vfs == nullptr ? nullptr : vfs->zName;
}

void reserve_page_sums(sqlite3* database) {
  if (page_sums_vfs() == nullptr) return;
  int bytes = kSumBytes;
  sqlite3_file_control(database, "main", SQLITE_FCNTL_RESERVE_BYTES, &bytes);
}

void follow_page_sums(sqlite3* from, sqlite3* to) {
  SumFile *source = file_of(from), *copy = file_of(to);
  if (source == nullptr || copy == nullptr || !source->sums) return;
  copy->sums = true;
  copy->page_size = source->page_size;
}

std::vector<std::int64_t> damaged_pages(sqlite3* database) {
  constexpr std::size_t kMost = 100;
  std::vector<std::int64_t> damaged;
  SumFile* file = file_of(database);
  if (file == nullptr || !file->sums || file->page_size <= 0) return damaged;
  const int size = file->page_size;
  sqlite3_int64 bytes = 0;
  if (file->base.pMethods->xFileSize(&file->base, &bytes) != SQLITE_OK) return damaged;
  std::vector<unsigned char> page(static_cast<std::size_t>(size));
  for (sqlite3_int64 at = 0; at + size <= bytes && damaged.size() < kMost; at += size) {
    const auto is_bad = [&] { return read_file(&file->base, page.data(), size, at) != SQLITE_OK; };
    // Twice: another process may have been writing the page.
    if (is_bad() && is_bad()) damaged.push_back(at / size + 1);
  }
  return damaged;
}

}  // namespace vanban::store

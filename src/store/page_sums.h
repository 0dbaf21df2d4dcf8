// A checksum in the last 8 bytes of every page of the database file, so that a byte that flips on the disk is
// found when its page is read, and is never given out as a fact. SQLite's own checks know only the shape of
// its trees.
//
// A thin VFS ("vanban") between SQLite and the system's: sums are put in when a page is written to the
// database file and compared when it is read from there (the write-ahead log has its own). Databases without
// room for them (made by older programs, or others) are left as they are. Other programs may read the file;
// what they write has no sums, and is taken for damage.

#ifndef VANBAN_SRC_STORE_PAGE_SUMS_H_
#define VANBAN_SRC_STORE_PAGE_SUMS_H_

#include <cstdint>
#include <string>
#include <vector>

struct sqlite3;

namespace vanban::store {

// The name of the VFS, registered at the first call; nullptr: not to be had, the system's own is used.
const char* page_sums_vfs();

// Makes room for sums in a database that has no content yet.
void reserve_page_sums(sqlite3* database);

// `to` becomes a copy of `from`, page by page: with sums from the first page on that is written, if `from`
// has them.
void follow_page_sums(sqlite3* from, sqlite3* to);

// Reads every page of the file, used or not. Returns the numbers (from 1) of those that are not what was
// written, at most 100; empty too where the database has no sums. Cost: reads the whole file.
std::vector<std::int64_t> damaged_pages(sqlite3* database);

}  // namespace vanban::store

#endif  // VANBAN_SRC_STORE_PAGE_SUMS_H_

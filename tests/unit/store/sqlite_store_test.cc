// What is SQLite's own: the file, its lock, its damage, its views.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "store/page_sums.h"
#include "unit/store/made_documents.h"

namespace vanban {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::made_decree;
using testing::made_dispatch;
using testing::made_file;
using testing::ScratchFolder;
using testing::sha_of;

Store opened(const std::string& path, Store::Access access = Store::Access::kReadWrite) {
  auto store = Store::open(path, access);
  if (!store) throw std::runtime_error(store.error().message);
  return std::move(*store);
}

// Runs SQL on the file behind the store's back, through its VFS; returns the first column of every row.
std::vector<std::string> raw(const std::string& path, const std::string& sql) {
  sqlite3* database = nullptr;
  std::vector<std::string> out;
  EXPECT_EQ(sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                            store::page_sums_vfs()),
            SQLITE_OK);
  char* message = nullptr;
  sqlite3_exec(
      database, sql.c_str(),
      [](void* to, int, char** values, char**) {
        static_cast<std::vector<std::string>*>(to)->push_back(values[0] == nullptr ? "NULL" : values[0]);
        return 0;
      },
      &out, &message);
  EXPECT_EQ(message, nullptr) << message;
  sqlite3_free(message);
  sqlite3_close(database);
  return out;
}

TEST(SqliteStore, RefusesWhatItCannotUse) {
  ScratchFolder folder;
  const auto code = [&](const std::string& name, Store::Access access) {
    const auto store = Store::open(folder.file(name), access);
    return store ? std::string("opened") : std::string(error_code_name(store.error().code));
  };
  EXPECT_EQ(code("none.db", Store::Access::kReadOnly), "not-found");
  EXPECT_EQ(code("no/folder/store.db", Store::Access::kReadWrite), "not-found");
  std::ofstream(folder.file("empty.db"));
  EXPECT_EQ(code("empty.db", Store::Access::kReadOnly), "store-corrupt");
  EXPECT_EQ(code("empty.db", Store::Access::kReadWrite), "opened");
  EXPECT_EQ(code("empty.db", Store::Access::kReadOnly), "opened");
  std::ofstream(folder.file("text.db")) << std::string(10'000, 'x');
  EXPECT_EQ(code("text.db", Store::Access::kReadOnly), "store-corrupt");
  EXPECT_EQ(code("text.db", Store::Access::kReadWrite), "store-corrupt");
  raw(folder.file("other.db"), "CREATE TABLE songs (name)");
  EXPECT_EQ(code("other.db", Store::Access::kReadWrite), "store-corrupt");
  EXPECT_THAT(raw(folder.file("other.db"), "PRAGMA journal_mode"),
              ::testing::ElementsAre("delete"));  // not touched
  raw(folder.file("empty.db"), "PRAGMA user_version = 999");
  EXPECT_EQ(code("empty.db", Store::Access::kReadOnly), "store-version");
  EXPECT_EQ(code("empty.db", Store::Access::kReadWrite), "store-version");
  EXPECT_EQ(Store::open("", Store::Access::kReadWrite).error().code, ErrorCode::kInvalidArgument);
}

TEST(SqliteStore, OneWriterAtATimeAndItIsNamed) {
  ScratchFolder folder;
  const std::string path = folder.file("store.db");
  int ready[2], done[2];
  ASSERT_EQ(pipe(ready), 0);
  ASSERT_EQ(pipe(done), 0);
  const pid_t child = fork();
  if (child == 0) {
    const auto store = Store::open(path, Store::Access::kReadWrite);
    char byte = store ? 'y' : 'n';
    if (write(ready[1], &byte, 1) != 1 || read(done[0], &byte, 1) != 1) _exit(1);
    kill(getpid(), SIGKILL);
  }
  char byte = 0;
  ASSERT_EQ(read(ready[0], &byte, 1), 1);
  ASSERT_EQ(byte, 'y');
  const auto second = Store::open(path, Store::Access::kReadWrite);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::kStoreBusy);
  EXPECT_THAT(second.error().message, HasSubstr("process " + std::to_string(child) + " since 20"));
  EXPECT_TRUE(Store::open(path, Store::Access::kReadOnly));
  ASSERT_EQ(write(done[1], "x", 1), 1);
  waitpid(child, nullptr, 0);
  EXPECT_TRUE(Store::open(path, Store::Access::kReadWrite));  // killed: its lock went with it
  for (const int end : {ready[0], ready[1], done[0], done[1]}) close(end);
}

TEST(SqliteStore, APutThatFailsMidwayLeavesNothing) {
  ScratchFolder folder;
  const std::string path = folder.file("store.db");
  {
    Store store = opened(path);
    ASSERT_TRUE(store.put(made_file("a", sha_of('a')), {made_decree()}));
  }
  // A trigger stands for any failure after most rows are written.
  raw(path, "CREATE TRIGGER stop BEFORE INSERT ON files BEGIN SELECT RAISE(ABORT, 'stopped'); END");
  {
    Store store = opened(path);
    EXPECT_FALSE(store.put(made_file("b", sha_of('b')), {made_dispatch()}));
    EXPECT_FALSE(store.put(made_file("a", sha_of('b')), {made_dispatch()}));
    EXPECT_EQ(store.counts()->documents, 1u);
    EXPECT_EQ(store.counts()->tasks, 0u);
    EXPECT_EQ(store.search("don doc", {})->total, 0u);
    EXPECT_EQ(store.search("vien thong", {})->total, 2u);
    EXPECT_THAT(store.verify()->problems, IsEmpty());
  }
  raw(path, "DROP TRIGGER stop");
  Store store = opened(path);
  EXPECT_TRUE(store.put(made_file("b", sha_of('b')), {made_dispatch()}));
  EXPECT_EQ(store.counts()->documents, 2u);
}

TEST(SqliteStore, AKillAtAnyMomentLeavesWholeDocuments) {
  ScratchFolder folder;
  const std::string path = folder.file("store.db");
  for (int round = 0; round < 12; ++round) {
    int stored[2];
    ASSERT_EQ(pipe(stored), 0);
    const pid_t child = fork();
    if (child == 0) {
      auto store = Store::open(path, Store::Access::kReadWrite);
      if (!store) _exit(2);
      for (int i = 0; i < 1000; ++i) {
        DocumentRecord record = made_dispatch();
        const std::string number = std::to_string(round * 1000 + i + 300);
        record.document.header.id = "/vn/van-phong-chinh-phu/dispatch/2024/" + number + "-vpcp-kstt";
        record.document.header.number = {number + "/VPCP-KSTT", number, 0, "VPCP-KSTT"};
        record.graph.self.id = record.document.header.id;
        if (!store->put(made_file(number, std::string(50, 'b') + number), {record})) _exit(3);
        if (write(stored[1], "x", 1) != 1) _exit(4);
      }
      _exit(0);
    }
    close(stored[1]);
    std::size_t reported = 0;
    char byte = 0;
    usleep(static_cast<useconds_t>(3'000 + round * 2'700));
    kill(child, SIGKILL);
    while (read(stored[0], &byte, 1) == 1) ++reported;
    close(stored[0]);
    waitpid(child, nullptr, 0);
    Store store = opened(path);
    const StoreCounts counts = *store.counts();
    EXPECT_EQ(counts.tasks, 2 * counts.documents);
    EXPECT_EQ(counts.references, counts.documents);
    const std::size_t files = counts.files_by_status.empty() ? 0 : counts.files_by_status.at("ingested");
    EXPECT_EQ(files, counts.documents);
    EXPECT_GE(counts.documents, reported);
    EXPECT_EQ(store.search("don doc", {})->total, 2 * counts.documents);
    EXPECT_THAT(store.verify()->problems, IsEmpty());
  }
}

TEST(SqliteStore, ReadersGoOnWhileAWriterWrites) {
  ScratchFolder folder;
  const std::string path = folder.file("store.db");
  Store writer = opened(path);
  ASSERT_TRUE(writer.put(made_file("a", sha_of('a')), {made_decree()}));
  std::atomic<bool> stop = false;
  std::atomic<int> failures = 0, searches = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      Store reader = opened(path, Store::Access::kReadOnly);
      while (!stop) {
        const auto found = reader.search("vien thong", {});
        if (!found || found->total != 2) ++failures;
        ++searches;
      }
    });
  }
  for (int i = 0; i < 50; ++i) {
    EXPECT_TRUE(writer.put(made_file("b" + std::to_string(i % 3), std::string(60, 'b') + std::to_string(i)),
                           {made_dispatch()}));
  }
  stop = true;
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failures, 0);
  EXPECT_GT(searches, 0);
}

TEST(SqliteStore, AReaderCannotWrite) {
  ScratchFolder folder;
  const std::string path = folder.file("store.db");
  { Store store = opened(path); }
  Store reader = opened(path, Store::Access::kReadOnly);
  EXPECT_EQ(reader.put(made_file("a", sha_of('a')), {}).error().code, ErrorCode::kPermission);
}

// A view that somebody put into the file may not use what reaches beyond its rows.
TEST(SqliteStore, ReadingTrustsNoSchema) {
  ScratchFolder folder;
  const std::string path = folder.file("store.db");
  {
    Store store = opened(path);
    ASSERT_TRUE(store.put(made_file("b", sha_of('b')), {made_dispatch()}));
  }
  std::string view = raw(path, "SELECT sql FROM sqlite_master WHERE name = 'v_tasks'").front();
  view.replace(view.find("v_tasks"), 7, "v_plain");
  const std::string wrapped = "; DROP VIEW v_tasks; CREATE VIEW v_tasks AS SELECT * FROM v_plain";
  raw(path, view + wrapped);
  EXPECT_TRUE(opened(path, Store::Access::kReadOnly).list(FactKind::kTask, {}));
  raw(path,
      "DROP VIEW v_tasks; CREATE VIEW v_tasks AS SELECT * FROM v_plain WHERE (SELECT count(*) FROM "
      "pragma_database_list) >= 0");
  EXPECT_FALSE(opened(path, Store::Access::kReadOnly).list(FactKind::kTask, {}));
}

TEST(SqliteStore, FindsDamage) {
  ScratchFolder folder;
  const std::string path = folder.file("store.db");
  {
    Store store = opened(path);
    ASSERT_TRUE(store.put(made_file("a", sha_of('a')), {made_decree()}));
    ASSERT_TRUE(store.put(made_file("b", sha_of('b')), {made_dispatch()}));
    EXPECT_THAT(store.verify()->problems, IsEmpty());
  }
  raw(path, "UPDATE tasks SET text = 'khác' WHERE id = 'k1'");  // the index says otherwise
  EXPECT_THAT(opened(path).verify()->problems, ::testing::ElementsAre(HasSubstr("tasks_fts")));
  EXPECT_EQ(raw(path, "SELECT count(*) FROM events WHERE kind = 'verify'"), std::vector<std::string>{"2"});
}

std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// One byte in 200 places, one after the other: in the header, in rows, indexes, and pages that nothing uses.
TEST(SqliteStore, AByteThatFlipsAnywhereIsFound) {
  ScratchFolder folder;
  const std::string path = folder.file("store.db"), copy = folder.file("copy.db");
  {
    Store store = opened(path);
    DocumentRecord large = made_dispatch();
    for (int i = 0; i < 3000; ++i) large.document.text += "\ndòng " + std::to_string(i * 7919);
    ASSERT_TRUE(store.put(made_file("b", sha_of('b')), {large}));
    ASSERT_TRUE(store.put(made_file("b", sha_of('a')), {made_decree()}));  // leaves free pages
    ASSERT_TRUE(store.backup(copy));
  }
  for (const std::string& file : {path, copy}) {
    const std::string whole = bytes_of(file);
    ASSERT_GT(whole.size(), 200'000u);
    const auto is_found = [&](std::size_t at) {
      std::string flipped = whole;
      flipped[at] = static_cast<char>(flipped[at] ^ (1 << at % 8));
      std::ofstream(file, std::ios::binary) << flipped;
      const auto store = Store::open(file, Store::Access::kReadOnly);
      if (!store) return true;
      auto checked = Store::open(file, Store::Access::kReadWrite);
      return !checked || !checked->verify() || !checked->verify()->problems.empty();
    };
    const std::size_t places = file == path ? 200 : 20;
    for (std::size_t i = 0; i < places; ++i) {
      const std::size_t at = i < 100 ? i : whole.size() / places * i + i;  // the file's header byte by byte
      EXPECT_TRUE(is_found(at)) << "byte " << at << " of " << whole.size();
    }
    std::ofstream(file, std::ios::binary) << whole;
    EXPECT_THAT(opened(file).verify()->problems, IsEmpty());
  }
}

// Where a page is not what was written no answer comes from it.
TEST(SqliteStore, ADamagedPageIsNotRead) {
  ScratchFolder folder;
  const std::string path = folder.file("store.db");
  {
    Store store = opened(path);
    ASSERT_TRUE(store.put(made_file("b", sha_of('b')), {made_dispatch()}));
  }
  std::string bytes = bytes_of(path);
  const std::size_t at = bytes.find("đôn đốc");
  ASSERT_NE(at, std::string::npos);
  for (std::size_t next = at; next != std::string::npos; next = bytes.find("đôn đốc", next + 1)) {
    bytes[next + 4] ^= 1;
  }
  std::ofstream(path, std::ios::binary) << bytes;
  const auto store = Store::open(path, Store::Access::kReadOnly);
  ASSERT_TRUE(store);
  const auto tasks = store->list(FactKind::kTask, {});
  ASSERT_FALSE(tasks);
  EXPECT_EQ(tasks.error().code, ErrorCode::kStoreCorrupt);
}

TEST(SqliteStore, AnOlderIndexIsMadeAnew) {
  ScratchFolder folder;
  const std::string path = folder.file("store.db");
  {
    Store store = opened(path);
    ASSERT_TRUE(store.put(made_file("b", sha_of('b')), {made_dispatch()}));
  }
  raw(path,
      "UPDATE tasks SET text = 'kiểm lâm' WHERE id = 'k2'; UPDATE meta SET value = '0' WHERE name = "
      "'index_version'");
  Store store = opened(path);
  EXPECT_EQ(store.search("kiem lam", {})->total, 1u);
  EXPECT_THAT(store.verify()->problems, IsEmpty());
}

TEST(SqliteStore, TheIndexIsMergedAndFindsTheSame) {
  ScratchFolder folder;
  Store store = opened(folder.file("a.db"));
  const int documents = 40;
  for (int i = 0; i < documents; ++i) {
    DocumentRecord record = made_dispatch();
    const std::string count = std::to_string(1000 + i);
    record.document.source.sha256 = std::string(64 - count.size(), '0') + count;
    record.document.header.id += count;
    record.graph.self.id = record.document.header.id;
    ASSERT_TRUE(store.put(made_file(count + ".pdf", record.document.source.sha256), {record}));
  }
  const auto parts = [&] {
    return raw(folder.file("a.db"), "SELECT count(DISTINCT segid) FROM tasks_fts_idx").front();
  };
  const auto before = store.search("don doc", {});
  EXPECT_NE(parts(), "1");
  ASSERT_TRUE(store.merge_index([] { return false; }));  // stopped before it began
  EXPECT_NE(parts(), "1");
  ASSERT_TRUE(store.merge_index([] { return true; }));
  EXPECT_EQ(parts(), "1");
  const auto after = store.search("don doc", {});
  ASSERT_TRUE(before && after);
  EXPECT_EQ(before->total, static_cast<std::size_t>(2 * documents));  // the task and the document
  EXPECT_EQ(after->total, before->total);
  EXPECT_THAT(store.verify()->problems, IsEmpty());
}

TEST(SqliteStore, ADatabaseCanBeReadWithoutItsSideFiles) {
  ScratchFolder folder;
  const std::string path = folder.file("đường dẫn %.db");
  {
    Store store = opened(path);
    ASSERT_TRUE(store.put(made_file("b", sha_of('b')), {made_dispatch()}));
  }
  EXPECT_EQ(opened(path, Store::Access::kReadOnly).counts()->documents, 1u);
}

TEST(SqliteStore, ABackupIsAStore) {
  ScratchFolder folder;
  const std::string copy = folder.file("copy.db");
  {
    Store store = opened(folder.file("store.db"));
    ASSERT_TRUE(store.put(made_file("b", sha_of('b')), {made_dispatch()}));
    const auto done = store.backup(copy);
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(store.backup(copy).error().code, ErrorCode::kInvalidArgument);
    EXPECT_FALSE(store.backup(folder.file("no/folder/copy.db")));
  }
  EXPECT_EQ(opened(copy, Store::Access::kReadOnly).search("don doc", {})->total, 2u);
  Store store = opened(copy);
  EXPECT_THAT(store.verify()->problems, IsEmpty());
  EXPECT_TRUE(store.put(made_file("a", sha_of('a')), {made_decree()}));
}

// Dashboards are built on these.
TEST(SqliteStore, ViewsKeepTheirColumns) {
  ScratchFolder folder;
  const std::string path = folder.file("store.db");
  { Store store = opened(path); }
  const struct {
    const char* view;
    const char* columns;
  } rows[] = {
      {"v_documents",
       "document_id,type,number,issuer,issuer_id,place,date,subject,status,signer_name,signer_title,urgency,"
       "secrecy,attached_to_number,attached_to_id,media_type,text_origin,pages,tasks,indicators,measurements,"
       "citations,manifestations,path,document_key"},
      {"v_tasks",
       "document_id,document_number,document_date,task_id,label,text,lead,coordinating,lead_inherited,"
       "assigned_by,"
       "deadlines,due,timing,result,state,page,confidence,task_key"},
      {"v_task_agencies", "document_id,task_id,role,position,agency,agency_id,task_key"},
      {"v_task_deadlines", "document_id,task_id,position,text,due,rrule,amount,unit,anchor,task_key"},
      {"v_indicators",
       "document_id,document_number,document_date,indicator_id,label,name,parent_label,parent_name,unit,"
       "comparator,value,upper,value_text,period,lead,evaluator,assigned_by,page,confidence,indicator_key"},
      {"v_indicator_series",
       "series,name,kind,unit,period,comparator,value,upper,document_id,document_number,document_date,"
       "fact_id"},
      {"v_measurements",
       "document_id,document_number,document_date,measurement_id,name,subject,value,unit,numerator,"
       "denominator,value_text,as_of,period,kind,page,confidence,measurement_key"},
      {"v_references",
       "document_id,document_number,document_date,reference_id,text,type,number,date,issuer,title,pinpoints,"
       "relation,modality,target,resolution,resolution_reason,candidates,page,confidence,reference_key"},
      {"v_files", "path,sha256,status,reason,document_id,active,message,bytes,pages,seconds,extractor"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(raw(path, std::string("SELECT group_concat(name) FROM pragma_table_info('") + row.view + "')"),
              std::vector<std::string>{row.columns})
        << row.view;
  }
}

TEST(SqliteStore, SeriesJoinOneIndicatorOverDocuments) {
  ScratchFolder folder;
  const std::string path = folder.file("store.db");
  {
    Store store = opened(path);
    for (int year = 2023; year <= 2025; ++year) {
      DocumentRecord record = made_dispatch();
      record.document.header.id = "/vn/van-phong-chinh-phu/dispatch/" + std::to_string(year) + "/1-vpcp";
      record.document.indicators[0].period = std::to_string(year);
      record.document.indicators[0].name = year == 2024 ? "TỶ LỆ HỒ SƠ TRỰC TUYẾN" : "Tỷ lệ hồ sơ trực tuyến";
      record.graph = {};
      ASSERT_TRUE(
          store.put(made_file(std::to_string(year), std::string(60, 'b') + std::to_string(year)), {record}));
    }
  }
  EXPECT_EQ(
      raw(path,
          "SELECT group_concat(period) FROM v_indicator_series WHERE series = 'ty le ho so truc tuyen'"),
      std::vector<std::string>{"2023,2024,2025"});
}

TEST(SqliteStore, TheDatabaseIsNotMuchLargerThanItsText) {
  ScratchFolder folder;
  const std::string path = folder.file("store.db");
  std::size_t text = 0;
  {
    Store store = opened(path);
    for (int i = 0; i < 200; ++i) {
      DocumentRecord record = made_dispatch();
      record.document.header.id = "/vn/van-phong-chinh-phu/dispatch/2024/" + std::to_string(i) + "-vpcp";
      record.graph = {};
      // A text of 20 kB in which the words of a real one come in another order each time.
      const std::string base = record.document.text;
      for (int part = 0; record.document.text.size() < 20'000; ++part) {
        record.document.text += "\n" + std::to_string(i * 100 + part) + ". " + base;
      }
      text += record.document.text.size();
      ASSERT_TRUE(
          store.put(made_file(std::to_string(i), std::string(60, 'b') + std::to_string(i)), {record}));
    }
  }
  std::ifstream in(path, std::ios::binary | std::ios::ate);
  EXPECT_LT(static_cast<std::size_t>(in.tellg()), 3 * text);
}

}  // namespace
}  // namespace vanban

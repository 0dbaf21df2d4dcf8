#include "store/reading.h"

#include <nlohmann/json.hpp>

#include "store/filter.h"
#include "store/values.h"

namespace vanban::store {
namespace {

constexpr char kFileColumns[] =
    "SELECT path, sha256, bytes, modified_ns, status, reason, message, document_id, seconds, pages, "
    "extractor FROM files";

FileRecord file_of(const Query& row) {
  FileRecord file;
  file.path = row.text(0);
  file.sha256 = row.text(1);
  file.bytes = static_cast<std::uint64_t>(row.integer(2));
  file.modified_ns = row.integer(3);
  file.status = file_status_from_name(row.text(4)).value_or(FileStatus::kFailed);
  file.reason = row.text(5);
  file.message = row.text(6);
  file.document_id = row.text(7);
  file.seconds = row.real(8);
  file.pages = row.small(9);
  file.extractor = row.text(10);
  return file;
}

// A manifestation that is called as another document says so in its JSON.
std::string as_it_is_called(Connection& database, std::int64_t document, std::string text) {
  std::string id;
  {
    Query query = database.query("SELECT id FROM documents WHERE key = ? AND own_id <> ''");
    query.bind(document);
    if (!query.step()) return text;
    id = query.text(0);
  }
  nlohmann::ordered_json json = nlohmann::ordered_json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("document") || !json["document"].is_object()) return text;
  json["document"]["id"] = id;
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace

std::string unpacked_json(Connection& database, std::int64_t document) {
  Query query = database.query("SELECT json FROM document_json WHERE document = ?");
  query.bind(document);
  std::string text;
  if (!query.step() || !inflate(query.text(0), text)) {
    throw SqlFailure{
        make_error(ErrorCode::kStoreCorrupt, "store " + database.path() + ": the JSON of document row " +
                                                 std::to_string(document) + " cannot be unpacked")};
  }
  return text;
}

// The text stands before the sections, as to_json puts it. Inside a string the quotes would be escaped, so
// what is found is the field.
std::string with_text(std::string json, const std::string& text) {
  const std::size_t at = json.find(",\"sections\":[");
  if (at == std::string::npos) return json;
  json.insert(
      at, ",\"text\":" + nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  return json;
}

std::vector<FileRecord> read_files(Connection& database, const std::string& where,
                                   const std::vector<std::string>& values) {
  Query query = database.query(kFileColumns + where);
  for (const std::string& value : values) query.bind(value);
  std::vector<FileRecord> files;
  while (query.step()) files.push_back(file_of(query));
  return files;
}

std::vector<FileRecord> read_files_inside(Connection& database, const std::string& path) {
  Query query = database.query(std::string(kFileColumns) + " WHERE path >= ?1 AND path < ?2 ORDER BY path");
  query.bind_blob(path + "!/").bind_blob(path + "!0");  // '0' is what follows '/'
  std::vector<FileRecord> files;
  while (query.step()) files.push_back(file_of(query));
  return files;
}

std::optional<FileRecord> read_file_of_path(Connection& database, const std::string& path) {
  Query query = database.query(std::string(kFileColumns) + " WHERE path = ?");
  query.bind_blob(path);
  if (!query.step()) return std::nullopt;
  return file_of(query);
}

std::optional<std::string> document_json(Connection& database, const std::string& id_or_number, bool text) {
  std::vector<std::int64_t> keys = documents_named(database, id_or_number);
  if (keys.empty()) {  // a path, as the system has it or as it is shown
    Query query = database.query(
        "SELECT DISTINCT d.key FROM files f JOIN documents d ON d.content = f.content WHERE f.path = ?1 OR "
        "f.path_text = ?2"
        " ORDER BY d.id, d.key");
    query.bind_blob(id_or_number).bind(id_or_number);
    while (query.step()) keys.push_back(query.integer(0));
  }
  if (keys.empty()) return std::nullopt;
  if (keys.size() == 1) {
    std::string json = as_it_is_called(database, keys.front(), unpacked_json(database, keys.front()));
    if (!text) return json;
    Query query = database.query("SELECT body FROM document_texts WHERE document = ?");
    query.bind(keys.front());
    return with_text(std::move(json), query.step() ? query.text(0) : std::string());
  }
  std::string names;
  constexpr std::size_t kMostNames = 20;
  for (std::size_t i = 0; i < keys.size() && i < kMostNames; ++i) {
    Query query = database.query("SELECT id, date, subject FROM documents WHERE key = ?");
    query.bind(keys[i]);
    if (query.step()) names += "\n  " + query.text(0) + "  " + query.text(1) + "  " + query.text(2);
  }
  if (keys.size() > kMostNames) names += "\n  ... and " + std::to_string(keys.size() - kMostNames) + " more";
  throw SqlFailure{make_error(
      ErrorCode::kInvalidArgument,
      id_or_number + " means " + std::to_string(keys.size()) + " documents; name one by its id:" + names)};
}

StoreCounts read_counts(Connection& database) {
  StoreCounts counts;
  {
    Query query = database.query("SELECT status, count(*) FROM files GROUP BY status");
    while (query.step()) counts.files_by_status[query.text(0)] = static_cast<std::size_t>(query.integer(1));
  }
  counts.documents =
      static_cast<std::size_t>(database.integer("SELECT count(*) FROM documents WHERE active = 1"));
  const auto facts = [&](const std::string& table) {
    return static_cast<std::size_t>(database.integer(
        "SELECT count(*) FROM " + table + " x JOIN documents d ON d.key = x.document WHERE d.active = 1"));
  };
  counts.tasks = facts("tasks");
  counts.indicators = facts("indicators");
  counts.measurements = facts("measurements");
  counts.references = facts("document_references");
  return counts;
}

}  // namespace vanban::store

#include "vanban/models/models.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "vanban/base/utf8.h"

namespace vanban {
namespace {

std::vector<std::string> split_fields(std::string_view line) {
  std::vector<std::string> fields;
  std::size_t begin = 0;
  while (true) {
    const std::size_t tab = line.find('\t', begin);
    fields.emplace_back(line.substr(begin, tab == std::string_view::npos ? tab : tab - begin));
    if (tab == std::string_view::npos) return fields;
    begin = tab + 1;
  }
}

// FNV-1a: enough to tell one set of tables from another; no security rests on it.
void hash_into(std::uint64_t& hash, std::string_view bytes) {
  for (const char c : bytes) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 1099511628211ull;
  }
}

Result<ModelTable> read_table(const std::string& name, const std::string& file, const std::string& bytes) {
  ModelTable table;
  table.name = name;
  table.file = file;
  std::istringstream in(bytes);
  std::string line;
  int number = 0;
  while (std::getline(in, line)) {
    ++number;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    const std::string place = file + ":" + std::to_string(number);
    if (!is_valid_utf8(line)) return make_error(ErrorCode::kBadTable, place + ": not UTF-8");
    if (table.columns.empty()) {
      if (line.empty() || line[0] == '#') continue;
      table.columns = split_fields(line);
      continue;
    }
    if (line.empty()) continue;
    std::vector<std::string> fields = split_fields(line);
    if (fields.size() != table.columns.size()) {
      return make_error(ErrorCode::kBadTable, place + ": " + std::to_string(fields.size()) +
                                                  " fields where the head has " +
                                                  std::to_string(table.columns.size()));
    }
    table.rows.push_back(std::move(fields));
    table.lines.push_back(number);
  }
  if (table.columns.empty()) return make_error(ErrorCode::kBadTable, file + ": no line with column names");
  return table;
}

}  // namespace

Result<std::size_t> ModelTable::column(std::string_view wanted) const {
  const auto found = std::find(columns.begin(), columns.end(), wanted);
  if (found == columns.end())
    return make_error(ErrorCode::kBadTable, file + ": no column " + std::string(wanted));
  return static_cast<std::size_t>(found - columns.begin());
}

const std::string& ModelTable::at(std::size_t row, std::string_view column_name) const {
  static const std::string kNothing;
  const auto found = std::find(columns.begin(), columns.end(), column_name);
  if (found == columns.end() || row >= rows.size()) return kNothing;
  return rows[row][static_cast<std::size_t>(found - columns.begin())];
}

Result<Models> Models::load(const std::string& folder) {
  namespace fs = std::filesystem;
  std::error_code failed;
  if (!fs::is_directory(folder, failed)) {
    return make_error(ErrorCode::kNotFound, folder + ": no folder with models");
  }
  std::vector<fs::path> files;
  for (fs::recursive_directory_iterator it(folder, failed), end; !failed && it != end; it.increment(failed)) {
    if (it->is_regular_file(failed) && it->path().extension() == ".tsv") files.push_back(it->path());
  }
  if (failed) return make_error(ErrorCode::kIo, folder + ": " + failed.message());
  std::sort(files.begin(), files.end());

  Models models;
  models.folder_ = fs::absolute(folder, failed).string();
  std::uint64_t hash = 14695981039346656037ull;
  for (const fs::path& file : files) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    if (!in) return make_error(ErrorCode::kIo, file.string() + ": cannot be read");
    fs::path name = fs::relative(file, folder, failed);
    name.replace_extension();
    Result<ModelTable> table = read_table(name.generic_string(), file.string(), bytes.str());
    if (!table) return table.error();
    hash_into(hash, table->name);
    hash_into(hash, bytes.str());
    models.tables_.emplace(table->name, std::move(*table));
  }
  std::array<char, 17> hex{};
  std::snprintf(hex.data(), hex.size(), "%016llx", static_cast<unsigned long long>(hash));
  models.version_ = hex.data();
  return models;
}

Result<const ModelTable*> Models::table(std::string_view name) const {
  const auto found = tables_.find(name);
  if (found == tables_.end()) {
    return make_error(ErrorCode::kBadTable, folder_ + ": no table " + std::string(name) + ".tsv");
  }
  return &found->second;
}

std::vector<std::string> Models::table_names() const {
  std::vector<std::string> names;
  for (const auto& entry : tables_) names.push_back(entry.first);
  return names;
}

std::string Models::path(std::string_view relative) const { return folder_ + "/" + std::string(relative); }

}  // namespace vanban

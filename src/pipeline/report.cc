#include "pipeline/report.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "pipeline/files.h"

namespace vanban {
namespace {

using Json = nlohmann::ordered_json;

Json record_json(const FileRecord& record) {
  return {{"path", printable_path(record.path)},
          {"status", std::string(file_status_name(record.status))},
          {"reason", record.reason},
          {"message", record.message},
          {"bytes", record.bytes},
          {"pages", record.pages},
          {"seconds", record.seconds},
          {"sha256", record.sha256}};
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  return out;
}

// What a person can do about a reason, in Vietnamese and English.
std::string_view advice(std::string_view reason) {
  struct Row {
    std::string_view reason, text;
  };
  static constexpr Row kRows[] = {
      {"needs-password", "Cần mật khẩu: gỡ mật khẩu rồi nạp lại. / Remove the password and ingest again."},
      {"damaged", "Tệp hỏng: lấy bản khác từ nguồn. / Damaged: get another copy."},
      {"empty", "Tệp rỗng hoặc không có chữ. / Empty, or without a word."},
      {"unsupported", "Chưa đọc được loại tệp này. / A kind of file that is not read."},
      {"timeout", "Quá thời gian: thử lại với giới hạn lớn hơn. / Over the clock: try a larger limit."},
      {"memory-limit", "Quá bộ nhớ cho phép. / Over the memory limit."},
      {"parser-crash",
       "Bộ đọc dừng đột ngột vì tệp này; các tệp khác không ảnh hưởng. / The reader died of this file."},
      {"permission", "Không có quyền đọc. / No permission to read."},
      {"page-unreadable", "Có trang không đọc được. / Some pages could not be read."},
  };
  for (const Row& row : kRows) {
    if (row.reason == reason) return row.text;
  }
  return "";
}

std::string html_of(const IngestReport& report) {
  std::string out =
      "<!doctype html><html lang=\"vi\"><meta charset=\"utf-8\"><title>vanban: báo cáo nạp</title>"
      "<style>body{font:15px/1.5 sans-serif;margin:2em;max-width:72em}table{border-collapse:collapse}"
      "td,th{border:1px solid #bbb;padding:.25em .6em;text-align:left;vertical-align:top}</style>"
      "<h1>Báo cáo nạp văn bản</h1>";
  if (report.interrupted) out += "<p><b>Bị dừng giữa chừng; chạy lại để tiếp tục.</b></p>";
  out += "<table><tr><th>Trạng thái<th>Số tệp</tr>";
  for (const auto& [status, count] : report.by_status) {
    out += "<tr><td>" + escaped(status) + "<td>" + std::to_string(count) + "</tr>";
  }
  out += "<tr><th>Tổng<th>" + std::to_string(report.entries) + "</tr></table>";
  const auto rows = [&](const char* title, const std::vector<FileRecord>& records) {
    out += "<h2>" + std::string(title) + " (" + std::to_string(records.size()) +
           ")</h2><table><tr><th>Tệp<th>Trạng thái<th>Lý do<th>Chi tiết<th>Nên làm<th>Giây</tr>";
    for (const FileRecord& record : records) {
      char seconds[32];
      std::snprintf(seconds, sizeof seconds, "%.2f", record.seconds);
      out += "<tr><td>" + escaped(printable_path(record.path)) + "<td>" +
             escaped(file_status_name(record.status)) + "<td>" + escaped(record.reason) + "<td>" +
             escaped(record.message) + "<td>" + escaped(advice(record.reason)) + "<td>" + seconds + "</tr>";
    }
    out += "</table>";
  };
  rows("Tệp có vấn đề", report.problems);
  rows("Tệp chậm nhất", report.slowest);
  return out + "</html>\n";
}

Result<void> write_whole(const std::string& path, const std::string& bytes) {
  const std::string temporary = path + ".tmp";
  {
    std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
    out << bytes;
    out.flush();
    if (!out) {
      const int error = errno;
      return make_error(error == ENOSPC   ? ErrorCode::kDiskFull
                        : error == EACCES ? ErrorCode::kPermission
                                          : ErrorCode::kIo,
                        temporary + ": cannot be written: " + std::strerror(error));
    }
  }
  if (std::rename(temporary.c_str(), path.c_str()) != 0) {
    return make_error(ErrorCode::kIo, path + ": " + std::strerror(errno));
  }
  return {};
}

}  // namespace

ReportPaths report_paths_for(const std::string& store_path, const std::string& folder) {
  std::filesystem::path base(store_path);
  if (base.extension() == ".db") base.replace_extension();
  if (!folder.empty()) base = std::filesystem::path(folder) / base.filename();
  return {base.string() + ".report.json", base.string() + ".report.html"};
}

Result<void> write_report(const IngestReport& report, const ReportPaths& paths) {
  Json json = {{"entries", report.entries},     {"by_status", report.by_status},
               {"documents", report.documents}, {"pages", report.pages},
               {"seconds", report.seconds},     {"interrupted", report.interrupted}};
  json["problems"] = Json::array();
  for (const FileRecord& record : report.problems) json["problems"].push_back(record_json(record));
  json["slowest"] = Json::array();
  for (const FileRecord& record : report.slowest) json["slowest"].push_back(record_json(record));
  Result<void> written =
      write_whole(paths.json, json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
  if (!written) return written;
  return write_whole(paths.html, html_of(report));
}

}  // namespace vanban

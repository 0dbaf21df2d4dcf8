#include "pipeline/report.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "vanban/base/markup.h"
#include "vanban/base/shown_path.h"

namespace vanban {
namespace {

using Json = nlohmann::ordered_json;

// What a person can do about a reason, in Vietnamese and English.
struct Advice {
  std::string_view reason, vi, en;
};

const Advice* advice_for(std::string_view reason) {
  static constexpr Advice kRows[] = {
      {"needs-password", "Cần mật khẩu: ghi mật khẩu vào một tệp rồi nạp lại với --password-file.",
       "Needs a password: write it into a file and ingest again with --password-file."},
      {"damaged", "Tệp hỏng: lấy bản khác từ nguồn.", "Damaged: get another copy from its source."},
      {"empty", "Tệp rỗng: lấy bản khác từ nguồn.", "Nothing in it: get another copy from its source."},
      {"no-text", "Không có chữ nào đọc được: xem lại bản gốc, quét lại nếu mờ.",
       "No readable text: look at the original, scan it again if it is faint."},
      {"unsupported", "Chưa đọc được loại tệp này: đổi sang PDF hoặc DOCX.",
       "A kind of file that is not read: save it as PDF or DOCX."},
      {"timeout",
       "Quá thời gian: thử lại với giới hạn lớn hơn (tên giới hạn ở cột chi tiết), --retry rejected.",
       "Over its time: try a larger limit (the details name it) with --retry rejected."},
      {"limit-exceeded", "Vượt giới hạn: nếu tin tệp này, nâng giới hạn được nêu và --retry rejected.",
       "Over a limit: if you trust the file, raise the one that is named, with --retry rejected."},
      {"memory-limit", "Quá bộ nhớ cho phép: thử lại với --limit-worker-memory lớn hơn, --retry rejected.",
       "Over its memory: try a larger --limit-worker-memory with --retry rejected."},
      {"parser-crash",
       "Bộ đọc dừng đột ngột vì tệp này; các tệp khác không ảnh hưởng. Lấy bản khác hoặc in lại thành PDF.",
       "The reader died of this file, the others are not affected. Get another copy, or print it to PDF."},
      {"crashed",
       "Lỗi của chính chương trình: tệp này làm nó dừng đột ngột, các tệp khác vẫn được nạp. Lần nạp sau sẽ "
       "thử lại; xin gửi tệp cho người phát triển.",
       "A fault of the program: it crashed of this file and went on with the others. The next run tries "
       "again; please send the file to the developers."},
      {"permission", "Không có quyền đọc: cấp quyền rồi nạp lại.",
       "No permission: allow reading, then ingest again."},
      {"not-found", "Không thấy tệp: kiểm tra đường dẫn.", "Not there: check the path."},
      {"vanished", "Tệp biến mất trong khi nạp: nạp lại nếu còn cần.",
       "Gone during the run: ingest again if it is still wanted."},
      {"changing", "Tệp thay đổi trong khi đọc: nạp lại khi đã ghi xong.",
       "Changed while it was read: ingest again when it is written."},
      {"io", "Lỗi đọc đĩa: kiểm tra đĩa, rồi nạp lại.",
       "The disk could not be read: check it, then ingest again."},
      {"page-unreadable", "Có trang không đọc được: lấy bản khác, hoặc quét lại các trang đó.",
       "Some pages could not be read: get another copy, or scan those pages again."},
      {"page-not-recognised", "Có trang ảnh chưa nhận dạng chữ: nạp lại với --ocr auto --retry partial.",
       "Pages are pictures, and OCR was off: ingest again with --ocr auto --retry partial."},
      {"image-not-read", "Có hình chưa đọc được chữ: xem bản gốc.",
       "A picture beside the text was not read: look at the original."},
      {"page-limit", "Quá nhiều trang: nâng --limit-pages, --retry partial.",
       "Too many pages: raise --limit-pages, with --retry partial."},
      {"text-limit", "Quá nhiều chữ: nâng --limit-text-bytes, --retry partial.",
       "Too much text: raise --limit-text-bytes, with --retry partial."},
      {"symbolic-link", "Liên kết không được theo: nạp thẳng nơi nó trỏ tới.",
       "Links are not followed: ingest what it points to."},
      {"pages-lost", "Tệp bị cắt hoặc hỏng, mất trang: lấy bản khác từ nguồn.",
       "Cut or damaged, pages are lost: get another copy from its source."},
      {"xfa-only", "Biểu mẫu XFA chỉ Adobe Reader hiện được: mở bằng Adobe Reader rồi in ra PDF.",
       "A form that only Adobe Reader shows: open it there and print it to PDF."},
      {"portfolio", "Nội dung nằm trong các tệp đính kèm PDF: nạp lại với --attachments --retry partial.",
       "The content is in the files attached to the PDF: ingest again with --attachments --retry partial."},
      {"attachment-unread", "Không đọc được tệp đính kèm PDF: mở bản gốc.",
       "What is attached to the PDF could not be read: look at the original."},
      {"not-a-file", "Không phải tệp.", "No file."},
      {"members-unread", "Có tệp bên trong chưa đọc trọn: xem dòng của từng tệp đó.",
       "Some files inside were not read whole: see the line of each."},
      {"members-failed", "Có tệp bên trong gặp lỗi của máy: lần nạp sau sẽ thử lại.",
       "Some files inside failed by the machine's fault: the next run tries again."},
      {"removed-from-archive",
       "Tệp nén đã đổi và không còn tệp này; dữ kiện của tệp không còn được hiện. Nạp bản tệp nén cũ nếu còn "
       "cần.",
       "The archive changed and has this file no more; its facts are not shown any longer. Ingest a copy of "
       "the "
       "old archive if they are still wanted."},
  };
  for (const Advice& row : kRows) {
    if (row.reason == reason) return &row;
  }
  return nullptr;
}

std::string_view status_in_vietnamese(std::string_view status) {
  static constexpr std::pair<std::string_view, std::string_view> kWords[] = {
      {"ingested", "đã nạp"},     {"partial", "đọc được một phần"}, {"duplicate", "trùng nội dung"},
      {"rejected", "từ chối"},    {"failed", "lỗi, sẽ thử lại"},    {"skipped", "bỏ qua"},
      {"unchanged", "không đổi"}, {"not-reached", "chưa tới"},
  };
  for (const auto& [name, word] : kWords) {
    if (name == status) return word;
  }
  return status;
}

std::string seconds_text(double seconds) {
  char text[48];
  if (seconds < 100) {
    std::snprintf(text, sizeof text, "%.1f s", seconds);
  } else {
    const auto whole = static_cast<long>(seconds);
    std::snprintf(text, sizeof text, "%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60, whole % 60);
  }
  return text;
}

constexpr std::string_view kStyle =
    "body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:76rem;padding:0 1rem;color:#1b1b1b}"
    "h1{font-size:1.6rem}h2{font-size:1.15rem;margin:2rem 0 .5rem}p.lead{color:#555;margin:0 0 1rem}"
    "table{border-collapse:collapse;width:100%}th{text-align:left;font-weight:600;background:#f3f3f1}"
    "td,th{border-bottom:1px solid #ddd;padding:.35rem .7rem;vertical-align:top}"
    "td.n,th.n{text-align:right;white-space:nowrap;width:1%}td.f{overflow-wrap:anywhere;min-width:14rem}"
    "small{color:#666;display:block}.s{white-space:nowrap}.note{background:#fff3cd;padding:.6rem 1rem}"
    "@media(prefers-color-scheme:dark){body{background:#161616;color:#e6e6e6}th{background:#262626}"
    "td,th{border-color:#3a3a3a}small,p.lead{color:#a5a5a5}.note{background:#4a3d00}}";

// The message without the file's name before it, which stands in a column of its own.
std::string details_of(const FileRecord& record) {
  std::string message = shown_path(record.message);
  const std::string name = shown_path(record.path) + ": ";
  return message.starts_with(name) ? message.substr(name.size()) : message;
}

class Page {
 public:
  explicit Page(const IngestReport& report) : report_(report) {}
  std::string html();

 private:
  void counts();
  void reasons();
  void files(std::string_view title, std::string_view lead, const std::vector<FileRecord>& records);
  void doubtful();
  void head(std::string_view title, std::size_t count, std::string_view lead);

  const IngestReport& report_;
  std::string out_;
};

void Page::head(std::string_view title, std::size_t count, std::string_view lead) {
  out_ += "<h2>" + std::string(title) + " (" + std::to_string(count) + ")</h2>";
  if (!lead.empty()) out_ += "<p class=lead>" + std::string(lead) + "</p>";
}

void Page::counts() {
  out_ += "<table><tr><th>Trạng thái / Status<th class=n>Số tệp / Files</tr>";
  for (const auto& [status, count] : report_.by_status) {
    out_ += "<tr><td>" + markup_escaped(status_in_vietnamese(status)) + " <small>" + markup_escaped(status) +
            "</small><td class=n>" + std::to_string(count) + "</tr>";
  }
  out_ += "<tr><th>Tổng / All<th class=n>" + std::to_string(report_.entries) + "</tr></table>";
}

// How many files for which reason, and what to do about it.
void Page::reasons() {
  std::map<std::pair<std::string, std::string>, std::size_t> counts;
  for (const std::vector<FileRecord>* records : {&report_.problems, &report_.standing}) {
    for (const FileRecord& one : *records) ++counts[{std::string(file_status_name(one.status)), one.reason}];
  }
  if (counts.empty()) return;
  head("Nên làm gì / What to do", counts.size(), "");
  out_ += "<table><tr><th>Trạng thái<th>Lý do<th class=n>Số tệp<th>Nên làm</tr>";
  for (const auto& [what, count] : counts) {
    const Advice* advice = advice_for(what.second);
    out_ += "<tr><td class=s>" + markup_escaped(status_in_vietnamese(what.first)) + "<small>" +
            markup_escaped(what.first) + "</small><td class=s>" + markup_escaped(what.second) +
            "<td class=n>" + std::to_string(count) + "<td>";
    if (advice != nullptr) {
      out_ += markup_escaped(advice->vi) + "<small lang=en>" + markup_escaped(advice->en) + "</small>";
    }
    out_ += "</tr>";
  }
  out_ += "</table>";
}

void Page::files(std::string_view title, std::string_view lead, const std::vector<FileRecord>& records) {
  if (records.empty()) return;
  head(title, records.size(), lead);
  out_ += "<table><tr><th>Tệp / File<th>Trạng thái<th>Lý do<th>Chi tiết<th class=n>Thời gian</tr>";
  for (const FileRecord& record : records) {
    out_ += "<tr><td class=f>" + markup_escaped(shown_path(record.path)) + "<td class=s>" +
            markup_escaped(status_in_vietnamese(file_status_name(record.status))) + "<td class=s>" +
            markup_escaped(record.reason) + "<td class=f>" + markup_escaped(details_of(record)) +
            "<td class=n>" + seconds_text(record.seconds) + "</tr>";
  }
  out_ += "</table>";
}

void Page::doubtful() {
  if (report_.doubtful.empty()) return;
  head("Trang nhận dạng chữ không chắc / Pages that OCR doubts", report_.doubtful.size(),
       "Nên đối chiếu với bản gốc trước khi dùng số liệu. / Compare with the original before using figures.");
  out_ += "<table><tr><th>Tệp / File<th class=n>Trang<th>Chi tiết</tr>";
  for (const DoubtfulPage& one : report_.doubtful) {
    out_ += "<tr><td class=f>" + markup_escaped(shown_path(one.path)) + "<td class=n>" +
            std::to_string(one.page) + "<td>" + markup_escaped(one.message) + "</tr>";
  }
  out_ += "</table>";
}

std::string Page::html() {
  out_ =
      "<!doctype html><html lang=vi><meta charset=utf-8><meta name=viewport "
      "content=\"width=device-width\"><title>vanban: báo cáo nạp</title><style>" +
      std::string(kStyle) + "</style><h1>Báo cáo nạp văn bản</h1><p class=lead>" +
      std::to_string(report_.entries) + " tệp, " + std::to_string(report_.documents) + " văn bản, " +
      std::to_string(report_.pages) + " trang, " + seconds_text(report_.seconds);
  if (report_.recalled > 0) {
    out_ += "; " + std::to_string(report_.recalled) + " ảnh đã nhận dạng từ trước";
  }
  out_ += "</p>";
  if (report_.interrupted) {
    out_ +=
        "<p class=note>Bị dừng giữa chừng; chạy lại lệnh để tiếp tục. / Stopped on the way; run the command "
        "again to go on.</p>";
  }
  counts();
  reasons();
  files("Tệp có vấn đề / Files with a problem", "", report_.problems);
  files("Còn lại từ các lần nạp trước / Left from earlier runs",
        "Các tệp này không đổi nên không đọc lại. / They have not changed and were not read again.",
        report_.standing);
  doubtful();
  files("Tệp chậm nhất / Slowest files", "", report_.slowest);
  return out_ + "</html>\n";
}

Json record_json(const FileRecord& record) {
  return {{"path", shown_path(record.path)},
          {"status", std::string(file_status_name(record.status))},
          {"reason", record.reason},
          {"message", record.message},
          {"advice", advice_for(record.reason) == nullptr ? "" : std::string(advice_for(record.reason)->en)},
          {"bytes", record.bytes},
          {"pages", record.pages},
          {"seconds", record.seconds},
          {"sha256", record.sha256}};
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
  Json json = {{"entries", report.entries},
               {"by_status", report.by_status},
               {"members_by_status", report.members_by_status},
               {"documents", report.documents},
               {"pages", report.pages},
               {"seconds", report.seconds},
               {"interrupted", report.interrupted},
               {"ocr_recalled", report.recalled}};
  json["problems"] = Json::array();
  for (const FileRecord& record : report.problems) json["problems"].push_back(record_json(record));
  json["standing"] = Json::array();
  for (const FileRecord& record : report.standing) json["standing"].push_back(record_json(record));
  json["doubtful_pages"] = Json::array();
  for (const DoubtfulPage& one : report.doubtful) {
    json["doubtful_pages"].push_back(
        {{"path", shown_path(one.path)}, {"page", one.page}, {"message", one.message}});
  }
  json["slowest"] = Json::array();
  for (const FileRecord& record : report.slowest) json["slowest"].push_back(record_json(record));
  Result<void> written =
      write_whole(paths.json, json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
  if (!written) return written;
  return write_whole(paths.html, Page(report).html());
}

}  // namespace vanban

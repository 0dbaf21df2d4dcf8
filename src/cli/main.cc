// The command `vanban`: parses the request, calls the library, prints.

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <functional>

#include "cli/commands.h"
#include "cli/limits.h"
#include "cli/output.h"

namespace vanban::cli {
namespace {

// --lang has to be known before help texts are made.
bool wants_vietnamese(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--lang" && i + 1 < argc) return std::string_view(argv[i + 1]) == "vi";
    if (argument.rfind("--lang=", 0) == 0) return argument.substr(7) == "vi";
  }
  return locale_is_vietnamese();
}

class Program {
 public:
  Program(int argc, char** argv) : argc_(argc), argv_(argv) {
    context_.vietnamese = wants_vietnamese(argc, argv);
    context_.read.worker_program = find_worker();
    context_.models = find_models();
  }

  int run() {
    app_.description(
        say("vanban: văn bản hành chính thành dữ liệu: nhiệm vụ, chỉ tiêu, số liệu, viện dẫn.",
            "vanban: official Vietnamese documents as data: tasks, indicators, measurements, references."));
    app_.name("vanban");
    if (context_.vietnamese) speak_vietnamese();
    app_.require_subcommand(1);
    app_.set_version_flag("--version", VANBAN_VERSION);
    app_.add_option("--lang", language_, say("Ngôn ngữ: vi hoặc en", "Language: vi or en"))
        ->check(CLI::IsMember({"vi", "en"}));
    app_.add_option("--models", context_.models, say("Thư mục models/", "Folder models/"));
    app_.fallthrough();
    add_extract();
    add_ocr();
    add_ingest();
    add_search();
    add_list("tasks", FactKind::kTask, "Liệt kê nhiệm vụ", "Lists tasks",
             "vanban tasks --agency 'Bộ Y tế' --due-before 2026-12-31 --format csv\n  vanban tasks --format "
             "ics > thoi-han.ics",
             [this] {
               return context_.format == Format::kIcs ? run_calendar(context_, unlimited())
                                                      : run_list(context_, FactKind::kTask, filter_);
             });
    add_list(
        "indicators", FactKind::kIndicator, "Liệt kê chỉ tiêu", "Lists indicators",
        "vanban indicators --assigned-by 01/NQ-CP --format json\n  vanban indicators --series --format csv",
        [this] {
          return series_ ? run_series(context_, filter_) : run_list(context_, FactKind::kIndicator, filter_);
        })
        ->add_flag("--series", series_,
                   say("Gộp cùng một chỉ tiêu qua các văn bản và năm, kèm kết quả đạt được",
                       "One series for the same indicator over documents and years, with what was reached"));
    add_list("measurements", FactKind::kMeasurement, "Liệt kê số liệu thực hiện", "Lists measurements",
             "vanban measurements --agency 'Hà Nội'");
    add_list("refs", FactKind::kReference, "Liệt kê viện dẫn", "Lists references",
             "vanban refs --document 1250/VPCP-KSTT --format csv");
    add_show();
    add_graph();
    add_status();
    add_verify();
    add_backup();
    add_export();
    add_import();
    try {
      app_.parse(argc_, argv_);
    } catch (const CLI::Success& success) {
      return app_.exit(success);
    } catch (const CLI::ParseError& error) {
      std::fprintf(
          stderr, "vanban: %s\n%s\n", for_terminal(usage_message(error)).c_str(),
          say("Xem: vanban --help, hoặc vanban LỆNH --help", "See: vanban --help, or vanban COMMAND --help")
              .c_str());
      return kUsage;
    }
    return action_();
  }

 private:
  std::string say(std::string_view vi, std::string_view en) const {
    return std::string(context_.say(vi, en));
  }

  // The frame of the help texts; subcommands inherit it.
  void speak_vietnamese() {
    const auto formatter = app_.get_formatter();
    const struct {
      const char* en;
      const char* vi;
    } labels[] = {{"Usage", "Cách dùng"},      {"OPTIONS", "TÙY CHỌN"},   {"SUBCOMMAND", "LỆNH"},
                  {"SUBCOMMANDS", "LỆNH"},     {"Positionals", "Đối số"}, {"Options", "Tùy chọn"},
                  {"Subcommands", "Các lệnh"}, {"REQUIRED", "(bắt buộc)"}};
    for (const auto& label : labels) formatter->label(label.en, label.vi);
    app_.set_help_flag("-h,--help", "In hướng dẫn này rồi thoát");
  }

  // What was typed where a command should stand and is none; empty: a command was typed, or nothing.
  std::string unknown_command() const {
    if (!app_.get_subcommands().empty()) return {};
    for (int i = 1; i < argc_; ++i) {
      const std::string_view argument = argv_[i];
      if (argument == "--lang" || argument == "--models")
        ++i;
      else if (!argument.empty() && argument[0] != '-')
        return std::string(argument);
    }
    return {};
  }

  std::string usage_message(const CLI::ParseError& error) const {
    if (const std::string typed = unknown_command(); !typed.empty()) {
      std::string message =
          say("không có lệnh '", "no command '") + typed + say("'; các lệnh: ", "'; commands: ");
      bool first = true;
      for (const CLI::App* sub : app_.get_subcommands([](const CLI::App*) { return true; })) {
        message += (first ? "" : ", ") + sub->get_name();
        first = false;
      }
      return message;
    }
    std::string what = error.what();
    // CLI11: "--format: Check x value in {csv->3,json->1} OR {3,1} FAILED": the names alone say what can be
    // typed.
    const std::size_t check = what.find(": Check "), value_in = what.find(" value in {");
    if (check != std::string::npos && value_in != std::string::npos && value_in > check) {
      std::string names;
      for (std::size_t at = value_in + 11; at < what.size() && what[at - 1] != '}';) {
        const std::size_t end = std::min(what.find_first_of(",}", at), what.size());
        const std::string item = what.substr(at, end - at);
        names += (names.empty() ? "" : ", ") + item.substr(0, item.find("->"));
        at = end + 1;
      }
      what = what.substr(0, check) + ": '" + what.substr(check + 8, value_in - check - 8) +
             say("' không phải một trong: ", "' is none of: ") + names;
    }
    if (!context_.vietnamese) return what;
    const std::string name = error.get_name();
    const std::size_t colon = what.find(": ");
    const std::string rest = colon == std::string::npos ? what : what.substr(colon + 2);
    const std::string before = what.substr(0, colon);
    if (what.rfind("The following argument", 0) == 0) return "không hiểu: " + rest;
    if (name == "RequiredError") {
      const std::size_t is = what.find(" is required");
      if (what.rfind("A subcommand", 0) == 0) return "còn thiếu tên lệnh";
      return "còn thiếu " + what.substr(0, is);
    }
    if (name == "ValidationError" || name == "ConversionError")
      return "giá trị không dùng được: " + before + ": " + rest;
    if (name == "ArgumentMismatch") return "thiếu hoặc thừa giá trị: " + before;
    return "dùng sai: " + what;
  }

  CLI::App* command(const std::string& name, std::string_view vi, std::string_view en,
                    std::string_view example, std::function<int()> action) {
    CLI::App* sub = app_.add_subcommand(name, say(vi, en));
    sub->footer(say("Ví dụ:", "Example:") + "\n  " + std::string(example));
    sub->callback([this, action = std::move(action)] { action_ = action; });
    return sub;
  }

  void add_store(CLI::App* sub) {
    sub->add_option("--store", context_.store, say("Tệp kho dữ liệu", "The store"))->capture_default_str();
  }

  // A calendar has all deadlines unless --limit was typed.
  Filter unlimited() const {
    Filter all = filter_;
    if (app_.get_subcommand("tasks")->count("--limit") == 0) all.limit = static_cast<std::size_t>(-1);
    return all;
  }

  void add_format(CLI::App* sub, bool csv, bool ics = false) {
    std::map<std::string, Format> formats = {
        {"table", Format::kTable}, {"json", Format::kJson}, {"jsonl", Format::kJsonl}};
    std::string names = "table, json, jsonl";
    if (csv) formats.emplace("csv", Format::kCsv), names += ", csv";
    if (ics) formats.emplace("ics", Format::kIcs), names += ", ics";
    sub->add_option("--format", context_.format, say("Dạng in ra: ", "Printed as: ") + names)
        ->transform(CLI::CheckedTransformer(formats, CLI::ignore_case).description(""));
  }

  void add_reading(CLI::App* sub) {
    const std::map<std::string, OcrMode> modes = {
        {"auto", OcrMode::kAuto}, {"never", OcrMode::kNever}, {"always", OcrMode::kAlways}};
    sub->add_option("--ocr", context_.read.ocr,
                    say("Nhận dạng chữ: auto, never, always", "OCR: auto, never, always"))
        ->transform(CLI::CheckedTransformer(modes, CLI::ignore_case).description(""));
    sub->add_option("--ocr-languages", context_.read.ocr_languages,
                    say("Ngôn ngữ nhận dạng (Tesseract)", "OCR languages (Tesseract)"))
        ->capture_default_str();
    add_limits(sub);
    sub->add_option_function<std::string>(
        "--password-file", [this](const std::string& file) { read_passwords(file); },
        say("Tệp chứa mật khẩu của các tệp được mã hóa, mỗi dòng một mật khẩu",
            "File with the passwords of encrypted files, one a line"));
  }

  void add_attachments(CLI::App* sub) {
    sub->add_flag("--attachments", context_.read.attachments,
                  say("Đọc cả tệp đính kèm trong PDF (mặc định: chỉ nêu tên)",
                      "Read the files attached to a PDF too (default: only name them)"));
  }

  // One option a limit: `--limit-NAME`, as messages name it.
  void add_limits(CLI::App* sub) {
    for (const LimitField& field : limit_fields()) {
      std::visit(
          [&](auto member) {
            auto& value = context_.read.limits.*member;
            CLI::Option* option = sub->add_option("--limit-" + std::string(field.name), value,
                                                  std::string(limit_help(context_, field.name)));
            option->capture_default_str()->group(say("Giới hạn", "Limits"));
            if constexpr (std::is_same_v<decltype(member), std::uint64_t Limits::*>) {
              option->transform(CLI::AsSizeValue(false).description(""));
            } else {
              option->check(CLI::NonNegativeNumber.description(""));
            }
          },
          field.member);
    }
  }

  void read_passwords(const std::string& file) {
    constexpr std::size_t kMost = 1000;
    std::ifstream in(file);
    if (!in) throw CLI::ValidationError("--password-file", file + ": cannot be read");
    for (std::string line; std::getline(in, line) && context_.read.passwords.size() < kMost;) {
      if (!line.empty() && line.back() == '\r') line.pop_back();
      if (!line.empty()) context_.read.passwords.push_back(line);
    }
    if (context_.read.passwords.empty()) {
      throw CLI::ValidationError("--password-file", file + ": no password is in it");
    }
  }

  void add_filter(CLI::App* sub, bool kinds) {
    sub->add_option("--agency", filter_.agency,
                    say("Cơ quan: tên, viết tắt hoặc mã", "Agency: name, abbreviation or id"));
    sub->add_option("--agencies-as-of", context_.agencies_as_of,
                    say("Gộp cơ quan cũ vào cơ quan tiếp nhận tại ngày này (2025-03-01)",
                        "Roll old agencies up to their successors at this date (2025-03-01)"))
        ->check(date_check());
    sub->add_option("--from", filter_.from,
                    say("Văn bản từ ngày (2024-01-31)", "Documents from this date (2024-01-31)"))
        ->check(date_check());
    sub->add_option("--to", filter_.to, say("đến ngày", "to this date"))->check(date_check());
    sub->add_option("--due-before", filter_.due_before, say("Thời hạn đến ngày", "Deadline up to this day"))
        ->check(date_check());
    sub->add_option("--type", filter_.type,
                    say("Loại văn bản: dispatch, resolution, …", "Document type: dispatch, resolution, …"))
        ->check([](const std::string& type) {
          return document_type_from_name(type) ? std::string() : "no document type '" + type + "'";
        });
    sub->add_option("--assigned-by", filter_.assigned_by,
                    say("Văn bản giao: 01/NQ-CP", "Assigned in: 01/NQ-CP"));
    sub->add_option("--document", filter_.document, say("Chỉ trong văn bản này", "Only in this document"));
    sub->add_option("--limit", filter_.limit, say("Số dòng nhiều nhất", "Rows at most"))
        ->capture_default_str();
    sub->add_option("--offset", filter_.offset, say("Bỏ qua số dòng đầu", "Rows left out first"));
    if (!kinds) return;
    const std::map<std::string, FactKind> names = {{"document", FactKind::kDocument},
                                                   {"task", FactKind::kTask},
                                                   {"indicator", FactKind::kIndicator},
                                                   {"measurement", FactKind::kMeasurement},
                                                   {"reference", FactKind::kReference}};
    sub->add_option("--kind", filter_.kinds,
                    say("document, task, indicator, measurement, reference (lặp lại được)",
                        "document, task, indicator, measurement, reference (repeatable)"))
        ->transform(CLI::CheckedTransformer(names, CLI::ignore_case).description(""))
        ->allow_extra_args(false);
  }

  static std::function<std::string(const std::string&)> date_check() {
    return [](const std::string& date) {
      return partial_date_from_iso(date) ? std::string() : "'" + date + "': YYYY-MM-DD, YYYY-MM, YYYY";
    };
  }

  void add_extract() {
    CLI::App* sub =
        command("extract", "Đọc tệp và in JSON", "Reads files and prints JSON",
                "vanban extract --out ket-qua/ samples/*.pdf\n  cat cong-van.txt | vanban extract --pretty -",
                [this] { return run_extract(context_, extract_); });
    sub->add_option("FILE", extract_.files, say("Tệp; - là đầu vào chuẩn", "Files; - is standard input"))
        ->required();
    sub->add_option("--out", extract_.out,
                    say("Ghi mỗi tệp một NAME.json vào thư mục này",
                        "Write one NAME.json for each file into this folder"));
    sub->add_flag("--text", extract_.text, say("Thêm toàn văn đã chuẩn hóa", "Add the normalised text"));
    sub->add_flag("--pretty", extract_.pretty, say("JSON có thụt dòng", "Indented JSON"));
    sub->add_option("--dump", extract_.dump,
                    say("In kết quả giữa chừng: raw hoặc layout",
                        "Print what stands between the stages: raw or layout"))
        ->check(CLI::IsMember({"raw", "layout"}));
    add_reading(sub);
    add_attachments(sub);
  }

  void add_ocr() {
    CLI::App* sub = command(
        "ocr", "Làm PDF tìm được chữ; ghi ALTO, hOCR, văn bản thuần",
        "Makes a searchable PDF; writes ALTO, hOCR, plain text",
        "vanban ocr ban-quet.pdf tim-duoc.pdf\n  vanban ocr ban-quet.tif tim-duoc.pdf --alto ban-quet.xml\n"
        "  vanban ocr trang.png --text -",
        [this] { return run_ocr(context_, ocr_); });
    sub->add_option("IN", ocr_.in,
                    say("PDF, TIFF, PNG hoặc JPEG; không bao giờ bị thay đổi",
                        "PDF, TIFF, PNG or JPEG; never changed"))
        ->required();
    sub->add_option(
        "OUT.pdf", ocr_.out,
        say("PDF có lớp chữ ẩn; trang có lớp chữ tốt giữ nguyên; - là đầu ra chuẩn",
            "PDF with invisible text; pages with a good text layer are kept; - is standard output"));
    sub->add_option("--alto", ocr_.alto,
                    say("Ghi ALTO 4 XML vào tệp này", "Write ALTO 4 XML into this file"));
    sub->add_option("--hocr", ocr_.hocr, say("Ghi hOCR vào tệp này", "Write hOCR into this file"));
    sub->add_option("--text", ocr_.text,
                    say("Ghi văn bản thuần theo thứ tự đọc vào tệp này",
                        "Write plain text in reading order into this file"));
    add_reading(sub);
  }

  void add_ingest() {
    CLI::App* sub = command("ingest", "Nạp tệp và thư mục vào kho", "Reads files and folders into the store",
                            "vanban ingest /mnt/luu-tru --store luu-tru.db", [this] {
                              // What becomes of a text takes some twenty times its size here, beside the
                              // others.
                              constexpr std::uint64_t kMostText = 5ull << 20;
                              const CLI::App* given = app_.get_subcommand("ingest");
                              if (given->count("--limit-text-bytes") == 0) {
                                context_.read.limits.text_bytes = kMostText;
                              }
                              ingest_.argv = argv_;
                              return run_ingest(context_, ingest_);
                            });
    sub->add_option("PATH", ingest_.paths, say("Tệp hoặc thư mục", "Files or folders"))->required();
    sub->add_option("--jobs", ingest_.jobs,
                    say("Số tiến trình đọc (mặc định: số nhân)", "Reader processes (default: cores)"));
    sub->add_option("--report", ingest_.report, say("Thư mục ghi báo cáo", "Folder for the report"));
    sub->add_option(
           "--include", ingest_.include,
           say("Chỉ những tệp này: '*.pdf' (lặp lại được)", "Only these files: '*.pdf' (repeatable)"))
        ->allow_extra_args(false);
    sub->add_option("--exclude", ingest_.exclude, say("Trừ những tệp này: 'tmp/*'", "But not these: 'tmp/*'"))
        ->allow_extra_args(false);
    const std::map<std::string, FileStatus> retried = {{"rejected", FileStatus::kRejected},
                                                       {"partial", FileStatus::kPartial},
                                                       {"failed", FileStatus::kFailed},
                                                       {"skipped", FileStatus::kSkipped}};
    sub->add_option(
           "--retry", ingest_.retry,
           say("Đọc lại các tệp đã kết thúc như sau: rejected, partial, skipped (failed luôn được đọc lại)",
               "Read again what ended as: rejected, partial, skipped (failed always is)"))
        ->transform(CLI::CheckedTransformer(retried, CLI::ignore_case).description(""))
        ->allow_extra_args(false);
    sub->add_flag("--reprocess", ingest_.reprocess,
                  say("Làm lại những gì phiên bản khác của chương trình đã làm",
                      "Do again what another version of the program made"));
    sub->add_flag("--dry-run", ingest_.dry_run,
                  say("Chỉ xem sẽ làm gì, không ghi gì", "Only say what would be done"));
    sub->add_option("--watch", ingest_.watch,
                    say("Theo dõi thư mục: số giây giữa hai lần xem (mặc định 5)",
                        "Keep watching: seconds between two looks (5)"))
        ->expected(0, 1)
        ->default_str("5");
    sub->add_option("--ocr-cache", ingest_.ocr_cache_bytes,
                    say("Nhớ kết quả nhận dạng chữ cạnh kho, nhiều nhất chừng này byte (0: không nhớ)",
                        "Remember what OCR saw beside the store, up to so many bytes (0: do not)"))
        ->capture_default_str()
        ->transform(CLI::AsSizeValue(false).description(""));
    sub->add_option("--progress", ingest_.progress, "auto, none, json")
        ->check(CLI::IsMember({"auto", "none", "json"}));
    add_store(sub);
    add_reading(sub);
    add_attachments(sub);
  }

  void add_search() {
    CLI::App* sub =
        command("search", "Tìm trong văn bản, nhiệm vụ, chỉ tiêu, viện dẫn; có dấu hoặc không dấu",
                "Searches documents, tasks, indicators, references; with or without tone marks",
                "vanban search 'cai cach thu tuc' --kind task --agency VPCP\n  vanban search '\"đôn đốc\" "
                "TTHC' --facets",
                [this] { return run_search(context_, query_, filter_); });
    sub->add_option(
           "QUERY", query_,
           say("Lời tìm; trong ngoặc kép: đúng cụm từ, đúng dấu", "What to find; quoted: the exact phrase"))
        ->required();
    sub->add_flag("--facets", filter_.facets,
                  say("Đếm kết quả theo loại, năm, cơ quan ban hành, cơ quan chủ trì",
                      "Count the results by kind, type, year, issuer and lead"));
    add_filter(sub, true);
    add_store(sub);
    add_format(sub, true);
  }

  CLI::App* add_list(const std::string& name, FactKind kind, std::string_view vi, std::string_view en,
                     std::string_view example, std::function<int()> action = nullptr) {
    if (!action) action = [this, kind] { return run_list(context_, kind, filter_); };
    CLI::App* sub = command(name, vi, en, example, std::move(action));
    add_filter(sub, false);
    add_store(sub);
    add_format(sub, true, kind == FactKind::kTask);
    return sub;
  }

  void add_show() {
    CLI::App* sub = command("show", "Một văn bản: đầu đề, bố cục, dữ kiện, viện dẫn",
                            "One document: header, outline, facts, citations", "vanban show 221/VPCP-KSTT",
                            [this] { return run_show(context_, document_); });
    sub->add_option("DOCUMENT", document_, say("Mã, số hoặc đường dẫn", "Id, number or path"))->required();
    add_store(sub);
    add_format(sub, false);
  }

  void add_graph() {
    CLI::App* sub = command(
        "graph", "Đồ thị viện dẫn: ai dẫn ai, căn cứ, hiệu lực, xếp hạng, kiểm tra, xuất",
        "The citation graph: who cites whom, legal bases, validity, ranks, checks, exports",
        "vanban graph --top 5\n  vanban graph --cited-by 107/2021/NĐ-CP --depth 2\n  vanban graph --basis "
        "45/2018/QĐ-TTg\n"
        "  vanban graph --implements 01/NQ-CP\n  vanban graph --status 61/2018/NĐ-CP --as-of 2024-01-01\n"
        "  vanban graph --from 221/VPCP-KSTT --to 02/NQ-CP\n  vanban graph --check --format csv\n"
        "  vanban graph --export graphml > do-thi.graphml\n  vanban graph --export csv --out neo4j/\n"
        "  vanban graph --akn 221/VPCP-KSTT > 221.xml",
        [this] { return run_graph(context_, graph_); });
    sub->add_option("--cites", graph_.cites, say("Văn bản này dẫn những gì", "What this document cites"));
    sub->add_option("--cited-by", graph_.cited_by,
                    say("Những gì dẫn văn bản này", "What cites this document"));
    sub->add_option("--relation", graph_.relation,
                    "legal_basis, attached_to, amends, replaces, repeals, guides, implements, assigned_in, "
                    "answers, cites")
        ->check([](const std::string& name) {
          return relation_from_name(name) ? std::string() : "no relation '" + name + "'";
        });
    sub->add_option("--depth", graph_.depth, say("Số bước", "Steps"))->capture_default_str();
    sub->add_option("--basis", graph_.basis,
                    say("Chuỗi căn cứ của văn bản này, tới luật và Hiến pháp",
                        "Its legal bases, up to laws and the Constitution"));
    sub->add_option("--implements", graph_.implements,
                    say("Những gì hướng dẫn, triển khai văn bản này, và nhiệm vụ đã giao",
                        "What guides and implements it, with the tasks given"));
    sub->add_option(
        "--impact", graph_.impact,
        say("Những gì dựa vào văn bản này, nếu nó bị bãi bỏ", "What rests on it, should it be repealed"));
    sub->add_option("--status", graph_.status, say("Hiệu lực của văn bản này", "Whether it is in force"));
    sub->add_option("--as-of", graph_.as_of,
                    say("Tại ngày (mặc định: hôm nay)", "On this day (default: today)"))
        ->check(date_check());
    sub->add_option(
        "--from", graph_.from,
        say("Đường viện dẫn ngắn nhất: từ văn bản", "Shortest chain of citations: from this document"));
    sub->add_option("--to", graph_.to, say("Tới văn bản", "To this document"));
    sub->add_option("--top", graph_.top,
                    say("Số văn bản được dẫn nhiều nhất (PageRank)", "How many of the most cited (PageRank)"))
        ->capture_default_str();
    sub->add_flag("--hubs", graph_.hubs, say("Xếp hạng theo HITS", "Ranked by HITS"));
    sub->add_flag("--missing", graph_.missing,
                  say("Được dẫn nhiều nhất mà kho chưa có", "Cited most, but not held"));
    sub->add_flag("--cycles", graph_.cycles, say("Các vòng viện dẫn", "Circles of citations"));
    sub->add_flag("--communities", graph_.communities,
                  say("Các nhóm văn bản gắn với nhau", "Groups of documents that belong together"));
    sub->add_flag("--check", graph_.check,
                  say("Những điều không khớp: dẫn văn bản hết hiệu lực, căn cứ lạ, trùng số, lệch ngày, vòng",
                      "What does not fit: ended documents cited, unknown bases, shared numbers, dates that "
                      "differ, circles"));
    sub->add_option("--export", graph_.export_format, "dot, graphml, json, turtle (ELI), csv (Neo4j)")
        ->check(CLI::IsMember({"dot", "graphml", "json", "turtle", "csv"}));
    sub->add_option(
        "--akn", graph_.akn,
        say("Văn bản này dưới dạng Akoma Ntoso 3.0 (XML)", "This document as Akoma Ntoso 3.0 (XML)"));
    sub->add_option("--out", graph_.out,
                    say("Thư mục ghi CSV (mặc định vanban-graph)", "Folder for CSV (default vanban-graph)"));
    sub->add_flag("--provisions", graph_.provisions,
                  say("Xuất cả điều, khoản, điểm", "Export provisions (điều, khoản, điểm) too"));
    add_store(sub);
    add_format(sub, true);
  }

  void add_status() {
    CLI::App* sub =
        command("status", "Kho có gì, tệp nào lỗi và vì sao", "What the store holds, what failed and why",
                "vanban status --store luu-tru.db", [this] { return run_status(context_, all_files_); });
    sub->add_flag("--all", all_files_, say("Cả những tệp không có vấn đề", "Files without a problem too"));
    add_store(sub);
    add_format(sub, true);
  }

  void add_verify() {
    CLI::App* sub =
        command("verify", "Kiểm tra kho: dữ liệu, chỉ mục, và bản gốc có còn nguyên",
                "Checks the store: data, search index, and whether the originals are what they were",
                "vanban verify --store luu-tru.db", [this] { return run_verify(context_, !no_originals_); });
    sub->add_flag("--no-originals", no_originals_,
                  say("Không đọc lại bản gốc", "Do not read the originals again"));
    add_store(sub);
    add_format(sub, false);
  }

  void add_backup() {
    CLI::App* sub = command(
        "backup", "Sao lưu kho, kể cả khi đang nạp", "Copies the store, also while it is being loaded",
        "vanban backup sao-luu.db --store luu-tru.db", [this] { return run_backup(context_, file_); });
    sub->add_option("FILE", file_, say("Tệp mới", "A new file"))->required();
    add_store(sub);
  }

  void add_export() {
    CLI::App* sub =
        command("export", "Xuất mọi văn bản thành JSON, mỗi dòng một văn bản",
                "Writes every document as JSON, one a line", "vanban export --all > van-ban.jsonl",
                [this] { return run_export(context_, file_); });
    sub->add_flag("--all", all_files_, say("Mọi văn bản", "Every document"))->required();
    sub->add_option("--out", file_, say("Ghi vào tệp này", "Write into this file"));
    add_store(sub);
  }

  void add_import() {
    CLI::App* sub =
        command("import", "Nhận lại những gì export đã ghi", "Takes in what export wrote",
                "vanban import van-ban.jsonl --store moi.db", [this] { return run_import(context_, file_); });
    sub->add_option("FILE", file_, say("Tệp; - là đầu vào chuẩn", "A file; - is standard input"))->required();
    add_store(sub);
  }

  int argc_;
  char** argv_;
  CLI::App app_;
  Context context_;
  std::string language_, query_, document_, file_;
  Filter filter_;
  ExtractOptions extract_;
  OcrOptions ocr_;
  IngestCommandOptions ingest_;
  GraphOptions graph_;
  bool all_files_ = false, no_originals_ = false, series_ = false;
  std::function<int()> action_;
};

}  // namespace
}  // namespace vanban::cli

int main(int argc, char** argv) { return vanban::cli::Program(argc, argv).run(); }

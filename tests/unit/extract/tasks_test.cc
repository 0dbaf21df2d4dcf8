#include "extract/tasks.h"

#include <gtest/gtest.h>

#include <sstream>
#include <vector>

namespace vanban {
namespace {

struct Setting {
  Models models = *Models::load(VANBAN_SOURCE_DIR "/models");
  Agencies agencies = *Agencies::create(models);
  TaskFinder finder = *TaskFinder::create(models, agencies);
};
const Setting& setting() {
  static const Setting kSetting;
  return kSetting;
}

// One section a line: blanks for its depth, then "kind label|heading|paragraph|paragraph …".
Document document_of(DocumentType type, const std::string& lines) {
  Document document;
  document.header.type = type;
  document.header.issuer = {"Văn phòng Chính phủ", "van-phong-chinh-phu"};
  std::istringstream in(lines);
  std::vector<std::string> open;
  std::string line;
  while (std::getline(in, line)) {
    const std::size_t depth = line.find_first_not_of(' ');
    if (depth == std::string::npos) continue;
    line = line.substr(depth);
    open.resize(depth);
    Section section;
    section.id = "s" + std::to_string(document.sections.size() + 1);
    if (depth > 0) section.parent = open[depth - 1];
    open.push_back(section.id);
    std::vector<std::string> parts;
    std::istringstream fields(line);
    for (std::string field; std::getline(fields, field, '|');) parts.push_back(field);
    const std::size_t blank = parts[0].find(' ');
    const std::string kind = parts[0].substr(0, blank);
    if (blank != std::string::npos) section.label = parts[0].substr(blank + 1);
    for (const SectionKind one :
         {SectionKind::kSection, SectionKind::kArticle, SectionKind::kClause, SectionKind::kPoint,
          SectionKind::kDash, SectionKind::kRomanInline, SectionKind::kParagraph, SectionKind::kAppendix,
          SectionKind::kTable, SectionKind::kChapter}) {
      if (section_kind_name(one) == kind) section.kind = one;
    }
    const auto put = [&](const std::string& words) {
      const TextRange range{document.text.size(), document.text.size() + words.size()};
      document.text += words + "\n";
      return range;
    };
    section.where.begin = document.text.size();
    if (section.kind == SectionKind::kAppendix) put("PHỤ LỤC " + section.label);
    if (parts.size() > 1 && !parts[1].empty()) {
      section.heading = parts[1];
      section.heading_range = put(parts[1]);
    }
    for (std::size_t i = 2; i < parts.size(); ++i) section.paragraphs.push_back(put(parts[i]));
    section.where.end = document.text.size();
    document.sections.push_back(section);
  }
  return document;
}

std::string shown(const Document& document) {
  std::string out;
  for (const Task& task : document.tasks) {
    out += task.label + " [";
    for (const AgencyMention& one : task.lead) out += one.name + ";";
    out += "] [";
    for (const AgencyMention& one : task.coordinating) out += one.name + ";";
    out += "]";
    for (const Deadline& one : task.deadlines) out += " " + (one.rrule.empty() ? to_iso(one.due) : one.rrule);
    if (!task.state.empty()) out += " " + task.state;
    out += "\n";
  }
  return out;
}

TEST(Tasks, OfProse) {
  const struct {
    int line;
    DocumentType type;
    const char* input;
    const char* expected;
  } rows[] = {
      {__LINE__, DocumentType::kDispatch,
       "paragraph||Để bảo đảm triển khai hiệu quả, Văn phòng Chính phủ trân trọng đề nghị Quý Bộ, cơ quan, "
       "địa phương tập "
       "trung triển khai ngay một số nhiệm vụ sau:\n"
       "clause 1|Về tăng cường họp trực tuyến|Các bộ, cơ quan, địa phương đẩy mạnh họp trực tuyến; phối hợp "
       "với Văn phòng "
       "Chính phủ trong tổ chức kết nối.\n"
       "clause 3||Đẩy mạnh giải quyết thủ tục hành chính, cụ thể:\n"
       " point b||Bộ Tài chính chủ trì, phối hợp với Văn phòng Chính phủ, cơ quan liên quan tích hợp trong "
       "Quý I năm 2021.\n"
       "paragraph||Trân trọng cảm ơn sự phối hợp của các Bộ, cơ quan, địa phương./.\n",
       "1 [Các bộ, cơ quan, địa phương;] [Văn phòng Chính phủ;]\n"
       "3.b [Bộ Tài chính;] [Văn phòng Chính phủ;cơ quan liên quan;] 2021-03-31\n"},
      {__LINE__, DocumentType::kDispatch,
       "paragraph||Tại các Nghị quyết nêu trên, Chính phủ giao bộ, ngành, địa phương thực hiện các nhiệm vụ "
       "cải cách.\n"
       "paragraph||Thực hiện nhiệm vụ được giao, Văn phòng Chính phủ trân trọng đề nghị các đồng chí xây "
       "dựng Kế hoạch.\n"
       "paragraph||Văn phòng Chính phủ sẽ tăng cường phối hợp với các bộ, cơ quan, địa phương./.\n",
       " [] []\n"},
      {__LINE__, DocumentType::kResolution,
       "section I|QUAN ĐIỂM\n clause 1||Liên tục đổi mới, có tư duy đột phá.\n"
       "section II|MỘT SỐ NHIỆM VỤ, GIẢI PHÁP TRỌNG TÂM\n"
       " point e||Bộ Công an:\n"
       "  dash -||Chủ trì, phối hợp với Bộ Tư pháp, Bộ Y tế làm sạch dữ liệu. Thời gian hoàn thành trong "
       "tháng 6 năm 2023.\n"
       " point g||Rà soát, phê duyệt trước ngày 30 tháng 9 hằng năm.\n"
       "section III|TỔ CHỨC THỰC HIỆN\n"
       " clause 1||Các cơ quan thông tấn báo chí tích cực tuyên truyền.|Trong quá trình thực hiện, nếu có "
       "vướng mắc, báo cáo.\n",
       "II.e.- [Bộ Công an;] [Bộ Tư pháp;Bộ Y tế;] 2023-06-30\n"
       "II.g [] [] FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=29\n"
       "III.1 [Các cơ quan thông tấn báo chí;] []\n"},
      {__LINE__, DocumentType::kResolution,
       "article 1|\n clause 2||Giao Bộ Văn hóa, Thể thao và Du lịch:\n"
       "  point a||Chủ trì, phối hợp với các cơ quan liên quan thực hiện các thủ tục bàn giao.\n"
       "article 2||Nghị quyết này có hiệu lực thi hành kể từ ngày ký ban hành.\n"
       "article 3||Các Bộ trưởng, Thủ trưởng cơ quan ngang bộ chịu trách nhiệm thi hành Nghị quyết này.\n",
       "Điều 1.2.a [Bộ Văn hóa, Thể thao và Du lịch;] [các cơ quan liên quan;]\n"},
      {__LINE__, DocumentType::kReport,
       "section I|KẾT QUẢ ĐẠT ĐƯỢC\n dash -||Bộ Nội vụ phối hợp với các bộ, ngành tổ chức tập huấn.\n"
       "section IV|PHƯƠNG HƯỚNG, NHIỆM VỤ QUÝ II/2024\n clause 1||Các bộ, ngành, địa phương tiếp tục quán "
       "triệt.\n",
       "IV.1 [Các bộ, ngành, địa phương;] []\n"},
      {__LINE__, DocumentType::kPlan,
       "section I|MỤC ĐÍCH, YÊU CẦU\n clause 1||Nâng cao nhận thức của cán bộ.\n"
       "section II|TỔ CHỨC THỰC HIỆN\n clause 1|Phòng Nghiệp vụ Y\n  dash -||Tổng hợp, báo cáo trước ngày 20 "
       "hằng tháng.\n",
       "II.1.- [Phòng Nghiệp vụ Y;] [] FREQ=MONTHLY;BYMONTHDAY=19\n"},
      {__LINE__, DocumentType::kDispatch,
       "appendix I|NHIỆM VỤ BỘ, NGÀNH, ĐỊA PHƯƠNG ĐƯỢC GIAO\n clause 1|Nhiệm vụ giao tại Nghị quyết\n"
       "  dash -||Tập trung rà soát, cắt giảm thủ tục.\n"
       "appendix II|CHỈ TIÊU CỤ THỂ BỘ, NGÀNH, ĐỊA PHƯƠNG ĐƯỢC GIAO\n clause 1||Tỷ lệ hồ sơ trực tuyến đạt "
       "80%.\n",
       "PL I.1.- [Bộ, ngành, địa phương;] []\n"},
      // none
      {__LINE__, DocumentType::kLaw,
       "article 5|Trách nhiệm của Bộ Y tế\n clause 1||Bộ Y tế chủ trì, phối hợp với Bộ Công an.\n", ""},
      {__LINE__, DocumentType::kDecision,
       "appendix |ĐIỀU LỆ TỔ CHỨC VÀ HOẠT ĐỘNG\n article 5|Nhiệm vụ\n  clause 1||Sử dụng nguồn tài chính của "
       "Quỹ.\n",
       ""},
      {__LINE__, DocumentType::kDecision, "article 1||Ban hành kèm theo Quyết định này Kế hoạch hành động.\n",
       ""},
      {__LINE__, DocumentType::kDispatch, "clause 1||Theo quy định tại Điều 5, thời hạn là 30 ngày.\n", ""},
      {__LINE__, DocumentType::kDispatch,
       "paragraph||Xét đề nghị của Bộ Y tế tại văn bản nêu trên, Văn phòng Chính phủ thông báo để Bộ Y tế "
       "biết, thực hiện./.\n",
       ""},
      {__LINE__, DocumentType::kReport, "", ""},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.line);
    Document document = document_of(row.type, row.input);
    setting().finder.find(document);
    EXPECT_EQ(shown(document), row.expected);
    const std::vector<Task> first = document.tasks;
    setting().finder.find(document);
    EXPECT_EQ(document.tasks.size(), first.size()) << "finding twice gives the same";
  }
}

Document with_table(const std::vector<std::vector<std::string>>& rows, const std::string& head) {
  Document document = document_of(DocumentType::kPlan, "appendix I|" + head + "\n table |\n");
  Table table;
  const auto put = [&](const std::vector<std::string>& cells) {
    TableRow row;
    int column = 0;
    for (const std::string& words : cells) {
      TableCell cell;
      cell.column = column;
      cell.colspan = cells.size() == 1 ? static_cast<int>(rows[0].size()) : 1;
      cell.text = words;
      cell.where = {document.text.size(), document.text.size() + words.size()};
      document.text += words + "\n";
      column += cell.colspan;
      row.push_back(std::move(cell));
    }
    return row;
  };
  table.columns = static_cast<int>(rows[0].size());
  table.header.push_back(put(rows[0]));
  for (std::size_t i = 1; i < rows.size(); ++i) table.rows.push_back(put(rows[i]));
  document.tables.push_back(table);
  document.sections.back().table = 0;
  return document;
}

TEST(Tasks, OfTables) {
  Document document =
      with_table({{"STT", "Tên nhiệm vụ cụ thể", "Cơ quan chủ trì", "Cơ quan phối hợp", "Kết quả",
                   "Thời gian hoàn thành"},
                  {"I. Đổi mới tư duy"},
                  {"1.", "Tăng cường lãnh đạo", "Các bộ ở Trung ương, Ủy ban nhân dân cấp tỉnh ở địa phương",
                   "Các cơ quan, tổ chức, đơn vị khác có liên quan.", "Văn bản", "Thường xuyên"},
                  {"2.", "Xây dựng Đề án", "Bộ Tài chính", "Bộ Y tế, cơ quan, đơn vị liên quan", "Quyết định",
                   "Quý I/2027"},
                  {"3.", "Trình Nghị định", "-nt-", "", "Nghị định", "Đã hoàn thành"},
                  {"II", "Hoàn thiện thể chế", "", "", "", ""},
                  {"4.", "Bố trí ngân sách", "Ủy ban nhân dân cấp tỉnh trình Hội đồng nhân dân cùng cấp", "",
                   "", "Hằng năm"}},
                 "DANH MỤC NHIỆM VỤ");
  setting().finder.find(document);
  EXPECT_EQ(shown(document),
            "PL I.I.1 [Các bộ ở Trung ương;Ủy ban nhân dân cấp tỉnh ở địa phương;] "
            "[Các cơ quan, tổ chức, đơn vị khác có liên quan;]\n"
            "PL I.I.2 [Bộ Tài chính;] [Bộ Y tế;cơ quan, đơn vị liên quan;] 2027-03-31\n"
            "PL I.I.3 [Bộ Tài chính;] [] done\n"
            "PL I.II.4 [Ủy ban nhân dân cấp tỉnh;] [] FREQ=YEARLY\n");
}

TEST(Tasks, TablesOfIndicatorsAndOfFiguresAreNone) {
  const std::vector<std::vector<std::vector<std::string>>> tables = {
      {{"STT", "Chỉ tiêu", "Đơn vị", "Chỉ tiêu năm 2024", "Cơ quan chủ trì thực hiện",
        "Cơ quan chủ trì đánh giá"},
       {"1.", "Tỷ lệ dự thảo được tham vấn", "%", "100", "Bộ, ngành", "VPCP"}},
      {{"TT", "Nội dung", "Kế hoạch năm 2017", "Thực hiện 10 tháng"}, {"1", "Khám sức khỏe", "100", "80"}},
      {{"TT", "Họ và tên", "Chức vụ"}, {"1", "Nguyễn Văn A", "Tổ trưởng"}},
  };
  for (std::size_t i = 0; i < tables.size(); ++i) {
    SCOPED_TRACE(i);
    Document document = with_table(tables[i], "PHỤ LỤC KÈM THEO");
    setting().finder.find(document);
    EXPECT_EQ(shown(document), "");
  }
}

// 100,000 units under one long lead-in: every heading is read once.
TEST(Tasks, ManyUnitsCostNoMoreThanTheirText) {
  std::string lines = "section II|NHIỆM VỤ|";
  for (int i = 0; i < 2000; ++i) lines += "các bộ, cơ quan ngang bộ, Bộ Y tế, ";
  lines += "\n";
  for (int i = 0; i < 20000; ++i) lines += " clause 1||Rà soát, hoàn thiện.\n";
  Document document = document_of(DocumentType::kPlan, lines);
  setting().finder.find(document);
  EXPECT_EQ(document.tasks.size(), 20000u);
}

// What stands behind "+" below a dash that hands it in or comprises it belongs to the dash; jobs behind "+"
// are tasks. A heading on a line of its own is none of the text.
TEST(Tasks, WhatBelongsToTheText) {
  const struct {
    int line;
    const char* input;
    std::vector<std::string> expected;
  } rows[] = {
      {__LINE__,
       "section III|Tổ chức thực hiện\n"
       " clause 1||Sở Y tế:\n"
       "  dash -||Kết hợp Bảo hiểm xã hội tỉnh xây dựng kế hoạch đấu thầu trình phê duyệt gồm:\n"
       "   dash +||Danh mục thuốc tập trung.\n"
       "   dash +||Danh mục thuốc cơ sở.\n"
       "  dash -||Gửi những tài liệu kèm theo sau đây về Sở Y tế đúng thời gian đã quy định:\n"
       "   dash +||Báo cáo tóm tắt kết quả.\n",
       {"Kết hợp Bảo hiểm xã hội tỉnh xây dựng kế hoạch đấu thầu trình phê duyệt gồm:\nDanh mục thuốc tập "
        "trung.\n"
        "Danh mục thuốc cơ sở.",
        "Gửi những tài liệu kèm theo sau đây về Sở Y tế đúng thời gian đã quy định:\nBáo cáo tóm tắt kết "
        "quả."}},
      {__LINE__,
       "section III|Tổ chức thực hiện\n"
       " dash -||Sở Y tế thực hiện các nhiệm vụ gồm:\n"
       "  dash +||Xây dựng kế hoạch kiểm tra.\n"
       "  dash +||Tổng hợp kết quả.\n",
       {"Xây dựng kế hoạch kiểm tra.", "Tổng hợp kết quả."}},
      {__LINE__,
       "section II|Nhiệm vụ\n"
       " clause 1||Ban hành quyết định thành lập Hội đồng năm 2017:|Tham mưu Giám đốc Sở ban hành quyết "
       "định.\n"
       " clause 2||Giao Sở Tài chính thực hiện các việc sau:|Rà soát định mức.\n",
       {"Tham mưu Giám đốc Sở ban hành quyết định.",
        "Giao Sở Tài chính thực hiện các việc sau:\nRà soát định mức."}},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.line);
    Document document = document_of(DocumentType::kPlan, row.input);
    setting().finder.find(document);
    std::vector<std::string> texts;
    for (const Task& task : document.tasks) texts.push_back(task.text);
    EXPECT_EQ(texts, row.expected);
  }
}

// "Chức năng, nhiệm vụ của Đoàn kiểm tra …" gives a team a job; a council's functions are standing ones.
TEST(Tasks, TheJobOfATeam) {
  const auto tasks = [](const std::string& article) {
    Document document =
        document_of(DocumentType::kDecision, "article 1||Thành lập Đoàn kiểm tra.\narticle 2||" + article +
                                                 "\n dash -||Tổ chức kiểm tra các bệnh viện;\n");
    setting().finder.find(document);
    return shown(document);
  };
  EXPECT_EQ(tasks("Chức năng, nhiệm vụ của Đoàn kiểm tra, đánh giá như sau:"),
            "Điều 2.- [Đoàn kiểm tra, đánh giá;] []\n");
  EXPECT_EQ(tasks("Chức năng, nhiệm vụ, quyền hạn của Đoàn kiểm tra:"), "");
  EXPECT_EQ(tasks("Chức năng, nhiệm vụ của Hội đồng thẩm định:"), "");
}

}  // namespace
}  // namespace vanban

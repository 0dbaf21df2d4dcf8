// Hand-made documents for the tests of the store.

#ifndef VANBAN_TESTS_UNIT_STORE_MADE_DOCUMENTS_H_
#define VANBAN_TESTS_UNIT_STORE_MADE_DOCUMENTS_H_

#include <unistd.h>

#include <filesystem>
#include <string>

#include "vanban/store/store.h"

namespace vanban::testing {

// A folder of its own, gone at the end.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "vanban-store-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

inline std::string sha_of(char fill) { return std::string(64, fill); }

inline FileRecord made_file(const std::string& path, const std::string& sha256) {
  FileRecord file;
  file.path = path;
  file.sha256 = sha256;
  file.bytes = 1000;
  file.status = FileStatus::kIngested;
  file.extractor = "vanban 0.1.0";
  return file;
}

inline Provenance place_of(const std::string& text, const std::string& part, int page = 1) {
  Provenance from;
  const std::size_t at = text.find(part);
  if (at != std::string::npos) from.where = {at, at + part.size()};
  from.page = page;
  from.section = "s2";
  return from;
}

// Nghị định 15/2020/NĐ-CP: a short decree without facts but one reference.
inline DocumentRecord made_decree() {
  DocumentRecord record;
  Document& d = record.document;
  d.source.sha256 = sha_of('a');
  d.source.path = "15-2020.txt";
  d.header.id = "/vn/chinh-phu/decree/2020/15-nd-cp";
  d.header.type = DocumentType::kDecree;
  d.header.number = {"15/2020/NĐ-CP", "15", 2020, "NĐ-CP"};
  d.header.issuer = {"Chính phủ", "chinh-phu"};
  d.header.date = {2020, 2, 3};
  d.header.subject = "Quy định xử phạt vi phạm hành chính trong lĩnh vực bưu chính, viễn thông";
  d.text =
      "CHÍNH PHỦ\nSố: 15/2020/NĐ-CP\nNGHỊ ĐỊNH\nQuy định xử phạt vi phạm hành chính trong lĩnh vực bưu "
      "chính, viễn "
      "thông\nĐiều 1. Phạm vi điều chỉnh\nCăn cứ Luật Viễn thông ngày 23 tháng 11 năm 2009;";
  Section article;
  article.id = "s1";
  article.kind = SectionKind::kArticle;
  article.label = "1";
  article.heading = "Phạm vi điều chỉnh";
  article.where = {d.text.find("Điều 1"), d.text.size()};
  article.page = 1;
  d.sections.push_back(article);
  Reference law;
  law.id = "r1";
  law.text = "Luật Viễn thông ngày 23 tháng 11 năm 2009";
  law.type = DocumentType::kLaw;
  law.title = "Luật Viễn thông";
  law.date = {2009, 11, 23};
  law.relation = Relation::kLegalBasis;
  law.target = "/vn/quoc-hoi/law/2009/luat-vien-thong";
  law.resolution = ResolutionState::kResolved;
  law.from = place_of(d.text, law.text);
  d.references.push_back(law);
  record.graph.self = {d.header.id, d.header.type, d.header.number.text, d.header.date, d.header.subject,
                       "chinh-phu", true};
  record.graph.nodes.push_back({law.target, DocumentType::kLaw, "", law.date, law.title, "quoc-hoi", false});
  record.graph.edges.push_back({d.header.id, law.target, Relation::kLegalBasis, Modality::kEnacted, {}, 1});
  return record;
}

// Công văn 221/VPCP-KSTT: tasks, an indicator, a measurement, a reference without a year.
inline DocumentRecord made_dispatch() {
  DocumentRecord record;
  Document& d = record.document;
  d.source.sha256 = sha_of('b');
  d.source.path = "221.pdf";
  d.source.pages = 2;
  d.source.text_origin = TextOrigin::kTextLayer;
  d.header.id = "/vn/van-phong-chinh-phu/dispatch/2024/221-vpcp-kstt";
  d.header.type = DocumentType::kDispatch;
  d.header.number = {"221/VPCP-KSTT", "221", 0, "VPCP-KSTT"};
  d.header.issuer = {"Văn phòng Chính phủ", "van-phong-chinh-phu"};
  d.header.date = {2024, 1, 10};
  d.header.subject = "cải cách thủ tục hành chính năm 2024";
  d.text =
      "VĂN PHÒNG CHÍNH PHỦ\nSố: 221/VPCP-KSTT\nV/v cải cách thủ tục hành chính năm 2024\n"
      "II. Nhiệm vụ\n1. Bộ Tài chính chủ trì, phối hợp với Bộ Khoa học và Công nghệ đôn đốc thực hiện Nghị "
      "quyết số "
      "01/NQ-CP trước ngày 30/9/2024.\n2. Các bộ bán đấu giá tài sản công.\nTỷ lệ hồ sơ trực tuyến đạt tối "
      "thiểu 80%.\n"
      "Đã xử lý 45/81 văn bản, đạt tỷ lệ 55,56%.";
  Section part;
  part.id = "s1";
  part.kind = SectionKind::kSection;
  part.label = "II";
  part.heading = "Nhiệm vụ";
  part.where = {d.text.find("II. "), d.text.size()};
  part.page = 1;
  Section clause;
  clause.id = "s2";
  clause.parent = "s1";
  clause.kind = SectionKind::kClause;
  clause.label = "1";
  clause.where = {d.text.find("1. Bộ"), d.text.find("2. Các")};
  clause.page = 2;
  d.sections = {part, clause};

  Task urge;
  urge.id = "k1";
  urge.label = "II.1";
  urge.text =
      "Bộ Tài chính chủ trì, phối hợp với Bộ Khoa học và Công nghệ đôn đốc thực hiện Nghị quyết số 01/NQ-CP "
      "trước "
      "ngày 30/9/2024.";
  urge.lead = {{"Bộ Tài chính", "bo-tai-chinh"}};
  urge.coordinating = {{"Bộ Khoa học và Công nghệ", "bo-khoa-hoc-va-cong-nghe"}};
  urge.assigned_by = {{"01/NQ-CP", {2024, 1, 5}, "/vn/chinh-phu/resolution/2024/01-nq-cp"}};
  Deadline deadline;
  deadline.text = "trước ngày 30/9/2024";
  deadline.due = {2024, 9, 29};
  urge.deadlines = {deadline};
  urge.from = place_of(d.text, urge.text, 2);
  Task sell;
  sell.id = "k2";
  sell.label = "II.2";
  sell.text = "Các bộ bán đấu giá tài sản công.";
  sell.lead = {{"các bộ", "group:bo"}};
  sell.from = place_of(d.text, sell.text, 2);
  d.tasks = {urge, sell};

  Indicator online;
  online.id = "i1";
  online.name = "Tỷ lệ hồ sơ trực tuyến";
  online.unit = "%";
  online.comparator = Comparator::kAtLeast;
  online.value = 80;
  online.value_text = "tối thiểu 80%";
  online.period = "2024";
  online.lead = {{"Bộ Tài chính", "bo-tai-chinh"}};
  online.from = place_of(d.text, "Tỷ lệ hồ sơ trực tuyến", 2);
  d.indicators = {online};

  Measurement handled;
  handled.id = "m1";
  handled.name = "văn bản đã xử lý";
  handled.value = 55.56;
  handled.unit = "%";
  handled.numerator = 45;
  handled.denominator = 81;
  handled.value_text = "45/81 văn bản, đạt tỷ lệ 55,56%";
  handled.from = place_of(d.text, handled.value_text, 2);
  d.measurements = {handled};

  Reference resolution;
  resolution.id = "r1";
  resolution.text = "Nghị quyết số 01/NQ-CP";
  resolution.type = DocumentType::kResolution;
  resolution.number = "01/NQ-CP";
  resolution.relation = Relation::kAssignedIn;
  resolution.pinpoint.section = "I";
  resolution.pinpoint.clause = "15";
  resolution.resolution = ResolutionState::kUnresolved;
  resolution.resolution_reason = "no year";
  resolution.from = place_of(d.text, resolution.text, 2);
  d.references = {resolution};
  record.graph.self = {d.header.id,   d.header.type,    d.header.number.text,
                       d.header.date, d.header.subject, "van-phong-chinh-phu",
                       true};
  return record;
}

}  // namespace vanban::testing

#endif  // VANBAN_TESTS_UNIT_STORE_MADE_DOCUMENTS_H_

// Several documents in one file: where the next one begins, and what stays with the one before.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/shipped.h"
#include "unit/parse/dump.h"
#include "vanban/parse/parser.h"

namespace vanban {
namespace {

// Pages from 1 on, each as laid_out_from has it.
LaidOutText pages(const std::vector<std::string>& pages) {
  std::string all;
  std::vector<int> numbers;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    all += pages[i];
    numbers.insert(numbers.end(), testing::laid_out_from(pages[i]).blocks.size(), static_cast<int>(i) + 1);
  }
  LaidOutText text = testing::laid_out_from(all);
  testing::require(text.blocks.size() == numbers.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) text.blocks[i].page = numbers[i];
  return text;
}

const std::string kDecision =
    "ỦY BAN NHÂN DÂN TỈNH PHÚ THỌ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    "Số: 12/QĐ-UBND\nPhú Thọ, ngày 10 tháng 01 năm 2024\n<c> QUYẾT ĐỊNH\n<c> Về việc ban hành Quy chế làm "
    "việc\n"
    "Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc.\n";
const std::string kSigned =
    "Nơi nhận:\n- Như Điều 3;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nBùi Văn Quang\n";
const std::string kLetter =
    "ỦY BAN NHÂN DÂN TỈNH PHÚ THỌ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    "Số: 345/UBND-NC\nV/v thực hiện Quy chế làm việc\nPhú Thọ, ngày 15 tháng 01 năm 2024\n"
    "Kính gửi: Các sở, ban, ngành.\nĐề nghị các đơn vị thực hiện./.\n";

TEST(DocumentStarts, AnotherHeadBehindASignature) {
  struct Case {
    int line;
    std::vector<std::string> pages;
    std::vector<int> starts;
  };
  const std::string more = "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.\n";
  const auto without = [](std::string text, const std::string& part) {
    const std::size_t at = text.find(part);
    testing::require(at != std::string::npos);
    return text.erase(at, part.size());
  };
  const std::string attached =
      "ỦY BAN NHÂN DÂN TỈNH PHÚ THỌ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n<c> "
      "QUY CHẾ\n"
      "<c> Làm việc\n(Ban hành kèm theo Quyết định số 12/QĐ-UBND ngày 10 tháng 01 năm 2024 của Ủy ban nhân "
      "dân tỉnh)\n"
      "Điều 1. Phạm vi điều chỉnh\n";
  const std::string plan =
      "ỦY BAN NHÂN DÂN TỈNH PHÚ THỌ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
      "Số: 7/KH-UBND\nPhú Thọ, ngày 10 tháng 01 năm 2024\n<c> KẾ HOẠCH\n<c> Triển khai Quy chế\n"
      "(Kèm theo Quyết định số 12/QĐ-UBND ngày 10 tháng 01 năm 2024)\n1. Mục đích\n";
  const std::string form =
      "TÊN CƠ QUAN\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: ……/BC-……\n"
      "……, ngày … tháng … năm …\n<c> BÁO CÁO\n<c> Kết quả thực hiện\n";
  const std::string appendix =
      "Phụ lục\n<c> DANH MỤC NHIỆM VỤ\n(Kèm theo Công văn số 345/UBND-NC)\n1. Rà soát\n";
  const Case cases[] = {
      {__LINE__, {kDecision + kSigned, kLetter + kSigned}, {2}},
      {__LINE__, {kDecision, more + kSigned, kLetter, kSigned}, {3}},
      {__LINE__, {kDecision + kSigned, kLetter + kSigned, appendix, kDecision + kSigned}, {2, 4}},
      // One document.
      {__LINE__, {kDecision + kSigned}, {}},
      {__LINE__, {kDecision, more + kSigned}, {}},
      {__LINE__, {kDecision + kSigned, attached}, {}},
      {__LINE__, {kDecision + kSigned, plan}, {}},
      {__LINE__, {kLetter + kSigned, form}, {}},
      {__LINE__, {kLetter + kSigned, appendix}, {}},
      {__LINE__, {kDecision, kLetter + kSigned}, {}},              // nothing ended before it
      {__LINE__, {kDecision + kSigned, kDecision + kSigned}, {}},  // a copy of itself
      {__LINE__,
       {kDecision + kSigned,
        without(kLetter, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n")},
       {}},
      {__LINE__, {kDecision + kSigned, without(kLetter, "Phú Thọ, ngày 15 tháng 01 năm 2024\n")}, {}},
      {__LINE__, {kDecision + kSigned, without(kLetter, "Số: 345/UBND-NC\n")}, {}},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    std::vector<int> starts;
    for (const DocumentStart& start : testing::kit().parser->starts_inside(pages(one.pages))) {
      starts.push_back(start.page);
      EXPECT_NE(start.reason.find("heading with number"), std::string::npos);
    }
    EXPECT_EQ(starts, one.starts);
  }
}

}  // namespace
}  // namespace vanban

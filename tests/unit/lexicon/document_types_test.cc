#include "vanban/lexicon/document_types.h"

#include <gtest/gtest.h>

#include <string>

namespace vanban {
namespace {

class DocumentTypesTest : public testing::Test {
 protected:
  static const DocumentTypes& types() {
    static const DocumentTypes kTypes = [] {
      auto models = Models::load(std::string(VANBAN_SOURCE_DIR) + "/models");
      EXPECT_TRUE(models) << models.error().message;
      auto made = DocumentTypes::create(*models);
      EXPECT_TRUE(made) << made.error().message;
      return *made;
    }();
    return kTypes;
  }
};

TEST_F(DocumentTypesTest, AtStart) {
  struct Row {
    int line;
    const char* text;
    const char* type;
    const char* printed;
  };
  const Row rows[] = {
      {__LINE__, "Nghị quyết số 01/NQ-CP", "resolution", "Nghị quyết"},
      {__LINE__, "NGHỊ QUYẾT", "resolution", "NGHỊ QUYẾT"},
      {__LINE__, "nghị\nquyết này", "resolution", "nghị\nquyết"},
      {__LINE__, "Thông tư liên tịch số 58", "joint_circular", "Thông tư liên tịch"},
      {__LINE__, "Thông tư số 12", "circular", "Thông tư"},
      {__LINE__, "Bộ luật Dân sự", "law", "Bộ luật"},
      {__LINE__, "Luật An toàn", "law", "Luật"},
      {__LINE__, "Công điện số 1", "official_telegram", "Công điện"},
      {__LINE__, "QUY CHẾ", "regulation", "QUY CHẾ"},
      {__LINE__, "Kết luận số 62-KL/TW", "conclusion", "Kết luận"},
      {__LINE__, "Tờ trình", "submission", "Tờ trình"},
      {__LINE__, "Văn bản số", "", ""},
      {__LINE__, "Luật7", "", ""},
      {__LINE__, "Chính phủ", "", ""},
      {__LINE__, "Nghị quyếtx", "", ""},
      {__LINE__, " Nghị quyết", "", ""},
      {__LINE__, "", "", ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    const auto match = types().at_start(row.text);
    EXPECT_EQ(match ? document_type_name(match->type) : "", row.type);
    if (match) {
      EXPECT_EQ(std::string_view(row.text).substr(0, match->length), row.printed);
    }
  }
}

TEST_F(DocumentTypesTest, FromSymbol) {
  struct Row {
    int line;
    const char* symbol;
    const char* type;
  };
  const Row rows[] = {
      {__LINE__, "QĐ-TTg", "decision"},
      {__LINE__, "NQ/TW", "resolution"},
      {__LINE__, "VPCP-KSTT", "dispatch"},
      {__LINE__, "TTr-SNV", "submission"},
      {__LINE__, "TTLT-BYT-BTC", "joint_circular"},
      {__LINE__, "TT-LB", "joint_circular"},
      {__LINE__, "UBND-VX", "dispatch"},
      {__LINE__, "TB-VPCP", "notice"},
      {__LINE__, "CĐ-TTg", "official_telegram"},
      {__LINE__, "KL/TW", "conclusion"},
      {__LINE__, "CT-TTg", "directive"},
      {__LINE__, "TC/TCT", "dispatch"},
      {__LINE__, "BYT-NĐ", "decree"},
      {__LINE__, "QÐ-UBND", "decision"},
      {__LINE__, "QD-UBND", "decision"},
      {__LINE__, "QĐ.UB", "decision"},
      {__LINE__, "NQ-UBTVQH14", "resolution"},
      {__LINE__, "PL-UBTVQH11", "ordinance"},
      {__LINE__, "LĐTBXH-CATLĐ", "dispatch"},
      {__LINE__, "BC-BNV", "report"},
      {__LINE__, "UBND", "dispatch"},
      {__LINE__, "CV-TTTVH", "dispatch"},
      {__LINE__, "QH15", ""},
      {__LINE__, "UBTVQH14", ""},
      {__LINE__, "CP", ""},
      {__LINE__, "TTg", ""},
      {__LINE__, "HĐBT", ""},
      {__LINE__, "LCT/HĐNN8", ""},
      {__LINE__, "L/CTN", ""},
      {__LINE__, "", ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    const auto type = types().from_symbol(row.symbol);
    EXPECT_EQ(type ? document_type_name(*type) : "", row.type) << row.symbol;
  }
}

TEST_F(DocumentTypesTest, VietnameseName) {
  EXPECT_EQ(types().vietnamese_name(DocumentType::kResolution), "Nghị quyết");
  EXPECT_EQ(types().vietnamese_name(DocumentType::kDispatch), "Công văn");
  EXPECT_EQ(types().vietnamese_name(DocumentType::kOther), "");
}

}  // namespace
}  // namespace vanban

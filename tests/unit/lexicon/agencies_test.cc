#include "vanban/lexicon/agencies.h"

#include <gtest/gtest.h>

namespace vanban {
namespace {

const Agencies& agencies() {
  static const Models kModels = *Models::load(VANBAN_SOURCE_DIR "/models");
  static const Agencies kAgencies = *Agencies::create(kModels);
  return kAgencies;
}

TEST(Agencies, LongestBodyAtAPlace) {
  const struct {
    int line;
    const char* text;
    const char* name;
    const char* id;
    bool group;
  } rows[] = {
      {__LINE__, "Bộ Tài chính chủ trì", "Bộ Tài chính", "bo-tai-chinh", false},
      {__LINE__, "Bộ Văn hoá, Thể thao và Du lịch, Bộ Y tế", "Bộ Văn hoá, Thể thao và Du lịch",
       "bo-van-hoa-the-thao-va-du-lich", false},
      {__LINE__, "Bộ Văn hóa Thể thao và Du lịch", "Bộ Văn hóa Thể thao và Du lịch",
       "bo-van-hoa-the-thao-va-du-lich", false},
      {__LINE__, "Bộ Lao động – Thương binh và Xã hội xây dựng", "Bộ Lao động – Thương binh và Xã hội",
       "bo-lao-dong-thuong-binh-va-xa-hoi", false},
      {__LINE__, "BỘ CÔNG AN", "BỘ CÔNG AN", "bo-cong-an", false},
      {__LINE__, "Bộ KH&CN thẩm định", "Bộ KH&CN", "bo-khoa-hoc-va-cong-nghe", false},
      {__LINE__, "VPCP theo dõi", "VPCP", "van-phong-chinh-phu", false},
      {__LINE__, "Ngân hàng Nhà nước Việt Nam", "Ngân hàng Nhà nước Việt Nam", "ngan-hang-nha-nuoc-viet-nam",
       false},
      {__LINE__, "Bộ trưởng Bộ Tài chính quyết định", "Bộ trưởng Bộ Tài chính", "bo-tai-chinh", false},
      {__LINE__, "Chủ tịch UBND tỉnh Phú Thọ chỉ đạo", "Chủ tịch UBND tỉnh Phú Thọ",
       "uy-ban-nhan-dan-tinh-phu-tho", false},
      {__LINE__, "Uỷ ban nhân dân thành phố Hà Nội bố trí", "Uỷ ban nhân dân thành phố Hà Nội",
       "uy-ban-nhan-dan-thanh-pho-ha-noi", false},
      {__LINE__, "UBND TP. Hồ Chí Minh", "UBND TP. Hồ Chí Minh", "uy-ban-nhan-dan-thanh-pho-ho-chi-minh",
       false},
      {__LINE__, "Sở Y tế tỉnh Kiên Giang", "Sở Y tế tỉnh Kiên Giang", "so-y-te-tinh-kien-giang", false},
      {__LINE__, "Sở Y tế chủ trì", "Sở Y tế", "", false},
      {__LINE__, "UBND huyện Tuần Giáo, tỉnh Điện Biên tổ chức", "UBND huyện Tuần Giáo, tỉnh Điện Biên",
       "uy-ban-nhan-dan-huyen-tuan-giao-tinh-dien-bien", false},
      {__LINE__, "Ủy ban nhân dân Quận 5 thực hiện", "Ủy ban nhân dân Quận 5", "uy-ban-nhan-dan-quan-5",
       false},
      {__LINE__, "Ủy ban nhân dân tỉnh ban hành", "Ủy ban nhân dân tỉnh", "", false},
      {__LINE__, "Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương thực hiện",
       "Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương",
       "group:uy-ban-nhan-dan-cac-tinh-thanh-pho-truc-thuoc-trung-uong", true},
      {__LINE__, "Ủy ban nhân dân tỉnh, thành phố trực thuộc trung ương tổ chức",
       "Ủy ban nhân dân tỉnh, thành phố trực thuộc trung ương",
       "group:uy-ban-nhan-dan-tinh-thanh-pho-truc-thuoc-trung-uong", true},
      {__LINE__, "UBND cấp tỉnh ban hành", "UBND cấp tỉnh", "group:ubnd-cap-tinh", true},
      {__LINE__, "Uỷ ban nhân dân cấp tỉnh, cấp xã đưa", "Uỷ ban nhân dân cấp tỉnh, cấp xã",
       "group:uy-ban-nhan-dan-cap-tinh-cap-xa", true},
      {__LINE__, "các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ, Ủy ban nhân dân cấp tỉnh",
       "các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ",
       "group:bo-co-quan-ngang-bo-co-quan-thuoc-chinh-phu", true},
      {__LINE__, "Bộ, ngành, địa phương được giao", "Bộ, ngành, địa phương", "group:bo-nganh-dia-phuong",
       true},
      {__LINE__, "Các bộ, cơ quan, địa phương đẩy mạnh", "Các bộ, cơ quan, địa phương",
       "group:bo-co-quan-dia-phuong", true},
      {__LINE__, "các bộ, ngành liên quan xây dựng", "các bộ, ngành liên quan", "group:bo-nganh-lien-quan",
       true},
      {__LINE__, "cơ quan liên quan tái cấu trúc", "cơ quan liên quan", "group:co-quan-lien-quan", true},
      {__LINE__, "cơ quan, tổ chức, đơn vị có liên quan", "cơ quan, tổ chức, đơn vị có liên quan",
       "group:co-quan-to-chuc-don-vi-co-lien-quan", true},
      {__LINE__,
       "Bộ trưởng, Thủ trưởng cơ quan ngang bộ, cơ quan thuộc Chính phủ, Chủ tịch Ủy ban nhân dân các tỉnh",
       "Bộ trưởng, Thủ trưởng cơ quan ngang bộ, cơ quan thuộc Chính phủ",
       "group:co-quan-ngang-bo-co-quan-thuoc-chinh-phu", true},
      {__LINE__, "Hà Nội", "Hà Nội", "thanh-pho-ha-noi", false},
      {__LINE__, "Thủ tướng Chính phủ giao", "Thủ tướng Chính phủ", "thu-tuong-chinh-phu", false},
      // no body
      {__LINE__, "Chính phủ số phục vụ", "", "", false},
      {__LINE__, "các bộ phận một cửa", "", "", false},
      {__LINE__, "hòa bình và phát triển", "", "", false},
      {__LINE__, "bộ trưởng", "", "", false},
      {__LINE__, "Bộ luật Lao động", "", "", false},
      {__LINE__, "địa phương", "", "", false},
      {__LINE__, "cơ quan", "", "", false},
      {__LINE__, "tổ chức thực hiện nghiêm", "", "", false},
      {__LINE__, "Thanh tra, kiểm tra việc chấp hành", "", "", false},
      {__LINE__, "Công an nhân dân", "", "", false},
      {__LINE__, "CA LÀM VIỆC", "", "", false},
      {__LINE__, "", "", "", false},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.line);
    const auto found = agencies().at(row.text, 0);
    ASSERT_EQ(found.has_value(), *row.name != '\0') << (found ? found->mention.name : "");
    if (!found) continue;
    EXPECT_EQ(found->mention.name, row.name);
    EXPECT_EQ(found->mention.id, row.id);
    EXPECT_EQ(found->group, row.group);
  }
}

std::string joined(const std::vector<AgencyMatch>& list) {
  std::string out;
  for (const AgencyMatch& one : list) out += (out.empty() ? "" : " | ") + one.mention.name;
  return out;
}

TEST(Agencies, Lists) {
  const struct {
    int line;
    const char* text;
    const char* expected;
  } rows[] = {
      {__LINE__, "Bộ Tài chính, các cơ quan liên quan xây dựng", "Bộ Tài chính | các cơ quan liên quan"},
      {__LINE__, "Văn phòng Chính phủ, cơ quan liên quan tái cấu trúc",
       "Văn phòng Chính phủ | cơ quan liên quan"},
      {__LINE__, "Các Bộ: Công Thương, Văn hóa, Thể thao và Du lịch, Công an chủ trì",
       "Bộ Công Thương | Bộ Văn hóa, Thể thao và Du lịch | Bộ Công an"},
      {__LINE__, "các Bộ Quốc phòng, Công an và Ngoại giao; Ủy ban nhân dân tỉnh Phú Thọ",
       "Bộ Quốc phòng | Bộ Công an | Bộ Ngoại giao | Ủy ban nhân dân tỉnh Phú Thọ"},
      {__LINE__, "Các Bộ, cơ quan ngang bộ và Bảo hiểm xã hội Việt Nam khẩn trương",
       "Các Bộ, cơ quan ngang bộ | Bảo hiểm xã hội Việt Nam"},
      {__LINE__, "Các Bộ, cơ quan, Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương kiểm tra",
       "Các Bộ, cơ quan | Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương"},
      {__LINE__,
       "05 tỉnh, thành phố (gồm: Hà Nội, Thành phố Hồ Chí Minh, Bình Dương, Quảng Ninh và Bắc Ninh) thí điểm",
       "Hà Nội | Thành phố Hồ Chí Minh | Bình Dương | Quảng Ninh | Bắc Ninh"},
      {__LINE__, "Bộ Y tế (Cục An toàn thực phẩm), Bộ Công Thương", "Bộ Y tế | Bộ Công Thương"},
      {__LINE__, "Các bộ gồm: Bộ Tài chính, Bộ Nội vụ và Bộ Công an khẩn trương rà soát",
       "Bộ Tài chính | Bộ Nội vụ | Bộ Công an"},
      {__LINE__, "Các cơ quan bao gồm Bộ Y tế, Thanh tra Chính phủ báo cáo",
       "Bộ Y tế | Thanh tra Chính phủ"},
      {__LINE__, "Các bộ gồm: Bộ Tài chính, Viện Xyz và Bộ Công an rà soát", "Các bộ"},  // one is unknown
      {__LINE__, "Các bộ gồm nhiều đơn vị rà soát", "Các bộ"},
      {__LINE__, "tăng cường kiểm tra", ""},
      {__LINE__, "05 nhiệm vụ sau", ""},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.line);
    EXPECT_EQ(joined(agencies().list_at(row.text, 0)), row.expected);
  }
}

TEST(Agencies, SplitKeepsWhatItDoesNotKnow) {
  const struct {
    int line;
    const char* text;
    const char* expected;
  } rows[] = {
      {__LINE__, "Các Bộ, ngành, Ủy ban nhân dân cấp tỉnh, cơ quan, tổ chức, đơn vị có liên quan",
       "Các Bộ, ngành | Ủy ban nhân dân cấp tỉnh | cơ quan, tổ chức, đơn vị có liên quan"},
      {__LINE__, "Bộ Y tế\nBộ Tài chính", "Bộ Y tế | Bộ Tài chính"},
      {__LINE__, "Bộ Y tế; Viện Pasteur Nha Trang", "Bộ Y tế | Viện Pasteur Nha Trang"},
      {__LINE__, "Bộ Quốc phòng, Viện Hàn lâm Khoa học và Công nghệ và các bộ, ngành, địa phương",
       "Bộ Quốc phòng | Viện Hàn lâm Khoa học và Công nghệ | các bộ, ngành, địa phương"},
      {__LINE__, "Viện Dầu khí và Bộ Tài chính", "Viện Dầu khí | Bộ Tài chính"},
      {__LINE__, "Trung tâm Văn hóa và Thể thao", "Trung tâm Văn hóa và Thể thao"},
      {__LINE__, "", ""},
      {__LINE__, " ; , ", ""},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.line);
    EXPECT_EQ(joined(agencies().split(row.text, {0, std::string_view(row.text).size()})), row.expected);
  }
}

TEST(Agencies, ResolvesNames) {
  const struct {
    int line;
    const char* name;
    const char* id;
  } rows[] = {
      {__LINE__, "VĂN PHÒNG CHÍNH PHỦ", "van-phong-chinh-phu"},
      {__LINE__, "bộ y tế", "bo-y-te"},
      {__LINE__, "Bộ NN&PTNT", "bo-nong-nghiep-va-phat-trien-nong-thon"},
      {__LINE__, "UBND tỉnh Phú Thọ;", "uy-ban-nhan-dan-tinh-phu-tho"},
      {__LINE__, "Ủy ban nhân dân tỉnh Lâm Đồng", "uy-ban-nhan-dan-tinh-lam-dong"},
      {__LINE__, "Bộ Y tế chủ trì", ""},
      {__LINE__, "Hội đồng thẩm định", ""},
      {__LINE__, "", ""},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.line);
    EXPECT_EQ(agencies().resolve(row.name), row.id);
  }
}

TEST(Agencies, NormalCase) {
  const struct {
    int line;
    const char* name;
    const char* expected;
  } rows[] = {
      {__LINE__, "VĂN PHÒNG CHÍNH PHỦ", "Văn phòng Chính phủ"},
      {__LINE__, "UỶ BAN NHÂN DÂN TỈNH PHÚ THỌ", "Ủy ban nhân dân tỉnh Phú Thọ"},
      {__LINE__, "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HỒ CHÍ MINH", "Ủy ban nhân dân thành phố Hồ Chí Minh"},
      {__LINE__, "THỦ TƯỚNG CHÍNH PHỦ", "Thủ tướng Chính phủ"},
      {__LINE__, "BỘ VĂN HOÁ, THỂ THAO VÀ DU LỊCH", "Bộ Văn hóa, Thể thao và Du lịch"},
      {__LINE__, "SỞ Y TẾ TỈNH KIÊN GIANG", "Sở Y tế tỉnh Kiên Giang"},
      {__LINE__, "NHIỆM VỤ TRỌNG TÂM", "Nhiệm vụ trọng tâm"},
      {__LINE__, "Văn phòng Chính phủ", "Văn phòng Chính phủ"},
      {__LINE__, "", ""},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.line);
    EXPECT_EQ(agencies().normal_case(row.name), row.expected);
  }
}

TEST(Agencies, IssuerOfSymbol) {
  const struct {
    int line;
    const char* symbol;
    const char* name;
    const char* id;
  } rows[] = {
      {__LINE__, "NQ-CP", "Chính phủ", "chinh-phu"},
      {__LINE__, "QĐ-TTg", "Thủ tướng Chính phủ", "thu-tuong-chinh-phu"},
      {__LINE__, "VPCP-KSTT", "Văn phòng Chính phủ", "van-phong-chinh-phu"},
      {__LINE__, "QH15", "Quốc hội", "quoc-hoi"},
      {__LINE__, "UBTVQH14", "Ủy ban Thường vụ Quốc hội", "uy-ban-thuong-vu-quoc-hoi"},
      {__LINE__, "BYT-QĐ", "Bộ Y tế", "bo-y-te"},
      {__LINE__, "TT-BGD&ĐT", "Bộ Giáo dục và Đào tạo", "bo-giao-duc-va-dao-tao"},
      {__LINE__, "QĐ-UBND", "Ủy ban nhân dân", ""},
      {__LINE__, "NQ/TW", "Trung ương Đảng", "trung-uong-dang"},
      {__LINE__, "QĐ-BNN-TY", "Bộ Nông nghiệp và Phát triển nông thôn",
       "bo-nong-nghiep-va-phat-trien-nong-thon"},
      {__LINE__, "QĐ-XYZ", "", ""},
      {__LINE__, "", "", ""},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.line);
    const AgencyMention issuer = agencies().issuer_of_symbol(row.symbol);
    EXPECT_EQ(issuer.name, row.name);
    EXPECT_EQ(issuer.id, row.id);
  }
}

TEST(Agencies, Successors) {
  EXPECT_EQ(agencies().successor("bo-ke-hoach-va-dau-tu", {2026, 1, 1}), "bo-tai-chinh");
  EXPECT_EQ(agencies().successor("bo-ke-hoach-va-dau-tu", {2024, 1, 1}), "bo-ke-hoach-va-dau-tu");
  EXPECT_EQ(agencies().successor("bo-thuy-san", {2026, 1, 1}), "bo-nong-nghiep-va-moi-truong");
  EXPECT_EQ(agencies().successor("tinh-ha-giang", {2025, 7, 1}), "tinh-tuyen-quang");
  EXPECT_EQ(agencies().successor("tinh-ha-giang", {2025, 6, 30}), "tinh-ha-giang");
  EXPECT_EQ(agencies().successor("khong-co", {2025, 6, 30}), "khong-co");
  EXPECT_EQ(agencies().successor("so-y-te-tinh-binh-thuan", {2025, 7, 1}), "so-y-te-tinh-lam-dong");
  EXPECT_EQ(agencies().successor("so-y-te-tinh-binh-thuan", {2025, 6, 30}), "so-y-te-tinh-binh-thuan");
}

TEST(Agencies, AllThatRollUpIntoOne) {
  const PartialDate after{2025, 7, 1};
  const auto holds = [](const std::vector<std::string>& ids, const char* id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
  };
  const auto finance = agencies().rolled_into("bo-tai-chinh", after);
  EXPECT_EQ(finance.front(), "bo-tai-chinh");
  EXPECT_TRUE(holds(finance, "bo-ke-hoach-va-dau-tu"));
  EXPECT_FALSE(holds(finance, "bo-noi-vu"));
  EXPECT_EQ(agencies().rolled_into("bo-ke-hoach-va-dau-tu", after), finance) << "asked by the old name";
  EXPECT_FALSE(holds(agencies().rolled_into("bo-tai-chinh", {2025, 2, 28}), "bo-ke-hoach-va-dau-tu"));
  const auto health = agencies().rolled_into("so-y-te-tinh-lam-dong", after);
  EXPECT_TRUE(holds(health, "so-y-te-tinh-binh-thuan"));
  EXPECT_FALSE(holds(health, "so-y-te-tinh-an-giang"));
  EXPECT_EQ(agencies().rolled_into("khong-co", after), std::vector<std::string>{"khong-co"});
}

TEST(Agencies, NamesAsOfADate) {
  const struct {
    int line;
    const char* name;
    PartialDate date;
    const char* expected;
  } rows[] = {
      {__LINE__, "Bộ Kế hoạch và Đầu tư", {2025, 3, 1}, "Bộ Tài chính"},
      {__LINE__, "Bộ Kế hoạch và Đầu tư", {2025, 2, 28}, "Bộ Kế hoạch và Đầu tư"},
      {__LINE__, "Sở Y tế tỉnh Bình Thuận", {2025, 7, 1}, "Sở Y tế tỉnh Lâm Đồng"},
      {__LINE__, "UBND tỉnh Kiên Giang", {2025, 7, 1}, "Ủy ban nhân dân tỉnh An Giang"},
      {__LINE__, "tỉnh Bình Thuận", {2025, 7, 1}, "tỉnh Lâm Đồng"},
      {__LINE__, "Bộ Y tế", {2026, 1, 1}, "Bộ Y tế"},
      {__LINE__, "các bộ, ngành", {2026, 1, 1}, "các bộ, ngành"},
      {__LINE__, "Phòng Nghiệp vụ Y", {2026, 1, 1}, "Phòng Nghiệp vụ Y"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.line);
    EXPECT_EQ(agencies().as_of(row.name, row.date).name, row.expected);
  }
}

}  // namespace
}  // namespace vanban

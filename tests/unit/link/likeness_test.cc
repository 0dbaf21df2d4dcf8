// Which files are one document where a number is missing: as many pairs that are not as pairs that are.

#include "vanban/link/likeness.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>

#include "vanban/link/checks.h"

namespace vanban {
namespace {

// A dispatch as its PDF has it, with everything that a copy may lack or have otherwise.
const char kDispatch[] =
    "VĂN PHÒNG CHÍNH PHỦ\nSố: 221/VPCP-KSTT\nV/v triển khai nhiệm vụ cải cách thủ tục hành chính\n"
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nHà Nội, ngày 10 tháng 01 năm 2024\n\n"
    "Kính gửi: Bộ Nội vụ và Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương.\n\n"
    "Thực hiện ý kiến chỉ đạo của Thủ tướng Chính phủ về việc đẩy mạnh cải cách thủ tục hành chính, Văn "
    "phòng "
    "Chính phủ đề nghị các bộ, cơ quan, địa phương tập trung thực hiện các nội dung sau đây:\n"
    "1. Rà soát, cắt giảm, đơn giản hóa ít nhất 20% số quy định và chi phí tuân thủ trong các lĩnh vực đất "
    "đai, "
    "xây dựng, đầu tư và báo cáo kết quả về Văn phòng Chính phủ trước ngày 15 tháng 6.\n"
    "2. Công khai kịp thời, đầy đủ kết quả tiếp nhận, xử lý hồ sơ trên Cổng Dịch vụ công quốc gia; phấn đấu "
    "tỷ lệ "
    "hồ sơ trực tuyến đạt tối thiểu 80%, tỷ lệ số hóa đạt 100% đối với kết quả còn hiệu lực.\n"
    "3. Tổ chức đối thoại, tháo gỡ khó khăn cho doanh nghiệp, hợp tác xã mỗi quý một lần; xử lý dứt điểm các "
    "phản "
    "ánh, kiến nghị đã tiếp nhận và trả lời bằng văn bản cho người gửi.\n"
    "4. Người đứng đầu cơ quan chịu trách nhiệm trước pháp luật nếu để xảy ra tình trạng nhũng nhiễu, gây "
    "phiền hà "
    "trong giải quyết công việc của người dân.\n"
    "Văn phòng Chính phủ trân trọng đề nghị các bộ, cơ quan, địa phương quan tâm chỉ đạo thực hiện./.\n\n"
    "Nơi nhận:\n- Như trên;\n- Thủ tướng Chính phủ (để báo cáo);\n- Lưu: VT, KSTT.\n\n"
    "KT. BỘ TRƯỞNG, CHỦ NHIỆM\nPHÓ CHỦ NHIỆM\n\nNgô Hải Phan\n";

// A form (mẫu đơn) that people fill in.
const char kForm[] =
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nTỜ KHAI\nĐề nghị cấp giấy xác nhận "
    "tình "
    "trạng cư trú\n\nKính gửi: Công an phường nơi thường trú.\n\n"
    "Tôi đề nghị cơ quan có thẩm quyền xem xét, giải quyết việc cấp giấy xác nhận theo quy định của pháp "
    "luật về cư "
    "trú và cam đoan những nội dung khai dưới đây là đúng sự thật.\n"
    "Họ và tên người đề nghị: Nguyễn Văn Bình\nSinh ngày: 12/3/1980\nSố định danh cá nhân: 001080012345\n"
    "Nơi thường trú: tổ dân phố số bốn, phường Hàng Bông\n"
    "Nội dung đề nghị: xác nhận thời gian cư trú để bổ sung hồ sơ đăng ký học tập cho con.\n"
    "Người khai chịu trách nhiệm trước pháp luật về tính chính xác của các thông tin đã kê khai; cơ quan "
    "tiếp nhận "
    "trả kết quả trong thời hạn ba ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ theo quy định.\n";

HeldText held(std::string text, TextOrigin origin = TextOrigin::kTextLayer) {
  HeldText made;
  made.text = std::move(text);
  made.origin = origin;
  return made;
}

HeldText named(std::string text = kDispatch, TextOrigin origin = TextOrigin::kTextLayer) {
  HeldText made = held(std::move(text), origin);
  made.header.type = DocumentType::kDispatch;
  made.header.number = {"221/VPCP-KSTT", "221", 0, "VPCP-KSTT"};
  made.header.date = {2024, 1, 10};
  made.header.issuer = {"Văn phòng Chính phủ", "van-phong-chinh-phu"};
  made.header.signer.name = "Ngô Hải Phan";
  return made;
}

HeldText nameless(std::string text, TextOrigin origin = TextOrigin::kPlain) {
  HeldText made = named(std::move(text), origin);
  made.header.number = {"/VPCP-KSTT", "", 0, "VPCP-KSTT"};
  return made;
}

HeldText with(HeldText made, const std::function<void(DocumentHeader&)>& change) {
  change(made.header);
  return made;
}

std::string changed(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

// As OCR misreads: one letter of `every` becomes another that looks like it. Numbers stay.
std::string spoilt(std::string text, std::size_t every, std::uint64_t seed) {
  constexpr std::pair<char, char> kLooks[] = {{'n', 'r'}, {'u', 'o'}, {'h', 'b'}, {'t', 'l'}, {'i', 'l'},
                                              {'c', 'e'}, {'g', 'q'}, {'o', 'e'}, {'m', 'n'}, {'a', 'o'}};
  for (char& c : text) {
    seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
    if ((seed >> 33) % every != 0) continue;
    for (const auto& [from, to] : kLooks)
      if (c == from) {
        c = to;
        break;
      }
  }
  return text;
}

std::string without_tones(std::string text) {
  for (const auto& [from, to] :
       {std::pair{"ấ", "a"}, {"ủ", "u"}, {"ộ", "o"}, {"ế", "e"}, {"ị", "i"}, {"đ", "d"}})
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos;)
      text.replace(at, std::string(from).size(), to);
  return text;
}

const char kBlank[] = "Số:        /VPCP-KSTT";
std::string blank(std::string text = kDispatch) {
  return changed(std::move(text), "Số: 221/VPCP-KSTT", kBlank);
}

struct Row {
  int line;
  const char* what;
  HeldText a, b;
};

std::vector<Row> one_document() {
  const auto no_date = [](DocumentHeader& header) { header.date = {}; };
  return {
      {__LINE__, "the number is blank", named(), nameless(blank())},
      {__LINE__, "number and day are blank", named(),
       with(nameless(changed(blank(), "ngày 10 tháng 01", "ngày     tháng 01")),
            [](DocumentHeader& header) {
              header.date = {2024, 1, 0};
            })},
      {__LINE__, "no date", named(),
       with(nameless(changed(blank(), "ngày 10 tháng 01 năm 2024", "ngày tháng năm")), no_date)},
      {__LINE__, "other tone marks", named(), nameless(without_tones(blank()))},
      {__LINE__, "spaces lost", named(),
       nameless(changed(changed(blank(), "đơn giản hóa", "đơngiản hóa"), "hợp tác xã", "hợptácxã"))},
      {__LINE__, "lines broken inside words' runs", named(),
       nameless(changed(blank(), "tuân thủ trong", "tuân thủ\ntrong"))},
      {__LINE__, "a Word file before it was signed", named(),
       with(nameless(changed(blank(), "Ngô Hải Phan", "")),
            [](DocumentHeader& header) { header.signer = {}; })},
      {__LINE__, "a signature stamp above",
       named("Ký bởi: Văn phòng Chính phủ Email: thongtin@chinhphu.vn Thời gian ký: 10.01.2024 15:59:57 "
             "+07:00\n" +
             std::string(kDispatch)),
       nameless(blank())},
      {__LINE__, "the head's columns in the other order", named(),
       nameless("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n" +
                changed(blank(), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n", ""))},
      {__LINE__, "a scan", named(), nameless(spoilt(blank(), 25, 3), TextOrigin::kOcr)},
      {__LINE__, "a bad scan", named(), nameless(spoilt(blank(), 12, 4), TextOrigin::kOcr)},
      {__LINE__, "two scans", nameless(spoilt(blank(), 30, 5), TextOrigin::kOcr),
       nameless(spoilt(blank(), 30, 6), TextOrigin::kOcr)},
      {__LINE__, "a scan with a stamp of arrival", named(),
       nameless(
           "CÔNG VĂN ĐẾN\nSố: 345\nNgày: 12/01/2024\nChuyển: Phòng Hành chính\n" + spoilt(blank(), 25, 7),
           TextOrigin::kOcr)},
      {__LINE__, "a scan with its number misread", named(),
       with(nameless(changed(spoilt(kDispatch, 25, 8), "221/", "2Z1/"), TextOrigin::kOcr),
            [](DocumentHeader& header) { header.number = {}; })},
      {__LINE__, "a scan with handwriting read as letters", named(),
       nameless(changed(spoilt(blank(), 25, 9), "PHÓ CHỦ NHIỆM\n", "PHÓ CHỦ NHIỆM\nJvb krx qZ\n"),
                TextOrigin::kOcr)},
      {__LINE__, "an issuer misread", named(),
       with(nameless(spoilt(blank(), 25, 10), TextOrigin::kOcr),
            [](DocumentHeader& header) {
              header.issuer = {"VĂN PHÒNG CHÍNH PHÚ", ""};
            })},
      {__LINE__, "type unknown", named(),
       with(nameless(blank()), [](DocumentHeader& header) { header.type = DocumentType::kOther; })},
      {__LINE__, "two drafts of one text",
       with(nameless(blank()), [](DocumentHeader& header) { header.draft = true; }),
       with(nameless(blank()), [](DocumentHeader& header) { header.draft = true; })},
      {__LINE__, "one form in two files", held(kForm), held(kForm, TextOrigin::kPlain)},
      {__LINE__, "one form, printed and scanned", held(kForm), held(spoilt(kForm, 25, 11), TextOrigin::kOcr)},
  };
}

std::vector<Row> two_documents() {
  const std::string sentence =
      "5. Giao Cục Kiểm soát thủ tục hành chính theo dõi, đôn đốc việc thực hiện công văn này.\nVăn phòng "
      "Chính phủ trân trọng";
  const auto other_form = [] {
    return changed(
        changed(changed(changed(kForm, "Nguyễn Văn Bình", "Trần Thị Thu Hương"), "12/3/1980", "25/11/1994"),
                "001080012345", "034194067890"),
        "tổ dân phố số bốn, phường Hàng Bông", "khu phố ba, phường Bến Thành");
  };
  const auto blank_form = [] {
    return changed(
        changed(changed(changed(kForm, "Nguyễn Văn Bình", "……………"), "12/3/1980", "……"), "001080012345", "……"),
        "tổ dân phố số bốn, phường Hàng Bông", "……………");
  };
  const std::string next_year =
      changed(changed(changed(blank(), "20%", "25%"), "80%", "85%"), "15 tháng 6", "20 tháng 7");
  const auto no_date = [](DocumentHeader& header) { header.date = {}; };
  std::string appendix;
  for (int i = 0; i < 12; ++i)
    appendix += "Phụ lục kèm theo công văn nêu danh sách các đơn vị thực hiện tại địa phương. ";
  const std::string whole = kDispatch;
  return {
      {__LINE__, "another number", named(),
       with(named(),
            [](DocumentHeader& header) {
              header.number = {"222/VPCP-KSTT", "222", 0, "VPCP-KSTT"};
            })},
      {__LINE__, "another symbol", named(),
       with(nameless(blank()), [](DocumentHeader& header) { header.number.symbol = "VPCP-TH"; })},
      {__LINE__, "another day", named(),
       with(nameless(blank()),
            [](DocumentHeader& header) {
              header.date = {2024, 1, 12};
            })},
      {__LINE__, "another year", named(),
       with(nameless(blank()),
            [](DocumentHeader& header) {
              header.date = {2025, 0, 0};
            })},
      {__LINE__, "another body", named(),
       with(nameless(blank()),
            [](DocumentHeader& header) {
              header.issuer = {"Bộ Nội vụ", "bo-noi-vu"};
            })},
      {__LINE__, "another body that no table has",
       with(nameless(blank()),
            [](DocumentHeader& header) {
              header.issuer = {"Ban Quản lý khu A", ""};
            }),
       with(nameless(blank()),
            [](DocumentHeader& header) {
              header.issuer = {"Công ty cấp nước B", ""};
            })},
      {__LINE__, "a draft", named(),
       with(nameless(blank()), [](DocumentHeader& header) { header.draft = true; })},
      {__LINE__, "another type", named(),
       with(nameless(blank()), [](DocumentHeader& header) { header.type = DocumentType::kReport; })},
      {__LINE__, "another signer", named(),
       with(nameless(changed(blank(), "Ngô Hải Phan", "Cao Huy")),
            [](DocumentHeader& header) { header.signer.name = "Cao Huy"; })},
      {__LINE__, "a sentence more", named(),
       nameless(changed(blank(), "Văn phòng Chính phủ trân trọng", sentence))},
      {__LINE__, "a sentence more in a scan", named(),
       nameless(spoilt(changed(blank(), "Văn phòng Chính phủ trân trọng", sentence), 25, 21),
                TextOrigin::kOcr)},
      {__LINE__, "a sentence less", named(),
       nameless(changed(blank(), " và trả lời bằng văn bản cho người gửi", ""))},
      {__LINE__, "one other word", named(), nameless(changed(blank(), "đất đai,", "tài nguyên,"))},
      {__LINE__, "one word more", named(),
       nameless(changed(blank(), "chịu trách nhiệm", "không chịu trách nhiệm"))},
      {__LINE__, "three other words in a scan", named(),
       nameless(spoilt(changed(blank(), "đất đai, xây dựng", "y tế, giáo dục"), 25, 22), TextOrigin::kOcr)},
      {__LINE__, "one other number", named(), nameless(changed(blank(), "80%", "85%"))},
      {__LINE__, "one other number in a scan", named(),
       nameless(spoilt(changed(blank(), "80%", "85%"), 25, 23), TextOrigin::kOcr)},
      {__LINE__, "the same of another year", with(nameless(blank()), no_date),
       with(nameless(next_year), no_date)},
      {__LINE__, "scans of two years", with(nameless(spoilt(blank(), 25, 24), TextOrigin::kOcr), no_date),
       with(nameless(spoilt(next_year, 25, 25), TextOrigin::kOcr), no_date)},
      {__LINE__, "another addressee", named(),
       nameless(changed(blank(), "Kính gửi: Bộ Nội vụ", "Kính gửi: Bộ Tài chính"))},
      {__LINE__, "a form filled in twice", held(kForm), held(other_form())},
      {__LINE__, "a form filled in twice, scanned", held(spoilt(kForm, 25, 26), TextOrigin::kOcr),
       held(spoilt(other_form(), 25, 27), TextOrigin::kOcr)},
      {__LINE__, "a form empty and filled in", held(kForm), held(blank_form())},
      {__LINE__, "a form empty and filled in, scanned", held(spoilt(kForm, 25, 28), TextOrigin::kOcr),
       held(blank_form())},
      {__LINE__, "with its appendix", named(), nameless(blank() + appendix)},
      {__LINE__, "its first half", named(), nameless(blank().substr(0, whole.find("3. Tổ chức")))},
      {__LINE__, "short texts", held("Kính gửi: Bộ Nội vụ. Đề nghị báo cáo."),
       held("Kính gửi: Bộ Nội vụ. Đề nghị báo cáo.")},
      {__LINE__, "nothing in common", named(), held(kForm)},
      {__LINE__, "no text", held(""), held("")},
  };
}

TEST(Likeness, OneDocument) {
  for (const Row& row : one_document()) {
    SCOPED_TRACE(std::to_string(row.line) + " " + row.what);
    EXPECT_TRUE(is_one_document(row.a, row.b));
    EXPECT_TRUE(is_one_document(row.b, row.a));
  }
}

TEST(Likeness, TwoDocuments) {
  for (const Row& row : two_documents()) {
    SCOPED_TRACE(std::to_string(row.line) + " " + row.what);
    EXPECT_FALSE(is_one_document(row.a, row.b));
    EXPECT_FALSE(is_one_document(row.b, row.a));
  }
  EXPECT_GE(two_documents().size(), one_document().size());
}

// Under one number: another text is another content, what OCR or another layout did to it is not.
TEST(Likeness, OtherContent) {
  for (const Row& row : one_document()) {
    SCOPED_TRACE(std::to_string(row.line) + " " + row.what);
    EXPECT_FALSE(has_other_content(row.a, row.b));
    EXPECT_FALSE(has_other_content(row.b, row.a));
  }
  const std::string dispatch = kDispatch, form = kForm;
  const std::size_t third = dispatch.find("3. Tổ chức"),
                    end = dispatch.find("Văn phòng Chính phủ trân trọng");
  ASSERT_TRUE(third != std::string::npos && end != std::string::npos);
  std::string without = dispatch, moved = dispatch;
  without.erase(third, end - third);
  moved.erase(third, end - third);
  moved += dispatch.substr(third, end - third);
  const struct {
    int line;
    HeldText a, b;
    bool other;
  } rows[] = {
      {__LINE__, held(dispatch), held(form), true},
      {__LINE__, held(dispatch), held(form, TextOrigin::kOcr), true},
      {__LINE__, held(dispatch), held(without), true},          // two of four points are gone
      {__LINE__, held(dispatch), held(dispatch + form), true},  // one has more behind it
      {__LINE__, held(dispatch), held(dispatch), false},
      {__LINE__, held(dispatch), held(moved), false},                             // read in another order
      {__LINE__, held(dispatch), held(without, TextOrigin::kOcr), false},         // OCR may have lost a part
      {__LINE__, held("Kính gửi: Bộ Nội vụ"), held("Kính gửi: Bộ Y tế"), false},  // too short to tell
      {__LINE__, held(""), held(""), false},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.line);
    EXPECT_EQ(has_other_content(row.a, row.b), row.other);
    EXPECT_EQ(has_other_content(row.b, row.a), row.other);
  }
}

TEST(Likeness, FilesOfOneNumberWithAnotherText) {
  HeldText shown = held(kDispatch), copy = held(kDispatch), other = held(kForm);
  shown.header.id = copy.header.id = other.header.id = "/vn/a/dispatch/2024/221-a";
  EXPECT_FALSE(compare_contents({shown, copy}));
  const auto found = compare_contents({shown, copy, other});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->code, "same-number");
  EXPECT_EQ(found->document, shown.header.id);
  EXPECT_EQ(found->detail, "the text of 1 of its 3 files is another one");
}

// What is one document is found by its sketch; what has little in common is not.
TEST(Likeness, Sketches) {
  const auto shared = [](const TextSketch& a, const TextSketch& b) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < std::min(a.bands.size(), b.bands.size()); ++i)
      count += a.bands[i] == b.bands[i];
    return count;
  };
  for (const Row& row : one_document()) {
    SCOPED_TRACE(std::to_string(row.line) + " " + row.what);
    EXPECT_GT(shared(sketch_of(row.a.text), sketch_of(row.b.text)), 0u);
  }
  EXPECT_EQ(shared(sketch_of(kDispatch), sketch_of(kForm)), 0u);
  EXPECT_TRUE(sketch_of("").bands.empty());
  EXPECT_TRUE(sketch_of("Kính gửi: Bộ Nội vụ").bands.empty());
  EXPECT_EQ(sketch_of("Kính gửi: Bộ Nội vụ").words, 5u);
  // The same on every machine: stores are carried about.
  EXPECT_EQ(sketch_of(kDispatch).bands.size(), 12u);
  for (const std::uint64_t band : sketch_of(kDispatch).bands) EXPECT_LT(band, 1ULL << 48);
}

TEST(Likeness, LongTextsInLinearTime) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "khoản " + std::to_string(i % 97) + " quy định ";
  EXPECT_TRUE(is_one_document(held(text), held(text)));
  EXPECT_FALSE(is_one_document(held(text), held(text + text)));
  EXPECT_TRUE(sketch_of(text).bands.empty()) << "over a megabyte";
  EXPECT_FALSE(sketch_of(text.substr(0, 900'000)).bands.empty());
}

}  // namespace
}  // namespace vanban

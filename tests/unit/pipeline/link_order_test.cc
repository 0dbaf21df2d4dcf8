// What a store says does not depend on the order in which its documents came, nor on how many runs they came
// in.

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>

#include "vanban/link/graph.h"
#include "vanban/models/models.h"
#include "vanban/pipeline/ingest.h"

namespace vanban {
namespace {

namespace fs = std::filesystem;

std::string government(const std::string& number, const std::string& date, const std::string& body) {
  return "CHÍNH PHỦ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: " + number +
         "\nHà Nội, " + date + "\n\nNGHỊ QUYẾT\nVề một số nhiệm vụ\n\n" + body +
         "\n\nTM. CHÍNH PHỦ\nTHỦ TƯỚNG\n\n\nPhạm Minh Chính\n";
}

std::string dispatch(const std::string& number, const std::string& date, const std::string& body) {
  return "VĂN PHÒNG CHÍNH PHỦ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: " +
         number + "/VPCP-KSTT\nV/v triển khai nhiệm vụ\nHà Nội, " + date + "\n\nKính gửi: Bộ Nội vụ.\n\n" +
         body + "\n\nBỘ TRƯỞNG, CHỦ NHIỆM\n\n\nTrần Văn Sơn\n";
}

// Texts long enough to be known again: files whose number is blank hold the same document, or may hold either
// of two.
const char kLong[] =
    "Thực hiện Nghị quyết số 68/NQ-CP của Chính phủ về cắt giảm, đơn giản hóa quy định liên quan đến hoạt "
    "động kinh "
    "doanh, Văn phòng Chính phủ đề nghị Bộ Nội vụ rà soát các thủ tục hành chính thuộc phạm vi quản lý, đề "
    "xuất "
    "phương án cắt giảm thời gian giải quyết, thành phần hồ sơ và chi phí tuân thủ; công khai kết quả xử lý "
    "trên "
    "Cổng Dịch vụ công quốc gia và gửi báo cáo về Văn phòng Chính phủ để tổng hợp, trình Thủ tướng Chính phủ "
    "xem xét.";
const char kOther[] =
    "Qua theo dõi tình hình giải quyết hồ sơ tại các địa phương, Văn phòng Chính phủ nhận thấy một số nơi "
    "chưa cập "
    "nhật đầy đủ danh mục dịch vụ công trực tuyến, chưa bố trí cán bộ hướng dẫn người dân tại bộ phận một "
    "cửa. Đề "
    "nghị Bộ Nội vụ phối hợp với các tỉnh kiểm tra, chấn chỉnh kỷ luật, kỷ cương hành chính và thông tin kết "
    "quả "
    "cho các cơ quan liên quan biết, theo dõi trong phiên họp thường kỳ gần nhất của ban chỉ đạo.";
const char kDraft[] =
    "Kính đề nghị quý cơ quan cho ý kiến về phương án bố trí trụ sở làm việc sau sắp xếp đơn vị hành chính "
    "cấp xã, "
    "việc bàn giao tài sản, hồ sơ, tài liệu lưu trữ giữa các đơn vị cũ và mới, lộ trình số hóa hồ sơ còn tồn "
    "đọng "
    "và nhu cầu kinh phí thực hiện trong giai đoạn chuyển tiếp; văn bản góp ý gửi về cơ quan thường trực để "
    "hoàn "
    "thiện phương án, báo cáo cấp có thẩm quyền xem xét, quyết định theo quy định hiện hành của pháp luật.";

// Documents that leave to others what they mean: numbers without a year, before and after a second of that
// number comes.
std::vector<std::pair<std::string, std::string>> small_documents() {
  return {
      {"n1.txt",
       government("68/NQ-CP", "ngày 12 tháng 5 năm 2020", "Chính phủ giao Bộ Nội vụ báo cáo kết quả.")},
      {"n2.txt",
       government("68/NQ-CP", "ngày 20 tháng 3 năm 2025", "Chính phủ giao Bộ Nội vụ báo cáo kết quả.")},
      {"n3.txt",
       government("19/NQ-CP", "ngày 28 tháng 4 năm 2017", "Căn cứ Nghị quyết số 68/NQ-CP của Chính phủ.")},
      {"d1.txt", dispatch("100", "ngày 05 tháng 6 năm 2021",
                          "Thực hiện Nghị quyết số 68/NQ-CP của Chính phủ, đề nghị Bộ Nội vụ báo cáo.")},
      {"d2.txt", dispatch("200", "ngày 05 tháng 6 năm 2025",
                          "Thực hiện Nghị quyết số 68/NQ-CP của Chính phủ, đề nghị Bộ Nội vụ báo cáo.")},
      {"d3.txt", dispatch("300", "ngày 07 tháng 6 năm 2025",
                          "Thực hiện Nghị quyết số 68/NQ-CP ngày 20/3/2025 và Công văn số 100/VPCP-KSTT, đề "
                          "nghị Bộ Nội vụ báo cáo.")},
      {"d4.txt",
       dispatch(
           "400", "ngày 08 tháng 6 năm 2025",
           "Tiếp theo Công văn số 300/VPCP-KSTT, Công văn số 500/VPCP-KSTT, đề nghị Bộ Nội vụ báo cáo.")},
      {"d5.txt", dispatch("500", "ngày 09 tháng 6 năm 2025",
                          "Tiếp theo Công văn số 400/VPCP-KSTT, đề nghị Bộ Nội vụ báo cáo.")},
      {"d6.txt",
       dispatch("100", "ngày 11 tháng 7 năm 2023",
                "Thực hiện Nghị quyết số 19/NQ-CP, Nghị quyết số 01/NQ-CP, đề nghị Bộ Nội vụ báo cáo.")},
      {"d7.txt", dispatch("600", "ngày 02 tháng 8 năm 2024",
                          "Thực hiện Nghị quyết số 02/NQ-CP, Công văn số 221/VPCP-KSTT, Luật Đất đai, đề "
                          "nghị Bộ Nội vụ báo cáo.")},
      {"d8.txt", dispatch("700", "ngày 03 tháng 8 năm 2024",
                          "Thực hiện Công văn số 100/VPCP-KSTT, Luật Hoạt động giám định cây xanh, đề nghị "
                          "Bộ Nội vụ báo cáo.")},
      {"m1.txt", dispatch("800", "ngày 05 tháng 9 năm 2024", kLong)},
      {"m2.txt", dispatch("      ", "ngày 05 tháng 9 năm 2024", kLong)},
      {"m3.txt", dispatch("      ", "ngày     tháng 9 năm 2024", std::string(kLong) + " ")},
      {"m4.txt", dispatch("810", "ngày 11 tháng 10 năm 2024", kOther)},
      {"m5.txt", dispatch("811", "ngày 12 tháng 10 năm 2024", kOther)},
      {"m6.txt", dispatch("      ", "ngày     tháng 10 năm 2024", kOther)},
      {"m7.txt", dispatch("      ", "ngày     tháng 11 năm 2024", kDraft)},
      {"m8.txt", dispatch("      ", "ngày     tháng 11 năm 2024", std::string(kDraft) + "\n")},
      {"l1.txt",
       "QUỐC HỘI\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nLuật số: "
       "99/2022/QH15\n\nLUẬT\n"
       "HOẠT ĐỘNG GIÁM ĐỊNH CÂY XANH\n\nĐiều 1. Phạm vi điều chỉnh\nLuật này quy định về cây xanh.\n"},
  };
}

class LinkOrder : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("vanban-link-order-" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "in");
    for (const auto& [name, text] : small_documents()) std::ofstream(folder_ / "in" / name) << text;
    for (const auto& entry : fs::directory_iterator(VANBAN_SOURCE_DIR "/samples")) {
      if (entry.path().extension() == ".txt")
        fs::copy_file(entry.path(), folder_ / "in" / entry.path().filename());
    }
    for (const auto& entry : fs::directory_iterator(folder_ / "in")) files_.push_back(entry.path().string());
    std::sort(files_.begin(), files_.end());
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path folder_;
  std::vector<std::string> files_;
};

TEST_F(LinkOrder, EveryOrderGivesTheSameBytes) {
  const Result<Models> models = Models::load(VANBAN_SOURCE_DIR "/models");
  ASSERT_TRUE(models) << models.error().message;
  const Result<Pipeline> pipeline = Pipeline::create(*models);
  ASSERT_TRUE(pipeline) << pipeline.error().message;
  ASSERT_GE(files_.size(), 25u);
  const std::atomic<bool> stop{false};
  std::mt19937 random(20240110);
  std::string first;
  for (int round = 0; round < 6; ++round) {
    SCOPED_TRACE(round);
    IngestOptions options;
    options.store = (folder_ / ("s" + std::to_string(round) + ".db")).string();
    options.read.worker_program = VANBAN_BINARY_DIR "/vanban-reader";
    // The first order in one run; the others in several runs of a few files each.
    std::vector<std::string> order = files_;
    if (round > 0) std::shuffle(order.begin(), order.end(), random);
    for (std::size_t at = 0; at < order.size();) {
      const std::size_t count =
          round == 0 ? order.size() : std::min<std::size_t>(1 + random() % 6, order.size() - at);
      options.paths.assign(order.begin() + static_cast<std::ptrdiff_t>(at),
                           order.begin() + static_cast<std::ptrdiff_t>(at + count));
      const auto report = ingest(
          *pipeline, options, [] { return 0.0; }, {}, stop);
      ASSERT_TRUE(report) << report.error().message;
      at += count;
    }
    const Result<Store> store = Store::open(options.store, Store::Access::kReadOnly);
    ASSERT_TRUE(store) << store.error().message;
    std::string all;
    ASSERT_TRUE(store->export_documents([&](const std::string& line) -> Result<void> {
      all += line + "\n";
      return {};
    }));
    auto rows = store->graph();
    ASSERT_TRUE(rows);
    all += CitationGraph::build(std::move(*rows)).write(GraphFormat::kJson);
    if (round == 0) {
      first = all;
      // Of two documents of one number, an early mention means the only one there was; a late one is open.
      EXPECT_NE(all.find("several documents have this number"), std::string::npos);
      EXPECT_NE(all.find("the only document of this number known"), std::string::npos);
      // Copies without a number are no documents of their own, but the one that two documents may be is.
      const auto counts = store->counts();
      ASSERT_TRUE(counts);
      EXPECT_EQ(counts->documents, files_.size() - 3);
      for (const char* name : {"/m2.txt", "/m3.txt"}) EXPECT_EQ(all.find(name), std::string::npos) << name;
      for (const char* name : {"/m1.txt", "/m4.txt", "/m5.txt", "/m6.txt"})
        EXPECT_NE(all.find(name), std::string::npos) << name;
      EXPECT_NE(all.find("/m7.txt") == std::string::npos, all.find("/m8.txt") == std::string::npos);
    } else if (all != first) {
      const auto at = static_cast<std::size_t>(
          std::mismatch(all.begin(), all.end(), first.begin(), first.end()).first - all.begin());
      const std::size_t from = at > 600 ? at - 600 : 0;
      FAIL() << "differs at " << at << "\n"
             << all.substr(from, 900) << "\n--- not\n"
             << first.substr(from, 900);
    }
  }
}

}  // namespace
}  // namespace vanban

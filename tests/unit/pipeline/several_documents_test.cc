// A PDF that holds two documents: each is one of its own, in the store, in an export and back from it.

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <vector>

#include "unit/store/made_documents.h"
#include "vanban/link/graph.h"
#include "vanban/link/resolver.h"
#include "vanban/pipeline/carry.h"
#include "vanban/pipeline/pipeline.h"

namespace vanban {
namespace {

using testing::made_file;
using testing::ScratchFolder;
using testing::sha_of;

const Pipeline& pipeline() {
  static const Pipeline* const kPipeline = [] {
    auto models = Models::load(VANBAN_SOURCE_DIR "/models");
    auto made = Pipeline::create(*models);
    return new Pipeline(std::move(*made));
  }();
  return *kPipeline;
}

// A page of lines, each {left edge, text}; equal heights stand side by side.
struct PrintedLine {
  double y, x;
  std::string text;
};

RawPage page_of(int number, const std::vector<PrintedLine>& lines) {
  RawPage page;
  page.number = number;
  page.width = 595;
  page.height = 842;
  for (const PrintedLine& line : lines) {
    double x = line.x;
    for (std::size_t at = 0; at < line.text.size();) {
      const std::size_t end = std::min(line.text.find(' ', at), line.text.size());
      RawWord word;
      word.text = line.text.substr(at, end - at);
      std::size_t letters = 0;
      for (const char c : word.text) letters += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
      word.box = {x, line.y, x + 5.0 * static_cast<double>(letters), line.y + 12};
      word.font_size = 12;
      x = word.box.x1 + 3;
      page.words.push_back(word);
      at = end + 1;
    }
  }
  return page;
}

RawPage whole_document(int number, const std::string& symbol, const std::string& day) {
  return page_of(number,
                 {{50, 70, "VĂN PHÒNG CHÍNH PHỦ"},
                  {50, 300, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
                  {66, 350, "Độc lập - Tự do - Hạnh phúc"},
                  {95, 90, "Số: " + symbol},
                  {95, 330, "Hà Nội, ngày " + day + " tháng 4 năm 2024"},
                  {130, 150, "Kính gửi: Bộ Nội vụ."},
                  {170, 100, "Căn cứ Nghị quyết số 01/NQ-CP ngày 05 tháng 01 năm 2024 của Chính phủ,"},
                  {186, 70, "Văn phòng Chính phủ thông báo để các cơ quan biết, thực hiện./."},
                  {230, 70, "Nơi nhận:"},
                  {230, 340, "BỘ TRƯỞNG, CHỦ NHIỆM"},
                  {246, 70, "- Như trên;"},
                  {262, 70, "- Lưu: VT."},
                  {300, 370, "Trần Văn Sơn"}});
}

std::vector<std::string> exported(const Store& store) {
  std::vector<std::string> lines;
  const Result<void> done = store.export_documents([&](const std::string& line) -> Result<void> {
    lines.push_back(line);
    return {};
  });
  EXPECT_TRUE(done);
  return lines;
}

TEST(SeveralDocuments, EachIsOneOfItsOwn) {
  RawDocument raw;
  raw.media_type = "application/pdf";
  raw.sha256 = sha_of('c');
  raw.pages = {whole_document(1, "12/VPCP-KSTT", "10"), whole_document(2, "34/VPCP-KSTT", "11")};
  const Result<std::vector<Document>> documents = pipeline().process(raw, "bundle.pdf", Limits());
  ASSERT_TRUE(documents) << documents.error().message;
  ASSERT_EQ(documents->size(), 2u);
  for (int i = 0; i < 2; ++i) {
    SCOPED_TRACE(i);
    const Document& document = (*documents)[static_cast<std::size_t>(i)];
    EXPECT_EQ(document.header.number.text, i == 0 ? "12/VPCP-KSTT" : "34/VPCP-KSTT");
    EXPECT_EQ(document.header.signer.name, "Trần Văn Sơn");
    EXPECT_EQ(document.source.pages, 1);
    ASSERT_TRUE(document.source.part);
    EXPECT_EQ(document.source.part->number, i + 1);
    EXPECT_EQ(document.source.part->of, 2);
    EXPECT_EQ(document.source.part->first_page, i + 1);
    EXPECT_EQ(document.source.part->reason.empty(), i == 0);
    ASSERT_EQ(document.references.size(), 1u);
    EXPECT_EQ(document.references[0].from.page, i + 1);  // counted in the file
  }
  raw.pages.pop_back();
  EXPECT_FALSE(pipeline().process(raw, "one.pdf", Limits())->front().source.part);
}

TEST(SeveralDocuments, ComeBackFromAnExport) {
  RawDocument raw;
  raw.media_type = "application/pdf";
  raw.sha256 = sha_of('c');
  raw.pages = {whole_document(1, "12/VPCP-KSTT", "10"), whole_document(2, "34/VPCP-KSTT", "11")};
  Result<std::vector<Document>> documents = pipeline().process(raw, "bundle.pdf", Limits());
  ASSERT_TRUE(documents);
  std::vector<DocumentRecord> records;
  for (Document& document : *documents) {
    DocumentGraph graph = graph_of(document);
    records.push_back({std::move(document), std::move(graph)});
  }
  const ScratchFolder folder;
  Result<Store> first = Store::open(folder.file("first.db"), Store::Access::kReadWrite);
  ASSERT_TRUE(first);
  ASSERT_TRUE(first->put(made_file("bundle.pdf", sha_of('c')), records));
  const std::vector<std::string> lines = exported(*first);
  ASSERT_EQ(lines.size(), 2u);
  const std::atomic<bool> stop{false};
  const auto import = [&](const std::string& name,
                          std::vector<std::string> from) -> std::vector<std::string> {
    Result<Store> store = Store::open(folder.file(name), Store::Access::kReadWrite);
    EXPECT_TRUE(store);
    std::size_t at = 0;
    const Result<ImportReport> report = import_documents(
        *store, [&](std::string& line) { return at < from.size() && (line = from[at++], true); }, stop);
    return report ? exported(*store) : std::vector<std::string>{report.error().message};
  };
  EXPECT_EQ(import("whole.db", lines), lines);
  EXPECT_EQ(import("turned.db", {lines[1], lines[0]}), lines);
  EXPECT_EQ(import("half.db", {lines[1]}),
            std::vector<std::string>{lines[1]});  // the other one was not active
  EXPECT_EQ(import("twice.db", {lines[0], lines[0]}).front().find("line 2: "), 0u);
}

}  // namespace
}  // namespace vanban

// Reads plain text through the whole library: what a program that embeds vanban does.

#include <cstdio>

#include "vanban/doc/json.h"
#include "vanban/models/models.h"
#include "vanban/pipeline/pipeline.h"

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const vanban::Result<vanban::Models> models = vanban::Models::load(argv[1]);
  if (!models) return std::fprintf(stderr, "%s\n", models.error().message.c_str()), 1;
  const vanban::Result<vanban::Pipeline> pipeline = vanban::Pipeline::create(*models);
  if (!pipeline) return std::fprintf(stderr, "%s\n", pipeline.error().message.c_str()), 1;
  vanban::RawDocument raw;
  raw.media_type = "text/plain";
  raw.plain_text =
      "BỘ Y TẾ\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nSố: 12/BYT-VP\n"
      "Hà Nội, ngày 05 tháng 01 năm 2024\n\nCăn cứ Nghị quyết số 01/NQ-CP ngày 05 tháng 01 năm 2024 của "
      "Chính phủ.\n";
  const auto documents = pipeline->process(raw, "consumer.txt", {});
  if (!documents || documents->size() != 1) return 1;
  std::puts(vanban::to_json(documents->front()).c_str());
  return documents->front().references.size() == 1 ? 0 : 1;
}

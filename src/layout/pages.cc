// lay_out_pages: the steps of pages.h, one after another.

#include "layout/pages.h"

#include "vanban/layout/layout.h"

namespace vanban {
namespace pages {

std::vector<Page> analyse(const RawDocument& raw) {
  std::vector<Page> pages;
  pages.reserve(raw.pages.size());
  for (std::size_t i = 0; i < raw.pages.size(); ++i) {
    pages.push_back(make_page(raw.pages[i], i));
    drop_arrival_stamps(pages.back());
    find_grids(pages.back());
  }
  find_furniture(pages);
  for (Page& page : pages) find_footnotes(page);
  find_margins(pages);
  return pages;
}

}  // namespace pages

LaidOutText lay_out_pages(const RawDocument& raw) {
  const std::vector<pages::Page> analysed = pages::analyse(raw);
  std::vector<std::vector<pages::Item>> items;
  items.reserve(analysed.size());
  for (std::size_t i = 0; i < analysed.size(); ++i) items.push_back(pages::make_items(analysed, i));
  LaidOutText text = pages::write_text(raw, analysed, pages::join_pages(analysed, std::move(items)));
  text.encoding = raw.encoding;
  bool layer = false, ocr = false;
  for (const RawPage& page : raw.pages) {
    if (page.words.empty()) continue;
    layer = layer || page.origin != TextOrigin::kOcr;
    ocr = ocr || page.origin == TextOrigin::kOcr || page.origin == TextOrigin::kMixed;
  }
  text.origin = layer && ocr ? TextOrigin::kMixed : ocr ? TextOrigin::kOcr : TextOrigin::kTextLayer;
  return text;
}

}  // namespace vanban

// Filters as words of the index: a search under a filter finds what the list under the same filter has.

#include "store/filter_words.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "unit/store/made_documents.h"

namespace vanban {
namespace {

using store::year_words;
using store::YearOf;

// The words that migrations/0005_filter_words.sql writes for a year.
std::vector<std::string> written_for(int year) {
  return {"vby" + std::to_string(year), "vby4x" + std::to_string(year / 4),
          "vby16x" + std::to_string(year / 16), "vby64x" + std::to_string(year / 64)};
}

bool covers(const std::vector<std::string>& words, int year) {
  for (const std::string& word : written_for(year)) {
    if (std::find(words.begin(), words.end(), word) != words.end()) return true;
  }
  return false;
}

TEST(FilterWords, AYearIsFoundUnderTheRangesThatHoldItAlone) {
  std::mt19937 random(1);
  for (int turn = 0; turn < 300; ++turn) {
    const int first = turn % 10 == 0 ? 0 : 1890 + static_cast<int>(random() % 320);
    const int last = turn % 10 == 1 ? 9999 : first + static_cast<int>(random() % 120) - 10;
    const std::vector<std::string> words = year_words(YearOf::kDate, first, last);
    EXPECT_LE(words.size(), 30u);
    for (int year = 1900; year < 2200; ++year) {
      EXPECT_EQ(covers(words, year), year >= first && year <= last) << year << " in " << first << "-" << last;
    }
  }
}

// A document whose every fact holds the word "chung".
DocumentRecord made_at_random(std::mt19937& random, int number) {
  const std::vector<AgencyMention> bodies = {{"Bộ Tài chính", "bo-tai-chinh"},
                                             {"Bộ Y tế", "bo-y-te"},
                                             {"Bộ Công an", "bo-cong-an"},
                                             {"Sở Y tế", ""},
                                             {"Chính phủ", "chinh-phu"}};
  const auto body = [&] { return bodies[random() % bodies.size()]; };
  const auto day = [&]() -> PartialDate {
    PartialDate date;
    if (random() % 6 == 0) return date;
    date.year = 2013 + static_cast<int>(random() % 8);
    if (random() % 4 > 0) date.month = 1 + static_cast<int>(random() % 12);
    if (date.month > 0 && random() % 3 > 0) date.day = 1 + static_cast<int>(random() % 28);
    return date;
  };
  DocumentRecord record;
  Document& d = record.document;
  const std::string count = std::to_string(number);
  d.source.path = count + ".txt";
  d.source.sha256 = std::string(64 - count.size(), '0') + count;
  const DocumentType types[] = {DocumentType::kDispatch, DocumentType::kJointCircular,
                                DocumentType::kDecision};
  d.header.type = types[random() % 3];
  d.header.number = {count + "/VPCP", count, 0, "VPCP"};
  d.header.date = day();
  if (random() % 8 > 0) d.header.issuer = body();
  d.header.id = "/vn/thu/dispatch/2020/" + count + "-vpcp";
  d.header.subject = "chung";
  d.text = "chung";
  const auto assigned = [&]() -> std::vector<NumberedReference> {
    if (random() % 2 == 0) return {};
    return {{"0" + std::to_string(1 + random() % 2) + "/NQ-CP", day(), ""}};
  };
  for (std::size_t i = 0; i < 2; ++i) {
    const std::string id = std::to_string(i + 1);
    Task task;
    task.id = "k" + id;
    task.text = "chung";
    task.lead = {body()};
    if (random() % 2 == 0) task.coordinating = {body(), body()};
    task.assigned_by = assigned();
    for (std::size_t k = random() % 3; k > 0; --k) {
      Deadline deadline;
      deadline.text = "hạn";
      deadline.due = day();
      task.deadlines.push_back(deadline);
    }
    d.tasks.push_back(task);
    Indicator indicator;
    indicator.id = "i" + id;
    indicator.name = "chung";
    indicator.lead = {body()};
    indicator.assigned_by = assigned();
    d.indicators.push_back(indicator);
    Measurement measurement;
    measurement.id = "m" + id;
    measurement.name = "chung";
    d.measurements.push_back(measurement);
    Reference reference;
    reference.id = "r" + id;
    reference.text = "chung";
    if (random() % 2 == 0) reference.issuer = body();
    d.references.push_back(reference);
  }
  record.graph.self = {d.header.id, d.header.type, d.header.number.text, d.header.date, "", "", true};
  return record;
}

Filter random_filter(std::mt19937& random) {
  const auto one_of = [&](const std::vector<std::string>& values) {
    return random() % 3 == 0 ? values[random() % values.size()] : std::string();
  };
  const std::vector<std::string> days = {"2014",    "2016",       "2019",       "2015-06",   "2017-12",
                                         "2018-01", "2015-01-01", "2016-12-31", "2017-05-09"};
  Filter filter;
  filter.agency = one_of({"Bộ Tài chính", "so y te", "chinh-phu", "Bộ Nội vụ"});
  filter.from = one_of(days);
  filter.to = one_of(days);
  filter.due_before = random() % 2 == 0 ? one_of(days) : "";
  filter.type = one_of({"joint_circular", "dispatch"});
  filter.assigned_by = random() % 2 == 0 ? one_of({"1/NQ-CP", "02/2016/NQ-CP"}) : "";
  filter.document = random() % 4 == 0 ? one_of({"7/VPCP", "12/VPCP", "none/VPCP"}) : "";
  filter.limit = 1000;
  return filter;
}

TEST(FilterWords, ASearchUnderAFilterFindsWhatTheListHas) {
  std::mt19937 random(7);
  testing::ScratchFolder folder;
  auto store = Store::open(folder.file("a.db"), Store::Access::kReadWrite);
  ASSERT_TRUE(store) << store.error().message;
  for (int number = 1; number <= 60; ++number) {
    const DocumentRecord record = made_at_random(random, number);
    FileRecord file = testing::made_file(record.document.source.path, record.document.source.sha256);
    ASSERT_TRUE(store->put(file, {record}));
  }
  std::size_t found = 0, empty = 0;
  for (int turn = 0; turn < 400; ++turn) {
    Filter filter = random_filter(random);
    SCOPED_TRACE("agency '" + filter.agency + "' from '" + filter.from + "' to '" + filter.to + "' due '" +
                 filter.due_before + "' type '" + filter.type + "' assigned '" + filter.assigned_by +
                 "' document '" + filter.document + "'");
    for (int k = 0; k <= static_cast<int>(FactKind::kReference); ++k) {
      const auto kind = static_cast<FactKind>(k);
      filter.kinds = {kind};
      const auto searched = store->search("chung", filter);
      ASSERT_TRUE(searched) << searched.error().message;
      std::multiset<std::string> by_search, by_list;
      for (const SearchHit& hit : searched->hits) by_search.insert(hit.document_number + " " + hit.fact_id);
      const auto listed = store->list(kind, filter);
      ASSERT_TRUE(listed) << listed.error().message;
      const std::string id_column = std::string(fact_kind_name(kind)) + "_id";
      const std::string number_column = kind == FactKind::kDocument ? "number" : "document_number";
      for (const ListRow& row : *listed) {
        std::string number, id;
        for (const auto& [name, value] : row.fields) {
          if (name == number_column) number = value;
          if (name == id_column && kind != FactKind::kDocument) id = value;
        }
        by_list.insert(number + " " + id);
      }
      EXPECT_EQ(by_search, by_list) << fact_kind_name(kind);
      found += by_list.size();
      empty += by_list.empty() ? 1 : 0;
    }
  }
  EXPECT_GT(found, 1000u);  // the filters are neither all nor nothing
  EXPECT_GT(empty, 100u);
  EXPECT_LT(empty, 1500u);
}

}  // namespace
}  // namespace vanban

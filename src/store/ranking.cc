#include "store/ranking.h"

#include <sqlite3.h>

#include <algorithm>
#include <new>
#include <vector>

#include "store/search_words.h"

namespace vanban::store {
namespace {

constexpr double kSaturation = 1.2;  // bm25's k1: the tenth occurrence says little more than the third
constexpr double kLength = 0.75;     // bm25's b: how much longer texts lose
constexpr double kNearness = 2.0;

struct Place {
  int phrase, column, word;
};

// What does not change from row to row of one query.
struct QueryFacts {
  double average_length = 1;
  std::vector<double> weights;
  std::vector<double> seen;     // of each phrase: occurrences in the row, weighted
  std::vector<int> last_place;  // of each phrase: where it stood last in this column
  std::vector<Place> places;    // of this row
};

void delete_facts(void* facts) { delete static_cast<QueryFacts*>(facts); }

QueryFacts* facts_of(const Fts5ExtensionApi* api, Fts5Context* context, int count, sqlite3_value** values) {
  if (void* known = api->xGetAuxdata(context, 0)) return static_cast<QueryFacts*>(known);
  auto* facts = new (std::nothrow) QueryFacts;
  if (facts == nullptr) return nullptr;
  sqlite3_int64 rows = 0, words = 0;
  api->xRowCount(context, &rows);
  api->xColumnTotalSize(context, -1, &words);
  if (rows > 0 && words > 0) facts->average_length = static_cast<double>(words) / static_cast<double>(rows);
  for (int i = 0; i < api->xColumnCount(context); ++i) {
    facts->weights.push_back(i + 1 < count ? sqlite3_value_double(values[i + 1]) : 1.0);
  }
  const int unscored = count > 0 ? sqlite3_value_int(values[0]) : 0;
  facts->seen.resize(static_cast<std::size_t>(std::max(api->xPhraseCount(context) - unscored, 0)));
  facts->last_place.resize(facts->seen.size());
  constexpr std::size_t kUsualPlaces = 64;
  facts->places.reserve(kUsualPlaces);
  if (api->xSetAuxdata(context, facts, delete_facts) != SQLITE_OK) return nullptr;
  return facts;
}

// The smallest stretch of one column in which all phrases of the row stand, as a share: 1 where they touch.
class Nearness {
 public:
  explicit Nearness(std::vector<int>& last_place) : last_place_(last_place) {
    std::fill(last_place_.begin(), last_place_.end(), -1);
  }
  void add(std::size_t phrase, int column, int place, int different) {
    if (column != column_) {
      std::fill(last_place_.begin(), last_place_.end(), -1);
      column_ = column;
      present_ = 0;
    }
    if (last_place_[phrase] < 0) ++present_;
    last_place_[phrase] = place;
    if (present_ < different || different < 2) return;
    int first = place;
    for (const int other : last_place_) {
      if (other >= 0) first = std::min(first, other);
    }
    best_ = std::max(
        best_, static_cast<double>(different) / static_cast<double>(std::max(place - first + 1, different)));
  }
  double best() const { return best_; }

 private:
  std::vector<int>& last_place_;
  int column_ = -1, present_ = 0;
  double best_ = 0;
};

void rank_row(const Fts5ExtensionApi* api, Fts5Context* context, sqlite3_context* out, int count,
              sqlite3_value** values) {
  QueryFacts* facts = facts_of(api, context, count, values);
  if (facts == nullptr) {
    sqlite3_result_error_nomem(out);
    return;
  }
  int instances = 0, length = 0;
  int code = api->xInstCount(context, &instances);
  if (code == SQLITE_OK) code = api->xColumnSize(context, -1, &length);
  std::fill(facts->seen.begin(), facts->seen.end(), 0.0);
  int different = 0;
  constexpr int kMostPlaces = 4096;  // of a long text the beginning says enough of nearness
  facts->places.clear();
  for (int i = 0; i < instances && code == SQLITE_OK; ++i) {
    Place place{};
    code = api->xInst(context, i, &place.phrase, &place.column, &place.word);
    if (code != SQLITE_OK) break;
    if (static_cast<std::size_t>(place.phrase) >= facts->seen.size()) continue;  // a filter
    double& seen = facts->seen[static_cast<std::size_t>(place.phrase)];
    if (seen == 0) ++different;
    seen += facts->weights[static_cast<std::size_t>(place.column)];
    if (i < kMostPlaces) facts->places.push_back(place);
  }
  Nearness nearness(facts->last_place);
  if (different > 1) {
    for (const Place& place : facts->places) {
      nearness.add(static_cast<std::size_t>(place.phrase), place.column, place.word, different);
      if (nearness.best() >= 1) break;
    }
  }
  if (code != SQLITE_OK) {
    sqlite3_result_error_code(out, code);
    return;
  }
  const double norm = kSaturation * (1 - kLength + kLength * length / facts->average_length);
  double score = kNearness * nearness.best();
  for (const double seen : facts->seen) {
    if (seen > 0) score += seen * (kSaturation + 1) / (seen + norm);
  }
  sqlite3_result_double(out, score);
}

void rank(const Fts5ExtensionApi* api, Fts5Context* context, sqlite3_context* out, int count,
          sqlite3_value** values) {
  try {
    rank_row(api, context, out, count, values);
  } catch (...) {  // memory alone can run out here, and C stands above
    sqlite3_result_error_nomem(out);
  }
}

// Whether the phrase that is so many from the end of the expression (1: the last) stands in the row.
void has(const Fts5ExtensionApi* api, Fts5Context* context, sqlite3_context* out, int count,
         sqlite3_value** values) {
  const int phrase = api->xPhraseCount(context) - (count > 0 ? sqlite3_value_int(values[0]) : 1);
  Fts5PhraseIter places{};
  int column = -1, word = -1;
  const int code = phrase < 0 ? SQLITE_RANGE : api->xPhraseFirst(context, phrase, &places, &column, &word);
  if (code != SQLITE_OK) {
    sqlite3_result_error_code(out, code);
    return;
  }
  sqlite3_result_int(out, column >= 0 ? 1 : 0);
}

}  // namespace

bool register_ranking(sqlite3* database) {
  fts5_api* api = fts5_of(database);
  return api != nullptr && api->xCreateFunction(api, "vanban_rank", nullptr, rank, nullptr) == SQLITE_OK &&
         api->xCreateFunction(api, "vanban_has", nullptr, has, nullptr) == SQLITE_OK;
}

}  // namespace vanban::store

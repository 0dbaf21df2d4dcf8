#include "layout/plain_columns.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

#include "layout/plain_lines.h"

namespace vanban::layout {
namespace {

// "theo" ends no cell so in "tiếp theo".
bool is_cut(const std::vector<TableWord>& words, std::size_t i) {
  return words[i].cut && !(words[i].text == "theo" && i > 0 && words[i - 1].text == "tiếp");
}

// Of the words before one, so that a cell costs O(1).
struct Sums {
  int gaps = 0, bare_starts = 0, sentence_ends = 0, digits = 0;
  int numbers = 0, no_values = 0;  // what words do in a value
};

constexpr std::size_t kLongestUnitWords = 4;

struct Features {
  const std::vector<TableWord>& words;
  std::vector<Sums> before;
  std::vector<std::uint8_t> units;  // bit k of units[i]: the k + 1 words from i on are a unit

  // A cell of the words [i, j) reads as a value.
  bool value(std::size_t i, std::size_t j) const {
    return words[i].key != "%" && before[j].numbers > before[i].numbers &&
           before[j].no_values == before[i].no_values;  // "%" is the unit's
  }
};

// A body named without "," or "và" before it stands in a cell of its own.
bool starts_bare(const std::vector<TableWord>& words, std::size_t i) {
  if (i == 0 || !words[i].agency || words[i - 1].agency || is_cut(words, i - 1)) return false;
  const char last = words[i - 1].text.back();
  if (last == ';' || last == ':') return false;
  static constexpr std::array<std::string_view, 6> kInside = {"công", "báo", "nhà", "kiểm", "chính", "quốc"};
  return std::find(kInside.begin(), kInside.end(), words[i].key) == kInside.end();
}

// See Features::units.
std::uint8_t units_from(const std::vector<TableWord>& words, std::size_t i) {
  if (!begins_unit(words[i].key)) return 0;
  unsigned units = 0;
  std::string key;
  for (std::size_t k = 0; k < kLongestUnitWords && i + k < words.size() && key.size() <= kLongestUnit; ++k) {
    if (k > 0) key += ' ';
    key += words[i + k].key;
    units |= static_cast<unsigned>(is_unit(key)) << k;
  }
  return static_cast<std::uint8_t>(units);
}

Features look_at(const std::vector<TableWord>& words) {
  const std::size_t n = words.size();
  Features f{words, std::vector<Sums>(n + 1), std::vector<std::uint8_t>(n, 0)};
  for (std::size_t i = 0; i < n; ++i) f.units[i] = units_from(words, i);
  for (std::size_t i = 0; i < n; ++i) {
    Sums& sums = f.before[i + 1];
    sums = f.before[i];
    sums.bare_starts += starts_bare(words, i);
    sums.gaps += words[i].before >= 2;
    sums.sentence_ends += words[i].text.back() == '.' && i + 1 < n;
    sums.digits += words[i].digit;
    sums.numbers += words[i].role == ValueWord::kNumber;
    sums.no_values += words[i].role == ValueWord::kOther;
  }
  return f;
}

// Costs are counted in twentieths, so that their sums are exact: two ways that cost the same are told apart
// by their order, not by rounding.
using Cost = int;
constexpr double kTwentieths = 20;
constexpr Cost kNever = 1 << 28;
constexpr Cost cost_of(double value) {
  return static_cast<Cost>(value * kTwentieths + (value < 0 ? -0.5 : 0.5));
}

Cost empty_cost(ColumnKind kind, bool first_agency) {
  switch (kind) {
    case ColumnKind::kName:
      return cost_of(6);
    case ColumnKind::kNote:
      return cost_of(0.1);
    case ColumnKind::kProduct:
      return cost_of(1.5);
    default:
      return first_agency ? cost_of(3.2) : cost_of(2.5);  // somebody always has the lead
  }
}

// A cell of the words [i, j) costs start[i] + end[j], and what only both ends together tell (Beginning).
struct CellCosts {
  std::vector<Cost> start, end;
};

CellCosts cell_costs(const std::vector<TableWord>& words, const Features& f, ColumnKind kind, RowPart part) {
  const std::size_t n = words.size();
  CellCosts costs{std::vector<Cost>(n + 1, 0), std::vector<Cost>(n + 1, 0)};
  const Cost gap = kind == ColumnKind::kName                                 ? cost_of(0.1)
                   : kind == ColumnKind::kNote || kind == ColumnKind::kLabel ? 0
                                                                             : cost_of(0.3);
  const Cost wrong_start = part == RowPart::kGoesOn ? cost_of(0.2) : cost_of(4);
  for (std::size_t i = 0; i < n; ++i) {
    Cost& start = costs.start[i];
    Cost& end = costs.end[i + 1];
    const Cost cut = is_cut(words, i) && part != RowPart::kCutAtEnd ? cost_of(4) : 0;
    start = -gap * f.before[i + 1].gaps;
    end = gap * f.before[i + 1].gaps;
    switch (kind) {
      case ColumnKind::kName:
        start += words[i].upper || part == RowPart::kGoesOn || words[i].digit ? 0 : cost_of(1);
        end += (cut > 0 ? cost_of(2.5) : 0) - (words[i].text.back() == '.' ? cost_of(0.3) : 0);
        break;
      case ColumnKind::kAgency:
        start += (words[i].agency ? 0 : wrong_start) - cost_of(1.5) * f.before[i + 1].bare_starts -
                 cost_of(2) * f.before[i].sentence_ends - cost_of(0.7) * f.before[i].digits;
        end += cut + cost_of(1.5) * f.before[i + 1].bare_starts + cost_of(2) * f.before[i].sentence_ends +
               cost_of(0.7) * f.before[i + 1].digits;
        break;
      case ColumnKind::kDeadline:
        start += (words[i].deadline ? 0 : wrong_start) - cost_of(1.5) * f.before[i + 1].bare_starts;
        end += cut + cost_of(1.5) * f.before[i + 1].bare_starts;
        break;
      case ColumnKind::kProduct:
        start += words[i].upper || part == RowPart::kGoesOn ? cost_of(0.4) : cost_of(3);
        end += cut;
        break;
      case ColumnKind::kNote:
        start += words[i].upper ? cost_of(1) : cost_of(2);
        break;
      case ColumnKind::kLabel:
        start = kNever;
        break;
      case ColumnKind::kUnit:
      case ColumnKind::kValue:
        break;
    }
  }
  return costs;
}

// What both ends together tell of a cell of units.
Cost unit_cost(const Features& f, std::size_t i, std::size_t j) {
  // What is no unit costs the same with and without gaps.
  return (f.units[i] >> (j - i - 1) & 1) != 0
             ? 0
             : cost_of(5) - cost_of(0.3) * (f.before[j].gaps - f.before[i + 1].gaps);
}

// For each word that begins a line, summed up: what it costs that a cell of `capacity` goes on over this line
// end. A line that had room for the word ended its cell; one that is wider than the column is another
// column's.
std::vector<Cost> line_end_costs(const std::vector<TableWord>& words, std::size_t capacity) {
  std::vector<Cost> sums(words.size() + 1, 0);
  if (capacity == 0) return sums;
  std::size_t line = 0;
  for (std::size_t k = 0; k < words.size(); ++k) {
    Cost cost = 0;
    if (k > 0 && words[k].before > 0) {
      const std::size_t width = width_of(words, line, k);
      const std::size_t needed = width + 1 + words[k].width;
      if (words[k].before < 3) {
        const bool goes_on = starts_lower(words[k].text) && !ends_sentence(words[k - 1].text);
        if (needed * 100 < capacity * 75 && !goes_on) cost += cost_of(0.8);
        if (width * 100 > capacity * 130) cost += cost_of(1);
      }
      line = k;
    }
    sums[k + 1] = sums[k] + cost;
  }
  return sums;
}

std::size_t longest_cell(ColumnKind kind) {
  switch (kind) {
    case ColumnKind::kUnit:
      return kLongestUnitWords;
    case ColumnKind::kValue:
      return 8;
    case ColumnKind::kDeadline:
      return 20;
    case ColumnKind::kAgency:
      return 80;
    default:
      return kLongestRow;
  }
}

Cost boundary_cost(const TableWord& next) {
  return next.before >= 2 ? 0 : next.before == 1 ? cost_of(0.25) : cost_of(0.5);
}

// Where a cell begins, and what that costs; kNone: nowhere.
struct Beginning {
  static constexpr Cost kNone = std::numeric_limits<Cost>::max();
  std::size_t at = 0;
  Cost cost = kNone;
};

// The cheapest beginning of a cell that ends before word j: of the last `longest` words before j, the first
// of those that cost the same. extra(i): what both ends together tell of [i, j).
template <class Extra>
Beginning cheapest_beginning(const std::vector<Cost>& start, std::size_t j, std::size_t longest,
                             Extra extra) {
  Beginning best;
  for (std::size_t i = j - std::min(j, longest); i < j; ++i) {
    if (start[i] >= kNever) continue;
    const Cost cost = start[i] + extra(i);
    if (cost < best.cost) best = {i, cost};
  }
  return best;
}

// The cheapest beginning of a cell that names bodies, for one end after the other: such a cell may be long,
// and to look at all its words again for each end costs the square of a row.
class AgencyBeginnings {
 public:
  // The same as cheapest_beginning with an extra cost for more than kUsual words. `j`: one more each time.
  Beginning before(const std::vector<Cost>& start, std::size_t j) {
    if (j > 0 && start[j - 1] < kNever) usual_.add({j - 1, start[j - 1]});
    while (!usual_.empty() && j - usual_.first().at > kUsual) usual_.drop_first();
    if (j > kUsual && start[j - kUsual - 1] < kNever) longer_.add({j - kUsual - 1, start[j - kUsual - 1]});
    while (!longer_.empty() && j - longer_.first().at > longest_cell(ColumnKind::kAgency))
      longer_.drop_first();
    Beginning best;
    if (!longer_.empty()) best = {longer_.first().at, longer_.first().cost + cost_of(2)};
    if (!usual_.empty() && usual_.first().cost < best.cost) best = usual_.first();
    return best;
  }

 private:
  static constexpr std::size_t kUsual = 40;  // words
  // The cheapest of a window that moves on; of those that cost the same the first.
  class Window {
   public:
    bool empty() const { return first_ == kept_.size(); }
    const Beginning& first() const { return kept_[first_]; }
    void drop_first() { ++first_; }
    void add(Beginning one) {
      while (!empty() && kept_.back().cost > one.cost) kept_.pop_back();
      kept_.push_back(one);
    }

   private:
    std::vector<Beginning> kept_;  // from first_ on: each costs at least what the one before does
    std::size_t first_ = 0;
  };
  Window usual_, longer_;
};

// The same for a cell of this kind; nullopt: both ends tell no more of it than each alone.
std::optional<Beginning> beginning(const Features& f, ColumnKind kind, const std::vector<Cost>& start,
                                   std::size_t j) {
  const std::size_t longest = longest_cell(kind);
  switch (kind) {
    case ColumnKind::kUnit:
      return cheapest_beginning(start, j, longest, [&](std::size_t i) { return unit_cost(f, i, j); });
    case ColumnKind::kValue:
      return cheapest_beginning(start, j, longest, [&](std::size_t i) { return f.value(i, j) ? 0 : kNever; });
    case ColumnKind::kDeadline:
      return cheapest_beginning(start, j, longest, [&](std::size_t i) {
        return f.before[j].digits - f.before[i].digits > 0 || j - i <= 6 ? 0 : cost_of(1.5);
      });
    default:
      return std::nullopt;
  }
}

}  // namespace

RowCells deal_words(const std::vector<TableWord>& words, const std::vector<Column>& columns,
                    const std::vector<std::size_t>& capacities, RowPart part, const std::vector<bool>& open) {
  const std::size_t n = words.size(), m = columns.size() - 1;
  RowCells best;
  best.cost = kNever / kTwentieths;
  best.ends.assign(m, n);
  if (n == 0 || n > kLongestRow) return best;
  const Features f = look_at(words);
  // until[j]: the least that the columns so far cost if they hold the words [0, j); from[c][j]: where the
  // last of them begins then. Of two ways that cost the same, units and bodies take the longer cell ("triệu
  // đồng", not "đồng"), names and products the shorter one.
  std::vector<Cost> until(n + 1, kNever);
  std::vector<std::vector<std::size_t>> from(m, std::vector<std::size_t>(n + 1, 0));
  until[0] = 0;
  bool agency_before = false;
  for (std::size_t c = 0; c < m; ++c) {
    const ColumnKind kind = columns[c + 1].kind;
    const bool first_agency = kind == ColumnKind::kAgency && !agency_before;
    const bool unfinished = c + 1 < open.size() && open[c + 1];
    agency_before = agency_before || kind == ColumnKind::kAgency;
    const Cost empty = part != RowPart::kGoesOn ? empty_cost(kind, first_agency)
                       : unfinished             ? cost_of(1.5)
                                                : cost_of(0.1);
    const Cost begun = part != RowPart::kGoesOn || unfinished ? 0
                       : kind == ColumnKind::kName            ? cost_of(0.2)
                                                              : cost_of(0.8);
    const std::vector<Cost> line_ends =
        line_end_costs(words, c + 1 < capacities.size() ? capacities[c + 1] : 0);
    CellCosts costs = cell_costs(words, f, kind, part);
    for (std::size_t i = 0; i < n; ++i) {
      costs.start[i] = until[i] >= kNever ? kNever
                                          : costs.start[i] + until[i] + begun - line_ends[i + 1] +
                                                (i > 0 ? boundary_cost(words[i]) : 0);
    }
    std::vector<Cost> next(n + 1, kNever);
    std::size_t cheapest = 0;  // of the beginnings before j
    AgencyBeginnings agencies;
    for (std::size_t j = 0; j <= n; ++j) {
      Cost& least = next[j];
      const auto take = [&](Cost cost, std::size_t i) {
        if (cost >= least) return;
        least = cost;
        from[c][j] = i;
      };
      const Cost end = costs.end[j] + line_ends[j];
      const auto found =
          kind == ColumnKind::kAgency ? agencies.before(costs.start, j) : beginning(f, kind, costs.start, j);
      if (found) {
        if (found->cost != Beginning::kNone) take(found->cost + end, found->at);
      } else if (j > 0) {
        if (costs.start[j - 1] <= costs.start[cheapest]) cheapest = j - 1;
        if (costs.start[cheapest] < kNever) take(costs.start[cheapest] + end, cheapest);
      }
      if (until[j] < kNever) take(until[j] + empty, j);
    }
    until = std::move(next);
  }
  Cost cost = until[n];
  for (std::size_t c = m, end = n; c > 0; --c) {
    best.ends[c - 1] = end;
    end = from[c - 1][end];
  }
  if (part == RowPart::kWhole) {
    // A heading across the table has a name alone, and is not set apart into pieces.
    std::size_t name = 0;
    while (columns[name + 1].kind != ColumnKind::kName) ++name;
    const bool percent =
        std::any_of(words.begin(), words.end(), [](const TableWord& word) { return word.text == "%"; });
    const Cost group = cost_of(2.6) + cost_of(1.5) * (f.before[n].gaps - f.before[1].gaps) +
                       (is_cut(words, n - 1) ? cost_of(2.5) : 0) + (n > 60 ? cost_of(2) : 0) +
                       cost_of(1.2) * (f.before[n].bare_starts - f.before[1].bare_starts) +
                       (percent ? cost_of(3) : 0);
    if (group < cost) {
      cost = group;
      best.group = true;
      for (std::size_t c = 0; c < m; ++c) best.ends[c] = c < name ? 0 : n;
    }
  }
  best.cost = cost / kTwentieths;
  return best;
}

}  // namespace vanban::layout

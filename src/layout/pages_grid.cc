// Ruling lines to tables: collinear pieces are put together, lines that cross make a component, a component's
// edges make a grid, and neighbours without a line between them are one cell.

#include <algorithm>
#include <cmath>
#include <numeric>

#include "layout/pages.h"

namespace vanban::pages {
namespace {

constexpr double kSameEdge = 4;  // points: rulings so close are one edge (double lines, rounding)
constexpr double kReach = 3;     // points that a ruling may end short of the one it meets
constexpr double kShortest = 6;  // shorter rulings are dots and ticks
constexpr std::size_t kMostPairs = 25'000'000;
constexpr std::size_t kMostCells = 400'000;

// A horizontal or vertical line: `at` across, `from`..`to` along.
struct Edge {
  double at = 0, from = 0, to = 0;
};

std::vector<Edge> merge(std::vector<Edge> edges) {
  std::sort(edges.begin(), edges.end(),
            [](const Edge& a, const Edge& b) { return a.at != b.at ? a.at < b.at : a.from < b.from; });
  std::vector<Edge> merged;
  for (std::size_t i = 0; i < edges.size();) {
    std::size_t end = i;
    double sum = 0;
    while (end < edges.size() && edges[end].at - edges[i].at <= 1.5) sum += edges[end++].at;
    const double at = sum / static_cast<double>(end - i);
    std::sort(edges.begin() + static_cast<std::ptrdiff_t>(i),
              edges.begin() + static_cast<std::ptrdiff_t>(end),
              [](const Edge& a, const Edge& b) { return a.from < b.from; });
    Edge open{at, edges[i].from, edges[i].to};
    for (std::size_t k = i + 1; k < end; ++k) {
      if (edges[k].from <= open.to + kReach) {
        open.to = std::max(open.to, edges[k].to);
      } else {
        if (open.to - open.from >= kShortest) merged.push_back(open);
        open = {at, edges[k].from, edges[k].to};
      }
    }
    if (open.to - open.from >= kShortest) merged.push_back(open);
    i = end;
  }
  return merged;
}

struct Sets {
  std::vector<std::size_t> parent;
  explicit Sets(std::size_t count) : parent(count) {
    std::iota(parent.begin(), parent.end(), std::size_t{0});
  }
  std::size_t root(std::size_t i) {
    while (parent[i] != i) i = parent[i] = parent[parent[i]];
    return i;
  }
  void join(std::size_t a, std::size_t b) {
    a = root(a);
    b = root(b);
    if (a != b) parent[std::max(a, b)] = std::min(a, b);
  }
};

struct Component {
  std::vector<Edge> horizontal, vertical;
  Box box() const {
    Box all{1e9, 1e9, -1e9, -1e9};
    for (const Edge& edge : horizontal) all.include({edge.from, edge.at, edge.to, edge.at});
    for (const Edge& edge : vertical) all.include({edge.at, edge.from, edge.at, edge.to});
    return all;
  }
};

std::vector<Component> components(const std::vector<Edge>& horizontal, const std::vector<Edge>& vertical) {
  const std::size_t count = horizontal.size();
  Sets sets(count + vertical.size());
  std::vector<bool> crossed(count + vertical.size());
  for (std::size_t j = 0; j < vertical.size(); ++j) {
    const Edge& down = vertical[j];
    auto from = std::lower_bound(horizontal.begin(), horizontal.end(), down.from - kReach,
                                 [](const Edge& edge, double at) { return edge.at < at; });
    for (; from != horizontal.end() && from->at <= down.to + kReach; ++from) {
      if (down.at < from->from - kReach || down.at > from->to + kReach) continue;
      const auto i = static_cast<std::size_t>(from - horizontal.begin());
      sets.join(i, count + j);
      crossed[i] = crossed[count + j] = true;
    }
  }
  std::vector<Component> found;
  std::vector<std::size_t> slot(count + vertical.size(), ~std::size_t{0});
  for (std::size_t i = 0; i < slot.size(); ++i) {
    if (!crossed[i]) continue;
    const std::size_t root = sets.root(i);
    if (slot[root] == ~std::size_t{0}) {
      slot[root] = found.size();
      found.emplace_back();
    }
    Component& component = found[slot[root]];
    if (i < count) {
      component.horizontal.push_back(horizontal[i]);
    } else {
      component.vertical.push_back(vertical[i - count]);
    }
  }
  return found;
}

// Positions of `edges`, those closer than kSameEdge as one; `low` and `high`, how far the lines across reach:
// a table may lack its outer lines.
std::vector<double> positions(const std::vector<Edge>& edges, double low, double high) {
  std::vector<double> at;
  for (const Edge& edge : edges) at.push_back(edge.at);
  std::sort(at.begin(), at.end());
  std::vector<double> out;
  for (std::size_t i = 0; i < at.size();) {
    std::size_t end = i;
    double sum = 0;
    while (end < at.size() && at[end] - at[i] <= kSameEdge) sum += at[end++];
    out.push_back(sum / static_cast<double>(end - i));
    i = end;
  }
  if (out.empty() || low < out.front() - 3 * kSameEdge) out.insert(out.begin(), low);
  if (high > out.back() + 3 * kSameEdge) out.push_back(high);
  return out;
}

std::size_t nearest(const std::vector<double>& values, double at) {
  const auto after = std::lower_bound(values.begin(), values.end(), at);
  if (after == values.end()) return values.size() - 1;
  const auto i = static_cast<std::size_t>(after - values.begin());
  return i > 0 && at - values[i - 1] < values[i] - at ? i - 1 : i;
}

// present[k * spaces + j]: the edge at values[k] is drawn along space j of `along`.
std::vector<bool> drawn(const std::vector<Edge>& edges, const std::vector<double>& values,
                        const std::vector<double>& along) {
  const std::size_t spaces = along.size() - 1;
  std::vector<double> covered(values.size() * spaces, 0);
  for (const Edge& edge : edges) {
    const std::size_t k = nearest(values, edge.at);
    auto first = std::upper_bound(along.begin(), along.end(), edge.from);
    std::size_t j = first == along.begin() ? 0 : static_cast<std::size_t>(first - along.begin()) - 1;
    for (; j < spaces && along[j] < edge.to; ++j) {
      covered[k * spaces + j] += std::min(edge.to, along[j + 1]) - std::max(edge.from, along[j]);
    }
  }
  std::vector<bool> present(covered.size());
  for (std::size_t k = 0; k < values.size(); ++k) {
    for (std::size_t j = 0; j < spaces; ++j) {
      present[k * spaces + j] =
          k == 0 || k + 1 == values.size() || covered[k * spaces + j] > 0.6 * (along[j + 1] - along[j]);
    }
  }
  return present;
}

// The grid of one component; no cells where it is none.
Grid make_grid(const Component& component) {
  Grid grid;
  grid.box = component.box();
  grid.xs = positions(component.vertical, grid.box.x0, grid.box.x1);
  grid.ys = positions(component.horizontal, grid.box.y0, grid.box.y1);
  if (grid.xs.size() < 3 || grid.ys.size() < 2) return grid;
  const std::size_t columns = grid.xs.size() - 1, rows = grid.ys.size() - 1;
  if (columns * rows > kMostCells) return grid;
  const std::vector<bool> vertical = drawn(component.vertical, grid.xs, grid.ys);
  const std::vector<bool> horizontal = drawn(component.horizontal, grid.ys, grid.xs);
  Sets sets(columns * rows);
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t column = 0; column < columns; ++column) {
      const std::size_t here = row * columns + column;
      if (column + 1 < columns && !vertical[(column + 1) * rows + row]) sets.join(here, here + 1);
      if (row + 1 < rows && !horizontal[(row + 1) * columns + column]) sets.join(here, here + columns);
    }
  }
  struct Extent {
    std::size_t top = ~std::size_t{0}, left = ~std::size_t{0}, bottom = 0, right = 0, count = 0;
  };
  std::vector<Extent> extents(columns * rows);
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t column = 0; column < columns; ++column) {
      Extent& extent = extents[sets.root(row * columns + column)];
      extent.top = std::min(extent.top, row);
      extent.bottom = std::max(extent.bottom, row);
      extent.left = std::min(extent.left, column);
      extent.right = std::max(extent.right, column);
      ++extent.count;
    }
  }
  const auto add = [&](std::size_t top, std::size_t left, std::size_t bottom, std::size_t right) {
    Cell cell;
    cell.row = static_cast<int>(top);
    cell.column = static_cast<int>(left);
    cell.rowspan = static_cast<int>(bottom - top + 1);
    cell.colspan = static_cast<int>(right - left + 1);
    cell.box = {grid.xs[left], grid.ys[top], grid.xs[right + 1], grid.ys[bottom + 1]};
    grid.cells.push_back(std::move(cell));
  };
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t column = 0; column < columns; ++column) {
      const std::size_t root = sets.root(row * columns + column);
      const Extent& extent = extents[root];
      if (extent.count == (extent.bottom - extent.top + 1) * (extent.right - extent.left + 1)) {
        if (extent.top == row && extent.left == column) add(row, column, extent.bottom, extent.right);
        continue;
      }
      // An L: each run within a row is a cell of its own.
      grid.unclear = true;
      if (column > 0 && sets.root(row * columns + column - 1) == root) continue;
      std::size_t right = column;
      while (right + 1 < columns && sets.root(row * columns + right + 1) == root) ++right;
      add(row, column, row, right);
    }
  }
  return grid;
}

void take_words(Page& page, Grid& grid, std::vector<bool>& taken) {
  const std::size_t columns = grid.xs.size() - 1, rows = grid.ys.size() - 1;
  std::vector<std::size_t> owner(columns * rows);
  for (std::size_t i = 0; i < grid.cells.size(); ++i) {
    const Cell& cell = grid.cells[i];
    for (int row = cell.row; row < cell.row + cell.rowspan; ++row) {
      for (int column = cell.column; column < cell.column + cell.colspan; ++column) {
        owner[static_cast<std::size_t>(row) * columns + static_cast<std::size_t>(column)] = i;
      }
    }
  }
  const auto space = [](const std::vector<double>& edges, double at) {
    return static_cast<std::size_t>(std::upper_bound(edges.begin(), edges.end(), at) - edges.begin()) - 1;
  };
  for (std::size_t i = 0; i < page.words.size(); ++i) {
    if (taken[i] || page.words[i].noise) continue;
    const double x = page.words[i].box.centre_x(), y = page.words[i].box.centre_y();
    if (x < grid.xs.front() || x >= grid.xs.back() || y < grid.ys.front() || y >= grid.ys.back()) continue;
    grid.cells[owner[space(grid.ys, y) * columns + space(grid.xs, x)]].words.push_back(i);
  }
  std::size_t filled = 0;
  for (const Cell& cell : grid.cells) filled += cell.words.empty() ? 0 : 1;
  if (filled < 2) {
    for (Cell& cell : grid.cells) cell.words.clear();
    grid.cells.clear();
    return;
  }
  for (Cell& cell : grid.cells) {
    for (std::size_t word : cell.words) taken[word] = true;
    cell.lines = make_lines(page, cell.words, false);
  }
}

// Rows and columns that hold no cell's beginning (edges that only other parts of the drawing have) are left
// out.
void drop_empty_bands(Grid& grid) {
  const auto squeeze = [&](bool by_row) {
    std::vector<double>& edges = by_row ? grid.ys : grid.xs;
    const std::size_t count = edges.size() - 1;
    std::vector<char> used(count, 0);
    for (const Cell& cell : grid.cells) used[static_cast<std::size_t>(by_row ? cell.row : cell.column)] = 1;
    std::vector<int> index(count + 1, 0);
    int kept = 0;
    std::vector<double> left;
    for (std::size_t i = 0; i < count; ++i) {
      index[i] = used[i] ? kept++ : kept;
      if (used[i]) left.push_back(edges[i]);
    }
    index[count] = kept;
    left.push_back(edges.back());
    for (Cell& cell : grid.cells) {
      int& first = by_row ? cell.row : cell.column;
      int& span = by_row ? cell.rowspan : cell.colspan;
      const int end = index[static_cast<std::size_t>(first + span)];
      first = index[static_cast<std::size_t>(first)];
      span = std::max(1, end - first);
    }
    edges = left;
  };
  squeeze(true);
  squeeze(false);
}

// A smudge at a line's end stands for nothing.
void trim_smudges(Page& page, Line& line) {
  const auto smudge = [&](std::size_t word) { return page.words[word].smudge; };
  if (std::all_of(line.words.begin(), line.words.end(), smudge)) return;
  Line gone;
  while (smudge(line.words.front())) {
    gone.words.push_back(line.words.front());
    line.words.erase(line.words.begin());
  }
  while (smudge(line.words.back())) {
    gone.words.push_back(line.words.back());
    line.words.pop_back();
  }
  if (gone.words.empty()) return;
  finish_line(page, gone);
  page.furniture.push_back(std::move(gone));
  finish_line(page, line);
}

}  // namespace

void find_grids(Page& page) {
  std::vector<Edge> horizontal, vertical;
  if (!page.cells.empty()) {
    for (const Box& cell : page.cells) {
      horizontal.push_back({cell.y0, cell.x0, cell.x1});
      horizontal.push_back({cell.y1, cell.x0, cell.x1});
      vertical.push_back({cell.x0, cell.y0, cell.y1});
      vertical.push_back({cell.x1, cell.y0, cell.y1});
    }
  } else {
    for (const Ruling& ruling : page.rulings) {
      if (ruling.horizontal()) {
        horizontal.push_back({(ruling.y0 + ruling.y1) / 2, ruling.x0, ruling.x1});
      } else {
        vertical.push_back({(ruling.x0 + ruling.x1) / 2, ruling.y0, ruling.y1});
      }
    }
  }
  horizontal = merge(std::move(horizontal));
  vertical = merge(std::move(vertical));
  if (horizontal.size() * vertical.size() > kMostPairs) return;  // a drawing, not a table
  std::vector<Grid> grids;
  for (const Component& component : components(horizontal, vertical)) {
    Grid grid = make_grid(component);
    if (!grid.cells.empty()) grids.push_back(std::move(grid));
  }
  // A table inside a table's cell is read as that cell's text.
  std::stable_sort(grids.begin(), grids.end(), [](const Grid& a, const Grid& b) {
    return a.box.width() * a.box.height() > b.box.width() * b.box.height();
  });
  std::vector<bool> taken(page.words.size());
  for (Grid& grid : grids) {
    if (page.grids.size() > 2000) break;
    const bool inside = std::any_of(page.grids.begin(), page.grids.end(), [&](const Grid& outer) {
      return outer.box.x0 <= grid.box.centre_x() && grid.box.centre_x() <= outer.box.x1 &&
             outer.box.y0 <= grid.box.centre_y() && grid.box.centre_y() <= outer.box.y1;
    });
    if (inside) continue;
    take_words(page, grid, taken);
    if (grid.cells.empty()) continue;
    drop_empty_bands(grid);
    page.grids.push_back(std::move(grid));
  }
  std::sort(page.grids.begin(), page.grids.end(), [](const Grid& a, const Grid& b) {
    return a.box.y0 != b.box.y0 ? a.box.y0 < b.box.y0 : a.box.x0 < b.box.x0;
  });
  std::vector<std::size_t> rest;
  for (std::size_t i = 0; i < page.words.size(); ++i) {
    if (taken[i]) continue;
    if (!page.words[i].noise) {
      rest.push_back(i);
      continue;
    }
    Line speck;
    speck.words.push_back(i);
    finish_line(page, speck);
    page.furniture.push_back(std::move(speck));
  }
  page.lines = make_lines(page, rest, true);
  for (Line& line : page.lines) trim_smudges(page, line);
}

}  // namespace vanban::pages

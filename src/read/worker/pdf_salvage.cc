#include "read/worker/pdf_salvage.h"

#include <zlib.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstdio>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "vanban/base/utf8.h"

namespace vanban::read {
namespace {

constexpr auto kNone = std::string_view::npos;
constexpr std::uint32_t kHighestNumber = 8'388'607;  // as in PDF's own limits

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0'; }
bool is_delimiter(char c) {
  return is_space(c) || std::string_view("()<>[]{}/%").find(c) != std::string_view::npos;
}

std::size_t skip_space(std::string_view text, std::size_t at) {
  while (at < text.size() && is_space(text[at])) ++at;
  return at;
}

// Digits at `at`, moved behind them. nullopt: none, or too many.
std::optional<std::uint32_t> number_at(std::string_view text, std::size_t& at) {
  std::uint64_t value = 0;
  const std::size_t begin = at;
  while (at < text.size() && is_digit(text[at]) && at - begin < 10) {
    value = value * 10 + static_cast<std::uint64_t>(text[at++] - '0');
  }
  if (at == begin || value > UINT32_MAX) return std::nullopt;
  return static_cast<std::uint32_t>(value);
}

// The number before `end`, with white space between; `end` moves to its first digit.
std::optional<std::uint32_t> number_before(std::string_view text, std::size_t& end) {
  std::size_t at = end;
  while (at > 0 && is_space(text[at - 1]) && end - at < 16) --at;
  if (at == end) return std::nullopt;
  const std::size_t behind = at;
  while (at > 0 && is_digit(text[at - 1]) && behind - at < 10) --at;
  if (at == behind) return std::nullopt;
  end = at;
  return number_at(text, at);
}

// The raw value of `key` ("/Kids") in a dictionary's text; empty: it has none. Looks at any depth: good
// enough for keys that stand nowhere else.
std::string_view value_of(std::string_view dictionary, std::string_view key) {
  for (std::size_t at = dictionary.find(key); at != kNone; at = dictionary.find(key, at + 1)) {
    std::size_t begin = at + key.size();
    if (begin < dictionary.size() && !is_delimiter(dictionary[begin])) continue;
    begin = skip_space(dictionary, begin);
    if (begin >= dictionary.size()) return {};
    std::size_t end = begin;
    if (dictionary[begin] == '<' || dictionary[begin] == '[') {
      int depth = 0;
      do {
        if (dictionary[end] == '<' || dictionary[end] == '[') ++depth;
        if (dictionary[end] == '>' || dictionary[end] == ']') --depth;
        ++end;
      } while (end < dictionary.size() && depth > 0);
      return depth == 0 ? dictionary.substr(begin, end - begin) : std::string_view();
    }
    end = begin + 1;
    while (end < dictionary.size() && !is_delimiter(dictionary[end])) ++end;
    if (is_digit(dictionary[begin])) {  // "12 0 R"
      std::size_t next = skip_space(dictionary, end);
      if (number_at(dictionary, next)) {
        next = skip_space(dictionary, next);
        if (next < dictionary.size() && dictionary[next] == 'R') end = next + 1;
      }
    }
    return dictionary.substr(begin, end - begin);
  }
  return {};
}

std::optional<std::uint32_t> integer_of(std::string_view dictionary, std::string_view key) {
  const std::string_view value = value_of(dictionary, key);
  std::size_t at = 0;
  return number_at(value, at);
}

bool is_type(std::string_view dictionary, std::string_view type) {
  for (std::size_t at = dictionary.find("/Type"); at != kNone; at = dictionary.find("/Type", at + 1)) {
    const std::size_t value = skip_space(dictionary, at + 5);
    const std::string_view rest = dictionary.substr(value);
    if (rest.starts_with(type) && (rest.size() == type.size() || is_delimiter(rest[type.size()])))
      return true;
  }
  return false;
}

std::vector<std::uint32_t> references_in(std::string_view array) {
  std::vector<std::uint32_t> found;
  for (std::size_t at = 0; at < array.size();) {
    if (!is_digit(array[at])) {
      ++at;
      continue;
    }
    const auto number = number_at(array, at);
    std::size_t next = skip_space(array, at);
    if (number && number_at(array, next)) {
      next = skip_space(array, next);
      if (next < array.size() && array[next] == 'R') {
        found.push_back(*number);
        at = next + 1;
      }
    }
  }
  return found;
}

struct Object {
  std::uint32_t generation = 0;
  std::size_t order = 0;  // in the file
  std::string_view head;  // the value, of a stream its dictionary
  std::string_view data;  // of a stream
  bool is_stream = false;
};

class Salvage {
 public:
  Salvage(std::string_view bytes, const Limits& limits) : bytes_(bytes), left_(limits.inflated_bytes) {}
  SalvagedPdf run();

 private:
  struct Mark {
    std::string_view word;
    std::size_t at = 0;
  };
  std::size_t next(Mark& mark, std::size_t from);
  void find_objects();
  std::size_t take_object(std::uint32_t number, std::uint32_t generation, std::size_t begin);
  void unpack(const Object& stream);
  std::string inflate(std::string_view data);
  void walk(std::uint32_t root, std::vector<std::uint32_t>& pages) const;
  std::string_view inherited(const Object& page, std::string_view key);
  std::string with_inherited(const Object& page);
  std::string trailer_extras() const;

  const std::string_view bytes_;
  std::uint64_t left_;  // bytes that may still be inflated
  std::map<std::uint32_t, Object> objects_;
  std::deque<std::string> unpacked_;  // what heads of packed objects point into
  Mark endobj_{"endobj"}, stream_{"stream"}, endstream_{"endstream"}, header_{" obj"};
  std::map<std::pair<std::uint32_t, std::string_view>, std::string_view> inherited_;  // from a tree's node
  std::size_t order_ = 0;
};

// The next `mark` from `from` on; `from` never goes back, so that the file is looked through once a mark.
std::size_t Salvage::next(Mark& mark, std::size_t from) {
  if (mark.at != kNone && mark.at < from) mark.at = bytes_.find(mark.word, from);
  return std::min(mark.at, bytes_.size());
}

// Puts the object that begins at `begin` down; returns where to look for the next one.
std::size_t Salvage::take_object(std::uint32_t number, std::uint32_t generation, std::size_t begin) {
  Object object;
  object.generation = generation;
  object.order = ++order_;
  const std::size_t closing = next(endobj_, begin), stream = next(stream_, begin);
  std::size_t header = next(header_, begin);  // of the next object, where this one has lost its end
  std::size_t behind = 0;
  if (stream < std::min(closing, header)) {
    object.is_stream = true;
    object.head = bytes_.substr(begin, stream - begin);
    std::size_t data = stream + stream_.word.size();
    if (data < bytes_.size() && bytes_[data] == '\r') ++data;
    if (data < bytes_.size() && bytes_[data] == '\n') ++data;
    // The length that it states, where that leads to its end; else its end is looked for.
    const auto length = integer_of(object.head, "/Length");
    std::size_t end = kNone;
    if (length && *length < bytes_.size() - data) {
      const std::string_view after = bytes_.substr(data + *length, 16);
      if (after.substr(skip_space(after, 0)).starts_with("endstream")) end = data + *length;
    }
    if (end == kNone) end = next(endstream_, data);
    object.data = bytes_.substr(data, end - data);
    behind = end;
  } else {
    if (header < closing) {
      while (header > begin && (is_digit(bytes_[header - 1]) || is_space(bytes_[header - 1]))) --header;
    }
    behind = std::min(closing, header);
    object.head = bytes_.substr(begin, behind - begin);
  }
  if (object.is_stream && is_type(object.head, "/ObjStm")) {
    unpack(object);
  } else if (!object.is_stream || !is_type(object.head, "/XRef")) {
    objects_[number] = object;
  }
  return behind;
}

void Salvage::find_objects() {
  for (std::size_t at = bytes_.find("obj"); at != kNone;) {
    std::size_t begin = at;
    const auto generation = number_before(bytes_, begin);
    const auto number = generation ? number_before(bytes_, begin) : std::nullopt;
    std::size_t behind = at + 3;
    if (number && *number > 0 && *number <= kHighestNumber && *generation <= 65535) {
      behind = take_object(*number, *generation, at + 3);
    }
    at = bytes_.find("obj", behind);
  }
}

std::string Salvage::inflate(std::string_view data) {
  std::string out;
  z_stream zip{};
  if (inflateInit(&zip) != Z_OK) return out;
  zip.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(data.data()));
  zip.avail_in = static_cast<uInt>(std::min<std::size_t>(data.size(), UINT32_MAX));
  char piece[1u << 16];
  int state = Z_OK;
  while (state == Z_OK && left_ > 0) {  // a stream that is cut gives what is there
    zip.next_out = reinterpret_cast<Bytef*>(piece);
    zip.avail_out = sizeof piece;
    state = ::inflate(&zip, Z_NO_FLUSH);
    const std::size_t got = sizeof piece - zip.avail_out;
    if (got == 0) break;
    out.append(piece, got);
    left_ -= std::min<std::uint64_t>(left_, got);
  }
  inflateEnd(&zip);
  return out;
}

// An object stream: "N offset N offset ...", then the objects from /First on.
void Salvage::unpack(const Object& stream) {
  const auto count = integer_of(stream.head, "/N"), first = integer_of(stream.head, "/First");
  if (!count || !first) return;
  const std::string_view filter = value_of(stream.head, "/Filter");
  std::string text;
  if (filter.find("/FlateDecode") != kNone || filter.find("/Fl") != kNone) {
    text = inflate(stream.data);
  } else if (filter.empty()) {
    text = std::string(stream.data);
  }
  if (text.size() <= *first) return;
  unpacked_.push_back(std::move(text));
  const std::string_view whole = unpacked_.back();
  std::vector<std::pair<std::uint32_t, std::size_t>> places;
  std::size_t at = 0;
  for (std::uint32_t i = 0; i < *count; ++i) {
    at = skip_space(whole, at);
    const auto number = number_at(whole, at);
    at = skip_space(whole, at);
    const auto offset = number_at(whole, at);
    if (!number || !offset || *number == 0 || *number > kHighestNumber || *first + *offset >= whole.size())
      break;
    places.emplace_back(*number, *first + *offset);
  }
  for (std::size_t i = 0; i < places.size(); ++i) {
    const std::size_t end = i + 1 < places.size() ? places[i + 1].second : whole.size();
    if (end <= places[i].second) continue;
    Object object;
    object.order = ++order_;
    object.head = whole.substr(places[i].second, end - places[i].second);
    objects_[places[i].first] = object;
  }
}

// The pages below a node of the page tree, in their order.
void Salvage::walk(std::uint32_t root, std::vector<std::uint32_t>& pages) const {
  std::set<std::uint32_t> seen;
  std::vector<std::uint32_t> open = {root};
  while (!open.empty()) {
    const std::uint32_t number = open.back();
    open.pop_back();
    const auto found = objects_.find(number);
    if (found == objects_.end() || !seen.insert(number).second) continue;
    if (is_type(found->second.head, "/Page")) {
      pages.push_back(number);
      continue;
    }
    std::vector<std::uint32_t> kids = references_in(value_of(found->second.head, "/Kids"));
    open.insert(open.end(), kids.rbegin(), kids.rend());
  }
}

std::string_view Salvage::inherited(const Object& page, std::string_view key) {
  const auto parent_of = [](const Object& object) {
    const std::vector<std::uint32_t> parent = references_in(value_of(object.head, "/Parent"));
    return parent.empty() ? 0 : parent.front();
  };
  const std::uint32_t first = parent_of(page);
  const auto known = inherited_.find({first, key});
  if (known != inherited_.end()) return known->second;
  std::string_view value;
  std::uint32_t number = first;
  for (int depth = 0; depth < 50 && value.empty(); ++depth) {
    const auto found = objects_.find(number);
    if (found == objects_.end()) break;
    value = value_of(found->second.head, key);
    number = parent_of(found->second);
  }
  return inherited_[{first, key}] = value;
}

std::string Salvage::with_inherited(const Object& page) {
  const std::size_t open = page.head.find("<<");
  if (open == kNone) return std::string(page.head);
  std::string added;
  for (const std::string_view key : {"/MediaBox", "/CropBox", "/Resources", "/Rotate"}) {
    if (!value_of(page.head, key).empty()) continue;
    const std::string_view value = inherited(page, key);
    if (!value.empty()) added += " " + std::string(key) + " " + std::string(value);
  }
  return "<<" + added + " " + std::string(page.head.substr(open + 2));
}

// What decrypts the file, from any trailer or cross-reference stream that is left.
std::string Salvage::trailer_extras() const {
  const std::size_t at = bytes_.rfind("/Encrypt");
  if (at == kNone) return {};
  const std::string_view around = bytes_.substr(at > 2000 ? at - 2000 : 0, 4000);
  const std::string_view encrypt = value_of(around, "/Encrypt"), id = value_of(around, "/ID");
  if (encrypt.empty() || id.empty()) return {};
  return " /Encrypt " + std::string(encrypt) + " /ID " + std::string(id);
}

SalvagedPdf Salvage::run() {
  find_objects();
  SalvagedPdf result;
  std::uint32_t catalog = 0, highest = 0;
  std::vector<std::pair<std::size_t, std::uint32_t>> by_order;
  for (const auto& [number, object] : objects_) {
    highest = number;
    if (object.is_stream) continue;
    if (is_type(object.head, "/Catalog")) catalog = number;
    if (is_type(object.head, "/Page")) by_order.emplace_back(object.order, number);
  }
  if (by_order.empty()) return result;
  std::sort(by_order.begin(), by_order.end());
  std::vector<std::uint32_t> pages;
  if (catalog != 0) {
    const std::vector<std::uint32_t> root = references_in(value_of(objects_[catalog].head, "/Pages"));
    if (!root.empty()) walk(root.front(), pages);
    if (!root.empty() && objects_.contains(root.front())) {
      result.claimed = integer_of(objects_[root.front()].head, "/Count").value_or(0);
    }
  }
  const std::set<std::uint32_t> reached(pages.begin(), pages.end());
  for (const auto& [order, number] : by_order) {
    if (!reached.contains(number)) pages.push_back(number);
  }
  result.pages = pages.size();

  std::string& out = result.bytes;
  out.reserve(bytes_.size() + (1u << 16));
  out = "%PDF-1.7\n";
  std::map<std::uint32_t, std::size_t> offsets;
  const std::set<std::uint32_t> is_page(pages.begin(), pages.end());
  for (const auto& [number, object] : objects_) {
    offsets[number] = out.size();
    out += std::to_string(number) + " " + std::to_string(object.generation) + " obj\n";
    out += is_page.contains(number) ? with_inherited(object) : std::string(object.head);
    if (object.is_stream) {
      out += "\nstream\n";
      out += object.data;
      out += "\nendstream";
    }
    out += "\nendobj\n";
  }
  const std::uint32_t tree = highest + 1, root = highest + 2;
  offsets[tree] = out.size();
  out += std::to_string(tree) + " 0 obj\n<< /Type /Pages /Count " + std::to_string(pages.size()) + " /Kids [";
  for (const std::uint32_t page : pages) {
    out += " " + std::to_string(page) + " " + std::to_string(objects_[page].generation) + " R";
  }
  out += " ] >>\nendobj\n";
  offsets[root] = out.size();
  out +=
      std::to_string(root) + " 0 obj\n<< /Type /Catalog /Pages " + std::to_string(tree) + " 0 R >>\nendobj\n";
  const std::size_t table = out.size();
  out += "xref\n0 1\n0000000000 65535 f \n";
  for (const auto& [number, offset] : offsets) {
    const auto found = objects_.find(number);
    char line[64];
    std::snprintf(line, sizeof line, "%u 1\n%010zu %05u n \n", number, offset,
                  found == objects_.end() ? 0 : found->second.generation);
    out += line;
  }
  out += "trailer\n<< /Size " + std::to_string(root + 1) + " /Root " + std::to_string(root) + " 0 R" +
         trailer_extras() + " >>\nstartxref\n" + std::to_string(table) + "\n%%EOF\n";
  return result;
}

}  // namespace

SalvagedPdf salvage_pdf(std::string_view bytes, const Limits& limits) { return Salvage(bytes, limits).run(); }

}  // namespace vanban::read

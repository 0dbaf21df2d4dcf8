#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "cli/agencies.h"
#include "cli/commands.h"
#include "cli/output.h"

namespace vanban::cli {
namespace {

std::string_view kind_word(const Context& context, FactKind kind) {
  switch (kind) {
    case FactKind::kDocument:
      return context.say("văn bản", "document");
    case FactKind::kTask:
      return context.say("nhiệm vụ", "task");
    case FactKind::kIndicator:
      return context.say("chỉ tiêu", "indicator");
    case FactKind::kMeasurement:
      return context.say("số liệu", "measurement");
    case FactKind::kReference:
      return context.say("viện dẫn", "reference");
  }
  return "";
}

nlohmann::ordered_json hit_json(const SearchHit& hit) {
  nlohmann::ordered_json out = {
      {"kind", std::string(fact_kind_name(hit.kind))},
      {"document_id", hit.document_id},
      {"number", hit.document_number},
      {"title", hit.document_title},
      {"date", hit.document_date},
      {"path", hit.path},
      {"fact_id", hit.fact_id},
      {"label", hit.label},
      {"page", hit.page == 0 ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(hit.page)},
      {"snippet", hit.snippet},
      {"score", hit.score},
      {"other_tones", hit.other_tones}};
  out["marks"] = nlohmann::ordered_json::array();
  for (const TextRange& mark : hit.marks) out["marks"].push_back({mark.begin, mark.end});
  return out;
}

void print_hit(const Context& context, const SearchHit& hit, std::size_t width) {
  // What names the document best: its number, else its subject, else its file.
  std::string head = hit.document_number;
  if (head.empty()) head = hit.document_title.empty() ? hit.path : "";
  if (!hit.document_date.empty()) head += (head.empty() ? "(" : " (") + hit.document_date + ")";
  if (!hit.document_title.empty()) head += "  " + hit.document_title;
  head = fitted(for_terminal(head), width);
  head.erase(head.find_last_not_of(' ') + 1);
  std::printf("%s\n", head.c_str());
  std::string place = std::string(kind_word(context, hit.kind));
  if (!hit.label.empty()) place += " " + hit.label;
  if (hit.page != 0) place += std::string(context.say(", trang ", ", page ")) + std::to_string(hit.page);
  if (!hit.fact_id.empty()) place += "  [" + hit.fact_id + "]";
  std::printf("  %s\n  %s\n", for_terminal(place).c_str(),
              wrapped(marked(hit.snippet, hit.marks), width - 2, 2).c_str());
}

std::string_view facet_word(const Context& context, std::string_view name) {
  if (name == "kind") return context.say("Loại kết quả", "Kind");
  if (name == "type") return context.say("Loại văn bản", "Type");
  if (name == "year") return context.say("Năm", "Year");
  if (name == "issuer") return context.say("Ban hành", "Issuer");
  return context.say("Chủ trì", "Lead");
}

void print_facets(const Context& context, const SearchResult& found, std::size_t width) {
  constexpr std::size_t kShown = 8;
  for (const Facet& facet : found.facets) {
    std::string line = std::string(facet_word(context, facet.name)) + ":";
    for (std::size_t i = 0; i < facet.values.size() && i < kShown; ++i) {
      const std::string& value = facet.values[i].first;
      line += (i == 0 ? " " : "; ") +
              (value.empty() ? std::string(context.say("(không rõ)", "(unknown)")) : value) + " " +
              std::to_string(facet.values[i].second);
    }
    if (facet.values.size() > kShown) line += "; …";
    if (!facet.values.empty()) std::printf("%s\n", wrapped(for_terminal(line), width, 2).c_str());
  }
}

nlohmann::ordered_json facets_json(const SearchResult& found) {
  nlohmann::ordered_json out = nlohmann::ordered_json::object();
  for (const Facet& facet : found.facets) {
    out[facet.name] = nlohmann::ordered_json::array();
    for (const auto& [value, count] : facet.values)
      out[facet.name].push_back({{"value", value}, {"count", count}});
  }
  return out;
}

// What search takes for the same words.
Synonyms synonyms_of(const Models& models) {
  Result<Synonyms> synonyms = Synonyms::create(models);
  return synonyms ? std::move(*synonyms) : Synonyms{};
}

}  // namespace

int run_search(const Context& context, const std::string& query, const Filter& filter) {
  Result<Store> store = Store::open(context.store, Store::Access::kReadOnly);
  if (!store) return complain(context, store.error());
  // Where the models cannot be read, results are fewer, but there is an answer.
  const Result<Models> models = Models::load(context.models);
  const AgencyNames agencies(context, filter, models ? &*models : nullptr);
  const Synonyms synonyms = models ? synonyms_of(*models) : Synonyms{};
  Result<SearchResult> found = store->search(query, agencies.by_id(filter), synonyms);
  if (found && found->hits.empty() && agencies.may_retry(filter)) {
    found = store->search(query, filter, synonyms);
  }
  if (!found) return complain(context, found.error());
  const auto dump = [](const nlohmann::ordered_json& json, int indent) {
    std::puts(json.dump(indent, ' ', false, nlohmann::ordered_json::error_handler_t::replace).c_str());
  };
  if (context.format == Format::kJson) {
    nlohmann::ordered_json out = {{"total", found->total},
                                  {"total_is_exact", found->total_is_exact},
                                  {"hits", nlohmann::ordered_json::array()}};
    if (filter.facets) out["facets"] = facets_json(*found);
    for (const SearchHit& hit : found->hits) out["hits"].push_back(hit_json(hit));
    dump(out, 1);
  } else if (context.format == Format::kJsonl) {
    for (const SearchHit& hit : found->hits) dump(hit_json(hit), -1);
  } else if (context.format == Format::kCsv) {
    const std::vector<Column> columns = {{"kind", ""},    {"number", ""},      {"date", ""},
                                         {"title", ""},   {"label", ""},       {"page", "", 4, 0, true},
                                         {"snippet", ""}, {"document_id", ""}, {"path", ""}};
    std::vector<std::vector<std::string>> rows;
    for (const SearchHit& hit : found->hits) {
      rows.push_back({std::string(fact_kind_name(hit.kind)), hit.document_number, hit.document_date,
                      hit.document_title, hit.label, hit.page == 0 ? "" : std::to_string(hit.page),
                      hit.snippet, hit.document_id, hit.path});
    }
    print_rows(context, columns, rows);
  } else {
    const int terminal = terminal_width(STDOUT_FILENO);
    const std::size_t width = terminal == 0 ? 110 : static_cast<std::size_t>(std::clamp(terminal, 40, 140));
    for (const SearchHit& hit : found->hits) print_hit(context, hit, width);
    if (found->total == 0) {
      std::puts(std::string(context.say("Không tìm thấy.", "Nothing found.")).c_str());
    } else {
      const std::size_t first = std::min(filter.offset + 1, found->total);
      std::printf("%s %zu–%zu / %s%zu\n", std::string(context.say("Kết quả:", "Results:")).c_str(), first,
                  filter.offset + found->hits.size(),
                  std::string(found->total_is_exact ? "" : context.say("hơn ", "over ")).c_str(),
                  found->total);
      print_facets(context, *found, width);
    }
  }
  return kDone;
}

}  // namespace vanban::cli

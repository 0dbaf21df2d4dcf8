// An archive with the shape of a national one, from a seed: documents in the order of their dates, each
// citing older ones. Whom: half of the time whom an earlier citation cites (so the much cited are cited more:
// a power law), else one of the last years, or a law. Relations follow the types, a quarter of the citations
// names an article, one in a thousand leads forward (documents of one day that cite each other).

#ifndef VANBAN_TESTS_BENCH_ARCHIVE_H_
#define VANBAN_TESTS_BENCH_ARCHIVE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "vanban/store/store.h"

namespace vanban::bench {

class Archive {
 public:
  Archive(std::size_t documents, std::size_t citations, std::uint64_t seed)
      : documents_(documents), state_(seed * 0x9E3779B97F4A7C15ULL + 1) {
    kinds_.reserve(documents);
    targets_.reserve(documents * citations);
    for (std::size_t i = 0; i < documents; ++i) {
      const std::uint64_t kind = next() % 1000;
      kinds_.push_back(i < 50 || kind < 2 ? 0 : kind < 20 ? 1 : kind < 80 ? 2 : kind < 300 ? 3 : 4);
      if (kinds_[i] <= 1) laws_.push_back(static_cast<std::uint32_t>(i));
      const bool answers = forward_;  // the one before cites this one: a circle of two
      forward_ = false;
      for (std::size_t c = 0; c < citations; ++c)
        targets_.push_back(answers && c == 0 ? static_cast<std::uint32_t>(i - 1) : target(i));
    }
    citations_ = citations;
  }

  std::size_t size() const { return documents_; }
  std::string id(std::size_t i) const {
    static const char* const kIssuers[] = {"quoc-hoi/law", "chinh-phu/decree", "bo-noi-vu/circular",
                                           "thu-tuong-chinh-phu/decision", "van-phong-chinh-phu/dispatch"};
    static const char* const kSymbols[] = {"qh15", "nd-cp", "tt-bnv", "qd-ttg", "vpcp-kstt"};
    return std::string("/vn/") + kIssuers[kinds_[i]] + "/" + std::to_string(date(i).year) + "/" +
           std::to_string(i + 1) + "-" + kSymbols[kinds_[i]];
  }
  std::string number(std::size_t i) const {
    static const char* const kSymbols[] = {"QH15", "NĐ-CP", "TT-BNV", "QĐ-TTg", "VPCP-KSTT"};
    return std::to_string(i + 1) + (kinds_[i] == 4 ? "" : "/" + std::to_string(date(i).year)) + "/" +
           kSymbols[kinds_[i]];
  }
  DocumentType type(std::size_t i) const {
    constexpr DocumentType kTypes[] = {DocumentType::kLaw, DocumentType::kDecree, DocumentType::kCircular,
                                       DocumentType::kDecision, DocumentType::kDispatch};
    return kTypes[kinds_[i]];
  }
  // From 1990 on, later years with more documents.
  PartialDate date(std::size_t i) const {
    const double part = static_cast<double>(i) / static_cast<double>(documents_ + 1);
    const double year = 1990 + 36 * (1 - (1 - part) * (1 - part * 0.5));
    const auto whole = static_cast<int>(year);
    const int day = static_cast<int>((year - whole) * 336);
    return {whole, 1 + day / 28, 1 + day % 28};
  }
  GraphNode node(std::size_t i, bool held) const {
    GraphNode made;
    made.id = id(i);
    made.type = type(i);
    made.number = number(i);
    made.date = date(i);
    if (held) made.title = "Về việc thực hiện nhiệm vụ số " + std::to_string(i);
    made.held = held;
    return made;
  }
  // One in fifty is only cited.
  bool held(std::size_t i) const { return i % 50 != 7; }

  Relation relation(std::size_t i, std::size_t c) const {
    const std::uint32_t to = target_of(i, c);
    const std::uint64_t mix = (i * 31 + c * 7) % 100;
    return kinds_[to] <= 1 && kinds_[i] > kinds_[to] ? Relation::kLegalBasis
           : mix < 2                                 ? Relation::kAmends
           : mix < 3                                 ? Relation::kReplaces
           : mix < 30                                ? Relation::kImplements
                                                     : Relation::kCites;
  }
  int article(std::size_t i, std::size_t c) const {  // 0: none
    const auto mix = static_cast<int>((i * 31 + c * 7) % 100);
    return mix % 4 == 0 ? 1 + mix : 0;
  }
  std::uint32_t target_of(std::size_t i, std::size_t c) const { return targets_[i * citations_ + c]; }
  std::size_t citations() const { return citations_; }

  DocumentRecord record(std::size_t i) const {
    DocumentRecord made;
    Document& d = made.document;
    d.source.sha256 = "sha" + std::to_string(i);
    d.header.id = id(i);
    d.header.type = type(i);
    d.header.number.text = number(i);
    d.header.date = date(i);
    d.header.subject = "Về việc thực hiện nhiệm vụ số " + std::to_string(i);
    d.text = d.header.subject;
    made.graph.self = node(i, true);
    for (std::size_t c = 0; c < citations_; ++c) {
      const std::uint32_t to = target_of(i, c);
      if (to == i) continue;
      made.graph.nodes.push_back(node(to, false));
      GraphEdge edge;
      edge.source = d.header.id;
      edge.target = id(to);
      edge.relation = relation(i, c);
      if (article(i, c) != 0) edge.pinpoint.article = std::to_string(article(i, c));
      made.graph.edges.push_back(std::move(edge));
    }
    return made;
  }

 private:
  std::uint64_t next() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return state_ >> 11;
  }
  std::uint32_t target(std::size_t i) {
    if (i == 0) return 0;
    const std::uint64_t draw = next() % 1000;
    if (draw == 0 && i + 1 < documents_) {
      forward_ = true;
      return static_cast<std::uint32_t>(i + 1);
    }
    if (draw < 500 && !targets_.empty()) return targets_[next() % targets_.size()];
    if (draw < 700 && !laws_.empty()) return laws_[next() % laws_.size()];
    const std::size_t window = i < 1000 ? i : i / 5;
    return static_cast<std::uint32_t>(i - 1 - next() % window);
  }

  std::size_t documents_, citations_ = 0;
  bool forward_ = false;
  std::uint64_t state_;
  std::vector<std::uint8_t> kinds_;
  std::vector<std::uint32_t> targets_, laws_;
};

}  // namespace vanban::bench

#endif  // VANBAN_TESTS_BENCH_ARCHIVE_H_

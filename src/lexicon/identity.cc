#include "vanban/lexicon/identity.h"

#include <algorithm>

#include "vanban/base/edit_distance.h"
#include "vanban/lexicon/number_key.h"
#include "vanban/lexicon/scan.h"

namespace vanban {
namespace {

// "1" and "001" are "01"; "66.16" and "3176b" stay.
std::string canonical_ordinal(std::string_view ordinal) {
  std::size_t zeros = 0;
  while (zeros + 1 < ordinal.size() && ordinal[zeros] == '0' && is_digit(ordinal[zeros + 1])) ++zeros;
  std::string out(ordinal.substr(zeros));
  std::size_t digits = 0;
  while (digits < out.size() && is_digit(out[digits])) ++digits;
  return digits == 1 ? "0" + out : out;
}

// A local body without its place is any of 34 or of 63: "so-noi-vu", "uy-ban-nhan-dan", "ban-chi-dao". `name`
// is a slug.
bool needs_place(const std::string& name) {
  if (name.find("-tinh-") != std::string::npos || name.find("-thanh-pho-") != std::string::npos) return false;
  if (name == "uy-ban-nhan-dan" || name == "hoi-dong-nhan-dan" || name == "ban-chi-dao" ||
      name == "tinh-uy" || name == "thanh-uy" || name == "huyen-uy" || name == "ubnd" || name == "hdnd") {
    return true;
  }
  for (const char* kind :
       {"so-", "uy-ban-nhan-dan-tinh", "uy-ban-nhan-dan-thanh-pho", "chu-tich-uy-ban-nhan-dan", "ubnd-",
        "phong-", "van-phong-uy-ban-nhan-dan", "van-phong-ubnd"}) {
    const std::string prefix = kind;
    if (name.rfind(prefix, 0) == 0) return prefix != "so-" || name.rfind("so-huu", 0) != 0;
  }
  return false;
}

std::string issuer_part(const IdentityParts& parts, const Agencies& agencies) {
  // The symbol first: it is the same in every mention, while "của Chính phủ" may be left out or mistyped.
  if (!parts.number.symbol.empty()) {
    const AgencyMention issuer = agencies.issuer_of_symbol(parts.number.symbol, parts.date);
    const std::string id = slug(issuer.id);
    if (!id.empty() && !needs_place(id)) return id;
  }
  if (!parts.issuer.id.empty() && !needs_place(slug(parts.issuer.id))) return slug(parts.issuer.id);
  if (!parts.issuer.name.empty()) {
    const std::string id = slug(agencies.resolve(parts.issuer.name, parts.date));
    if (!id.empty() && !needs_place(id)) return id;
    const std::string name = slug(parts.issuer.name);
    if (!name.empty() && !needs_place(name)) return name;
  }
  if (parts.number.symbol.empty() &&
      (parts.type == DocumentType::kLaw || parts.type == DocumentType::kConstitution)) {
    return "quoc-hoi";
  }
  if (parts.number.symbol.empty() && parts.type == DocumentType::kOrdinance)
    return "uy-ban-thuong-vu-quoc-hoi";
  return "_";
}

}  // namespace

std::string document_id(const IdentityParts& parts, const Agencies& agencies) {
  std::string last;
  if (!parts.number.ordinal.empty()) {
    last = slug(canonical_ordinal(parts.number.ordinal) + "-" + parts.number.symbol);
  } else if (parts.number.text.empty() && !parts.title.empty()) {
    last = slug(parts.title);
  }
  if (last.empty()) return {};
  const int year = parts.number.year != 0 ? parts.number.year : parts.date.year;
  return "/vn/" + issuer_part(parts, agencies) + "/" + std::string(document_type_name(parts.type)) + "/" +
         (year != 0 ? std::to_string(year) : std::string("_")) + "/" + last;
}

bool may_be_one(const DocumentHeader& a, const DocumentHeader& b) {
  if (a.draft != b.draft) return false;
  if (a.type != DocumentType::kOther && b.type != DocumentType::kOther && a.type != b.type) return false;
  const std::string number_a = document_number_key(a.number), number_b = document_number_key(b.number);
  if (!number_a.empty() && !number_b.empty() && number_a != number_b) return false;
  const std::string symbol_a = slug(a.number.symbol), symbol_b = slug(b.number.symbol);
  if (!symbol_a.empty() && !symbol_b.empty() && symbol_a != symbol_b) return false;
  const auto year = [](const DocumentHeader& one) {
    return one.number.year != 0 ? one.number.year : one.date.year;
  };
  if (year(a) != 0 && year(b) != 0 && year(a) != year(b)) return false;
  if (a.date.month != 0 && b.date.month != 0 && a.date.month != b.date.month) return false;
  if (a.date.day != 0 && b.date.day != 0 && a.date.day != b.date.day) return false;
  if (!a.issuer.id.empty() && !b.issuer.id.empty()) return a.issuer.id == b.issuer.id;
  const std::string issuer_a = slug(a.issuer.name), issuer_b = slug(b.issuer.name);
  if (issuer_a.empty() || issuer_b.empty()) return true;
  constexpr std::size_t kLongestName = 300, kMisread = 5;  // one letter in so many
  if (issuer_a.size() > kLongestName || issuer_b.size() > kLongestName) return issuer_a == issuer_b;
  return edit_distance(issuer_a, issuer_b) * kMisread <= std::max(issuer_a.size(), issuer_b.size());
}

std::string title_key(DocumentType type, std::string_view title) {
  const char* kind = type == DocumentType::kLaw            ? "luat-"
                     : type == DocumentType::kOrdinance    ? "phap-lenh-"
                     : type == DocumentType::kConstitution ? "hien-phap-"
                                                           : nullptr;
  if (kind == nullptr) return {};
  std::string name = slug(title);
  if (name.empty()) return {};
  if (type == DocumentType::kConstitution) return "title:hien-phap";  // there is one at a time
  // A law's own first lines are "LUẬT / ĐẤT ĐAI": the subject may or may not repeat the word.
  if (name.rfind(kind, 0) != 0 && name.rfind("bo-luat-", 0) != 0) name = kind + name;
  return "title:" + name;
}

}  // namespace vanban

#include "vanban/lexicon/identity.h"

#include "vanban/base/utf8.h"
#include "vanban/lexicon/scan.h"

namespace vanban {
namespace {

// The base letter of a Vietnamese letter: 'ệ' -> 'e', 'đ' -> 'd'; 0 for what is no letter of the alphabet.
char base_letter(char32_t c) {
  c = lower_letter(c);
  if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) return static_cast<char>(c);
  if (c == 0x111 || c == 0xF0) return 'd';
  if ((c >= 0xE0 && c <= 0xE5) || c == 0x103 || (c >= 0x1EA0 && c <= 0x1EB7)) return 'a';
  if ((c >= 0xE8 && c <= 0xEB) || (c >= 0x1EB8 && c <= 0x1EC7)) return 'e';
  if ((c >= 0xEC && c <= 0xEF) || c == 0x129 || (c >= 0x1EC8 && c <= 0x1ECB)) return 'i';
  if ((c >= 0xF2 && c <= 0xF6) || c == 0x1A1 || (c >= 0x1ECC && c <= 0x1EE3)) return 'o';
  if ((c >= 0xF9 && c <= 0xFC) || c == 0x169 || c == 0x1B0 || (c >= 0x1EE4 && c <= 0x1EF1)) return 'u';
  if (c == 0xFD || c == 0xFF || (c >= 0x1EF2 && c <= 0x1EF9)) return 'y';
  return 0;
}

// "1" and "001" are "01"; "66.16" and "3176b" stay.
std::string canonical_ordinal(std::string_view ordinal) {
  std::size_t zeros = 0;
  while (zeros + 1 < ordinal.size() && ordinal[zeros] == '0' && is_digit(ordinal[zeros + 1])) ++zeros;
  std::string out(ordinal.substr(zeros));
  std::size_t digits = 0;
  while (digits < out.size() && is_digit(out[digits])) ++digits;
  return digits == 1 ? "0" + out : out;
}

std::string issuer_part(const IdentityParts& parts, const Agencies& agencies) {
  // The symbol first: it is the same in every mention, while "của Chính phủ" may be left out or mistyped.
  if (!parts.number.symbol.empty()) {
    const AgencyMention issuer = agencies.issuer_of_symbol(parts.number.symbol, parts.date);
    if (!issuer.id.empty()) return slug(issuer.id);
  }
  if (!parts.issuer.id.empty()) return slug(parts.issuer.id);
  if (!parts.issuer.name.empty()) {
    const std::string id = agencies.resolve(parts.issuer.name, parts.date);
    if (!id.empty()) return slug(id);
    const std::string name = slug(parts.issuer.name);
    // A body without its place is any of 34 or of 63.
    if (!name.empty() && name != "uy-ban-nhan-dan" && name != "hoi-dong-nhan-dan") return name;
  }
  if (parts.number.symbol.empty() && (parts.type == DocumentType::kLaw || parts.type == DocumentType::kConstitution)) {
    return "quoc-hoi";
  }
  if (parts.number.symbol.empty() && parts.type == DocumentType::kOrdinance) return "uy-ban-thuong-vu-quoc-hoi";
  return "_";
}

}  // namespace

std::string slug(std::string_view text) {
  std::string out;
  bool gap = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = decode_utf8(text, at);
    if (c >= 0x300 && c <= 0x36F) continue;  // a combining mark belongs to the letter before it
    const char letter = base_letter(c);
    if (letter == 0) {
      gap = !out.empty();
      continue;
    }
    if (gap) out += '-';
    gap = false;
    out += letter;
  }
  return out;
}

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

}  // namespace vanban

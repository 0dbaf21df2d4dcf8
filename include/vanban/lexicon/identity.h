// The canonical id of a document, which a citing and a cited mention both can compute:
// /vn/{issuer}/{type}/{year}/{number}, ASCII, lower case: "/vn/chinh-phu/resolution/2024/01-nq-cp".

#ifndef VANBAN_LEXICON_IDENTITY_H_
#define VANBAN_LEXICON_IDENTITY_H_

#include <string>
#include <string_view>

#include "vanban/doc/document.h"
#include "vanban/lexicon/agencies.h"

namespace vanban {

struct IdentityParts {
  DocumentType type = DocumentType::kOther;
  DocumentNumber number;
  PartialDate date;
  AgencyMention issuer;  // where known; else it follows from the symbol
  std::string title;     // a law cited by name
};

// "107/NĐ-CP" of 2021-12-06 and "107/2021/NĐ-CP" give one id ("/vn/chinh-phu/decree/2021/107-nd-cp": the year
// stands in its own part, leading zeros are kept as the two-digit form "01"). Unknown issuer or year: "_" in
// its place, so that the id says it is not whole; empty where neither number nor title is known.
std::string document_id(const IdentityParts& parts, const Agencies& agencies);

// True where nothing that two headers state keeps them from being one document's: number, year, date, type,
// issuer and draft agree as far as both state them. An issuer that no registry has may be misread.
bool may_be_one(const DocumentHeader& a, const DocumentHeader& b);

// The key under which laws, ordinances and the Constitution are looked up by title: "title:luat-dat-dai" for
// a law whose subject is "Luật Đất đai", "ĐẤT ĐAI" or "Luật đất đai"; empty for other types and without a
// title.
std::string title_key(DocumentType type, std::string_view title);

// "Văn phòng Chính phủ" -> "van-phong-chinh-phu"; "19-NQ/TW" -> "19-nq-tw".
std::string slug(std::string_view text);

}  // namespace vanban

#endif  // VANBAN_LEXICON_IDENTITY_H_

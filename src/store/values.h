// Small conversions between the values of doc/ and the columns of the store.

#ifndef VANBAN_STORE_VALUES_H_
#define VANBAN_STORE_VALUES_H_

#include <string>
#include <string_view>
#include <vector>

#include "vanban/doc/document.h"

namespace vanban::store {

// The last day that a partial ISO date can mean: "2024" -> "2024-12-31", "2024-02" -> "2024-02-29"; else as
// it is.
std::string last_day(std::string_view iso);
std::string first_day(std::string_view iso);

std::string joined(const std::vector<std::string>& parts);  // "a; b"
std::string joined_names(const std::vector<AgencyMention>& agencies);

std::string pinpoint_to_json(const Pinpoint& pinpoint);  // "" for an empty one
Pinpoint pinpoint_from_json(std::string_view json);
std::string pinpoints_to_json(const std::vector<Pinpoint>& pinpoints);
std::vector<Pinpoint> pinpoints_from_json(std::string_view json);
std::string strings_to_json(const std::vector<std::string>& values);  // "" for none
std::vector<std::string> strings_from_json(std::string_view json);

// Deflated with its length before it; the reverse gives nothing for damaged bytes.
std::string deflated(std::string_view bytes);
bool inflate(std::string_view packed, std::string& out);

// Initials of a folded name: "bo khoa hoc va cong nghe" -> "bkhvcn", without "va": "bkhcn".
std::string initials(std::string_view folded_name, bool with_and);

}  // namespace vanban::store

#endif  // VANBAN_STORE_VALUES_H_

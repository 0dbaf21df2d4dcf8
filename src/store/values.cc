#include "store/values.h"

#include <zlib.h>

#include <cstdint>
#include <nlohmann/json.hpp>

namespace vanban::store {
namespace {

using Json = nlohmann::ordered_json;

struct PinpointField {
  const char* name;
  std::string Pinpoint::*field;
};
constexpr PinpointField kPinpointFields[] = {
    {"part", &Pinpoint::part},        {"chapter", &Pinpoint::chapter}, {"section", &Pinpoint::section},
    {"article", &Pinpoint::article},  {"clause", &Pinpoint::clause},   {"point", &Pinpoint::point},
    {"appendix", &Pinpoint::appendix}};

Json pinpoint_json(const Pinpoint& pinpoint) {
  Json out = Json::object();
  for (const PinpointField& one : kPinpointFields) {
    if (!(pinpoint.*one.field).empty()) out[one.name] = pinpoint.*one.field;
  }
  return out;
}

Pinpoint pinpoint_of(const Json& json) {
  Pinpoint pinpoint;
  if (!json.is_object()) return pinpoint;
  for (const PinpointField& one : kPinpointFields) {
    const auto found = json.find(one.name);
    if (found != json.end() && found->is_string()) pinpoint.*one.field = found->get<std::string>();
  }
  return pinpoint;
}

std::string dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }
Json parse(std::string_view text) { return Json::parse(text, nullptr, false); }

int number_of(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

}  // namespace

std::string first_day(std::string_view iso) {
  std::string day(iso);
  if (day.size() == 4) day += "-01";
  if (day.size() == 7) day += "-01";
  return day;
}

std::string last_day(std::string_view iso) {
  std::string day(iso);
  if (day.size() == 4) day += "-12";
  if (day.size() == 7) {
    constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const int year = number_of(iso.substr(0, 4));
    const int month = number_of(std::string_view(day).substr(5, 2));
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    const int days = month < 1 || month > 12 ? 31 : kDays[month - 1] + (month == 2 && leap ? 1 : 0);
    day += "-" + std::to_string(days);
  }
  return day;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) {
    if (!out.empty()) out += "; ";
    out += part;
  }
  return out;
}

std::string joined_names(const std::vector<AgencyMention>& agencies) {
  std::vector<std::string> names;
  for (const AgencyMention& agency : agencies) names.push_back(agency.name.empty() ? agency.id : agency.name);
  return joined(names);
}

std::string pinpoint_to_json(const Pinpoint& pinpoint) {
  return pinpoint.empty() ? std::string() : dump(pinpoint_json(pinpoint));
}

Pinpoint pinpoint_from_json(std::string_view json) {
  return json.empty() ? Pinpoint{} : pinpoint_of(parse(json));
}

std::string pinpoints_to_json(const std::vector<Pinpoint>& pinpoints) {
  Json out = Json::array();
  for (const Pinpoint& pinpoint : pinpoints) {
    if (!pinpoint.empty()) out.push_back(pinpoint_json(pinpoint));
  }
  return out.empty() ? std::string() : dump(out);
}

std::vector<Pinpoint> pinpoints_from_json(std::string_view json) {
  std::vector<Pinpoint> pinpoints;
  if (json.empty()) return pinpoints;
  const Json array = parse(json);
  if (!array.is_array()) return pinpoints;
  for (const Json& one : array) pinpoints.push_back(pinpoint_of(one));
  return pinpoints;
}

std::string strings_to_json(const std::vector<std::string>& values) {
  return values.empty() ? std::string() : dump(Json(values));
}

std::vector<std::string> strings_from_json(std::string_view json) {
  std::vector<std::string> values;
  if (json.empty()) return values;
  const Json array = parse(json);
  if (!array.is_array()) return values;
  for (const Json& one : array) {
    if (one.is_string()) values.push_back(one.get<std::string>());
  }
  return values;
}

std::string deflated(std::string_view bytes) {
  uLongf size = compressBound(static_cast<uLong>(bytes.size()));
  std::string out(4 + size, '\0');
  for (std::size_t i = 0; i < 4; ++i) out[i] = static_cast<char>((bytes.size() >> (8 * (3 - i))) & 0xFF);
  const int code =
      compress2(reinterpret_cast<Bytef*>(out.data()) + 4, &size, reinterpret_cast<const Bytef*>(bytes.data()),
                static_cast<uLong>(bytes.size()), 6);
  if (code != Z_OK) return {};
  out.resize(4 + size);
  return out;
}

bool inflate(std::string_view packed, std::string& out) {
  if (packed.size() < 4) return false;
  std::size_t expected = 0;
  for (std::size_t i = 0; i < 4; ++i) expected = (expected << 8) | static_cast<unsigned char>(packed[i]);
  if (expected / 1100 > packed.size()) return false;  // deflate never packs closer: a damaged length
  out.assign(expected, '\0');
  auto size = static_cast<uLongf>(expected);
  const int code =
      uncompress(reinterpret_cast<Bytef*>(out.data()), &size,
                 reinterpret_cast<const Bytef*>(packed.data()) + 4, static_cast<uLong>(packed.size() - 4));
  return code == Z_OK && size == expected;
}

std::string initials(std::string_view folded_name, bool with_and) {
  std::string out;
  for (std::size_t at = 0; at < folded_name.size();) {
    std::size_t end = folded_name.find(' ', at);
    if (end == std::string_view::npos) end = folded_name.size();
    const std::string_view word = folded_name.substr(at, end - at);
    if (!word.empty() && (with_and || word != "va")) out += word.front();
    at = end + 1;
  }
  return out;
}

}  // namespace vanban::store

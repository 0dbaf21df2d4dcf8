// JSON of small values, shared by the writers of this stage.

#ifndef VANBAN_SRC_DOC_JSON_VALUES_H_
#define VANBAN_SRC_DOC_JSON_VALUES_H_

#include <cmath>
#include <nlohmann/json.hpp>

#include "vanban/doc/document.h"

namespace vanban::json {

using Json = nlohmann::ordered_json;

inline Json text_or_null(std::string_view text) {
  return text.empty() ? Json(nullptr) : Json(std::string(text));
}
inline Json date_or_null(const PartialDate& date) { return text_or_null(to_iso(date)); }
inline Json page_or_null(int page) { return page == 0 ? Json(nullptr) : Json(page); }
inline double rounded(double value, double steps) { return std::round(value * steps) / steps; }

// Whole numbers without ".0", so that 80 reads 80 and not 80.0.
inline Json number(double value) {
  if (std::abs(value) < 9e15 && value == std::floor(value)) return static_cast<std::int64_t>(value);
  return value;
}
inline Json number_or_null(const std::optional<double>& value) {
  return value ? number(*value) : Json(nullptr);
}

inline Json warnings(const Diagnostics& diagnostics) {
  Json out = Json::array();
  for (const Diagnostic& one : diagnostics) {
    out.push_back({{"code", one.code}, {"message", one.message}, {"page", page_or_null(one.page)}});
  }
  return out;
}

inline Json ocr(const std::optional<OcrInfo>& info) {
  if (!info) return nullptr;
  return {{"engine", info->engine},
          {"languages", info->languages},
          {"mean_confidence", rounded(info->mean_confidence, 10000)}};
}

// Strings that are not valid UTF-8 (a path) are written with U+FFFD; never throws.
inline std::string dump(const Json& value, bool pretty) {
  return value.dump(pretty ? 1 : -1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace vanban::json

#endif  // VANBAN_SRC_DOC_JSON_VALUES_H_

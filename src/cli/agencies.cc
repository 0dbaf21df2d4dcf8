#include "cli/agencies.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace vanban::cli {

namespace {

// "2025-03" and "2025" count from their first day.
PartialDate first_day_of(const std::string& text) {
  const auto date = partial_date_from_iso(text);
  if (!date) return {};
  return {date->year, std::max(date->month, 1), std::max(date->day, 1)};
}

}  // namespace

AgencyNames::AgencyNames(const Context& context, const Filter& filter)
    : as_of_(first_day_of(context.agencies_as_of)) {
  if (!asks(filter)) return;
  if (const Result<Models> models = Models::load(context.models)) know(&*models);
}

AgencyNames::AgencyNames(const Context& context, const Filter& filter, const Models* models)
    : as_of_(first_day_of(context.agencies_as_of)) {
  if (asks(filter)) know(models);
}

void AgencyNames::know(const Models* models) {
  if (models == nullptr) return;
  Result<Agencies> agencies = Agencies::create(*models);
  if (agencies) agencies_.emplace(std::move(*agencies));
}

Filter AgencyNames::by_id(const Filter& filter) const {
  Filter out = filter;
  if (!agencies_ || filter.agency.empty()) return out;
  std::string id = agencies_->resolve(filter.agency);
  if (id.empty() && !agencies_->name_of(filter.agency).empty()) id = filter.agency;
  if (id.empty()) return out;
  out.agency = id;
  if (as_of_.known()) out.agency_ids = agencies_->rolled_into(id, as_of_);
  return out;
}

bool AgencyNames::may_retry(const Filter& filter) const {
  return !as_of_.known() && !filter.agency.empty() && by_id(filter).agency != filter.agency;
}

std::string AgencyNames::rolled_up(const std::string& names) const {
  if (!agencies_ || !as_of_.known() || names.empty()) return names;
  std::vector<std::string> seen;
  for (std::size_t from = 0; from <= names.size();) {
    const std::size_t end = std::min(names.find("; ", from), names.size());
    std::string name = agencies_->as_of(names.substr(from, end - from), as_of_).name;
    if (std::find(seen.begin(), seen.end(), name) == seen.end()) seen.push_back(std::move(name));
    from = end + 2;
  }
  std::string out;
  for (const std::string& name : seen) out += (out.empty() ? "" : "; ") + name;
  return out;
}

}  // namespace vanban::cli

// Bodies as a user names them, and in time: --agency and --agencies-as-of.

#ifndef VANBAN_SRC_CLI_AGENCIES_H_
#define VANBAN_SRC_CLI_AGENCIES_H_

#include <optional>
#include <string>

#include "cli/context.h"
#include "vanban/lexicon/agencies.h"
#include "vanban/models/models.h"
#include "vanban/store/store.h"

namespace vanban::cli {

class AgencyNames {
 public:
  // Loads the registry only where `filter` or --agencies-as-of ask for it.
  AgencyNames(const Context& context, const Filter& filter);
  // With models that are loaded already; null: they could not be read.
  AgencyNames(const Context& context, const Filter& filter, const Models* models);

  // The filter with the body's id; with --agencies-as-of all bodies whose work it does at that date.
  Filter by_id(const Filter& filter) const;
  // Whether by_id() may have missed what the plain words find (a store with an older registry).
  bool may_retry(const Filter& filter) const;
  // "Bộ Kế hoạch và Đầu tư; Bộ Tài chính" -> "Bộ Tài chính" as of 2025-03-01. Unchanged without the option.
  std::string rolled_up(const std::string& names) const;

 private:
  bool asks(const Filter& filter) const { return !filter.agency.empty() || as_of_.known(); }
  void know(const Models* models);

  std::optional<Agencies> agencies_;
  PartialDate as_of_;  // of --agencies-as-of
};

}  // namespace vanban::cli

#endif  // VANBAN_SRC_CLI_AGENCIES_H_

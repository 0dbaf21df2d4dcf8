// Diagnostic (cảnh báo): a doubt about a document, beside the result. Shown as `warnings` in the JSON.

#ifndef VANBAN_DOC_DIAGNOSTIC_H_
#define VANBAN_DOC_DIAGNOSTIC_H_

#include <string>
#include <vector>

namespace vanban {

struct Diagnostic {
  std::string code;     // kebab case, stable: "page-unreadable", "text-layer-rejected", "table-unclear", ...
  std::string message;  // for a person
  int page = 0;         // 1-based; 0 where no page is meant

  friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

using Diagnostics = std::vector<Diagnostic>;

}  // namespace vanban

#endif  // VANBAN_DOC_DIAGNOSTIC_H_

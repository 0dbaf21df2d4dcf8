// Documents of Word, Excel and PowerPoint before 2007, and RTF, become DOCX, XLSX and PPTX: by LibreOffice,
// in a process of its own that has a fresh profile and home, no network, no place to write but its own
// folder, limits and a clock. What comes out is untrusted as well: the worker reads it.

#ifndef VANBAN_SRC_READ_OFFICE_CONVERT_H_
#define VANBAN_SRC_READ_OFFICE_CONVERT_H_

#include <string>

#include "read/wire.h"
#include "vanban/base/limits.h"
#include "vanban/base/result.h"
#include "vanban/doc/diagnostic.h"

namespace vanban::read {

struct ConvertedOffice {
  int descriptor = -1;      // the open result; nothing else is left of it. The caller closes it.
  std::string program;      // "LibreOffice 7.4.7.2"
  Diagnostics diagnostics;  // how it was shut in, where less than wanted
};

// `program`: path of soffice; empty: looked up in $PATH and where LibreOffice installs itself. Errors:
// kUnsupported (no LibreOffice, or not the component: names the package), kDamaged (LibreOffice cannot read
// it), kTimeout, kLimitExceeded, kIo.
Result<ConvertedOffice> convert_office(int descriptor, const Conversion& conversion,
                                       const std::string& program, const Limits& limits);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_OFFICE_CONVERT_H_

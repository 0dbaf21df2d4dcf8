// OLE compound files (Word, Excel and PowerPoint before 2007): only what kind of document is inside, and
// whether it is encrypted. Its text is read after LibreOffice has converted it (read/office_convert.h).

#ifndef VANBAN_SRC_READ_WORKER_OLE_H_
#define VANBAN_SRC_READ_WORKER_OLE_H_

#include <string_view>

#include "read/wire.h"
#include "vanban/base/result.h"

namespace vanban::read {

// Looks at the streams of the root storage. Errors: kEncrypted; kUnsupported (another program's file, named);
// kDamaged.
Result<Conversion> sniff_ole(std::string_view bytes);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_OLE_H_

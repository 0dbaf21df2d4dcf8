#include "vanban/base/result.h"

namespace vanban {

std::string_view error_code_name(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalidArgument:
      return "invalid-argument";
    case ErrorCode::kNotFound:
      return "not-found";
    case ErrorCode::kPermission:
      return "permission";
    case ErrorCode::kIo:
      return "io";
    case ErrorCode::kEmpty:
      return "empty";
    case ErrorCode::kUnsupported:
      return "unsupported";
    case ErrorCode::kDamaged:
      return "damaged";
    case ErrorCode::kEncrypted:
      return "needs-password";
    case ErrorCode::kLimitExceeded:
      return "limit-exceeded";
    case ErrorCode::kTimeout:
      return "timeout";
    case ErrorCode::kOutOfMemory:
      return "memory-limit";
    case ErrorCode::kParserCrash:
      return "parser-crash";
    case ErrorCode::kChanged:
      return "changing";
    case ErrorCode::kBadTable:
      return "bad-table";
    case ErrorCode::kStoreBusy:
      return "store-busy";
    case ErrorCode::kStoreCorrupt:
      return "store-corrupt";
    case ErrorCode::kStoreVersion:
      return "store-version";
    case ErrorCode::kSetup:
      return "setup";
    case ErrorCode::kDiskFull:
      return "disk-full";
    case ErrorCode::kInterrupted:
      return "interrupted";
    case ErrorCode::kInternal:
      return "internal";
  }
  return "internal";
}

}  // namespace vanban

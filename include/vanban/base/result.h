// Result<T>: what a call that can fail returns. Error says what happened, to which file or row, and why, in
// words that a person can act on. A doubt about a document is no error but a Diagnostic (doc/diagnostic.h).

#ifndef VANBAN_BASE_RESULT_H_
#define VANBAN_BASE_RESULT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace vanban {

// Stored by name (`error_code_name`): add at the end, never rename.
enum class ErrorCode : std::uint8_t {
  kInvalidArgument,  // the caller's fault: a bad option, an impossible range
  kNotFound,         // a path, document or row that is not there
  kPermission,       // not allowed to read or write
  kIo,               // the operating system said no
  kEmpty,            // zero bytes, or nothing but NUL or white space
  kUnsupported,      // a kind of file that no reader reads
  kDamaged,          // bytes that are not what their format asks for
  kEncrypted,        // a user password is needed
  kLimitExceeded,    // over one of base/limits.h
  kTimeout,          // over a clock
  kOutOfMemory,      // over the worker's memory
  kParserCrash,      // the worker died of a signal
  kChanged,          // the file changed while it was read
  kBadTable,         // a file under models/ does not hold
  kStoreBusy,        // another process writes to the store
  kStoreCorrupt,     // the store is damaged
  kStoreVersion,     // the store was made by a newer program
  kSetup,            // the installation lacks something: language data, worker program
  kDiskFull,         // no space left
  kInterrupted,      // stopped by the user
  kInternal,         // our own fault
};

// "damaged", "limit-exceeded", ...: kebab case, stable.
std::string_view error_code_name(ErrorCode code);

struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;  // UTF-8; names file, page or line, and value

  friend bool operator==(const Error&, const Error&) = default;
};

template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using tl::expected<T, Error>::expected;
  Result(Error error)
      : tl::expected<T, Error>(tl::unexpect, std::move(error)) {}  // NOLINT: implicit on purpose
};

inline Error make_error(ErrorCode code, std::string message) { return {code, std::move(message)}; }

}  // namespace vanban

#endif  // VANBAN_BASE_RESULT_H_

// The parts of a ZIP container (DOCX, XLSX, ODT) in memory, under limits. Entry names are keys, never paths.

#ifndef VANBAN_SRC_READ_WORKER_ZIP_PARTS_H_
#define VANBAN_SRC_READ_WORKER_ZIP_PARTS_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "vanban/base/limits.h"
#include "vanban/base/result.h"

namespace vanban::read {

class ZipParts {
 public:
  // `bytes` must outlive it. Errors: kDamaged (no central directory), kEncrypted, kLimitExceeded (entries).
  static Result<ZipParts> open(std::string_view bytes, const Limits& limits);
  ZipParts(ZipParts&&) noexcept;
  ZipParts& operator=(ZipParts&&) noexcept;
  ~ZipParts();

  bool has(const std::string& name) const;
  // The inflated bytes of a part; nullopt: no such part. Errors: kLimitExceeded (over inflated_bytes, or more
  // than 200 times its packed size where it is over 1 MB: a bomb), kEncrypted, kDamaged.
  Result<std::optional<std::string>> part(const std::string& name);

  std::size_t count() const;
  // The name of the part at `index`, in UTF-8; folders end in a slash.
  std::string name(std::size_t index) const;
  // The same as part(), of the part at `index`.
  Result<std::string> part_at(std::size_t index);

 private:
  struct Impl;
  explicit ZipParts(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_ZIP_PARTS_H_

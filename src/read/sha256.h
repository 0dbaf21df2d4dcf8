// SHA-256 of a file or bytes, in lower-case hex.

#ifndef VANBAN_SRC_READ_SHA256_H_
#define VANBAN_SRC_READ_SHA256_H_

#include <string>
#include <string_view>

namespace vanban::read {

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  void add(std::string_view bytes);
  std::string hex();  // ends it

 private:
  void* context_;
};

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_SHA256_H_

// The cache of what OCR saw, as files beside the store: a scan that comes a second time, or is read again by
// a newer program, costs no OCR.

#ifndef VANBAN_SRC_PIPELINE_OCR_FILES_H_
#define VANBAN_SRC_PIPELINE_OCR_FILES_H_

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include "vanban/read/reader.h"

namespace vanban {

// One file an image, FOLDER/ab/abcd...: packed, with a checksum, written under another name and renamed. A
// file that is cut, changed, or another program's is not believed and goes. Nothing here is worth an error:
// what cannot be written is not remembered. One process at a time (the store's lock sees to it), several
// threads.
class OcrFiles final : public OcrCache {
 public:
  // Keeps at most `most_bytes`: beyond them, what was not used for longest goes. Nothing is made before the
  // first keep().
  OcrFiles(std::string folder, std::uint64_t most_bytes);

  std::optional<std::string> find(const std::string& key) override;
  void keep(const std::string& key, std::string_view page) override;

 private:
  struct Entry {
    std::int64_t used_ns = 0;
    std::uint64_t bytes = 0;
  };
  std::string path_of(const std::string& key) const;
  void look_around();
  void make_room();

  const std::string folder_;
  const std::uint64_t most_bytes_;
  std::mutex mutex_;
  bool looked_ = false;
  std::map<std::string, Entry> entries_;
  std::uint64_t bytes_ = 0;
};

}  // namespace vanban

#endif  // VANBAN_SRC_PIPELINE_OCR_FILES_H_

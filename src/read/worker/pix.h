// Leptonica's images, owned.

#ifndef VANBAN_SRC_READ_WORKER_PIX_H_
#define VANBAN_SRC_READ_WORKER_PIX_H_

#include <allheaders.h>

#include <memory>
#include <new>

namespace vanban::read {

struct PixDeleter {
  void operator()(Pix* pix) const { pixDestroy(&pix); }
  void operator()(Boxa* boxes) const { boxaDestroy(&boxes); }
  void operator()(BOX* area) const { boxDestroy(&area); }
};
using PixPointer = std::unique_ptr<Pix, PixDeleter>;
using BoxesPointer = std::unique_ptr<Boxa, PixDeleter>;
using AreaPointer = std::unique_ptr<BOX, PixDeleter>;

// What Leptonica made. It gives no image only if there is no memory for one (or for an image of a wrong
// depth, which is a mistake of ours): callers catch std::bad_alloc where a page begins.
inline PixPointer take(Pix* made) {
  if (made == nullptr) throw std::bad_alloc();
  return PixPointer(made);
}

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_PIX_H_

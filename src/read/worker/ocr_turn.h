// Pages that lie on their side or upside down.

#ifndef VANBAN_SRC_READ_WORKER_OCR_TURN_H_
#define VANBAN_SRC_READ_WORKER_OCR_TURN_H_

#include <functional>

#include "read/worker/pix.h"
#include "vanban/doc/raw_document.h"

namespace vanban::read {

// How the print may stand, by its look alone: lines go down the page, or letters have more below than above.
enum class Suspicion { kNone, kSideways, kUpsideDown };
Suspicion suspected_turn(Pix* ink, double dpi);

// By how many degrees clockwise the print is turned: 0, 90, 180 or 270. `sureness_of` reads a few lines and
// says how sure it is of them (0..1). A page counts as turned only where a turned sample is read well and
// clearly better than the upright one. Cost: two or three samples of an inch of print.
int turn_of(Pix* grey, Pix* ink, double dpi, Suspicion suspicion,
            const std::function<double(Pix* sample)>& sureness_of);

// `image` turned so that print turned clockwise by `degrees` stands upright.
PixPointer turned_upright(Pix* image, int degrees);

// Places on the upright page to places on the page as it lies; every word says how it stands.
void turn_back(RawPage& page, int degrees);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_OCR_TURN_H_

#include "support/golden.h"

#include "unit/parse/dump.h"

namespace vanban {
namespace {

TEST(ParseGolden, DocumentsComeOutAsReviewed) {
  ASSERT_NE(testing::kit().parser, nullptr);
  testing::run_golden("parse", testing::dump);
}

}  // namespace
}  // namespace vanban

#include "vanban/base/limits.h"

#include <gtest/gtest.h>

#include <set>

namespace vanban {
namespace {

// A limit that the table leaves out could neither be set from outside nor reach the worker.
TEST(Limits, TheTableHasEveryField) {
  std::size_t size = 0;
  std::set<std::string_view> names;
  Limits changed;
  for (const LimitField& field : limit_fields()) {
    EXPECT_TRUE(names.insert(field.name).second) << field.name;
    std::visit(
        [&](auto member) {
          size += sizeof(changed.*member);
          EXPECT_EQ(changed.*member, Limits().*member) << field.name << " is there twice";
          changed.*member += 1;
        },
        field.member);
  }
  EXPECT_EQ(size, sizeof(Limits));
}

TEST(Limits, ARefusalNamesTheLimit) {
  EXPECT_EQ(limit_is("pages", std::uint32_t{20'000}), "the limit pages is 20000");
  EXPECT_EQ(limit_is("file-bytes", std::uint64_t{500} << 20), "the limit file-bytes is 524288000");
  EXPECT_EQ(limit_is("text-seconds", 1.5), "the limit text-seconds is 1.5");
}

}  // namespace
}  // namespace vanban

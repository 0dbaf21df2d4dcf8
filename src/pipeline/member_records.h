// What the store keeps of files inside others (a ZIP archive's, an e-mail message's).

#ifndef VANBAN_SRC_PIPELINE_MEMBER_RECORDS_H_
#define VANBAN_SRC_PIPELINE_MEMBER_RECORDS_H_

#include <set>
#include <string>
#include <vector>

#include "vanban/base/result.h"
#include "vanban/store/store.h"

namespace vanban {

// Reason of a container that is partial because a member failed by our own fault: the next run tries again.
inline constexpr char kMembersFailed[] = "members-failed";
// Reason of a member that its container had before, and has no more.
inline constexpr char kRemovedFromArchive[] = "removed-from-archive";

// The container that `before` recorded holds other bytes now, with the members `still_there`. Those that it
// had and has no more are marked as skipped and lose their documents, which nobody can find any longer;
// where another path has the container's old bytes, the members go on under that. Returns the records of
// those that were marked. Errors: those of Store.
Result<std::vector<FileRecord>> retire_members(Store& store, const FileRecord& before,
                                               const std::set<std::string>& still_there);

}  // namespace vanban

#endif  // VANBAN_SRC_PIPELINE_MEMBER_RECORDS_H_

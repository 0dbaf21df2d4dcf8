#include "pipeline/member_records.h"

#include <fcntl.h>

#include "pipeline/files.h"
#include "vanban/base/shown_path.h"

namespace vanban {
namespace {

bool has_documents(const FileRecord& file) {
  return file.status == FileStatus::kIngested || file.status == FileStatus::kPartial ||
         file.status == FileStatus::kDuplicate;
}

// A folder may be called "x.zip!", and a file in it is nobody's member.
bool is_file_of_its_own(const std::string& path) { return open_path(path, path.size(), O_PATH).get() >= 0; }

// The same member of another path with the container's old bytes: it holds the documents from now on.
Result<void> hand_over(Store& store, const FileRecord& member, const std::string& to) {
  Result<std::optional<FileRecord>> there = store.find_file(to);
  if (!there) return there.error();
  if (there->has_value()) return {};
  FileRecord heir = member;
  heir.path = to;
  if (has_documents(member)) {
    heir.status = FileStatus::kDuplicate;
    heir.reason = "same-content";
    heir.message = shown_path(member.path);
  }
  return store.put(heir, {});
}

}  // namespace

Result<std::vector<FileRecord>> retire_members(Store& store, const FileRecord& before,
                                               const std::set<std::string>& still_there) {
  std::vector<FileRecord> retired;
  Result<std::vector<FileRecord>> members = store.files_inside(before.path);
  if (!members) return members.error();
  if (members->empty()) return retired;
  Result<std::optional<FileRecord>> twin = store.find_content(before.sha256);
  if (!twin) return twin.error();
  for (FileRecord& member : *members) {
    if (member.reason == kRemovedFromArchive || is_file_of_its_own(member.path)) continue;
    if (twin->has_value() && (*twin)->path != before.path) {
      Result<void> handed = hand_over(store, member, (*twin)->path + member.path.substr(before.path.size()));
      if (!handed) return handed.error();
    }
    if (still_there.contains(member.path)) continue;
    member.status = FileStatus::kSkipped;
    member.reason = kRemovedFromArchive;
    member.message = shown_path(member.path) + ": " + shown_path(before.path) + " changed and has it no more";
    member.document_id.clear();
    member.sha256.clear();  // it holds nothing any more
    member.pages = 0;
    Result<void> marked = store.put(member, {});
    if (!marked) return marked.error();
    retired.push_back(std::move(member));
  }
  return retired;
}

}  // namespace vanban

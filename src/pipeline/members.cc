// Files inside files: a ZIP archive's, an e-mail message's. Each is read as any other file.

#include <algorithm>
#include <set>

#include "pipeline/member_records.h"
#include "vanban/base/shown_path.h"
#include "vanban/pipeline/pipeline.h"

namespace vanban {
namespace {

constexpr std::size_t kMostMembers = 10'000;

// A container whose members are being read.
struct Level {
  FileMembers members;
  std::string path;
  std::size_t next = 0;     // in members
  std::size_t outcome = 0;  // index of the container's own, in the flat list
};

// Two members of one name (attachments called "scan.pdf", twice) are two files: "scan.pdf", "scan (2).pdf".
std::string unused_name(const std::string& wanted, std::set<std::string>& used) {
  if (used.insert(wanted).second) return wanted;
  const std::size_t slash = wanted.rfind('/');
  std::size_t dot = wanted.rfind('.');
  if (dot == std::string::npos || dot <= slash + 1) dot = wanted.size();
  for (std::size_t number = 2;; ++number) {
    std::string name = wanted;
    name.insert(dot, " (" + std::to_string(number) + ")");
    if (used.insert(name).second) return name;
  }
}

bool says_nothing(const RawDocument& raw) {
  return raw.pages.empty() && raw.flow.empty() &&
         raw.plain_text.find_first_not_of(" \t\r\n") == std::string::npos;
}

bool has_documents(const FileOutcome& one) { return !one.documents.empty(); }
bool is_whole(const FileOutcome& one) { return one.status == FileStatus::kIngested; }

// What a container is follows from what is in it: outcomes [first, last).
void judge(FileOutcome& container, std::vector<FileOutcome>::const_iterator first,
           std::vector<FileOutcome>::const_iterator last) {
  const auto bad = std::find_if_not(first, last, is_whole);
  if (bad == last) return;
  const auto count = std::count_if(first, last, [](const FileOutcome& one) { return !is_whole(one); });
  container.message = std::to_string(count) + " of " + std::to_string(last - first) +
                      " files inside were not read whole; the first: " + bad->message;
  if (has_documents(container) || std::any_of(first, last, has_documents)) {
    const bool own_fault =
        std::any_of(first, last, [](const FileOutcome& one) { return one.status == FileStatus::kFailed; });
    container.status = FileStatus::kPartial;
    container.reason = own_fault ? kMembersFailed : "members-unread";
  } else {
    container.status = bad->status == FileStatus::kFailed ? FileStatus::kFailed : FileStatus::kRejected;
    container.error = bad->error;
    container.reason = bad->reason;
  }
}

}  // namespace

FileOutcome Pipeline::with_members(Reader& reader, Result<RawDocument> raw, const std::string& path,
                                   const Limits& limits) const {
  FileMembers inside = reader.take_members();
  const auto outcome_of = [&](Result<RawDocument> read, const std::string& name, bool is_container) {
    if (!read || !is_container || !says_nothing(*read)) return finish(std::move(read), name, limits);
    FileOutcome outcome;
    outcome.path = name;
    outcome.sha256 = read->sha256;
    outcome.bytes = read->bytes;
    return outcome;
  };
  std::vector<FileOutcome> outcomes;  // each container before what is in it
  outcomes.push_back(outcome_of(std::move(raw), path, !inside.empty()));
  std::vector<Level> levels;
  if (!inside.empty()) levels.push_back({std::move(inside), path, 0, 0});
  std::uint64_t total = 0;
  std::set<std::string> used;  // paths of members
  while (!levels.empty()) {
    Level& level = levels.back();
    if (level.next >= level.members.list().size()) {
      const auto first = outcomes.begin() + static_cast<std::ptrdiff_t>(level.outcome);
      judge(*first, first + 1, outcomes.end());
      levels.pop_back();
      continue;
    }
    const FileMember& member = level.members.list()[level.next++];
    const std::string name = unused_name(level.path + "!/" + member.name, used);
    total += member.size;
    Result<RawDocument> read = make_error(ErrorCode::kInternal, "");
    if (outcomes.size() > kMostMembers || total > limits.inflated_bytes) {
      read = make_error(ErrorCode::kLimitExceeded,
                        shown_path(name) + ": the archive holds more than " + std::to_string(kMostMembers) +
                            " files, or than inflated_bytes (" + std::to_string(limits.inflated_bytes) + ")");
    } else if (Result<std::string> bytes = level.members.bytes(member); bytes) {
      read = read_bytes(reader, *bytes, name);
    } else {
      read = make_error(bytes.error().code, shown_path(name) + ": " + bytes.error().message);
    }
    FileMembers deeper = reader.take_members();
    if (!deeper.empty() && levels.size() >= kMostContainers) {
      read = make_error(ErrorCode::kLimitExceeded, shown_path(name) +
                                                       ": files stand inside each other deeper than " +
                                                       std::to_string(kMostContainers) + " levels");
      deeper = FileMembers();
    }
    outcomes.push_back(outcome_of(std::move(read), name, !deeper.empty()));
    if (!deeper.empty()) levels.push_back({std::move(deeper), name, 0, outcomes.size() - 1});
  }
  FileOutcome whole = std::move(outcomes.front());
  whole.members.assign(std::make_move_iterator(outcomes.begin() + 1),
                       std::make_move_iterator(outcomes.end()));
  return whole;
}

}  // namespace vanban

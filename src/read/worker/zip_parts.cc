#include "read/worker/zip_parts.h"

#include <zip.h>

#include <algorithm>

#include "vanban/base/utf8.h"

namespace vanban::read {
namespace {

constexpr std::uint64_t kMostRatio = 200;
constexpr std::uint64_t kSmallPart = 1u << 20;  // a part below this may be packed as tight as it likes
constexpr zip_int64_t kMostEntries = 100'000;

}  // namespace

struct ZipParts::Impl {
  ~Impl() {
    if (archive != nullptr) zip_discard(archive);
  }
  zip_t* archive = nullptr;
  Limits limits;
  std::uint64_t inflated = 0;
};

ZipParts::ZipParts(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ZipParts::ZipParts(ZipParts&&) noexcept = default;
ZipParts& ZipParts::operator=(ZipParts&&) noexcept = default;
ZipParts::~ZipParts() = default;

Result<ZipParts> ZipParts::open(std::string_view bytes, const Limits& limits) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  auto impl = std::make_unique<Impl>();
  impl->limits = limits;
  if (source != nullptr) impl->archive = zip_open_from_source(source, ZIP_RDONLY, &error);
  if (impl->archive == nullptr) {
    const std::string why = zip_error_strerror(&error);
    zip_error_fini(&error);
    if (source != nullptr) zip_source_free(source);
    return make_error(ErrorCode::kDamaged, "the container cannot be opened: " + why);
  }
  zip_error_fini(&error);
  if (zip_get_num_entries(impl->archive, 0) > kMostEntries) {
    return make_error(ErrorCode::kLimitExceeded,
                      "the container has more than " + std::to_string(kMostEntries) + " parts");
  }
  return ZipParts(std::move(impl));
}

bool ZipParts::has(const std::string& name) const {
  return zip_name_locate(impl_->archive, name.c_str(), 0) >= 0;
}

Result<std::optional<std::string>> ZipParts::part(const std::string& name) {
  const zip_int64_t index = zip_name_locate(impl_->archive, name.c_str(), 0);
  if (index < 0) return std::optional<std::string>();
  Result<std::string> bytes = part_at(static_cast<std::size_t>(index));
  if (!bytes) return bytes.error();
  return std::optional<std::string>(std::move(*bytes));
}

std::size_t ZipParts::count() const {
  return static_cast<std::size_t>(std::max<zip_int64_t>(zip_get_num_entries(impl_->archive, 0), 0));
}

std::string ZipParts::name(std::size_t index) const {
  const char* found = zip_get_name(impl_->archive, index, ZIP_FL_ENC_GUESS);
  return found == nullptr ? std::string() : to_valid_utf8(found);
}

Result<std::string> ZipParts::part_at(std::size_t index) {
  const std::string name = this->name(index);
  zip_stat_t info;
  zip_stat_init(&info);
  if (zip_stat_index(impl_->archive, index, 0, &info) != 0) {
    return make_error(ErrorCode::kDamaged, "part " + name + " cannot be looked at");
  }
  if ((info.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && info.encryption_method != ZIP_EM_NONE) {
    return make_error(ErrorCode::kEncrypted, "part " + name + " is encrypted");
  }
  zip_file_t* file = zip_fopen_index(impl_->archive, index, 0);
  if (file == nullptr) {
    return make_error(ErrorCode::kDamaged, "part " + name + ": " + zip_strerror(impl_->archive));
  }
  // The size that the directory states may lie: what really comes out is counted.
  std::string out;
  std::string piece(1u << 16, '\0');
  zip_int64_t got = 0;
  std::optional<Error> failed;
  while (!failed && (got = zip_fread(file, piece.data(), piece.size())) > 0) {
    out.append(piece.data(), static_cast<std::size_t>(got));
    if (impl_->inflated + out.size() > impl_->limits.inflated_bytes) {
      failed = make_error(ErrorCode::kLimitExceeded, "part " + name + " inflates over inflated_bytes (" +
                                                         std::to_string(impl_->limits.inflated_bytes) + ")");
    } else if (out.size() > kSmallPart && out.size() / kMostRatio > info.comp_size) {
      failed = make_error(ErrorCode::kLimitExceeded,
                          "part " + name + " inflates to more than 200 times its packed size");
    }
  }
  zip_fclose(file);
  if (failed) return *failed;
  if (got < 0) return make_error(ErrorCode::kDamaged, "part " + name + " is damaged");
  impl_->inflated += out.size();
  return out;
}

}  // namespace vanban::read

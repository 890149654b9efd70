#include "engine/io/hdf5_file.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"
#include "engine/io/hdf5_handle.hpp"

namespace cardhouse {

std::string hdf5_reason() {
  std::string reason = "unknown reason";
  const auto keep_innermost = [](unsigned depth, const H5E_error2_t* error, void* text) -> herr_t {
    if (depth == 0 && error->desc) *static_cast<std::string*>(text) = error->desc;
    return 0;
  };
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_innermost, &reason);
  return reason;
}

Handle text_type(std::size_t length) {
  Handle type(H5Tcopy(H5T_C_S1));
  H5Tset_size(type.get(), length == 0 ? H5T_VARIABLE : length);
  H5Tset_strpad(type.get(), length == 0 ? H5T_STR_NULLTERM : H5T_STR_NULLPAD);
  H5Tset_cset(type.get(), H5T_CSET_UTF8);
  return type;
}

namespace {

/// Errors are reported by exceptions alone; HDF5 would print its stack as well.
void silence_hdf5() {
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

/// Between two flushes the metadata on disk must stay as the last flush left it, or a killed process leaves a torn
/// file: so the metadata cache may not write entries early to make room.
void keep_metadata_until_flush(hid_t access) {
  H5AC_cache_config_t config{};
  config.version = H5AC__CURR_CACHE_CONFIG_VERSION;
  H5Pget_mdc_config(access, &config);
  config.evictions_enabled = false;
  config.incr_mode = H5C_incr__off;
  config.flash_incr_mode = H5C_flash_incr__off;
  config.decr_mode = H5C_decr__off;
  H5Pset_mdc_config(access, &config);
}

Handle access_properties(const Communicator& ranks, FileMode mode) {
  Handle access(H5Pcreate(H5P_FILE_ACCESS));
  H5Pset_libver_bounds(access.get(), H5F_LIBVER_EARLIEST, H5F_LIBVER_LATEST);
  H5Pset_fclose_degree(access.get(), H5F_CLOSE_STRONG);
  if (mode == FileMode::ReadWrite) keep_metadata_until_flush(access.get());
  if (ranks.native()) H5Pset_fapl_mpio(access.get(), *static_cast<const MPI_Comm*>(ranks.native()), MPI_INFO_NULL);
  return access;
}

}  // namespace

Hdf5File Hdf5File::create(const std::string& path, const Communicator& ranks) {
  silence_hdf5();
  const Handle access = access_properties(ranks, FileMode::ReadWrite);
  const hid_t file = H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access.get());
  if (file < 0) throw InputError({path, 0, {}}, "cannot be created (" + hdf5_reason() + ")", "is the folder writable?");
  return Hdf5File(path, ranks, file);
}

Hdf5File Hdf5File::open(const std::string& path, FileMode mode, const Communicator& ranks) {
  silence_hdf5();
  const SourcePlace place{path, 0, {}};
  std::error_code impossible;  // a name may be too long to be one
  if (!std::filesystem::is_regular_file(path, impossible)) throw InputError(place, "no such file");
  if (::access(path.c_str(), mode == FileMode::Read ? R_OK : R_OK | W_OK) != 0)
    throw InputError(place, "cannot be opened (" + std::string(std::strerror(errno)) + ")");
  const Handle access = access_properties(ranks, mode);
  const unsigned flags = mode == FileMode::Read ? H5F_ACC_RDONLY : H5F_ACC_RDWR;
  const hid_t file = H5Fopen(path.c_str(), flags, access.get());
  if (file >= 0) return Hdf5File(path, ranks, file);
  const std::string reason = hdf5_reason();
  if (H5Fis_hdf5(path.c_str()) == 0) throw InputError(place, "is not an HDF5 file (" + reason + ")");
  throw InputError(place, "cannot be opened (" + reason + ")");
}

Hdf5File::Hdf5File(std::string path, const Communicator& ranks, std::int64_t handle)
    : path_(std::move(path)), ranks_(ranks), handle_(handle) {}

Hdf5File::Hdf5File(Hdf5File&& other) noexcept
    : path_(std::move(other.path_)), ranks_(other.ranks_), handle_(std::exchange(other.handle_, -1)) {}

Hdf5File& Hdf5File::operator=(Hdf5File&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(ranks_, other.ranks_);
  std::swap(handle_, other.handle_);
  return *this;
}

Hdf5File::~Hdf5File() {
  close();
}

void Hdf5File::close() {
  if (handle_ >= 0) H5Fclose(handle_);
  handle_ = -1;
}

void Hdf5File::fail(const std::string& object, const std::string& problem) const {
  throw InputError({path_, 0, object}, problem);
}

std::int64_t Hdf5File::checked(std::int64_t result, const std::string& object, const char* problem) const {
  if (result < 0) fail(object, std::string(problem) + " (" + hdf5_reason() + ")");
  return result;
}

void Hdf5File::flush() {
  checked(H5Fflush(handle_, H5F_SCOPE_GLOBAL), "/", "cannot be written");
}

void Hdf5File::flush_object(const std::string& object) {
  const Handle opened(H5Oopen(handle_, object.c_str(), H5P_DEFAULT));
  checked(opened.get(), object, "no such object");
  checked(H5Oflush(opened.get()), object, "cannot be written");
}

void Hdf5File::extend_to_file_size() {
  checked(H5Fincrement_filesize(handle_, 0), "/", "cannot be extended");
}

bool Hdf5File::exists(const std::string& object) const {
  EXPECTS(object.starts_with('/'));
  for (std::size_t end = object.find('/', 1); object != "/"; end = object.find('/', end + 1)) {
    if (H5Lexists(handle_, object.substr(0, end).c_str(), H5P_DEFAULT) <= 0) return false;
    if (end == std::string::npos) break;
  }
  return true;
}

std::vector<std::string> Hdf5File::list(const std::string& group) const {
  const Handle opened(H5Gopen2(handle_, group.c_str(), H5P_DEFAULT));
  checked(opened.get(), group, "no such group");
  std::vector<std::string> names;
  const auto collect = [](hid_t, const char* name, const H5L_info_t*, void* into) -> herr_t {
    static_cast<std::vector<std::string>*>(into)->emplace_back(name);
    return 0;
  };
  checked(H5Literate(opened.get(), H5_INDEX_NAME, H5_ITER_INC, nullptr, collect, &names), group, "cannot be listed");
  std::sort(names.begin(), names.end());
  return names;
}

void Hdf5File::create_group(const std::string& group) {
  if (exists(group)) return;
  const Handle creation(H5Pcreate(H5P_LINK_CREATE));
  H5Pset_create_intermediate_group(creation.get(), 1);
  const Handle made(H5Gcreate2(handle_, group.c_str(), creation.get(), H5P_DEFAULT, H5P_DEFAULT));
  checked(made.get(), group, "cannot make the group");
}

void Hdf5File::link(const std::string& existing, const std::string& name) {
  const Handle creation(H5Pcreate(H5P_LINK_CREATE));
  H5Pset_create_intermediate_group(creation.get(), 1);
  checked(H5Lcreate_hard(handle_, existing.c_str(), handle_, name.c_str(), creation.get(), H5P_DEFAULT), name,
          "cannot be linked");
}

void Hdf5File::copy(const Hdf5File& from, const std::string& object) {
  const Handle creation(H5Pcreate(H5P_LINK_CREATE));
  H5Pset_create_intermediate_group(creation.get(), 1);
  const auto copied = H5Ocopy(from.handle_, object.c_str(), handle_, object.c_str(), H5P_DEFAULT, creation.get());
  checked(copied, object, "cannot be copied");
}

void Hdf5File::remove(const std::string& object) {
  checked(H5Ldelete(handle_, object.c_str(), H5P_DEFAULT), object, "cannot be removed");
}

}  // namespace cardhouse

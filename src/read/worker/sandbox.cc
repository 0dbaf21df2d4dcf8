#include "read/worker/sandbox.h"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <vector>

namespace vanban::read {
namespace {

bool set_limit(__rlimit_resource resource, rlim_t value) {
  rlimit limit{value, value};
  rlimit current{};
  if (getrlimit(resource, &current) == 0 && current.rlim_max < value)
    limit = {current.rlim_max, current.rlim_max};
  return setrlimit(resource, &limit) == 0;
}

bool limit_resources() {
  bool all = true;
  all = set_limit(RLIMIT_FSIZE, 0) && all;  // no file grows
  all = set_limit(RLIMIT_CORE, 0) && all;
  all = set_limit(RLIMIT_NOFILE, 64) && all;
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  all = set_limit(RLIMIT_NPROC, 0) && all;  // no process, no thread (root is exempt; seccomp is not)
#endif
  return all;
}

// Reading is allowed where fonts, character maps, and language data are; writing nowhere.
bool enter_landlock() {
#if defined(__NR_landlock_create_ruleset)
  const long abi = syscall(__NR_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (abi < 1) return false;
  constexpr std::uint64_t kRead = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
  landlock_ruleset_attr attributes{};
  attributes.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;  // all that the first version knows
  const int rules = static_cast<int>(
      syscall(__NR_landlock_create_ruleset, &attributes,
              offsetof(landlock_ruleset_attr, handled_access_fs) + sizeof attributes.handled_access_fs, 0));
  if (rules < 0) return false;
  const auto allow = [&](const char* path) {
    const int folder = open(path, O_PATH | O_CLOEXEC);
    if (folder < 0) return;
    landlock_path_beneath_attr beneath{};
    beneath.allowed_access = kRead;
    beneath.parent_fd = folder;
    syscall(__NR_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
    close(folder);
  };
  for (const char* path : {"/usr/share", "/usr/local/share", "/usr/lib", "/usr/local/lib", "/lib", "/lib64",
                           "/etc/fonts", "/var/cache/fontconfig"}) {
    allow(path);
  }
  if (const char* data = std::getenv("TESSDATA_PREFIX")) allow(data);
  const bool entered = syscall(__NR_landlock_restrict_self, rules, 0) == 0;
  close(rules);
  return entered;
#else
  return false;
#endif
}

// Calls that a parser of documents has no business with fail with EPERM. A list of what is forbidden, not of
// what is allowed: the C library may use any harmless call tomorrow.
constexpr long kForbidden[] = {
    __NR_socket,
    __NR_socketpair,
    __NR_connect,
    __NR_bind,
    __NR_listen,
    __NR_accept,
    __NR_accept4,
    __NR_execve,
    __NR_execveat,
    __NR_ptrace,
    __NR_process_vm_readv,
    __NR_process_vm_writev,
    __NR_clone,
    __NR_clone3,
    __NR_unshare,
    __NR_setns,
    __NR_kill,
    __NR_pidfd_open,
    __NR_pidfd_send_signal,
    __NR_pidfd_getfd,
    __NR_mount,
    __NR_umount2,
    __NR_pivot_root,
    __NR_chroot,
    __NR_bpf,
    __NR_perf_event_open,
    __NR_io_uring_setup,
    __NR_io_uring_enter,
    __NR_io_uring_register,
    __NR_userfaultfd,
    __NR_keyctl,
    __NR_add_key,
    __NR_request_key,
    __NR_open_by_handle_at,
    __NR_memfd_create,
    __NR_init_module,
    __NR_finit_module,
    __NR_kexec_load,
    __NR_reboot,
    __NR_swapon,
    __NR_setuid,
    __NR_setgid,
    __NR_setresuid,
    __NR_setresgid,
    __NR_personality,
    __NR_unlinkat,
    __NR_mkdirat,
    __NR_linkat,
    __NR_symlinkat,
    __NR_renameat2,
    __NR_fchmodat,
    __NR_fchownat,
    __NR_mknodat,
    __NR_truncate,
    __NR_setpgid,
    __NR_setsid,
#ifdef __NR_fork
    __NR_fork,
    __NR_vfork,
    __NR_unlink,
    __NR_rename,
    __NR_mkdir,
    __NR_rmdir,
    __NR_link,
    __NR_symlink,
    __NR_chmod,
    __NR_chown,
    __NR_mknod,
#endif
};

bool enter_seccomp() {
#if defined(__x86_64__)
  constexpr std::uint32_t kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
  constexpr std::uint32_t kArchitecture = AUDIT_ARCH_AARCH64;
#else
  constexpr std::uint32_t kArchitecture = 0;
#endif
  if (kArchitecture == 0) return false;
  std::vector<sock_filter> program;
  const auto statement = [&](int code, std::uint32_t value) {
    program.push_back(sock_filter{static_cast<__u16>(code), 0, 0, value});
  };
  const auto jump = [&](int code, std::uint32_t value, __u8 yes, __u8 no) {
    program.push_back(sock_filter{static_cast<__u16>(code), yes, no, value});
  };
  statement(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch));
  jump(BPF_JMP | BPF_JEQ | BPF_K, kArchitecture, 1, 0);
  statement(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
  statement(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr));
#if defined(__x86_64__)
  jump(BPF_JMP | BPF_JGE | BPF_K, 0x40000000u, 0, 1);  // the x32 calls: a second name for each
  statement(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
#endif
  for (const long call : kForbidden) {
    jump(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 1);
    statement(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
  }
  statement(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
  return syscall(__NR_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &filter) == 0;
}

}  // namespace

std::string enter_sandbox(const std::function<void()>& start_threads) {
  std::string active;
  const auto note = [&](bool done, const char* name) {
    if (done) active += (active.empty() ? "" : " ") + std::string(name);
  };
  const bool no_new_privileges = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
  note(no_new_privileges, "no-new-privs");
  if (no_new_privileges) note(enter_landlock(), "landlock");
  start_threads();
  note(limit_resources(), "rlimits");
  if (no_new_privileges) note(enter_seccomp(), "seccomp");
  return active;
}

void limit_processor_time(double seconds) {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const double total =
      static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + std::ceil(seconds) + 2;
  rlimit limit{};
  if (getrlimit(RLIMIT_CPU, &limit) != 0) return;
  limit.rlim_cur = static_cast<rlim_t>(total);
  if (limit.rlim_max != RLIM_INFINITY && limit.rlim_cur > limit.rlim_max) limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_CPU, &limit);
}

}  // namespace vanban::read

#include "read/office_convert.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string_view>
#include <vector>

#include "vanban/base/utf8.h"

namespace vanban::read {
namespace {

namespace fs = std::filesystem;
using SteadyClock = std::chrono::steady_clock;

constexpr std::uint64_t kLeastAddressSpace =
    8ull << 30;  // LibreOffice maps its libraries and fonts many times over
constexpr std::size_t kMessageBytes = 300;

struct Filter {
  const char* input;   // the neutral name
  const char* output;  // "docx:NAME OF THE FILTER"
  const char* result;
  const char* component;  // the library that knows the format
  const char* package;
};

const Filter& filter_of(OfficeKind kind) {
  static constexpr Filter kFilters[] = {
      {"document.doc", "docx:MS Word 2007 XML", "document.docx", "libswlo.so", "libreoffice-writer"},
      {"document.rtf", "docx:MS Word 2007 XML", "document.docx", "libswlo.so", "libreoffice-writer"},
      {"document.xls", "xlsx:Calc MS Excel 2007 XML", "document.xlsx", "libsclo.so", "libreoffice-calc"},
      {"document.ppt", "pptx:Impress MS PowerPoint 2007 XML", "document.pptx", "libsdlo.so",
       "libreoffice-impress"}};
  return kFilters[static_cast<std::size_t>(kind)];
}

// No macros, no links followed, nothing asked of the network or the user.
constexpr std::string_view kProfile =
    R"(<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Field" oor:op="fuse"><value>false</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>1</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="ODFRecalcMode" oor:op="fuse"><value>1</value></prop></item>
</oor:items>
)";

// A folder of its own for one conversion: gone afterwards, whatever happened.
class Folder {
 public:
  Folder() {
    const char* base = std::getenv("TMPDIR");
    std::string path = (base != nullptr && base[0] == '/' ? std::string(base) : std::string("/tmp")) +
                       "/vanban-office-XXXXXX";
    if (mkdtemp(path.data()) != nullptr) path_ = path;
  }
  ~Folder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

class Handle {
 public:
  explicit Handle(int number) : number_(number) {}
  ~Handle() {
    if (number_ >= 0) close(number_);
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  int get() const { return number_; }

 private:
  int number_;
};

std::optional<std::string> find_program(const std::string& wanted) {
  std::vector<std::string> candidates;
  if (!wanted.empty()) {
    candidates.push_back(wanted);
  } else {
    std::string_view path = std::getenv("PATH") == nullptr ? "" : std::getenv("PATH");
    while (!path.empty()) {
      const std::string_view folder = path.substr(0, path.find(':'));
      if (folder.starts_with('/')) candidates.push_back(std::string(folder) + "/soffice");
      path.remove_prefix(std::min(path.size(), folder.size() + 1));
    }
    for (const char* usual :
         {"/usr/bin/soffice", "/usr/lib/libreoffice/program/soffice", "/opt/libreoffice/program/soffice"}) {
      candidates.emplace_back(usual);
    }
  }
  for (const std::string& one : candidates) {
    std::error_code failed;
    const fs::path real = fs::canonical(one, failed);
    if (!failed && fs::is_regular_file(real, failed) && access(real.c_str(), X_OK) == 0) return real.string();
  }
  return std::nullopt;
}

// "7.4.7.2": from the files beside the program, without starting it.
std::string version_of(const fs::path& program_folder) {
  std::ifstream in(program_folder / "versionrc");
  for (std::string line; std::getline(in, line) && line.size() < 4096;) {
    constexpr std::string_view kKey = "AboutBoxVersion=";
    if (line.starts_with(kKey)) return line.substr(kKey.size());
  }
  std::error_code failed;
  const fs::path data = fs::canonical(program_folder / "bootstraprc", failed);
  std::ifstream boot(data);
  for (std::string line; !failed && std::getline(boot, line) && line.size() < 4096;) {
    if (line.starts_with("ProductKey=LibreOffice "))
      return line.substr(std::strlen("ProductKey=LibreOffice "));
  }
  return "of unknown version";
}

bool copy_input(int from, const std::string& path) {
  const Handle to(open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (to.get() < 0) return false;
  std::vector<char> chunk(1u << 20);
  for (off_t at = 0;;) {
    const ssize_t got = pread(from, chunk.data(), chunk.size(), at);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return false;
    if (got == 0) return true;
    for (ssize_t done = 0; done < got;) {
      const ssize_t written = write(to.get(), chunk.data() + done, static_cast<std::size_t>(got - done));
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) return false;
      done += written;
    }
    at += got;
  }
}

// Rules for the child, made before the fork: it reads programs, fonts and settings, and its folder; it writes
// only there. -1: the kernel has none.
int make_landlock(const std::string& folder, const std::string& program_folder) {
#if defined(__NR_landlock_create_ruleset)
  if (syscall(__NR_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION) < 1) return -1;
  constexpr std::uint64_t kAll = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;
  constexpr std::uint64_t kRead =
      LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_EXECUTE;
  landlock_ruleset_attr attributes{};
  attributes.handled_access_fs = kAll;
  const int rules = static_cast<int>(
      syscall(__NR_landlock_create_ruleset, &attributes,
              offsetof(landlock_ruleset_attr, handled_access_fs) + sizeof attributes.handled_access_fs, 0));
  if (rules < 0) return -1;
  const auto allow = [&](const std::string& path, std::uint64_t access) {
    const Handle place(open(path.c_str(), O_PATH | O_CLOEXEC));
    if (place.get() < 0) return;
    landlock_path_beneath_attr beneath{};
    struct stat status {};
    const bool file = fstat(place.get(), &status) == 0 && !S_ISDIR(status.st_mode);
    constexpr std::uint64_t kOfFiles =
        LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_EXECUTE;
    beneath.allowed_access = file ? access & kOfFiles : access;
    beneath.parent_fd = place.get();
    syscall(__NR_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
  };
  for (const char* path :
       {"/usr", "/bin", "/sbin", "/lib", "/lib64", "/lib32", "/etc/fonts", "/etc/libreoffice",
        "/etc/ld.so.cache", "/etc/passwd", "/etc/nsswitch.conf", "/etc/localtime", "/etc/alternatives",
        "/proc", "/sys/devices/system/cpu", "/var/cache/fontconfig", "/var/lib/libreoffice",
        "/var/spool/libreoffice", "/etc/locale.alias"}) {
    allow(path, kRead);
  }
  allow(program_folder + "/..", kRead);
  allow("/dev", kRead | LANDLOCK_ACCESS_FS_WRITE_FILE);
  allow(folder, kAll);
  allow("/tmp",
        LANDLOCK_ACCESS_FS_MAKE_SOCK |
            LANDLOCK_ACCESS_FS_REMOVE_FILE);  // where it has a socket to find itself, whatever $TMPDIR says
  return rules;
#else
  (void)folder;
  (void)program_folder;
  return -1;
#endif
}

// All that the child needs between fork and exec, where nothing may be allocated.
struct Child {
  const char* program;
  char* const* arguments;
  char* const* environment;
  const char* folder;
  const char* log;
  const char *user_map, *group_map;
  rlim_t address_space, file_size, processor_seconds;
  int landlock, report;
};

void lower_limit(__rlimit_resource resource, rlim_t value) {
  rlimit current{};
  if (getrlimit(resource, &current) == 0 && current.rlim_max < value) value = current.rlim_max;
  const rlimit limit{value, value};
  setrlimit(resource, &limit);
}

bool write_file(const char* path, const char* text) {
  const int file = open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return false;
  const auto size = static_cast<ssize_t>(std::strlen(text));
  const bool written = write(file, text, static_cast<std::size_t>(size)) == size;
  close(file);
  return written;
}

// An empty /tmp, with nothing but the folder in it: sockets and forgotten files of LibreOffice end with it.
void hide_temporary_files(const char* folder) {
  if (mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return;
  const int kept = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (kept < 0) return;
  char path[64] = "/proc/self/fd/";
  std::size_t end = std::strlen(path);
  char digits[16];
  std::size_t count = 0;
  for (int rest = kept; rest > 0 || count == 0; rest /= 10)
    digits[count++] = static_cast<char>('0' + rest % 10);
  while (count > 0) path[end++] = digits[--count];
  path[end] = '\0';
  if (mount("tmpfs", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV, "size=64m,mode=0700") == 0) {
    const bool again = mkdir(folder, 0700) == 0 && mount(path, folder, nullptr, MS_BIND, nullptr) == 0;
    if (!again && access(folder, F_OK) != 0) umount2("/tmp", MNT_DETACH);
  }
  close(kept);
}

void allow_in(int rules, const char* path, std::uint64_t access) {
#if defined(__NR_landlock_add_rule)
  const int place = open(path, O_PATH | O_CLOEXEC);
  if (place < 0) return;
  landlock_path_beneath_attr beneath{};
  beneath.allowed_access = access;
  beneath.parent_fd = place;
  syscall(__NR_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
  close(place);
#endif
}

[[noreturn]] void become_office(const Child& child) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  for (const int one : {SIGINT, SIGTERM, SIGPIPE, SIGCHLD, SIGHUP, SIGXCPU, SIGQUIT}) signal(one, SIG_DFL);
  // A network namespace that has nothing in it, not even a loopback that is up.
  char said[2] = {'-', '-'};
  if (unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWNS | CLONE_NEWIPC) == 0) {
    write_file("/proc/self/setgroups", "deny");
    const bool mapped =
        write_file("/proc/self/uid_map", child.user_map) && write_file("/proc/self/gid_map", child.group_map);
    said[0] = mapped ? 'n' : 'u';
    if (mapped) hide_temporary_files(child.folder);
    if (child.landlock >= 0)
      allow_in(child.landlock, "/tmp", LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_REMOVE_FILE);
  } else if (unshare(CLONE_NEWNET) == 0) {
    said[0] = 'n';
  }
  const int nothing = open("/dev/null", O_RDWR);
  const int log = open(child.log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  const int high_log = fcntl(log, F_DUPFD, 10), report = fcntl(child.report, F_DUPFD_CLOEXEC, 10);
  const int rules = child.landlock < 0 ? -1 : fcntl(child.landlock, F_DUPFD_CLOEXEC, 10);
  dup2(nothing, STDIN_FILENO);
  dup2(high_log >= 0 ? high_log : nothing, STDOUT_FILENO);
  dup2(high_log >= 0 ? high_log : nothing, STDERR_FILENO);
#ifdef SYS_close_range
  syscall(SYS_close_range, 3, 9, 0);
  const int lower = std::min(report, rules < 0 ? report : rules), higher = std::max(report, rules);
  if (higher > lower + 1) syscall(SYS_close_range, lower + 1, higher - 1, 0);
  syscall(SYS_close_range, higher + 1, ~0U, 0);
#endif
  if (chdir(child.folder) != 0) _exit(126);
  lower_limit(RLIMIT_CORE, 0);
  lower_limit(RLIMIT_NOFILE, 1024);
  lower_limit(RLIMIT_FSIZE, child.file_size);
  lower_limit(RLIMIT_CPU, child.processor_seconds);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  lower_limit(RLIMIT_AS, child.address_space);
#endif
#if defined(__NR_landlock_restrict_self)
  if (rules >= 0 && syscall(__NR_landlock_restrict_self, rules, 0) == 0) said[1] = 'l';
#endif
  if (write(report, said, 2) != 2) _exit(126);
  execve(child.program, child.arguments, child.environment);
  _exit(127);
}

struct Ended {
  bool late = false;
  int status = 0;
};

// Waits for the group's leader, then ends all that is left of the group.
Ended wait_for(pid_t pid, SteadyClock::time_point deadline) {
  Ended ended;
  for (;;) {
    siginfo_t info{};
    const int got = waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT);
    if (got < 0 && errno != EINTR) break;
    if (got == 0 && info.si_pid == pid) break;
    if (SteadyClock::now() >= deadline) {
      ended.late = true;
      break;
    }
    usleep(10'000);
  }
  kill(-pid, SIGKILL);  // before the leader is reaped: until then the group's number belongs to nobody else
  if (ended.late) kill(pid, SIGKILL);
  while (waitpid(pid, &ended.status, 0) < 0 && errno == EINTR) {
  }
  kill(-pid, SIGKILL);  // what was forked meanwhile: ESRCH as a rule
  return ended;
}

std::string last_words(const std::string& log, const std::string& folder) {
  std::ifstream in(log, std::ios::binary);
  std::string text(8192, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
  for (std::size_t at = 0; (at = text.find(folder, at)) != std::string::npos;) text.erase(at, folder.size());
  text = to_valid_utf8(text);
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  text = std::string(text.substr(0, std::min(text.size(), kMessageBytes)));
  text.erase(text.find_last_not_of(' ') + 1);
  return to_valid_utf8(text);
}

}  // namespace

Result<ConvertedOffice> convert_office(int descriptor, const Conversion& conversion,
                                       const std::string& program, const Limits& limits) {
  const Filter& filter = filter_of(conversion.kind);
  const auto fail = [&](ErrorCode code, const std::string& message) {
    return make_error(code, "this is " + conversion.what + ", " + message);
  };
  const std::optional<std::string> found = find_program(program);
  if (!found) {
    return fail(ErrorCode::kUnsupported,
                std::string("which is read with LibreOffice: install the package ") + filter.package +
                    " (tools/setup --with-libreoffice), or save it as DOCX, XLSX or PDF");
  }
  const fs::path program_folder = fs::path(*found).parent_path();
  std::error_code ignored;
  if (fs::exists(program_folder / "soffice.bin", ignored) &&
      !fs::exists(program_folder / filter.component, ignored)) {
    return fail(ErrorCode::kUnsupported,
                std::string("and the LibreOffice here lacks the package ") + filter.package);
  }
  const Folder folder;
  if (folder.path().empty())
    return fail(ErrorCode::kIo, std::string("and no temporary folder can be made: ") + std::strerror(errno));
  const std::string input = folder.path() + "/" + filter.input, out = folder.path() + "/out",
                    log = folder.path() + "/log";
  const std::string profile = folder.path() + "/profile";
  fs::create_directories(profile + "/user", ignored);
  fs::create_directory(out, ignored);
  std::ofstream settings(profile + "/user/registrymodifications.xcu", std::ios::binary);
  settings << kProfile;
  settings.close();
  if (!settings || !copy_input(descriptor, input)) {
    return fail(errno == ENOSPC ? ErrorCode::kDiskFull : ErrorCode::kIo,
                std::string("and its copy cannot be written: ") + std::strerror(errno));
  }

  std::vector<std::string> words = {*found,
                                    "--headless",
                                    "--norestore",
                                    "--nologo",
                                    "--nodefault",
                                    "--nolockcheck",
                                    "--nofirststartwizard",
                                    "-env:UserInstallation=file://" + profile,
                                    "--convert-to",
                                    filter.output,
                                    "--outdir",
                                    out,
                                    input};
  std::vector<std::string> variables = {"HOME=" + folder.path(),
                                        "TMPDIR=" + folder.path(),
                                        "PATH=/usr/bin:/bin",
                                        "LC_ALL=C.UTF-8",
                                        "SAL_USE_VCLPLUGIN=svp",
                                        "XDG_CONFIG_HOME=" + folder.path(),
                                        "XDG_CACHE_HOME=" + folder.path()};
  std::vector<char*> arguments, environment;
  for (std::string& one : words) arguments.push_back(one.data());
  for (std::string& one : variables) environment.push_back(one.data());
  arguments.push_back(nullptr);
  environment.push_back(nullptr);

  const double clock = std::clamp(std::min(limits.office_seconds, limits.document_seconds), 1.0, 1e6);
  const std::string user = std::to_string(getuid()), group = std::to_string(getgid());
  const std::string user_map = user + " " + user + " 1", group_map = group + " " + group + " 1";
  const Handle rules(make_landlock(folder.path(), program_folder.string()));
  int report[2] = {-1, -1};
  if (pipe2(report, O_CLOEXEC) != 0)
    return fail(ErrorCode::kIo, std::string("and LibreOffice cannot be started: ") + std::strerror(errno));
  const Handle from_child(report[0]);
  Child child{};
  child.program = found->c_str();
  child.arguments = arguments.data();
  child.environment = environment.data();
  child.folder = folder.path().c_str();
  child.log = log.c_str();
  child.user_map = user_map.c_str();
  child.group_map = group_map.c_str();
  child.address_space = std::max(limits.worker_memory_bytes, kLeastAddressSpace);
  child.file_size = limits.inflated_bytes;
  child.processor_seconds = static_cast<rlim_t>(std::ceil(clock));
  child.landlock = rules.get();
  child.report = report[1];
  const SteadyClock::time_point deadline =
      SteadyClock::now() +
      std::chrono::duration_cast<SteadyClock::duration>(std::chrono::duration<double>(clock));
  const pid_t pid = fork();
  if (pid == 0) become_office(child);
  close(report[1]);
  if (pid < 0)
    return fail(ErrorCode::kIo, std::string("and LibreOffice cannot be started: ") + std::strerror(errno));
  setpgid(pid, pid);
  char said[2] = {};
  const bool spoke = ::read(from_child.get(), said, 2) == 2;
  const Ended ended = wait_for(pid, deadline);

  if (ended.late || (WIFSIGNALED(ended.status) && WTERMSIG(ended.status) == SIGXCPU)) {
    return fail(ErrorCode::kTimeout, "and LibreOffice took longer than " +
                                         std::to_string(static_cast<int>(clock)) + " s to convert it");
  }
  const Handle made(
      open((out + "/" + filter.result).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  struct stat status {};
  if (made.get() < 0 || fstat(made.get(), &status) != 0 || !S_ISREG(status.st_mode) || status.st_size == 0) {
    const std::string why = last_words(log, folder.path());
    if (!spoke || (WIFEXITED(ended.status) && WEXITSTATUS(ended.status) >= 126)) {
      return fail(ErrorCode::kSetup, "and LibreOffice does not start" + (why.empty() ? "" : ": " + why));
    }
    return fail(ErrorCode::kDamaged, "and LibreOffice cannot convert it" + (why.empty() ? "" : ": " + why));
  }
  if (static_cast<std::uint64_t>(status.st_size) > limits.file_bytes)
    return fail(ErrorCode::kLimitExceeded, "and what it converts to is over the limit");
  ConvertedOffice converted;
  converted.program = "LibreOffice " + version_of(program_folder);
  if (said[0] == '-') {
    converted.diagnostics.push_back(
        {"office-less-isolated",
         "LibreOffice ran without a network namespace of its own, which this system does not allow", 0});
  }
  converted.descriptor = fcntl(made.get(), F_DUPFD_CLOEXEC, 3);
  if (converted.descriptor < 0) return fail(ErrorCode::kIo, std::strerror(errno));
  return converted;
}

}  // namespace vanban::read

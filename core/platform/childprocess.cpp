// SPDX-License-Identifier: MIT
#include <procession/childprocess.h>

#include <procession/systemcall.h>

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <paths.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace procession {

namespace {

constexpr std::size_t StackSize = 64 * 1024;

// What the child needs and what it answers. It lies in the memory that parent and child share until the child executes.
struct LaunchPlan
{
    const char *program;
    char *const *arguments;
    char *const *environment;
    int workingDirectory;
    int input;
    int output;
    int error;
    int niceness;
    pid_t parent;
    unsigned long signalsToReset; // a bit for each, the lowest for signal 1
    std::atomic<int> *group;
    const char *failedCall = nullptr;
    int failure = 0;
};

#ifdef __SANITIZE_THREAD__
// The sanitizer takes clone() for fork() and would look away from this thread ever after.
extern "C" int __clone(int (*function)(void *), void *stack, int flags, void *argument, ...) noexcept;
constexpr auto cloneChild = __clone;
#else
constexpr auto cloneChild = ::clone;
#endif

// Caught signals would run this program's handlers in the child; ignored ones would stay ignored in the program that it executes.
__attribute__((no_sanitize("address", "thread", "undefined"))) void resetSignals(unsigned long signals)
{
    constexpr std::size_t KernelSetSize = 8;
    const unsigned long standard[4] = {}; // the kernel's struct sigaction, whose first member is the handler
    for (int signal = 1; signals != 0; ++signal, signals >>= 1) {
        if (signals & 1)
            syscall(SYS_rt_sigaction, signal, standard, nullptr, KernelSetSize);
    }
    syscall(SYS_rt_sigprocmask, SIG_SETMASK, standard, nullptr, KernelSetSize);
}

// Signals that this program catches or ignores, but for a SIGHUP that nohup told it to ignore.
unsigned long signalsToReset()
{
    unsigned long signals = 0;
    for (int signal = 1; signal < NSIG; ++signal) {
        struct sigaction action{};
        if (::sigaction(signal, nullptr, &action) != 0)
            continue;
        const bool isNohup = signal == SIGHUP && action.sa_handler == SIG_IGN;
        if (action.sa_handler != SIG_DFL && !isNohup)
            signals |= 1UL << (signal - 1);
    }
    return signals;
}

// Copies that lie above 2, so that placing one does not overwrite another.
__attribute__((no_sanitize("address", "thread", "undefined"))) bool placeStreams(const LaunchPlan *plan)
{
    const int sources[] = {plan->input, plan->output, plan->error};
    int copies[3];
    for (int i = 0; i < 3; ++i) {
        copies[i] = static_cast<int>(syscall(SYS_fcntl, sources[i], F_DUPFD_CLOEXEC, 3));
        if (copies[i] < 0)
            return false;
    }
    for (int i = 0; i < 3; ++i) {
        if (syscall(SYS_dup3, copies[i], i, 0) < 0)
            return false;
    }
    syscall(SYS_close_range, 3, ~0U, 1U << 2 /* CLOSE_RANGE_CLOEXEC */);
    return true;
}

// Shares memory with the suspended parent thread: it changes nothing but the plan, its own stack and the guard's entry, and calls
// nothing but the system.
__attribute__((no_sanitize("address", "thread", "undefined"))) int childMain(void *argument)
{
    auto *plan = static_cast<LaunchPlan *>(argument);
    const auto fail = [plan](const char *call) {
        plan->failedCall = call;
        plan->failure = errno;
        syscall(SYS_exit, 127);
        return 127;
    };

    if (syscall(SYS_setpgid, 0, 0) != 0)
        return fail("setpgid");
    plan->group->store(static_cast<int>(syscall(SYS_getpid)), std::memory_order_release);
    if (syscall(SYS_prctl, PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0)
        return fail("prctl");
    if (syscall(SYS_getppid) != plan->parent) // it died before the line above could help
        return fail("getppid");
    resetSignals(plan->signalsToReset);
    if (!placeStreams(plan))
        return fail("dup3");
    if (plan->workingDirectory >= 0 && syscall(SYS_fchdir, plan->workingDirectory) != 0)
        return fail("fchdir");
    if (plan->niceness != 0) {
        // The system call answers 20 - niceness.
        const auto now = 20 - syscall(SYS_getpriority, PRIO_PROCESS, 0);
        if (syscall(SYS_setpriority, PRIO_PROCESS, 0, now + plan->niceness) != 0)
            return fail("setpriority");
    }
    syscall(SYS_execve, plan->program, plan->arguments, plan->environment);
    return fail("execve");
}

std::vector<char *> pointersTo(const QByteArrayList &strings)
{
    std::vector<char *> pointers;
    pointers.reserve(static_cast<std::size_t>(strings.size()) + 1);
    for (const QByteArray &string : strings)
        pointers.push_back(const_cast<char *>(string.constData()));
    pointers.push_back(nullptr);
    return pointers;
}

QByteArrayList mergedEnvironment(const QByteArrayList &changes)
{
    QByteArrayList names;
    for (const QByteArray &change : changes)
        names << change.split('=').first();
    QByteArrayList merged;
    for (char **entry = environ; entry && *entry; ++entry) {
        const char *end = std::strchr(*entry, '=');
        if (!end || !names.contains(QByteArray(*entry, end - *entry)))
            merged << *entry;
    }
    for (qsizetype i = 0; i < changes.size(); ++i) {
        const bool isLast = names.lastIndexOf(names[i]) == i;
        if (isLast && changes[i].contains('='))
            merged << changes[i];
    }
    return merged;
}

QByteArray pathIn(const QByteArrayList &environment)
{
    for (const QByteArray &entry : environment) {
        if (entry.startsWith("PATH="))
            return entry.mid(5);
    }
    return _PATH_DEFPATH;
}

qint64 microseconds(const timeval &time) { return qint64(time.tv_sec) * 1'000'000 + time.tv_usec; }

} // namespace

void ChildProcess::signalGroup(int signal) const
{
    if (m_pid > 1)
        ::kill(static_cast<pid_t>(-m_pid), signal);
}

ChildEnd ChildProcess::reap()
{
    siginfo_t info{};
    rusage usage{};
    checked("waitid", retryOnInterrupt([&] { return syscall(SYS_waitid, P_PIDFD, m_pidfd.get(), &info, WEXITED, &usage); }));

    ChildEnd end;
    end.status = info.si_code == CLD_EXITED ? ExitStatus::exited(info.si_status)
                                            : ExitStatus::signaled(info.si_status, info.si_code == CLD_DUMPED);
    end.cpuTime = microseconds(usage.ru_utime) + microseconds(usage.ru_stime);
    // Until it executed, the child was in this program's memory, and the kernel counts that too.
    rusage own{};
    ::getrusage(RUSAGE_SELF, &own);
    if (usage.ru_maxrss > own.ru_maxrss)
        end.peakMemory = qint64(usage.ru_maxrss) * 1024;
    m_pidfd.reset();
    return end;
}

void ChildProcess::abandon()
{
    if (!m_pidfd.isValid())
        return;
    signalGroup(SIGKILL);
    reap();
}

bool ChildProcess::hasLeftProcesses() const
{
    // The group's number cannot be anybody else's as long as it has members, and is not given out again for millions of processes.
    return ::kill(static_cast<pid_t>(-m_pid), 0) == 0;
}

ChildLauncher::ChildLauncher(const Options &options, OrphanGuard *guard)
    : m_niceness(options.niceness),
      m_guard(guard),
      m_null(checked("open", ::open("/dev/null", O_RDONLY | O_CLOEXEC), "/dev/null")),
      m_environment(mergedEnvironment(options.environment)),
      m_environmentPointers(pointersTo(m_environment)),
      m_path(pathIn(m_environment)),
      m_stack(std::make_unique<std::byte[]>(StackSize))
{
    m_signalsToReset = procession::signalsToReset();
    const QByteArray &folder = options.workingDirectory;
    if (!folder.isEmpty())
        m_workingDirectory = Descriptor(checked("open", ::open(folder.constData(), O_PATH | O_DIRECTORY | O_CLOEXEC), folder));
}

ChildLauncher::~ChildLauncher() = default;

QByteArray ChildLauncher::findProgram(const QByteArray &name)
{
    if (name.isEmpty() || name.contains('/'))
        return name;
    if (const auto known = m_found.constFind(name); known != m_found.constEnd())
        return *known;
    int error = ENOENT;
    for (const QByteArray &folder : m_path.split(':')) {
        const QByteArray candidate = (folder.isEmpty() ? QByteArray(".") : folder) + '/' + name;
        if (::faccessat(AT_FDCWD, candidate.constData(), X_OK, AT_EACCESS) == 0)
            return *m_found.insert(name, candidate);
        if (errno == EACCES)
            error = EACCES;
    }
    throw SystemError("execve", name, error);
}

ChildProcess ChildLauncher::launch(
    const QByteArrayList &arguments, int standardOutput, int standardError, OrphanGuard::Entry entry)
{
    if (arguments.isEmpty())
        throw SystemError("execve", {}, ENOENT);
    QByteArray program = findProgram(arguments.first());

    QByteArrayList words = arguments;
    LaunchPlan plan{};
    plan.environment = m_environmentPointers.data();
    plan.workingDirectory = m_workingDirectory.get();
    plan.input = m_null.get();
    plan.output = standardOutput;
    plan.error = standardError;
    plan.niceness = m_niceness;
    plan.parent = ::getpid();
    plan.signalsToReset = m_signalsToReset;
    plan.group = m_guard->slot(entry);

    const auto attempt = [&](const QByteArray &file) {
        const std::vector<char *> pointers = pointersTo(words);
        plan.program = file.constData();
        plan.arguments = pointers.data();
        plan.failure = 0;
        int pidfd = -1;
        sigset_t all;
        sigset_t before;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before);
        const int pid = cloneChild(childMain, m_stack.get() + StackSize, CLONE_VM | CLONE_VFORK | CLONE_PIDFD | SIGCHLD, &plan,
            &pidfd, nullptr, nullptr);
        const int error = errno;
        pthread_sigmask(SIG_SETMASK, &before, nullptr);
        if (pid < 0)
            throw SystemError("clone", words.first(), error);
        ChildProcess child;
        child.m_pid = pid;
        child.m_pidfd = Descriptor(pidfd);
        return child;
    };

    ChildProcess child = attempt(program);
    const auto takeBack = [&] {
        child.reap();
        plan.group->store(0, std::memory_order_release);
    };
    if ((plan.failure == ENOENT || plan.failure == EACCES) && m_found.remove(arguments.first())) {
        takeBack(); // it is not where it was found some time ago
        program = findProgram(arguments.first());
        child = attempt(program);
    }
    if (plan.failure == ENOEXEC) {
        takeBack();
        words.first() = program;
        words.prepend(_PATH_BSHELL);
        child = attempt(_PATH_BSHELL);
    }
    if (plan.failure != 0) {
        takeBack();
        throw SystemError(plan.failedCall, arguments.first(), plan.failure);
    }
    return child;
}

} // namespace procession

// SPDX-License-Identifier: MIT
#include <procession/platform/child/orphanguard.h>

#include <procession/platform/base/systemcall.h>
#include <procession/platform/base/systemcallsonly.h>
#include <procession/platform/child/closerange.h>
#include <procession/platform/processes/pidfd.h>
#include <procession/platform/processes/processtable.h>

#include <csignal>
#include <cstring>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <tuple>
#include <unistd.h>

namespace procession {

namespace {

constexpr std::size_t TableSize = OrphanGuard::Capacity * sizeof(std::atomic<int>);
static_assert(std::atomic<int>::is_always_lock_free);

// What follows runs in a copy of a program that may have had many threads: system calls only, no libraries, no locks.
/// A bit for each process id that Linux gives.
class PidSet
{
public:
    static constexpr int End = 1 << 22;

    PROCESSION_SYSTEM_CALLS_ONLY PidSet()
        : m_bits(reinterpret_cast<unsigned char *>(
            syscall(SYS_mmap, nullptr, End / 8, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)))
    {
    }
    PROCESSION_SYSTEM_CALLS_ONLY bool isValid() const { return m_bits != MAP_FAILED; }
    PROCESSION_SYSTEM_CALLS_ONLY bool contains(int pid) const
    {
        return pid > 1 && pid < End && (m_bits[pid / 8] >> (pid % 8) & 1) != 0;
    }
    PROCESSION_SYSTEM_CALLS_ONLY void insert(int pid)
    {
        if (pid > 1 && pid < End)
            m_bits[pid / 8] = static_cast<unsigned char>(m_bits[pid / 8] | 1 << (pid % 8));
    }

private:
    unsigned char *m_bits;
};

/// What has left the groups of the table: it is found, and killed, until a look through all processes finds nothing more.
class Hunt
{
public:
    PROCESSION_SYSTEM_CALLS_ONLY Hunt(const std::atomic<int> *table, const char *mark, std::size_t markSize, std::uint64_t since)
        : m_table(table), m_mark(mark), m_markSize(markSize), m_since(since)
    {
    }

    PROCESSION_SYSTEM_CALLS_ONLY void run()
    {
        constexpr int MostLooks = 1'000;
        if (!m_doomed.isValid() || !m_killed.isValid())
            return;
        for (int i = 0; i < OrphanGuard::Capacity; ++i)
            m_doomed.insert(m_table[i].load(std::memory_order_acquire));
        // Kills none before all are found, since links are lost with a parent.
        while (look(false)) { }
        for (int i = 0; i < MostLooks && look(true); ++i) { }
    }

private:
    PROCESSION_SYSTEM_CALLS_ONLY bool isDoomed(const ProcessLinks &process) const
    {
        return m_doomed.contains(process.pid) || m_doomed.contains(process.parent) || m_doomed.contains(process.group)
            || m_doomed.contains(process.session) || findInEnvironment(process.pid, m_mark, m_markSize);
    }

    PROCESSION_SYSTEM_CALLS_ONLY bool look(bool kills)
    {
        bool hasFound = false;
        const auto self = static_cast<int>(syscall(SYS_getpid));
        forEachProcess([&](int pid) PROCESSION_SYSTEM_CALLS_ONLY {
            ProcessLinks process;
            if (pid == self || (kills ? m_killed : m_doomed).contains(pid) || !readLinks(pid, process) || process.hasEnded()
                || process.startTime < m_since || !isDoomed(process))
                return;
            m_doomed.insert(pid);
            hasFound = true;
            if (kills) {
                signalProcess(pid, process.startTime, SIGKILL);
                m_killed.insert(pid); // also where the system refused: it would again
            }
        });
        return hasFound;
    }

    const std::atomic<int> *m_table;
    const char *m_mark;
    std::size_t m_markSize;
    std::uint64_t m_since; // when the guard was started: all that it looks for is younger
    PidSet m_doomed;
    PidSet m_killed;
};

[[noreturn]] PROCESSION_SYSTEM_CALLS_ONLY void guardMain(
    int programsEnd, const std::atomic<int> *table, const char *mark, std::size_t markSize)
{
    syscall(SYS_setsid); // out of reach of the terminal's Ctrl-C and of signals to the program's group
    syscall(SYS_prctl, PR_SET_NAME, "orphan-guard", 0, 0, 0);
    syscall(SYS_chdir, "/");
    if (programsEnd > 0)
        closeRange(0, static_cast<unsigned>(programsEnd) - 1);
    closeRange(static_cast<unsigned>(programsEnd) + 1, ~0U);
    ProcessLinks own;
    readLinks(static_cast<int>(syscall(SYS_getpid)), own);

    pollfd parent{programsEnd, POLLIN, 0};
    while (syscall(SYS_poll, &parent, 1, -1) != 1) { }
    for (int i = 0; i < OrphanGuard::Capacity; ++i) {
        const int group = table[i].load(std::memory_order_acquire);
        if (group > 1)
            syscall(SYS_kill, -group, SIGKILL);
    }
    Hunt(table, mark, markSize, own.startTime).run();
    syscall(SYS_exit_group, 0);
    __builtin_unreachable();
}

} // namespace

OrphanGuard::OrphanGuard(const QByteArray &mark)
{
    Descriptor programsEnd = openPidfd(::getpid());
    if (!programsEnd.isValid()) // then a pipe reports the end, which copies of this program hold open, too
        std::tie(programsEnd, m_alive) = Descriptor::pipe();
    void *memory = ::mmap(nullptr, TableSize, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED)
        throw SystemError("mmap", "the orphan guard's table", errno);
    m_table = static_cast<std::atomic<int> *>(memory); // zeros are free entries

    // Nothing may be delivered to the copy before it has left this program's session.
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    // Its end sends no signal, so code that waits for any child does not see it; Orphans recognises it by that.
    m_pid = static_cast<int>(syscall(SYS_clone, 0, nullptr, nullptr, nullptr, nullptr));
    if (m_pid == 0)
        guardMain(programsEnd.get(), m_table, mark.constData(), static_cast<std::size_t>(mark.size()));
    const int error = errno;
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    if (m_pid < 0) {
        ::munmap(m_table, TableSize);
        throw SystemError("clone", "the orphan guard", error);
    }
}

OrphanGuard::~OrphanGuard()
{
    ::kill(m_pid, SIGKILL);
    retryOnInterrupt([this] { return ::waitpid(m_pid, nullptr, __WALL); });
    ::munmap(m_table, TableSize);
}

OrphanGuard::Entry OrphanGuard::reserve()
{
    if (m_free.empty()) {
        if (m_next == Capacity)
            throw SystemError("reserve", "the orphan guard's table", EAGAIN);
        return m_next++;
    }
    const Entry entry = m_free.back();
    m_free.pop_back();
    return entry;
}

void OrphanGuard::release(Entry entry)
{
    m_table[entry].store(0, std::memory_order_release);
    m_free.push_back(entry);
}

void OrphanGuard::leadSession(std::atomic<int> *slot) noexcept
{
    ::setsid();
    slot->store(::getpid(), std::memory_order_release);
}

} // namespace procession

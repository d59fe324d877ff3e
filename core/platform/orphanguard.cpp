// SPDX-License-Identifier: MIT
#include <procession/orphanguard.h>

#include <procession/closerange.h>
#include <procession/pidfd.h>
#include <procession/systemcall.h>

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

// Runs in a copy of a program that may have had many threads: system calls only, no libraries, no locks.
[[noreturn]] __attribute__((no_sanitize("address", "thread", "undefined"))) void guardMain(
    int programsEnd, const std::atomic<int> *table)
{
    syscall(SYS_setsid); // out of reach of the terminal's Ctrl-C and of signals to the program's group
    syscall(SYS_prctl, PR_SET_NAME, "orphan-guard", 0, 0, 0);
    syscall(SYS_chdir, "/");
    if (programsEnd > 0)
        closeRange(0, static_cast<unsigned>(programsEnd) - 1);
    closeRange(static_cast<unsigned>(programsEnd) + 1, ~0U);

    pollfd parent{programsEnd, POLLIN, 0};
    while (syscall(SYS_poll, &parent, 1, -1) != 1) { }
    for (int i = 0; i < OrphanGuard::Capacity; ++i) {
        const int group = table[i].load(std::memory_order_acquire);
        if (group > 1)
            syscall(SYS_kill, -group, SIGKILL);
    }
    syscall(SYS_exit_group, 0);
    __builtin_unreachable();
}

} // namespace

OrphanGuard::OrphanGuard()
{
    Descriptor programsEnd = openPidfd(::getpid());
    if (!programsEnd.isValid()) // then a pipe tells, which copies of this program hold open, too
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
    m_pid = static_cast<int>(syscall(SYS_clone, SIGCHLD, nullptr, nullptr, nullptr, nullptr));
    if (m_pid == 0)
        guardMain(programsEnd.get(), m_table);
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
    retryOnInterrupt([this] { return ::waitpid(m_pid, nullptr, 0); });
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

} // namespace procession

// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/numberedentries.h>
#include <procession/platform/base/systemcallsonly.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

// What /proc reports about other processes, read by system calls only: besides the program, the
// orphan guard uses this, and it is a copy of a program that may have had many threads.

namespace procession {

/// The relations of a process to other processes.
struct ProcessLinks
{
    int pid = 0;
    int parent = 0;
    int group = 0;
    int session = 0;
    /// The signal that its parent gets when it ends; 0 only for children that were made so.
    int exitSignal = 0;
    char state = 0; ///< the letter in /proc/PID/stat
    std::uint64_t startTime = 0; ///< in ticks since the system was started
    /// Start of its environment; 0 while it executes a program, and if not reported.
    std::uint64_t environmentStart = 0;
    std::uint64_t environmentEnd = 0;
    bool isOfKernel = false; ///< a thread of the kernel

    bool hasEnded() const { return state == 'Z' || state == 'X'; }
};

namespace detail {

PROCESSION_SYSTEM_CALLS_ONLY inline char *appendNumber(char *at, unsigned number)
{
    char digits[12];
    int count = 0;
    do {
        digits[count++] = static_cast<char>('0' + number % 10);
        number /= 10;
    } while (number != 0);
    while (count > 0)
        *at++ = digits[--count];
    return at;
}

/// Opens /proc/PID/NAME. \returns -1 on failure
PROCESSION_SYSTEM_CALLS_ONLY inline int openOfProcess(int pid, const char *name, int flags = 0)
{
    char path[48] = {'/', 'p', 'r', 'o', 'c', '/'};
    char *at = appendNumber(path + 6, static_cast<unsigned>(pid));
    *at++ = '/';
    for (; *name; ++name)
        *at++ = *name;
    *at = 0;
    return static_cast<int>(syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC | flags));
}

} // namespace detail

/// Returns false if there is no such process, or if this process may not see it.
PROCESSION_SYSTEM_CALLS_ONLY inline bool readLinks(int pid, ProcessLinks &links)
{
    constexpr int Parent = 1; // counted from the state
    constexpr int Group = 2;
    constexpr int Session = 3;
    constexpr int Flags = 6;
    constexpr int StartTime = 19;
    constexpr int ExitSignal = 35;
    constexpr int EnvironmentStart = 47;
    constexpr int EnvironmentEnd = 48;
    constexpr std::uint64_t KernelThread = 0x00200000; // PF_KTHREAD
    const int file = detail::openOfProcess(pid, "stat");
    if (file < 0)
        return false;
    char text[1024];
    const long size = syscall(SYS_read, file, text, sizeof text);
    syscall(SYS_close, file);
    long at = size - 1;
    while (at > 0 && text[at] != ')') // the program's name, in parentheses, can contain anything
        --at;
    if (at <= 0 || at + 2 >= size)
        return false;
    links = {};
    links.pid = pid;
    links.state = text[at + 2];
    at += 4;
    for (int field = 1; at < size && field <= EnvironmentEnd; ++field) {
        std::uint64_t value = 0;
        for (; at < size && text[at] != ' '; ++at) {
            if (text[at] >= '0' && text[at] <= '9')
                value = 10 * value + static_cast<std::uint64_t>(text[at] - '0');
        }
        ++at;
        if (field == Parent)
            links.parent = static_cast<int>(value);
        else if (field == Group)
            links.group = static_cast<int>(value);
        else if (field == Session)
            links.session = static_cast<int>(value);
        else if (field == StartTime)
            links.startTime = value;
        else if (field == ExitSignal)
            links.exitSignal = static_cast<int>(value);
        else if (field == EnvironmentStart)
            links.environmentStart = value;
        else if (field == EnvironmentEnd)
            links.environmentEnd = value;
        else if (field == Flags)
            links.isOfKernel = (value & KernelThread) != 0;
    }
    return true;
}

namespace detail {

enum class EnvironmentSearch { Found, NotFound, Gone /* there is none, or it was replaced during the search */ };

PROCESSION_SYSTEM_CALLS_ONLY inline EnvironmentSearch searchEnvironment(
    int pid, const char *text, std::size_t size, char *following, std::size_t followingSize)
{
    constexpr std::size_t Longest = 256;
    char buffer[4096 + Longest];
    const std::size_t wanted = size + followingSize;
    if (size == 0 || wanted > Longest)
        return EnvironmentSearch::NotFound;
    const int file = openOfProcess(pid, "environ");
    if (file < 0)
        return EnvironmentSearch::NotFound;
    bool isFound = false;
    bool isEmpty = true;
    std::size_t kept = 0;
    for (long count = 0; !isFound && (count = syscall(SYS_read, file, buffer + kept, sizeof buffer - kept)) > 0;) {
        isEmpty = false;
        const std::size_t end = kept + static_cast<std::size_t>(count);
        std::size_t at = 0;
        for (; !isFound && at + wanted <= end; ++at) {
            std::size_t same = 0;
            while (same < size && buffer[at + same] == text[same])
                ++same;
            isFound = same == size;
        }
        if (isFound) {
            for (std::size_t i = 0; i < followingSize; ++i)
                following[i] = buffer[at - 1 + size + i];
            break;
        }
        kept = end - at;
        for (std::size_t i = 0; i < kept; ++i)
            buffer[i] = buffer[at + i];
    }
    // Reading ends early if the process executes another program in the meantime; then nothing more
    // can be read.
    const bool isGone = isEmpty || (!isFound && syscall(SYS_pread64, file, buffer, 1, 0) != 1);
    syscall(SYS_close, file);
    if (isGone)
        return EnvironmentSearch::Gone;
    return isFound ? EnvironmentSearch::Found : EnvironmentSearch::NotFound;
}

} // namespace detail

/// Searches the environment that a process was started with for a text, and copies what follows the
/// text to `following`. A process that is executing a program has no environment: waits for it for
/// up to a second, since that takes long if the disk or the processors are busy.
/// \returns false if it is not found, or if this process may not look
PROCESSION_SYSTEM_CALLS_ONLY inline bool findInEnvironment(
    int pid, const char *text, std::size_t size, char *following = nullptr, std::size_t followingSize = 0)
{
    constexpr int MostChanges = 100; // of the program, each between opening and reading the file
    constexpr int MostMoments = 5'000;
    const timespec aMoment{0, 100'000};
    for (int changes = 0, moments = 0; changes < MostChanges && moments < MostMoments;) {
        const auto search = detail::searchEnvironment(pid, text, size, following, followingSize);
        if (search != detail::EnvironmentSearch::Gone)
            return search == detail::EnvironmentSearch::Found;
        ProcessLinks links;
        if (!readLinks(pid, links) || links.hasEnded() || links.isOfKernel)
            return false;
        const bool isExecuting = links.environmentEnd == 0;
        if (!isExecuting && links.environmentStart == links.environmentEnd)
            return false;
        ++(isExecuting ? moments : changes);
        syscall(SYS_nanosleep, &aMoment, nullptr);
    }
    return false;
}

/// Calls `function` with the id of each process that this one may see; about 5 µs for each.
template <typename Function>
PROCESSION_SYSTEM_CALLS_ONLY void forEachProcess(Function &&function)
{
    const auto folder = static_cast<int>(syscall(SYS_openat, AT_FDCWD, "/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder < 0)
        return;
    forEachNumberedEntry(folder, function);
    syscall(SYS_close, folder);
}

/// Sends a signal to a process, but not to another process that has its id by now.
/// \param startTime  as readLinks() gave it
PROCESSION_SYSTEM_CALLS_ONLY inline bool signalProcess(int pid, std::uint64_t startTime, int signal)
{
    const auto pidfd = static_cast<int>(syscall(SYS_pidfd_open, pid, 0));
    if (pidfd < 0 && errno == ESRCH)
        return false;
    // Read after opening: if it still matches, the descriptor refers to this process.
    ProcessLinks links;
    const bool isSame = readLinks(pid, links) && links.startTime == startTime && !links.hasEnded();
    bool isSent = isSame && pidfd >= 0 && syscall(SYS_pidfd_send_signal, pidfd, signal, nullptr, 0) == 0;
    if (isSame && !isSent && (pidfd < 0 || errno != ESRCH))
        isSent = syscall(SYS_kill, pid, signal) == 0; // valgrind and some sandboxes refuse pidfds
    if (pidfd >= 0)
        syscall(SYS_close, pidfd);
    return isSent;
}

} // namespace procession

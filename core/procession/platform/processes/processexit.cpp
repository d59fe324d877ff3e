// SPDX-License-Identifier: MIT
#include <procession/platform/processes/processexit.h>

#include <procession/platform/base/systemcall.h>

#include <algorithm>
#include <array>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <ext/stdio_sync_filebuf.h>
#include <fcntl.h>
#include <iostream>
#include <mutex>
#include <new>
#include <poll.h>
#include <stdio_ext.h>
#include <string>
#include <sys/stat.h>
#include <typeinfo>
#include <unistd.h>

namespace procession {

namespace {

/// Unless it is the one that hands everything to stdio at once. It is asked after each task of a pool, when there is mostly nothing.
void flushOwnBuffer(std::ostream &stream)
{
    const std::streambuf *buffer = stream.rdbuf();
    if (buffer && typeid(*buffer) != typeid(__gnu_cxx::stdio_sync_filebuf<char>))
        stream.flush();
}

} // namespace

namespace {

constexpr int ReaderPatience = 1'000; // milliseconds for a reader of stderr to make room

#ifdef __SANITIZE_THREAD__
constexpr bool HandsOnExitCode = false; // its wrapper loses it
#else
constexpr bool HandsOnExitCode = true;
#endif

constinit std::mutex lastAtExit;
bool isPrepared = false; // here or in what this process is a copy of
char place = 0; // its address names what was registered
constinit thread_local bool isMoving = false;
void (*calledAtExit)(int) = nullptr;

/// The C library gives the exit code to all that was registered, not only by on_exit().
void callInCopy(void *, int exitCode)
{
    if (calledAtExit && !isMoving)
        calledAtExit(exitCode);
}

} // namespace

void flushStreams()
{
    std::cout.flush();
    std::clog.flush();
    std::fflush(nullptr);
}

void flushStandardOutput()
{
    flushOwnBuffer(std::cout);
    flushOwnBuffer(std::clog);
    if (__fpending(stdout) > 0)
        std::fflush(stdout);
}

void flushAndExit(int exitCode)
{
    flushStreams();
    ::_exit(exitCode);
}

LastAtExit::LastAtExit()
{
    lastAtExit.lock();
    if constexpr (!HandsOnExitCode)
        return;
    // Anew each time, so that it comes before all that was registered meanwhile; the C library gives the last place out again.
    isMoving = true;
    abi::__cxa_finalize(&place);
    isMoving = false;
    const auto call = reinterpret_cast<void (*)(void *)>(reinterpret_cast<void (*)()>(callInCopy));
    isPrepared = abi::__cxa_atexit(call, nullptr, &place) == 0;
    if (isPrepared)
        return;
    lastAtExit.unlock();
    throw ProcessError("this process is about to end: it cannot be copied any more");
}

LastAtExit::~LastAtExit() { lastAtExit.unlock(); }

void LastAtExit::forget() noexcept { new (&lastAtExit) std::mutex; }

void endProcess(int exitCode) noexcept { ::_exit(exitCode); }

void callAtExit(void (*function)(int exitCode))
{
    if (isPrepared) {
        calledAtExit = function;
        return;
    }
    const auto call = [](int exitCode, void *argument) { reinterpret_cast<void (*)(int)>(argument)(exitCode); };
    if (::on_exit(call, reinterpret_cast<void *>(function)) != 0)
        throw ProcessError("too many functions are registered for the exit of this process");
}

// In pieces that a pipe accepts at once or not at all, so that a sleeping reader cannot keep a child from ending.
void writeToStderr(const QByteArray &text)
{
    QByteArrayView left = text;
    while (!left.isEmpty()) {
        pollfd polled{STDERR_FILENO, POLLOUT, 0};
        if (retryOnInterrupt([&] { return ::poll(&polled, 1, ReaderPatience); }) != 1)
            return;
        const auto size = static_cast<std::size_t>(std::min<qsizetype>(left.size(), PIPE_BUF));
        const auto written = retryOnInterrupt([&] { return ::write(STDERR_FILENO, left.data(), size); });
        if (written < 0)
            return; // the error cannot be reported anywhere
        left = left.sliced(written);
    }
}

void waitToBeKilled()
{
    for (;;)
        pause();
}

Descriptor openWorkingDirectory()
{
    constexpr int Flags = O_PATH | O_DIRECTORY | O_CLOEXEC;
    int folder = ::open(".", Flags);
    if (folder < 0 && errno == EACCES)
        folder = ::open("/proc/self/cwd", Flags); // asks for no permission of the folder itself
    return Descriptor(checked("open", folder, "the working folder, which children start in"));
}

void enterDirectory(const Descriptor &folder)
{
    struct stat here
    {
    };
    struct stat there
    {
    };
    checked("fstat", ::fstat(folder.get(), &there));
    const bool isKnown = ::fstatat(AT_FDCWD, "", &here, AT_EMPTY_PATH) == 0;
    if (isKnown && here.st_dev == there.st_dev && here.st_ino == there.st_ino)
        return; // it may be one that cannot be entered any more
    if (::fchdir(folder.get()) == 0)
        return;
    const int error = errno;
    std::array<char, PATH_MAX> path;
    const auto length = ::readlink(("/proc/self/fd/" + std::to_string(folder.get())).c_str(), path.data(), path.size());
    throw SystemError("fchdir", QByteArray(path.data(), std::max<ssize_t>(length, 0)), error);
}

} // namespace procession

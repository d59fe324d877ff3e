// SPDX-License-Identifier: MIT
#include <procession/processexit.h>

#include <procession/systemcall.h>

#include <array>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <unistd.h>

namespace procession {

void flushStreams()
{
    std::cout.flush();
    std::clog.flush();
    std::fflush(nullptr);
}

void flushStandardOutput()
{
    std::cout.flush();
    std::clog.flush();
    std::fflush(stdout);
}

void flushAndExit(int exitCode)
{
    flushStreams();
    ::_exit(exitCode);
}

void callAtExit(void (*function)(int exitCode))
{
    const auto call = [](int exitCode, void *argument) { reinterpret_cast<void (*)(int)>(argument)(exitCode); };
    if (::on_exit(call, reinterpret_cast<void *>(function)) != 0)
        throw ProcessError("too many functions are registered for the exit of this process");
}

void writeToStderr(const QByteArray &text)
{
    const char *at = text.constData();
    qsizetype left = text.size();
    while (left > 0) {
        const auto written = retryOnInterrupt([&] { return ::write(STDERR_FILENO, at, static_cast<std::size_t>(left)); });
        if (written < 0)
            return; // there is nobody whom one could tell
        at += written;
        left -= written;
    }
}

void changeWorkingDirectory(const QByteArray &folder) { checked("chdir", ::chdir(folder.constData()), folder); }

QByteArray workingDirectory()
{
    std::array<char, PATH_MAX> path;
    if (!::getcwd(path.data(), path.size()))
        throw SystemError("getcwd", {}, errno);
    return path.data();
}

} // namespace procession

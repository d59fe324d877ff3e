// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/descriptor.h>

#include <QtCore/QByteArray>

#include <cxxabi.h>

namespace procession {

/// The exception that unwinds a thread after pthread_exit() or pthread_cancel(): code that catches
/// it must rethrow it.
using ThreadEnd = abi::__forced_unwind;

/// Flushes stdout, stderr, std::cout and std::clog, and ends this process without running any exit
/// handler.
[[noreturn]] void flushAndExit(int exitCode);

/// Ends this process at once, and flushes nothing.
[[noreturn]] void endProcess(int exitCode) noexcept;

/// Flushes stdout, std::cout and all other output streams of this process.
void flushStreams();

/// Flushes stdout, std::cout and std::clog; other streams may be locked by a thread that reads or
/// writes.
void flushStandardOutput();

/// Registers `function`, which is called with the exit code when this process calls exit(), before
/// all handlers registered so far. In a copy that was made while the original had a LastAtExit,
/// registering takes no lock, and the function is called before all handlers of the original.
/// \throws ProcessError if too many are registered
void callAtExit(void (*function)(int exitCode));

/// Registers in this process what callAtExit() needs in a copy of it: the copy could wait for ever
/// for the C library's lock on exit handlers, which another thread may have held.
///
/// Blocks while another thread has one, until that thread has made its copy. Calls nothing at the
/// exit of this process.
class LastAtExit
{
public:
    /// \throws ProcessError if this process has run its exit handlers already: it is about to end
    LastAtExit();
    ~LastAtExit();
    LastAtExit(const LastAtExit &) = delete;
    LastAtExit &operator=(const LastAtExit &) = delete;

    /// Called in the copy, so that the copy can be copied as well.
    static void forget() noexcept;
};

/// Writes to stderr, up to PIPE_BUF (4096) bytes in one piece that is not mixed with other output.
/// Does nothing if stderr is closed; drops what its reader does not make room for within a second.
void writeToStderr(const QByteArray &text);

/// Blocks for ever: another process is about to kill this one.
[[noreturn]] void waitToBeKilled();

/// A descriptor of this process's working folder, which may have been deleted, or may be
/// inaccessible to this process.
/// \throws SystemError
Descriptor openWorkingDirectory();
/// Changes the working folder of this process, unless it is there already.
/// \throws SystemError naming the folder
void enterDirectory(const Descriptor &folder);

} // namespace procession

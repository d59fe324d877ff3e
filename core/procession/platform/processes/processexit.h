// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/descriptor.h>

#include <QtCore/QByteArray>

#include <cxxabi.h>

namespace procession {

/// What runs through a thread that ends by pthread_exit() or pthread_cancel(): it must be thrown on when it was caught.
using ThreadEnd = abi::__forced_unwind;

/// Flushes stdout, stderr, std::cout and std::clog, and ends this process without calling anything that was registered for its exit.
[[noreturn]] void flushAndExit(int exitCode);

/// Ends this process at once, and flushes nothing.
[[noreturn]] void endProcess(int exitCode) noexcept;

/// Writes out what stdout, std::cout and all other output streams of this process hold.
void flushStreams();

/// Writes out what stdout, std::cout and std::clog hold; others may be locked by a thread that reads or writes.
void flushStandardOutput();

/// Has `function` called with the exit code when this process calls exit(), before all that was registered until now. In a copy that was
/// made while the original had a LastAtExit it takes no lock, and before all that the original had registered.
/// \throws ProcessError when too many are registered
void callAtExit(void (*function)(int exitCode));

/// Registers in this process what callAtExit() needs in a copy of it: the copy could wait for ever for the C library's lock on what is
/// called at exit, which another thread may have had.
///
/// Blocks while another thread has one, until the copy has been made. Nothing is called at the exit of this process.
class LastAtExit
{
public:
    /// \throws ProcessError when this process has called all that was registered: it is about to end
    LastAtExit();
    ~LastAtExit();
    LastAtExit(const LastAtExit &) = delete;
    LastAtExit &operator=(const LastAtExit &) = delete;

    /// In the copy: other copies may be made of this one.
    static void forget() noexcept;
};

/// Writes to stderr, up to PIPE_BUF (4096) bytes in one piece that nobody else's text comes between. Nothing happens when it is
/// closed; what a reader has not made room for within a second is dropped.
void writeToStderr(const QByteArray &text);

/// Does nothing any more: somebody is about to kill this process.
[[noreturn]] void waitToBeKilled();

/// A descriptor of the folder that this process is in, which may have been deleted, or lie where this process may not look.
/// \throws SystemError
Descriptor openWorkingDirectory();
/// Makes this process go to a folder, unless it is there.
/// \throws SystemError naming the folder
void enterDirectory(const Descriptor &folder);

} // namespace procession

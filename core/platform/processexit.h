// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

#include <cxxabi.h>

namespace procession {

/// What runs through a thread that ends by pthread_exit() or pthread_cancel(): it must be thrown on when it was caught.
using ThreadEnd = abi::__forced_unwind;

/// Flushes stdout, stderr, std::cout and std::clog, and ends this process without calling anything that was registered for its exit.
[[noreturn]] void flushAndExit(int exitCode);

/// Writes out what stdout, std::cout and all other output streams of this process hold.
void flushStreams();

/// Writes out what stdout, std::cout and std::clog hold; others may be locked by a thread that reads or writes.
void flushStandardOutput();

/// Has `function` called with the exit code when this process calls exit(), before all that was registered until now.
/// \throws ProcessError when too many are registered
void callAtExit(void (*function)(int exitCode));

/// Writes to stderr, up to PIPE_BUF (4096) bytes in one piece that nobody else's text comes between. Nothing happens when it is
/// closed; what a reader has not made room for within a second is dropped.
void writeToStderr(const QByteArray &text);

/// Does nothing any more: somebody is about to kill this process.
[[noreturn]] void waitToBeKilled();

/// \throws SystemError naming the folder
void changeWorkingDirectory(const QByteArray &folder);
QByteArray workingDirectory();

} // namespace procession

// SPDX-License-Identifier: MIT
#pragma once

#include <procession/exitstatus.h>

namespace procession {

/// A process or a thread that runs what a Process gave it. Each start method has its own kind.
///
/// Whoever uses one sees to it that it is used from one thread at a time, but for sentinel().
class Child
{
public:
    Child() = default;
    Q_DISABLE_COPY_MOVE(Child)
    virtual ~Child() = default;

    virtual qint64 pid() const = 0;
    /// A descriptor that becomes readable when it has ended, and stays so. The same for as long as the Child lives.
    virtual int sentinel() const = 0;
    /// Takes the exit status, once. \pre the sentinel is readable
    virtual ExitStatus reap() = 0;
    /// Sends a signal. Nothing happens when it has ended.
    /// \throws ProcessError where that cannot be done
    virtual void signal(int signal) = 0;
};

} // namespace procession

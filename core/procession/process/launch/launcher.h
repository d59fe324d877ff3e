// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/descriptor.h>
#include <procession/process/child/child.h>
#include <procession/process/child/work.h>

#include <memory>

namespace procession {

/// Starts children by one of the start methods. From any thread.
class Launcher
{
public:
    /// Whether this start method can be used here and now. It starts nothing, so a launch can still
    /// fail.
    virtual bool isAvailable() const = 0;

    /// Starts a child as described by `setup`, which runs `work`. Blocks until the child exists.
    /// \param lifeline  the child's end; a thread needs none
    /// \throws SystemError   if the system cannot create a process
    /// \throws ProcessError  if this program is not prepared, or if `work` cannot be sent to
    /// another process
    virtual std::unique_ptr<Child> launch(const ChildSetup &setup, const Work &work, Descriptor lifeline) const = 0;

protected:
    ~Launcher() = default; // not called at exit: threads may start children until the process exits
};

} // namespace procession

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
    /// Whether children can be started so, here and now. It starts nothing: a launch may fail all the same.
    virtual bool isAvailable() const = 0;

    /// Starts a child that is `setup` and does `work`. Blocks until it exists.
    /// \param lifeline  the child's end; a thread needs none
    /// \throws SystemError   when the system gives no process
    /// \throws ProcessError  when this program is not prepared, or `work` cannot go to another process
    virtual std::unique_ptr<Child> launch(const ChildSetup &setup, const Work &work, Descriptor lifeline) const = 0;

protected:
    ~Launcher() = default; // not called at exit: threads may start children until the process has gone
};

} // namespace procession

// SPDX-License-Identifier: MIT
#pragma once

#include <procession/monitor/attacherror.h>
#include <procession/monitor/snapshot.h>

#include <memory>
#include <vector>

namespace procession {

/// A program that can be attached to.
struct MonitoredProgram
{
    qint64 pid = 0; ///< of its main process; of any other when that has ended
    QString program; ///< the name of its executable
    int processes = 0; ///< that run
    int objects = 0; ///< locks, queues and shared values
    qint64 since = 0; ///< when its first process that still runs began to share, in microseconds since the epoch
};

/// A read-only view of a program of the same user: its processes, their shared objects, and which thread waits for which.
///
/// \code
/// Monitor monitor = Monitor::attach(4711);
/// for (const MonitoredObject &object : monitor.snapshot().objects)
///     qInfo() << nameOf(object.kind) << object.name << object.waiters.size();
/// \endcode
///
/// It changes nothing in the watched program, takes none of its locks and never waits for it: a stopped or hung program is shown like
/// any other. A Monitor keeps the shared memory of the program alive, even after the program has ended.
///
/// Move-only. One thread at a time may use it. (No counterpart in the reference)
class Monitor
{
public:
    /// Of this program. It shows nothing until something is shared.
    Monitor();
    /// Of the program that a process belongs to.
    /// \param pid  any process of it
    /// \throws AttachError, SystemError
    static Monitor attach(qint64 pid);
    Monitor(Monitor &&other) noexcept;
    Monitor &operator=(Monitor &&other) noexcept;
    ~Monitor();

    /// The programs that this user can attach to, those of this version of Procession. Looks at all processes of the user: some
    /// milliseconds.
    /// \throws SystemError when /proc cannot be read
    static std::vector<MonitoredProgram> programs();

    /// Some milliseconds; 5 ms more when there may be a deadlock, to look again.
    /// \throws SystemError
    Snapshot snapshot();

private:
    class Private;
    explicit Monitor(std::unique_ptr<Private> p);

    std::unique_ptr<Private> d;
};

} // namespace procession

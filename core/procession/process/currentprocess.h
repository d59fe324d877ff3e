// SPDX-License-Identifier: MIT
#pragma once

#include <procession/process/child/processhandle.h>

#include <QtCore/QByteArray>

#include <vector>

namespace procession {

/// The calling process; under StartMethod::Thread, the calling thread that counts as a process.
/// (Reference: current_process)
///
/// \code
/// qInfo() << currentProcess().name();     // "Process-1", or "MainProcess"
/// \endcode
///
/// A value without members: each call looks up the current state. From any thread.
class CurrentProcess
{
public:
    /// "MainProcess" in the process that the user started, "Process-1:2" in the second child of its
    /// first child, unless it was given a name.
    QString name() const;
    void setName(const QString &name);
    qint64 pid() const;
    /// The child numbers of its ancestors, then its own; empty in the main process.
    std::vector<int> identity() const;
    bool isDaemon() const;
    /// The key by which this process authenticates itself to other processes; children inherit it.
    /// 32 random bytes in the main process unless set.
    QByteArray authKey() const;
    void setAuthKey(const QByteArray &key);
};

CurrentProcess currentProcess();

/// A seed for a random engine: different in each process for the same `base`, and the same in each
/// run of a program that starts its processes in the same order. It is computed from `base` and
/// CurrentProcess::identity(). Under `Thread`, each thread that counts as a process has its own.
///
/// \code
/// std::mt19937 engine;                                            // unseeded: the same in each copy of a process
/// void seedEngine(quint64 base) { engine.seed(processSeed(base)); }
///
/// Pool pool({.initializer = {&seedEngine, 2026}});                // each worker draws numbers of its own
/// \endcode
///
/// If runs must differ from each other, seed from std::random_device in the same place. If results
/// must not depend on which worker runs which task, pass a seed to each task as an argument.
quint64 processSeed(quint64 base);

/// The parent of this process; empty in the main process. Its exit status is not known.
/// (Reference: parent_process)
std::optional<ProcessHandle> parentProcess();

/// The children of this process that are still alive. Reaps those that have ended; does not block.
/// (Reference: active_children)
std::vector<ProcessHandle> activeChildren();

/// Number of processors of this machine; usableCpuCount() returns how many of them this process may
/// use. (Reference: cpu_count)
int cpuCount();

} // namespace procession

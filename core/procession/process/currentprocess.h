// SPDX-License-Identifier: MIT
#pragma once

#include <procession/process/child/processhandle.h>

#include <QtCore/QByteArray>

#include <vector>

namespace procession {

/// The process that calls; under StartMethod::Thread, what counts as one. (Reference: current_process)
///
/// \code
/// qInfo() << currentProcess().name();     // "Process-1", or "MainProcess"
/// \endcode
///
/// A value without members: it asks each time. From any thread.
class CurrentProcess
{
public:
    /// "MainProcess" in the one that the user started, "Process-1:2" in the second child of its first child, or as it was named.
    QString name() const;
    void setName(const QString &name);
    qint64 pid() const;
    /// The numbers of its ancestors and its own; empty in the main process.
    std::vector<int> identity() const;
    bool isDaemon() const;
    /// What it proves itself with to other processes; children inherit it. 32 random bytes in the main process unless set.
    QByteArray authKey() const;
    void setAuthKey(const QByteArray &key);
};

CurrentProcess currentProcess();

/// A number to seed a random engine with, other ones in each process for the same `base`, and the same ones in each run of the program
/// that starts its processes in the same order: it is made of `base` and CurrentProcess::identity(). Under `Thread` each thread that
/// counts as a process has its own.
///
/// \code
/// std::mt19937 engine;                                            // as it is, the same in each copy of a process
/// void seedEngine(quint64 base) { engine.seed(processSeed(base)); }
///
/// Pool pool({.initializer = {&seedEngine, 2026}});                // each worker draws numbers of its own
/// \endcode
///
/// Where no run is to be like another, seed from std::random_device in the same place. Where results are not to depend on which worker
/// has which task, give each task a seed as an argument.
quint64 processSeed(quint64 base);

/// Who started this process; empty in the main process. The handle's exit status is not known. (Reference: parent_process)
std::optional<ProcessHandle> parentProcess();

/// The children of this process that have not ended yet; those that have are reaped. Does not block. (Reference: active_children)
std::vector<ProcessHandle> activeChildren();

/// Processors of this machine; usableCpuCount() tells how many of them this process may use. (Reference: cpu_count)
int cpuCount();

} // namespace procession

// SPDX-License-Identifier: MIT
#pragma once

#include <procession/process/child/childsetup.h>
#include <procession/process/child/processhandle.h>

#include <atomic>
#include <mutex>

namespace procession {

/// The state of a process: its identity and its children. There is one for each process, and one
/// for each thread started by StartMethod::Thread; the core has no other global state.
///
/// From any thread.
class ProcessRuntime
{
public:
    /// The main process.
    ProcessRuntime();
    explicit ProcessRuntime(const ChildSetup &setup);

    /// The state of the calling thread's process.
    static ProcessRuntime &get();
    /// Turns this process, which was just created, into the one described by `setup`, and discards
    /// inherited state.
    static void become(const ChildSetup &setup);
    /// Makes the calling thread run as the process `own`.
    static void enter(ProcessRuntime *own);

    /// The setup of a new child, except its name, its daemon flag and its start method.
    ChildSetup childSetup(int number) const;
    /// Returns the next child number, starting at 1.
    int nextNumber() { return ++m_lastNumber; }

    /// The default start method of this process; empty as long as it was neither chosen nor asked
    /// for.
    std::optional<StartMethod> startMethod() const;
    void setStartMethod(StartMethod method);

    QString name() const;
    void setName(const QString &name);
    QByteArray authKey() const;
    void setAuthKey(const QByteArray &key);
    void setLogLevel(QtMsgType level);
    const ChildSetup &setup() const { return m_setup; }
    const ProcessHandle &parent() const { return m_parent; }

    /// Registers finishChildren() to run when this program exits. Called before the first child is
    /// created: a copy made while another thread is in this function would block for ever.
    /// \throws ProcessError
    static void expectChildren();
    void add(const ProcessHandle &child);
    /// Forgets a child that has ended, and releases what its handle holds.
    void remove(const ProcessHandle &child);
    /// The children that are still alive; forgets the others.
    std::vector<ProcessHandle> activeChildren();
    /// Terminates the children that are daemons, and joins all children. Blocks.
    /// (Reference: what happens at exit)
    void finishChildren();
    /// Whether finishChildren() was called: from then on no ended child may be replaced by a new
    /// one.
    bool isEnding() const { return m_isEnding.load(std::memory_order_relaxed); }

private:
    mutable std::mutex m_mutex; // guards all members but the last two
    ChildSetup m_setup;
    std::optional<StartMethod> m_startMethod;
    ProcessHandle m_parent;
    std::vector<ProcessHandle> m_children;
    std::atomic<int> m_lastNumber = 0;
    std::atomic_bool m_isEnding = false;
};

} // namespace procession

// SPDX-License-Identifier: MIT
#pragma once

#include <procession/process/child/childsetup.h>
#include <procession/process/child/processhandle.h>

#include <atomic>
#include <mutex>

namespace procession {

/// What a process knows of itself and of its children. One for each process, and one for each thread that StartMethod::Thread started;
/// there is nothing else in the core that is global.
///
/// From any thread.
class OwnProcess
{
public:
    /// The main process.
    OwnProcess();
    explicit OwnProcess(const ChildSetup &setup);

    /// Of the thread that calls.
    static OwnProcess &get();
    /// This process, just made, is the one of `setup`: it forgets what it inherited.
    static void become(const ChildSetup &setup);
    /// This thread runs as the process of `own`.
    static void enter(OwnProcess *own);

    /// For a child that is to be started: all but its name, whether it is a daemon, and its start method.
    ChildSetup childSetup(int number) const;
    /// Numbers children from 1.
    int nextNumber() { return ++m_lastNumber; }

    /// What it starts processes by; empty as long as nobody chose and nobody asked.
    std::optional<StartMethod> startMethod() const;
    void setStartMethod(StartMethod method);

    QString name() const;
    void setName(const QString &name);
    QByteArray authKey() const;
    void setAuthKey(const QByteArray &key);
    void setLogLevel(QtMsgType level);
    const ChildSetup &setup() const { return m_setup; }
    const ProcessHandle &parent() const { return m_parent; }

    /// Has the children finished at the exit of this program. Called before the first child is made: a copy that is made while a thread
    /// is in here would wait for it for ever.
    /// \throws ProcessError
    static void expectChildren();
    void add(const ProcessHandle &child);
    /// Forgets a child that has ended, and with it what the handle holds.
    void remove(const ProcessHandle &child);
    /// Those that have not ended; the others are forgotten.
    std::vector<ProcessHandle> activeChildren();
    /// Terminates the daemons among the children and joins all of them. Blocks. (Reference: what happens at exit)
    void finishChildren();
    /// Whether finishChildren() was called: no child is to take another one's place any more.
    bool isEnding() const { return m_isEnding.load(std::memory_order_relaxed); }

private:
    mutable std::mutex m_mutex; // guards all but the last two
    ChildSetup m_setup;
    std::optional<StartMethod> m_startMethod;
    ProcessHandle m_parent;
    std::vector<ProcessHandle> m_children;
    std::atomic<int> m_lastNumber = 0;
    std::atomic_bool m_isEnding = false;
};

} // namespace procession

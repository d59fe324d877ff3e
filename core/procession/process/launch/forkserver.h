// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/functioncodec.h>
#include <procession/ipc/connection.h>
#include <procession/ipc/wire/message.h>
#include <procession/platform/base/descriptor.h>
#include <procession/platform/child/childprocess.h>
#include <procession/platform/child/lifeline.h>
#include <procession/platform/system/processsettings.h>
#include <procession/process/child/child.h>
#include <procession/process/child/work.h>

#include <memory>
#include <mutex>
#include <vector>

namespace procession {

/// This process's fork server: a small helper, started from the same executable, that copies itself on request.
///
/// | the helper has, once it is ready | how it copies itself |
/// |---|---|
/// | one thread, no fork handlers | by a system call; the copy is a child of this process, whose exit status comes from the system |
/// | one thread, a library with fork handlers (pthread_atfork) | by fork(), which calls them, through a minder that hands on the exit status |
/// | threads, as libraries start them | anew before any library runs (BornFirst); the copy is a child of this process |
/// | threads, and functions that are preloaded | through a minder, with a warning: what a thread had locked stays locked |
///
/// An exit status outlives the helper in each case. Children have the environment, umask, limits, niceness and processors that this
/// process has when it starts them. The helper is started anew when it has died, and when this process has given up rights that the
/// helper still has, or needs rights to hand on a setting.
///
/// From any thread.
class ForkServer
{
public:
    /// The one of this process. It is started by the first launch(), and again when it has died.
    static ForkServer &get();
    /// In a copy of this process: leaves the parent's server to the parent.
    static void forget();

    /// Starts a child that is `setup` and does `work`. Blocks until it exists.
    /// \throws SystemError, ProcessError
    std::unique_ptr<Child> launch(ChildSetup setup, const Work &work, Descriptor lifeline);
    /// Starts the server now, if it does not run. Blocks for as long as it takes to execute the program.
    void start();
    /// What the server calls when it starts, before it copies itself. \throws ProcessError when it runs already
    void setPreload(std::vector<CodeAddress> functions);
    /// The server's process; 0 when there is none.
    qint64 pid() const;

private:
    bool isRunning() const { return !m_socket.isClosed(); }
    void startLocked();
    void stopLocked();
    std::unique_ptr<Child> request(const Message &message, bool leavesNothing);
    ProcessSettings settingsForChild();

    mutable std::mutex m_mutex; // one request at a time, and guards what follows
    ChildProcess m_process;
    Lifeline m_lifeline;
    Connection m_socket;
    ProcessSettings m_settings; // of this process when it started the server
    ProcessRights m_rights;
    std::vector<CodeAddress> m_preload;
};

/// The server's part: never returns.
[[noreturn]] void serveForks(Descriptor socket, const char *programName);
/// In a process that was executed with BornFirst::Role: runs the child that it is, or serves on. Never returns.
[[noreturn]] void runBornFirst();

} // namespace procession

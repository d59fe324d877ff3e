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

/// The fork server of this process: a small helper, started from the same executable, that copies
/// itself on request.
///
/// | state of the helper once it is ready | how it copies itself |
/// |---|---|
/// | one thread, no fork handlers | by a system call; the copy is a child of this process, and the kernel reports its exit status |
/// | one thread, a library with fork handlers (pthread_atfork) | by fork(), which calls them; a minder passes on the exit status |
/// | threads started by libraries | before any library runs, in a server executed anew (BornFirst); the copy is a child of this process |
/// | threads, and preloaded functions | by fork() with a minder, and a warning: locks held by other threads stay locked in the copy |
///
/// In each case the exit status survives the death of the helper. Children have the environment,
/// umask, limits, niceness and processors that this process has when it starts them. The helper is
/// restarted when it has died, when this process has given up rights that the helper still has, and
/// when the helper would need rights to apply a changed setting.
///
/// From any thread.
class ForkServer
{
public:
    /// The fork server of this process. The first launch() starts it; a later one restarts it if it
    /// has died.
    static ForkServer &get();
    /// Detaches a copy of this process from the server, which stays the parent's.
    static void forget();

    /// Starts a child as described by `setup`, which runs `work`. Blocks until the child exists.
    /// \throws SystemError, ProcessError
    std::unique_ptr<Child> launch(ChildSetup setup, const Work &work, Descriptor lifeline);
    /// Starts the server now unless it is running. Blocks until the program has been executed.
    void start();
    /// Sets the functions that the server calls once when it starts, before it makes copies.
    /// \throws ProcessError if the server is running
    void setPreload(std::vector<CodeAddress> functions);
    /// The process id of the server; 0 if it is not running.
    qint64 pid() const;

private:
    bool isRunning() const { return !m_socket.isClosed(); }
    void startLocked();
    void stopLocked();
    std::unique_ptr<Child> request(const Message &message, bool leavesNothing);
    ProcessSettings settingsForChild();

    mutable std::mutex m_mutex; // serialises requests, and guards the members below
    ChildProcess m_process;
    Lifeline m_lifeline;
    Connection m_socket;
    ProcessSettings m_settings; // of this process when it started the server
    ProcessRights m_rights;
    std::vector<CodeAddress> m_preload;
};

/// Runs the fork server in the helper process. Never returns.
[[noreturn]] void serveForks(Descriptor socket, const char *programName);
/// Runs a process that was executed with BornFirst::Role: as a child, or as the server, which
/// continues to serve requests. Never returns.
[[noreturn]] void runBornFirst();

} // namespace procession

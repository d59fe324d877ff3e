// SPDX-License-Identifier: MIT
#pragma once

#include <procession/child.h>
#include <procession/childprocess.h>
#include <procession/connection.h>
#include <procession/descriptor.h>
#include <procession/functioncodec.h>
#include <procession/message.h>

#include <memory>
#include <mutex>
#include <vector>

namespace procession {

/// This process's fork server: a small helper with one thread, started from the same executable, that copies itself on request. The
/// copy is a child of this process, not of the helper, so its exit status comes from the system even when the helper has died.
///
/// Where the system refuses that (no clone3, no pidfd), each child gets a minder: a copy of the helper that waits for the child and
/// hands on its exit status.
///
/// From any thread.
class ForkServer
{
public:
    /// The one of this process. It is started by the first launch(), and again when it has died.
    static ForkServer &get();
    /// In a copy of this process: leaves the parent's server to the parent.
    static void forget();

    /// Starts a child that does what `message` says, as messageFor() made it. Blocks until it exists.
    /// \throws SystemError, ProcessError
    std::unique_ptr<Child> launch(const Message &message);
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
    std::unique_ptr<Child> request(const Message &message);

    mutable std::mutex m_mutex; // one request at a time, and guards what follows
    ChildProcess m_process;
    Connection m_socket;
    std::vector<CodeAddress> m_preload;
};

/// The server's part: never returns.
[[noreturn]] void serveForks(Descriptor socket);

} // namespace procession

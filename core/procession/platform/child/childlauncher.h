// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/child/childprocess.h>
#include <procession/platform/child/orphanguard.h>

#include <QtCore/QByteArrayList>
#include <QtCore/QHash>

#include <memory>
#include <vector>

namespace procession {

struct ProgramLaunch;

/// Starts child processes that share one environment, working folder and niceness.
///
/// \code
/// OrphanGuard guard;
/// ChildLauncher launcher({.niceness = 10}, &guard);
/// auto [read, write] = Descriptor::pipe();
/// ChildProcess child = launcher.launch({"gzip", "-9c", "my file"}, write.get(), write.get(), guard.reserve());
/// \endcode
///
/// The child leads a session and a process group of its own, so it has no terminal: what opens /dev/tty fails at once, and is not stopped
/// as who reads a terminal in the background is. It reads /dev/null, has an empty signal mask, and inherits no descriptor but its output and
/// Options::keptDescriptors.
/// Signals that were caught when the launcher was made do what they do by default, and so do SIGPIPE, SIGXFSZ and SIGCHLD; others that were ignored
/// stay so. It is killed by the kernel when the thread that started it dies, and its whole group by the guard.
///
/// It is made with clone(CLONE_VM | CLONE_VFORK): nothing of this program's memory is copied, so the cost does not grow with it, and
/// a failure to execute is known, with its errno, when launch() returns. No shell is involved; a script without
/// an interpreter line is run by /bin/sh, as execvp does. Where in PATH a program lies is looked up once, and again when it has gone
/// from there.
///
/// To be used from one thread.
class ChildLauncher
{
public:
    struct Options
    {
        QByteArrayList environment{}; ///< "NAME=value" added to this program's environment; "NAME" alone takes it out
        QByteArray workingDirectory{}; ///< empty: this program's; else PWD says it too, unless `environment` does
        int niceness = 0; ///< added to this program's own
        std::vector<int>
            keptDescriptors{}; ///< what the child inherits under the same numbers, as inheritableDescriptors() lists it
    };

    /// \param guard  must outlive the launcher
    /// \throws SystemError naming the working folder when it cannot be entered
    ChildLauncher(const Options &options, OrphanGuard *guard);
    ~ChildLauncher();

    /// Starts `arguments[0]`, looked for in PATH when it has no slash. Blocks until the program has been executed (about
    /// 0.1 ms) or could not be.
    /// \param standardOutput, standardError  descriptors that the child writes to; they stay the caller's
    /// \param entry  the guard's entry for the child's group
    /// \param variable  one more variable for this child alone, "NAME=value"; empty: none
    /// \throws SystemError naming the program: ENOENT, EACCES, EAGAIN, ENOMEM, EMFILE, E2BIG, …
    ChildProcess launch(const QByteArrayList &arguments, int standardOutput, int standardError, OrphanGuard::Entry entry,
        const QByteArray &variable = {});

    /// Of the children.
    const QByteArrayList &environment() const { return m_environment; }

private:
    QByteArray findProgram(const QByteArray &name);
    ChildProcess execute(ProgramLaunch &plan, const QByteArray &program, const QByteArrayList &arguments);

    int m_niceness;
    std::vector<int> m_kept;
    OrphanGuard *m_guard;
    Descriptor m_null;
    Descriptor m_workingDirectory;
    QByteArrayList m_environment;
    std::vector<char *> m_environmentPointers;
    QByteArray m_path;
    QHash<QByteArray, QByteArray> m_found; ///< programs by name; true until executing one fails
    unsigned long m_signalsToReset = 0;
    std::unique_ptr<std::byte[]> m_stack; ///< of the child, until it executes
};

} // namespace procession

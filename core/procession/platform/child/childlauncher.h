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
/// The child leads a session and a process group of its own, so it has no terminal: opening
/// /dev/tty fails at once, whereas a background process that reads a terminal is stopped. It reads
/// /dev/null, has an empty signal mask, and inherits no descriptors except its output and
/// Options::keptDescriptors. Signals that were caught when the launcher was created have their
/// default action, and so do SIGPIPE, SIGXFSZ and SIGCHLD; other ignored signals stay ignored. The
/// kernel kills the child when the thread that started it dies; the guard kills its whole group
/// when this program dies.
///
/// Created by clone(CLONE_VM | CLONE_VFORK): no memory of this program is copied, so the cost does
/// not grow with it, and launch() can report a failure to execute with its errno. No shell is
/// involved; a script without an interpreter line is run by /bin/sh, as execvp does. Programs are
/// looked up in PATH once, and again if they have disappeared from there.
///
/// To be used from one thread.
class ChildLauncher
{
public:
    struct Options
    {
        /// "NAME=value" is added to this program's environment; "NAME" alone is removed.
        QByteArrayList environment{};
        /// Empty: this program's; otherwise PWD is set to it, unless `environment` sets PWD.
        QByteArray workingDirectory{};
        int niceness = 0; ///< added to this program's own
        /// Inherited under the same numbers, as listed by inheritableDescriptors().
        std::vector<int> keptDescriptors{};
    };

    /// \param guard  must outlive the launcher
    /// \throws SystemError naming the working folder if it cannot be entered
    ChildLauncher(const Options &options, OrphanGuard *guard);
    ~ChildLauncher();

    /// Starts `arguments[0]`, looked up in PATH if it has no slash. Blocks until the program has
    /// been executed (about 0.1 ms) or has failed to execute.
    /// \param standardOutput, standardError  descriptors that the child writes to; the caller keeps
    /// them
    /// \param entry  the guard's entry for the child's group
    /// \param variable  one more variable for this child only, "NAME=value"; empty: none
    /// \throws SystemError naming the program: ENOENT, EACCES, EAGAIN, ENOMEM, EMFILE, E2BIG, …
    ChildProcess launch(const QByteArrayList &arguments, int standardOutput, int standardError, OrphanGuard::Entry entry,
        const QByteArray &variable = {});

    /// The environment of the children.
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
    /// Paths of programs by name; valid until executing one fails.
    QHash<QByteArray, QByteArray> m_found;
    unsigned long m_signalsToReset = 0;
    std::unique_ptr<std::byte[]> m_stack; ///< the stack of the child until it executes
};

} // namespace procession

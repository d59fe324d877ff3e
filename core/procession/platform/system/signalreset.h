// SPDX-License-Identifier: MIT
#pragma once

#include <csignal>

namespace procession {

/// Blocks all signals in the thread that created it, as long as it exists.
class SignalBlock
{
public:
    SignalBlock();
    ~SignalBlock();
    SignalBlock(const SignalBlock &) = delete;
    SignalBlock &operator=(const SignalBlock &) = delete;

    /// Unblocks all signals, whatever was blocked before: for a child, which starts with an empty
    /// mask.
    void end();

private:
    sigset_t m_before;
    bool m_ended = false;
};

/// Whether `signal` is ignored and is one that nohup, or a shell for background jobs, makes
/// programs ignore: it stays ignored in everything that is started.
bool staysIgnored(int signal, const struct sigaction &action);

/// Called in a child that runs functions: sets every signal to its default action, except that
/// - SIGINT does nothing, since Ctrl-C is for the parent to handle. It is caught, not ignored, so
///   that programs that the child executes handle it by default;
/// - SIGHUP, SIGINT and SIGQUIT stay ignored if they are, as nohup and shells (for background jobs)
///   intend;
/// - SIGTTIN and SIGTTOU are ignored: reading the terminal fails with EIO instead of stopping the
///   child, and writing to it works.
void resetSignalsOfChild();

/// For programs, at their start: resets SIGCHLD to its default, in case the program was started
/// with SIGCHLD ignored (trap '' CHLD in a shell). While it is ignored, no exit status of a child
/// is known.
void takeChildSignals();

} // namespace procession

// SPDX-License-Identifier: MIT
#pragma once

#include <csignal>

namespace procession {

/// Holds all signals back from the thread that made it, for as long as it lives.
class SignalBlock
{
public:
    SignalBlock();
    ~SignalBlock();
    SignalBlock(const SignalBlock &) = delete;
    SignalBlock &operator=(const SignalBlock &) = delete;

    /// Lets them all in, whatever was blocked before: for a child, which begins with an empty mask.
    void end();

private:
    sigset_t m_before;
    bool m_ended = false;
};

/// Whether a signal is ignored that nohup ignores, or a shell for what runs in its background: it stays so in all that is started.
bool staysIgnored(int signal, const struct sigaction &action);

/// In a child that runs functions: every signal does what it does by default, but
/// - SIGINT does nothing, since Ctrl-C is the parent's to answer. It is caught, not ignored, so that programs that the child executes
///   handle it by default;
/// - SIGHUP, SIGINT and SIGQUIT stay ignored where they are: as nohup has it, and a shell for what runs in its background;
/// - SIGTTIN and SIGTTOU are ignored: reading the terminal fails with EIO instead of stopping the child, and writing to it goes on.
void resetSignalsOfChild();

/// For programs, at their start: the system tells again that children have ended, though the program was started with SIGCHLD ignored
/// (trap '' CHLD in a shell). Without it no exit status of a child is known.
void takeChildSignals();

} // namespace procession

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

/// In a child that runs functions: every signal does what it does by default, but SIGINT, which the terminal sends to the whole
/// group and which is the parent's to answer, is ignored.
void resetSignalsOfChild();

/// For programs, at their start: that children end is told again, though whoever started the program ignored it (trap '' CHLD in a
/// shell), which programs inherit. Without it no exit status of a child is known.
void takeChildSignals();

} // namespace procession

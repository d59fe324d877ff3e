// SPDX-License-Identifier: MIT
#pragma once

#include <functional>

/// What became of a process that was to be killed in the middle of something.
enum class Fate { Killed, Finished, Stuck };

/// Copies this process, runs `prepare` in the copy, and then `operation` instruction by instruction, as a debugger does. It is killed before
/// the instruction of that number; with a number that is larger than `operation` is long it finishes.
Fate killBeforeInstruction(int number, const std::function<void()> &prepare, const std::function<void()> &operation);

/// Runs a child of this process that is there already instruction by instruction, and kills it before the instruction of that number. The
/// numbers count from where `begin` has been called while it stands still. In the thread that calls.
/// \param isOver  asked while the child sleeps: whether it has come to the end of what is of interest. It is killed then too
Fate killBeforeInstruction(qint64 pid, int number, const std::function<void()> &begin, const std::function<bool()> &isOver);

/// Whether this system lets a process run another by single instructions.
bool canStep();

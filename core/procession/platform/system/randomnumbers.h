// SPDX-License-Identifier: MIT
#pragma once

namespace procession {

/// Gives this process, which may be a copy of another one, random numbers of its own: Qt's global generator, rand() and random(), and
/// drand48() and its like are seeded from the system. Takes some 20 µs, and some 30 more where Qt's global generator was not there yet:
/// see prepareRandomNumbers().
///
/// For a process of one thread. Another thread of the original may have been in rand() when the copy was made, and have left its lock
/// behind: then rand() is as useless in the copy as it was before, which takes a fifth of a second to find out.
void seedRandomNumbers();

/// Makes what seedRandomNumbers() would else make in each copy of this process, and notes whether it has other threads. To be called
/// before each copy, or by a process that starts no thread before its copies are made.
void prepareRandomNumbers();

} // namespace procession

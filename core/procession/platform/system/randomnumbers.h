// SPDX-License-Identifier: MIT
#pragma once

namespace procession {

/// Gives this process, which may be a copy of another one, random numbers of its own: seeds Qt's
/// global generator, rand() and random(), and drand48() and its family from the system. Takes about
/// 20 µs, and about 30 more if Qt's global generator did not exist yet: see prepareRandomNumbers().
///
/// For a process of one thread. If another thread of the original was in rand() when the copy was
/// made, the lock of rand() stays locked: rand() is then as unusable in the copy as before, and
/// finding that out takes a fifth of a second.
void seedRandomNumbers();

/// Creates what seedRandomNumbers() would otherwise create in each copy of this process, and
/// records whether the process has other threads. To be called before each copy, or by a process
/// that starts no thread before it makes copies.
void prepareRandomNumbers();

} // namespace procession

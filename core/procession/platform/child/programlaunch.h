// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/child/childprocess.h>

#include <atomic>
#include <cstddef>
#include <span>

namespace procession {

/// Everything that a child needs to execute a program. The memory must stay valid until
/// launchProgram() returns.
///
/// \code
/// ProgramLaunch launch;
/// launch.program = "/usr/bin/true";
/// launch.arguments = arguments;           // {"true", nullptr}
/// launch.environment = environ;
/// ChildProcess child = launchProgram(launch, stack);
/// \endcode
struct ProgramLaunch
{
    static constexpr std::size_t StackSize = 64 * 1024;
    /// The number of the descriptor `inherited` in the child.
    static constexpr int InheritedDescriptor = 3;

    const char *program = nullptr; ///< a path; PATH is not searched
    char *const *arguments = nullptr; ///< the first is the program's name, the last a null pointer
    char *const *environment = nullptr;
    int workingDirectory = -1; ///< a descriptor of it; -1: this program's
    int input = 0; ///< descriptors that become the child's standard streams
    int output = 1;
    int error = 2;
    int inherited = -1; ///< one more descriptor for the child
    /// Descriptors that it inherits under their own numbers, in ascending order; it inherits no
    /// others.
    std::span<const int> kept{};
    int niceness = 0; ///< added to this program's own
    bool leadsGroup = false; ///< whether it leads a process group of its own
    bool leadsSession = false; ///< whether it leads a session of its own, without a terminal, and so a process group
    bool diesWithThread = false; ///< whether the kernel kills it when the calling thread ends
    /// Where the child stores its group before it executes; for the orphan guard.
    std::atomic<int> *group = nullptr;
    unsigned long signalsToReset = 0; ///< as returned by customSignals()
};

/// Starts a program as a child by clone(CLONE_VM | CLONE_VFORK): no memory of this program is
/// copied. Blocks until the program has been executed (about 0.1 ms) or has failed to execute. The
/// child has an empty signal mask.
///
/// \param stack  StackSize bytes for the child to run on until it executes; not shared between
/// threads
/// \throws SystemError naming the program and the call that failed: ENOENT, EACCES, ENOEXEC, EAGAIN, ENOMEM, EMFILE, E2BIG, …
ChildProcess launchProgram(const ProgramLaunch &launch, std::span<std::byte> stack);

/// The signals that this program catches now, one bit each, the lowest for signal 1, and also
/// SIGPIPE, SIGXFSZ and SIGCHLD if it ignores them. Other ignored signals stay ignored in executed
/// programs, as nohup, shells (for background jobs) and `trap ''` intend.
unsigned long customSignals();

} // namespace procession

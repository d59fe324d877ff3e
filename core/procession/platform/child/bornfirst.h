// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/child/forkservermessages.h>

namespace procession {

/// A fork server that copies itself before the constructors of any library have run. Its children have no thread, lock or key that is
/// older than they are, whatever their libraries do when they are loaded; each pays for its libraries' constructors instead.
///
/// An executable is such a server when it is executed with `Role` as its only argument and a socket as descriptor `Socket`. It reads
/// a ForkRequest after the other and answers each, until nobody holds the other end. In its children the constructors, main() and
/// freezeSupport() run, which finds here what to do.
///
/// Only executables have it: the linker takes the entry from the archive because of `-u processionBornFirst`, and the libraries'
/// own code refers to it weakly.
struct BornFirst
{
    static constexpr char Role[] = "--procession-born-first";
    static constexpr int Socket = 3;
    static constexpr int Lifeline = 4; ///< what keeps the server alive; its children close it

    enum class Kind : int {
        None, ///< this process was not executed with `Role`
        Child, ///< `descriptors` are the child's, its output is in its place
        Server, ///< the system refused a copy: `descriptors` are those of the request that is still to be answered
    };
    Kind kind;
    ForkRequest request; ///< to which they belong
    int descriptors[ForkRequest::Count];
};

/// Whether this executable has the entry.
bool canBeBornFirst();
/// What the entry left in this process.
BornFirst bornFirst();

/// Executes this executable anew as such a server, with the same process id.
/// Returns only when that fails, and leaves errno; by then the two lie in their places as well, and all others are closed on exec.
/// \param socket    where requests come from
/// \param lifeline  -1 if there is none
void becomeBornFirst(int socket, int lifeline, const char *programName);

} // namespace procession

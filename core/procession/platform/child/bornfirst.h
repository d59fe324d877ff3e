// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/child/forkservermessages.h>

namespace procession {

/// A fork server that copies itself before the constructors of any library have run. Its children
/// have no thread, lock or key that is older than they are, whatever their libraries do when they
/// are loaded; in return each child runs the constructors of its libraries.
///
/// An executable is such a server when it is executed with `Role` as its only argument and a socket
/// as descriptor `Socket`. It reads one ForkRequest after the other and answers each, until the
/// requester's end is closed. In its children the constructors, main() and freezeSupport() run; the
/// latter finds here what to do.
///
/// Only executables have the entry: the linker takes it from the archive because of
/// `-u processionBornFirst`, and the libraries' own code refers to it weakly.
struct BornFirst
{
    static constexpr char Role[] = "--procession-born-first";
    static constexpr int Socket = 3;
    static constexpr int Lifeline = 4; ///< the server's lifeline; its children close it

    enum class Kind : int {
        None, ///< this process was not executed with `Role`
        Child, ///< `descriptors` belong to the child; its output is redirected already
        Server, ///< the system refused a copy: the request of `descriptors` must still be answered
    };
    Kind kind;
    ForkRequest request; ///< the request that came with `descriptors`
    int descriptors[ForkRequest::Count];
};

/// Whether this executable contains the entry.
bool canBeBornFirst();
/// What the entry recorded in this process.
BornFirst bornFirst();

/// Executes this executable anew as such a server, with the same process id. Returns only if that
/// fails, with errno set; the two descriptors then have their fixed numbers as well, and all others
/// are closed on exec.
/// \param socket    receives the requests
/// \param lifeline  -1 if there is none
void becomeBornFirst(int socket, int lifeline, const char *programName);

} // namespace procession

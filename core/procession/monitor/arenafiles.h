// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/io/memoryfile.h>
#include <procession/platform/io/openfiles.h>

#include <optional>

namespace procession {

/// The arena of the program that a process belongs to.
/// \throws AttachError, SystemError
MemoryFile arenaOf(qint64 pid);

/// An arena that processes of this user have open.
struct FoundArena
{
    OpenFile file; ///< as one of them has it
    int processes = 0;
};
std::vector<FoundArena> arenasOfUser();

/// Nothing when it is gone, or is no arena of this version.
std::optional<MemoryFile> openArena(const OpenFile &file);

} // namespace procession

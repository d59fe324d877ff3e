// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/connection.h>

#include <utility>

namespace procession {

enum class Duplex { No, Yes };

/// Creates the two ends of a channel (reference: Pipe).
///
/// \code
/// auto [receiver, sender] = pipe(Duplex::No);
/// \endcode
///
/// \param duplex  Yes: both ends send and receive. No: the first only receives, the second only
///     sends.
/// \throws SystemError if no descriptors are left (EMFILE, ENFILE)
std::pair<Connection, Connection> pipe(Duplex duplex = Duplex::Yes);

} // namespace procession

// SPDX-License-Identifier: MIT
#include <procession/ipc/pipe.h>

#include <procession/platform/socket/streamsocket.h>

namespace procession {

std::pair<Connection, Connection> pipe(Duplex duplex)
{
    auto [first, second] = socketPair();
    if (duplex == Duplex::Yes)
        return {Connection(std::move(first)), Connection(std::move(second))};
    // Sockets and not a pipe(2), so that handles can be sent through them.
    shutdownSending(first.get());
    return {Connection(std::move(first), Connection::Direction::ReceiveOnly),
        Connection(std::move(second), Connection::Direction::SendOnly)};
}

} // namespace procession

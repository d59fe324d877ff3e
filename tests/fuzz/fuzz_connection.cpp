// SPDX-License-Identifier: MIT
#include "fuzz.h"

#include <procession/ipc/connection.h>
#include <procession/ipc/wire/errors.h>
#include <procession/platform/socket/descriptorpassing.h>
#include <procession/platform/socket/streamsocket.h>

using namespace procession;

/// A stream as another process may write it: each message is received in one of the ways there are, in turn, until the end or a
/// message that ends it.
int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    // More does not fit into the socket at once.
    if (size > 65'536)
        return 0;
    auto [end, wire] = socketPair();
    const Connection connection(std::move(end));
    const QByteArray bytes = bytesOf(data, size);
    const QByteArrayView parts[] = {bytes};
    sendWithDescriptors(wire.get(), parts, {});
    wire.reset();

    std::size_t received = 0;
    std::array<char, 16> buffer;
    for (int turn = 0; connection.isReadable(); ++turn) {
        try {
            switch (turn % 4) {
            case 0:
                received += static_cast<std::size_t>(connection.recvBytes().size());
                break;
            case 1:
                received += connection.recvBytesInto(buffer);
                break;
            case 2:
                received += static_cast<std::size_t>(connection.recvBytes(1024).size());
                break;
            default:
                connection.recv<QVariant>();
            }
        } catch (const BufferTooShort &) {
        } catch (const DecodeError &) {
        } catch (const SystemError &) {
            expect(!connection.isReadable());
        } catch (const EndOfFile &) {
            break;
        }
        expect(received <= size);
    }
    return 0;
}

// SPDX-License-Identifier: MIT
#include <procession/ipc/connection.h>

#include <procession/ipc/codec/codecvariant.h>
#include <procession/ipc/eagerwait.h>
#include <procession/ipc/frame.h>
#include <procession/memory/arena/objects.h>
#include <procession/platform/base/readiness.h>
#include <procession/platform/socket/descriptorpassing.h>
#include <procession/platform/socket/streamsocket.h>

#include <atomic>
#include <cerrno>

namespace procession {

struct Connection::State
{
    Descriptor socket;
    std::atomic<bool> isReadable; ///< written by the receiver, read by all
    const bool isWritable;
    EagerWait eagerWait{}; ///< used by the receiver
};

namespace {
const detail::VariantHandleOf<Connection> variantHandle;

[[noreturn]] void failUse(const char *call, const char *reason) { throw SystemError(call, reason, EBADF); }

QByteArray rangeOf(qsizetype offset, qsizetype size, qsizetype total)
{
    return "offset " + QByteArray::number(offset) + " and size " + QByteArray::number(size) + " do not lie within "
        + QByteArray::number(total) + " bytes";
}
} // namespace

Connection::Connection(Descriptor socket, Direction direction)
{
    if (!isStreamSocket(socket.get()))
        throw SystemError("getsockopt", "descriptor " + QByteArray::number(socket.get()) + " given to a Connection", ENOTSOCK);
    m_state.reset(new State{std::move(socket), direction != Direction::SendOnly, direction != Direction::ReceiveOnly});
}

int Connection::fileno() const noexcept { return m_state ? m_state->socket.get() : -1; }

void Connection::close() noexcept
{
    if (m_state)
        m_state->socket.reset();
}

bool Connection::isReadable() const noexcept { return !isClosed() && m_state->isReadable; }

bool Connection::isWritable() const noexcept { return !isClosed() && m_state->isWritable; }

int Connection::readableSocket() const
{
    if (isClosed())
        failUse("recv", "a connection that is closed");
    if (!m_state->isReadable)
        failUse("recv", "a connection that is for sending only, or that brought a message that was too long");
    return m_state->socket.get();
}

int Connection::writableSocket() const
{
    if (isClosed())
        failUse("send", "a connection that is closed");
    if (!m_state->isWritable)
        failUse("send", "a connection that is for receiving only");
    return m_state->socket.get();
}

bool Connection::poll(QDeadlineTimer deadline) const { return waitReadable(readableSocket(), deadline); }

void Connection::sendBytes(QByteArrayView bytes, qsizetype offset, qsizetype size) const
{
    const int socket = writableSocket();
    if (offset < 0 || offset > bytes.size() || size < -1 || size > bytes.size() - offset)
        throw SystemError("send", rangeOf(offset, size, bytes.size()), EINVAL);
    sendFrame(socket, size < 0 ? bytes.sliced(offset) : bytes.sliced(offset, size));
}

/// Stops receiving, since the start of the next message is no longer known.
void Connection::stopReading() const
{
    m_state->isReadable = false;
    if (!m_state->isWritable)
        m_state->socket.reset();
}

FrameHead Connection::receiveHead(int socket, qsizetype maxLength) const
{
    m_state->eagerWait.tryFor([socket] { return hasArrived(socket); });
    FrameHead head;
    try {
        head = receiveFrameHead(socket);
    } catch (const DecodeError &) {
        stopReading();
        throw;
    }
    if (maxLength >= 0 && head.size > static_cast<std::size_t>(maxLength)) {
        stopReading();
        throw SystemError("recv",
            "a message of " + QByteArray::number(qulonglong(head.size)) + " bytes where at most " + QByteArray::number(maxLength)
                + " are accepted",
            EMSGSIZE);
    }
    return head;
}

QByteArray Connection::recvBytes(qsizetype maxLength) const
{
    const int socket = readableSocket();
    return receiveFrameBody(socket, receiveHead(socket, maxLength).size);
}

std::size_t Connection::recvBytesInto(std::span<char> buffer, std::size_t offset) const
{
    const int socket = readableSocket();
    if (offset > buffer.size())
        throw SystemError("recv",
            "offset " + QByteArray::number(qulonglong(offset)) + " into a buffer of "
                + QByteArray::number(qulonglong(buffer.size())) + " bytes",
            EINVAL);
    const std::span<char> room = buffer.subspan(offset);
    const std::size_t size = receiveHead(socket).size;
    if (size > room.size())
        throw BufferTooShort(receiveFrameBody(socket, size), room.size());
    receiveFrameBody(socket, room.first(size));
    return size;
}

void Connection::sendMessage(const Message &message) const
{
    const int socket = writableSocket();
    std::vector<int> descriptors;
    for (const Descriptor &descriptor : message.descriptors)
        descriptors.push_back(descriptor.get());
    if (descriptors.size() > MaximumDescriptors)
        throw EncodeError("a value with " + std::to_string(descriptors.size()) + " handles cannot be sent at once: at most "
            + std::to_string(MaximumDescriptors) + " can, send them in parts");
    if (!descriptors.empty() && !isLocalSocket(socket))
        throw EncodeError("a handle cannot be sent through a connection to another machine: use one of pipe()");
    for (const auto &handle : message.handles)
        noteSent(handle->record()); // before any process can receive it
    try {
        sendFrame(socket, message.bytes, descriptors);
    } catch (...) {
        for (const auto &handle : message.handles)
            noteReceived(handle->record()); // no process can decode a part of it
        throw;
    }
}

Message Connection::receiveMessage() const
{
    const int socket = readableSocket();
    FrameHead head = receiveHead(socket);
    Message message{receiveFrameBody(socket, head.size), std::move(head.descriptors), {}, true};
    // Thrown after the body was read, so that the next message can be received.
    if (head.descriptorsLost)
        throw SystemError("recvmsg", "handles that came with a message; raise RLIMIT_NOFILE", EMFILE);
    return message;
}

void Codec<Connection>::encode(Encoder &encoder, const Connection &connection)
{
    if (connection.isClosed())
        throw EncodeError("a connection that is closed cannot be sent to another process");
    const auto direction = !connection.isWritable() ? Connection::Direction::ReceiveOnly
        : connection.isReadable()                   ? Connection::Direction::Both
                                                    : Connection::Direction::SendOnly;
    encoder << direction;
    encoder.attach(connection.m_state->socket.duplicate());
}

Connection Codec<Connection>::decode(Decoder &decoder)
{
    const auto direction = decoder.read<Connection::Direction>();
    if (direction > Connection::Direction::SendOnly)
        throw DecodeError("a connection in a message has no direction that is known");
    Descriptor socket = decoder.takeDescriptor();
    if (!isStreamSocket(socket.get()))
        throw DecodeError("a connection in a message came with a descriptor that is not a stream socket");
    return Connection(std::move(socket), direction);
}

} // namespace procession

// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/value.h>

#include <QtCore/QDeadlineTimer>

#include <memory>
#include <span>

namespace procession {

struct FrameHead;

/// One end of a channel that carries whole messages between two processes (reference: class
/// Connection). Created by pipe().
///
/// \code
/// auto [here, there] = pipe();
/// there.send(QStringLiteral("hello"));
/// auto text = here.recv<QString>();
/// here.sendBytes("thank you");
/// QByteArray bytes = there.recvBytes();
/// \endcode
///
/// A handle: copies are the same end, which closes when close() is called on one of them or the
/// last is destroyed. It can be an argument of a process, or be sent through another connection:
/// the receiver gets a duplicate, so close the original, or the other end will never see the end of
/// the stream.
///
/// Values sent by send() are received by recv() of the same type, and bytes sent by sendBytes() by
/// recvBytes() and recvBytesInto(). The bytes on the wire are framed as CPython frames them.
///
/// One thread, or process, may send while another receives; two that send at once, or receive at
/// once, mix up their messages. close() must not be called while another thread uses the
/// connection. When a process is killed while it sends, its peer gets an EndOfFile that isTorn();
/// when another process shares the killed one's end, the stream is corrupt.
class Connection
{
public:
    enum class Direction : quint8 { Both, ReceiveOnly, SendOnly };

    /// A closed connection.
    Connection() = default;
    /// Takes over a connected stream socket of any family.
    /// \throws SystemError (ENOTSOCK)
    explicit Connection(Descriptor socket, Direction direction = Direction::Both);

    /// Sends a value. Blocks while the other end is behind by more than the socket's buffer (some 200 KiB).
    /// \throws SystemError when the other end is closed (EPIPE) or this one is, or is for receiving only (EBADF)
    /// \throws EncodeError when the value cannot be sent
    template <typename T>
    void send(const T &value) const
    {
        static_assert(!std::is_array_v<T>, "send a QString, a QByteArray, a std::string or a std::array");
        sendMessage(encodeValue(value));
    }

    /// Receives a value that was sent as a T. Blocks until there is one.
    /// \throws EndOfFile when the other end is closed and all has been received
    /// \throws DecodeError when a value of another type, or no value, came; it is lost, the next can be received
    /// \throws SystemError when this connection is closed or for sending only (EBADF)
    template <typename T>
    T recv() const
    {
        return decodeValue<T>(receiveMessage());
    }

    /// The descriptor, for poll and the like; -1 if closed. The connection keeps ownership.
    int fileno() const noexcept;
    /// Closes the connection, for all copies of this handle. Does nothing if it is closed.
    void close() noexcept;
    bool isClosed() const noexcept { return fileno() < 0; }
    /// Whether it can receive: it is open and not the sending end of a one-way pipe, and no message was too long.
    bool isReadable() const noexcept;
    /// Whether it can send.
    bool isWritable() const noexcept;

    /// Blocks until there is something to receive, or the end of the stream, or the deadline
    /// passes; without a deadline does not block. Returns whether there is something.
    /// \throws SystemError (EBADF)
    bool poll(QDeadlineTimer deadline = QDeadlineTimer(0)) const;

    /// Sends bytes as one message: `size` of them from `offset`, all by default.
    /// \throws SystemError (EINVAL) when offset and size lie outside of `bytes`, and as send()
    void sendBytes(QByteArrayView bytes, qsizetype offset = 0, qsizetype size = -1) const;

    /// Receives the bytes of one message. Blocks until there is one.
    /// \param maxLength  the longest message to accept, in bytes; -1: any
    /// \throws SystemError (EMSGSIZE) if the message is longer; the connection can then no longer
    ///     receive, and is closed if it was receive-only
    /// \throws EndOfFile, SystemError as recv()
    QByteArray recvBytes(qsizetype maxLength = -1) const;

    /// Receives the bytes of one message into a buffer, from `offset` on. Blocks until there is one.
    /// \returns the size of the message, in bytes
    /// \throws BufferTooShort, which holds the message, when there is no room for it
    /// \throws SystemError (EINVAL) when the offset lies outside of the buffer
    /// \throws EndOfFile, SystemError as recv()
    std::size_t recvBytesInto(std::span<char> buffer, std::size_t offset = 0) const;

    /// Sends an encoded message with its descriptors.
    void sendMessage(const Message &message) const;
    /// Receives a message with its descriptors.
    Message receiveMessage() const;

    /// Whether both are handles of the same connection.
    friend bool operator==(const Connection &, const Connection &) = default;

private:
    friend struct Codec<Connection>;
    struct State;

    int readableSocket() const;
    int writableSocket() const;
    FrameHead receiveHead(int socket, qsizetype maxLength = -1) const;
    void stopReading() const;

    std::shared_ptr<State> m_state;
};

/// A connection travels as a duplicate of its descriptor.
template <>
struct Codec<Connection>
{
    static void encode(Encoder &encoder, const Connection &connection);
    static Connection decode(Decoder &decoder);
};

} // namespace procession

// SPDX-License-Identifier: MIT
#include <procession/ipc/frame.h>

#include <procession/ipc/wire/errors.h>
#include <procession/platform/socket/descriptorpassing.h>
#include <procession/platform/socket/streamsocket.h>

#include <QtCore/QtEndian>

#include <algorithm>
#include <array>
#include <limits>

namespace procession {

namespace {
constexpr std::size_t LongestShort = 0x7fffffff;
constexpr std::size_t FirstPart = std::size_t(1) << 20; ///< allocated before the first byte arrives
constexpr std::size_t ShortHead = sizeof(quint32);
constexpr std::size_t LongHead = ShortHead + sizeof(quint64);

[[noreturn]] void failTorn(std::size_t received, std::size_t expected, const char *what)
{
    throw EndOfFile("the stream ended inside a message, after " + std::to_string(received) + " of the " + std::to_string(expected)
            + " bytes of its " + what + ": its sender closed the connection or was killed",
        true);
}

void receiveAll(int socket, std::span<char> bytes, const char *what)
{
    std::size_t received = 0;
    while (received < bytes.size()) {
        const std::size_t count = receiveSome(socket, bytes.subspan(received));
        if (count == 0)
            failTorn(received, bytes.size(), what);
        received += count;
    }
}
} // namespace

void sendFrame(int socket, QByteArrayView body, std::span<const int> descriptors)
{
    std::array<char, LongHead> head;
    const auto size = static_cast<std::size_t>(body.size());
    const bool isLong = size > LongestShort;
    qToBigEndian<quint32>(isLong ? ~quint32(0) : static_cast<quint32>(size), head.data());
    if (isLong)
        qToBigEndian<quint64>(size, head.data() + ShortHead);
    const std::array<QByteArrayView, 2> parts{QByteArrayView(head.data(), isLong ? LongHead : ShortHead), body};
    sendWithDescriptors(socket, parts, descriptors);
}

FrameHead receiveFrameHead(int socket)
{
    FrameHead head;
    std::array<char, ShortHead> bytes;
    for (std::size_t received = 0; received < bytes.size();) {
        const auto [count, lost] = receiveWithDescriptors(socket, std::span(bytes).subspan(received), head.descriptors);
        if (count == 0 && received == 0)
            throw EndOfFile("the other end of the connection is closed", false);
        if (count == 0)
            failTorn(received, bytes.size(), "head");
        received += count;
        head.descriptorsLost = head.descriptorsLost || lost;
    }
    const auto size = qFromBigEndian<qint32>(bytes.data());
    if (size >= 0) {
        head.size = static_cast<std::size_t>(size);
        return head;
    }
    std::array<char, sizeof(quint64)> longBytes;
    if (size == -1)
        receiveAll(socket, longBytes, "head");
    head.size = size == -1 ? qFromBigEndian<quint64>(longBytes.data()) : ~std::size_t(0);
    if (head.size > static_cast<std::size_t>(std::numeric_limits<qsizetype>::max() - 64))
        throw DecodeError("a connection brought " + QByteArray(bytes.data(), ShortHead).toHex(' ').toStdString()
            + ", which no message begins with: the other end does not send messages, or two sent at once");
    return head;
}

QByteArray receiveFrameBody(int socket, std::size_t size)
{
    QByteArray bytes(static_cast<qsizetype>(std::min(size, FirstPart)), Qt::Uninitialized);
    for (std::size_t received = 0; received < size;) {
        if (received == static_cast<std::size_t>(bytes.size()))
            bytes.resize(static_cast<qsizetype>(std::min(size, 2 * received)));
        const std::size_t count
            = receiveSome(socket, {bytes.data() + received, static_cast<std::size_t>(bytes.size()) - received});
        if (count == 0)
            failTorn(received, size, "body");
        received += count;
    }
    return bytes;
}

void receiveFrameBody(int socket, std::span<char> body) { receiveAll(socket, body, "body"); }

} // namespace procession

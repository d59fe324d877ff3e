// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/codec.h>
#include <procession/queue/queuecargo.h>

#include <array>
#include <optional>
#include <ranges>

namespace procession::detail {

/// A message up to this size is copied out of a queue before it is decoded, so that other threads
/// need not wait for the decoding.
inline constexpr std::size_t SmallMessage = 1024;

/// Contiguous ranges of bytes and the like, which are encoded as a length and their memory.
template <typename T>
concept SentAsRow = std::ranges::contiguous_range<T> && CopiedInBulk<std::ranges::range_value_t<T>> && requires(T &row)
{
    row.resize(0);
};

/// Calls `put` with the bytes of an encoded value, in two pieces, and with the objects whose
/// handles it has.
template <typename T, typename Put>
bool withMessageOf(const T &value, Put put)
{
    if constexpr (CopiedInBulk<T>) {
        return put({}, QByteArrayView(reinterpret_cast<const char *>(&value), sizeof value), {});
    } else if constexpr (SentAsRow<T>) {
        Encoder encoder;
        encoder.size(std::ranges::size(value));
        const QByteArray head = encoder.take().bytes;
        return put(head,
            QByteArrayView(reinterpret_cast<const char *>(std::ranges::data(value)),
                static_cast<qsizetype>(std::ranges::size(value) * sizeof(std::ranges::range_value_t<T>))),
            {});
    } else {
        Encoder encoder;
        encoder << value;
        Message message = encoder.take();
        const QByteArray head = QueueCargo::isIn(message) ? QueueCargo::pack(message) : QByteArray();
        return put(head, message.bytes, message.handles);
    }
}

/// Calls `take` on destruction, also when an exception is thrown.
template <typename Take>
class AtEnd
{
public:
    explicit AtEnd(Take &take) : m_take(take) { }
    ~AtEnd() { m_take(); }
    Q_DISABLE_COPY_MOVE(AtEnd)

private:
    Take &m_take;
};

template <typename T>
T decodeWhole(QByteArrayView message, std::span<Descriptor> descriptors = {})
{
    Decoder decoder(message, descriptors);
    T value = decoder.read<T>();
    decoder.finish();
    return value;
}

/// Decodes a message in place in a queue. `take` takes it out as soon as its bytes are no longer
/// needed.
/// \throws DecodeError
template <typename T, typename Take>
T valueOf(QByteArrayView message, Take take)
{
    const auto size = static_cast<std::size_t>(message.size());
    if (size > SmallMessage) {
        const AtEnd end(take);
        return decodeWhole<T>(message);
    }
    std::array<char, SmallMessage> copy;
    std::memcpy(copy.data(), message.data(), size);
    take();
    return decodeWhole<T>({copy.data(), message.size()});
}

/// The same for a message with a cargo, which keeps its objects until it is taken out.
/// \throws DecodeError
template <typename T, typename Take>
T valueOf(QByteArrayView message, std::vector<Descriptor> descriptors, Take take)
{
    const AtEnd end(take);
    return decodeWhole<T>(message, descriptors);
}

} // namespace procession::detail

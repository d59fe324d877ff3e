// SPDX-License-Identifier: MIT
#include <procession/ipc/wire/encoder.h>

#include <procession/ipc/wire/errors.h>

#include <algorithm>
#include <limits>

namespace procession {

Encoder::Encoder(std::size_t expected) { allocate(expected); }

void Encoder::allocate(std::size_t capacity)
{
    if (capacity > static_cast<std::size_t>(std::numeric_limits<qsizetype>::max() - 64))
        throw EncodeError("a value of " + std::to_string(capacity) + " bytes is too large to be sent");
    const std::size_t used = written();
    // Growing keeps the bytes; the array is never shared, so nothing but a realloc happens.
    m_bytes.resize(static_cast<qsizetype>(capacity));
    m_begin = m_bytes.data();
    m_cursor = m_begin + used;
    m_end = m_begin + capacity;
}

void Encoder::grow(std::size_t more)
{
    const std::size_t capacity = static_cast<std::size_t>(m_end - m_begin);
    allocate(std::max<std::size_t>({64, 2 * capacity, written() + more}));
}

void Encoder::size(std::size_t count)
{
    constexpr quint32 Long = std::numeric_limits<quint32>::max();
    const quint32 head = count < Long ? static_cast<quint32>(count) : Long;
    raw(&head, sizeof head);
    if (head == Long) {
        const quint64 all = count;
        raw(&all, sizeof all);
    }
}

void Encoder::attach(Descriptor descriptor) { m_descriptors.push_back(std::move(descriptor)); }

Message Encoder::take()
{
    m_bytes.resize(static_cast<qsizetype>(written()));
    Message message{std::move(m_bytes), std::move(m_descriptors), std::move(m_handles)};
    m_bytes = {};
    m_descriptors.clear();
    m_handles.clear();
    m_begin = m_cursor = m_end = nullptr;
    return message;
}

void Encoder::backTo(Mark mark)
{
    m_cursor = m_begin + mark.bytes;
    m_descriptors.resize(mark.descriptors);
    m_handles.resize(mark.handles);
}

Encoder::Level::Level(Encoder &encoder) : m_encoder(encoder)
{
    if (encoder.m_depth >= MaximumNesting)
        throw EncodeError("a value nested more than " + std::to_string(MaximumNesting)
            + " levels deep cannot be sent: flatten it, or send its parts one by one");
    ++encoder.m_depth;
}

} // namespace procession

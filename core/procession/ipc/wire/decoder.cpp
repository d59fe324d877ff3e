// SPDX-License-Identifier: MIT
#include <procession/ipc/wire/decoder.h>

#include <procession/ipc/wire/errors.h>

#include <limits>

namespace procession {

Decoder::Decoder(QByteArrayView bytes, std::span<Descriptor> descriptors)
    : m_begin(bytes.data()), m_cursor(m_begin), m_end(m_begin + bytes.size()), m_descriptors(descriptors)
{
}

std::size_t Decoder::size(std::size_t each)
{
    quint32 head;
    raw(&head, sizeof head);
    quint64 count = head;
    if (head == std::numeric_limits<quint32>::max())
        raw(&count, sizeof count);
    if (count > remaining() / each)
        failShort(count);
    return count;
}

Descriptor Decoder::takeDescriptor()
{
    if (m_descriptors.empty())
        throw DecodeError("a message holds a handle but its descriptor did not come along: handles travel over the "
                          "connections of pipe() and over local sockets only");
    Descriptor first = std::move(m_descriptors.front());
    m_descriptors = m_descriptors.subspan(1);
    return first;
}

void Decoder::finish()
{
    m_kept.clear();
    if (remaining() > 0)
        throw DecodeError("a message of " + std::to_string(m_end - m_begin) + " bytes holds " + std::to_string(remaining())
            + " more than were written into its value: sender and receiver differ in how " + "they write this type");
    if (!m_descriptors.empty())
        throw DecodeError(
            "a message brought " + std::to_string(m_descriptors.size()) + " descriptors that nothing in its value takes");
}

void Decoder::failShort(std::size_t wanted) const
{
    throw DecodeError("a message of " + std::to_string(m_end - m_begin) + " bytes is too short: at byte "
        + std::to_string(m_cursor - m_begin) + " it should hold " + std::to_string(wanted) + " more and holds "
        + std::to_string(remaining()) + "; it was cut, or its sender writes this type differently");
}

Decoder::Level::Level(Decoder &decoder) : m_decoder(decoder)
{
    if (decoder.m_depth >= MaximumNesting)
        throw DecodeError("a message is nested more than " + std::to_string(MaximumNesting) + " levels deep");
    ++decoder.m_depth;
}

} // namespace procession

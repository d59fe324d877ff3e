// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/wire/encodable.h>
#include <procession/ipc/wire/message.h>

#include <QtCore/QByteArrayView>

#include <cstring>
#include <span>

namespace procession {

/// Reads values from bytes that an Encoder, or an attacker, wrote: every length is checked against
/// the remaining bytes before anything is allocated.
///
/// \code
/// Decoder decoder(message);
/// auto number = decoder.read<int>();
/// auto text = decoder.read<QString>();
/// decoder.finish();
/// \endcode
///
/// The bytes are not copied and must outlive the decoder. To be used from one thread.
class Decoder
{
public:
    /// \param descriptors  of the message; takeDescriptor() moves out of them
    explicit Decoder(QByteArrayView bytes, std::span<Descriptor> descriptors = {});
    explicit Decoder(Message &message) : Decoder(message.bytes, message.descriptors) { m_isUnderWay = message.isUnderWay; }
    /// For bytes inside a message that another decoder reads.
    Decoder(QByteArrayView bytes, const Decoder &whole) : Decoder(bytes) { m_isUnderWay = whole.m_isUnderWay; }
    Decoder(const Decoder &) = delete;
    Decoder &operator=(const Decoder &) = delete;

    /// Reads a value through Codec<T>.
    /// \throws DecodeError
    template <typename T>
    T read()
    {
        if constexpr (Encodable<T>)
            return Codec<T>::decode(*this);
        else
            detail::refuse<T>();
    }

    /// Reads `size` bytes as they are.
    /// \throws DecodeError if there are fewer
    void raw(void *data, std::size_t size)
    {
        const char *from = skip(size);
        if (size > 0)
            std::memcpy(data, from, size);
    }
    /// The next `size` bytes, without a copy.
    /// \throws DecodeError if there are fewer
    QByteArrayView view(std::size_t size) { return {skip(size), static_cast<qsizetype>(size)}; }
    /// Reads a length that Encoder::size() wrote, of items of at least `each` bytes: the remaining
    /// bytes can hold all of them.
    /// \throws DecodeError
    std::size_t size(std::size_t each = 1);
    /// The next descriptor of the message.
    /// \throws DecodeError if there is none
    Descriptor takeDescriptor();
    /// Whether the objects of the message's handles count as in flight until their handles are
    /// taken out. Otherwise the sender of the message, or a queue, keeps them until finish() is
    /// called.
    bool isUnderWay() const { return m_isUnderWay; }
    /// Keeps the object of a handle that was read until finish() is called: the message may have
    /// another handle of it.
    void keep(std::shared_ptr<const Holding> object) { m_kept.push_back(std::move(object)); }

    std::size_t remaining() const { return static_cast<std::size_t>(m_end - m_cursor); }
    /// Call it when everything has been read.
    /// \throws DecodeError if bytes or descriptors are left
    void finish();

    /// One level of nesting during its lifetime. Codecs of containers hold one.
    class Level
    {
    public:
        /// \throws DecodeError at MaximumNesting
        explicit Level(Decoder &decoder);
        ~Level() { --m_decoder.m_depth; }
        Q_DISABLE_COPY_MOVE(Level)

    private:
        Decoder &m_decoder;
    };

private:
    const char *skip(std::size_t size)
    {
        if (size > remaining())
            failShort(size);
        const char *at = m_cursor;
        m_cursor += size;
        return at;
    }
    [[noreturn]] void failShort(std::size_t wanted) const;

    const char *m_begin;
    const char *m_cursor;
    const char *m_end;
    std::span<Descriptor> m_descriptors;
    std::vector<std::shared_ptr<const Holding>> m_kept;
    bool m_isUnderWay = false;
    int m_depth = 0;
};

} // namespace procession

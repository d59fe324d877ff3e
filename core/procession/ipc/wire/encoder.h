// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/wire/encodable.h>
#include <procession/ipc/wire/message.h>

#include <QtCore/QByteArrayView>

#include <cstring>
#include <type_traits>

namespace procession {

/// Writes values into a message.
///
/// \code
/// Encoder encoder;
/// encoder << 42 << QStringLiteral("answer");
/// Message message = encoder.take();
/// \endcode
///
/// Does not align values and does not write their types, which encodeValue() does. To be used from
/// one thread.
class Encoder
{
public:
    /// \param expected  bytes to allocate at once
    explicit Encoder(std::size_t expected = 64);
    Encoder(const Encoder &) = delete;
    Encoder &operator=(const Encoder &) = delete;

    /// Writes a value through Codec<T>.
    /// \throws EncodeError if the value, not its type, cannot be sent
    template <typename T>
    Encoder &operator<<(const T &value)
    {
        if constexpr (Encodable<T>)
            Codec<T>::encode(*this, value);
        else
            detail::refuse<T>();
        return *this;
    }

    /// Writes `size` bytes as they are.
    void raw(const void *data, std::size_t size)
    {
        if (size > static_cast<std::size_t>(m_end - m_cursor))
            grow(size);
        if (size > 0)
            std::memcpy(m_cursor, data, size);
        m_cursor += size;
    }
    /// Writes the number of items that follow, for Decoder::size().
    void size(std::size_t count);
    /// Adds a descriptor to the message; Decoder::takeDescriptor() returns them in the same order.
    void attach(Descriptor descriptor);
    /// Notes that the message has a handle of a shared object, and keeps the object until the
    /// message is sent.
    void keep(std::shared_ptr<const Holding> object) { m_handles.push_back(std::move(object)); }

    /// The bytes written so far.
    std::size_t written() const { return static_cast<std::size_t>(m_cursor - m_begin); }
    /// Returns the message. The encoder is empty afterwards and can be used again.
    Message take();
    /// The bytes written so far, without a copy; valid until more are written.
    QByteArrayView view() const { return {m_begin, static_cast<qsizetype>(written())}; }
    /// Overwrites bytes that were written before.
    void overwrite(std::size_t at, const void *data, std::size_t size) { std::memcpy(m_begin + at, data, size); }
    bool hasCargo() const { return !m_descriptors.empty() || !m_handles.empty(); }
    /// The descriptors and handles of the message; its bytes stay here.
    Message takeCargo() { return {{}, std::exchange(m_descriptors, {}), std::exchange(m_handles, {})}; }

    /// A position for backTo().
    struct Mark
    {
        std::size_t bytes = 0;
        std::size_t descriptors = 0;
        std::size_t handles = 0;
    };
    Mark mark() const { return {written(), m_descriptors.size(), m_handles.size()}; }
    /// Drops everything written since: for a value that turned out to be impossible to send.
    void backTo(Mark mark);

    /// One level of nesting during its lifetime. Codecs of containers hold one.
    class Level
    {
    public:
        /// \throws EncodeError at MaximumNesting
        explicit Level(Encoder &encoder);
        ~Level() { --m_encoder.m_depth; }
        Q_DISABLE_COPY_MOVE(Level)

    private:
        Encoder &m_encoder;
    };

private:
    void allocate(std::size_t capacity);
    void grow(std::size_t more);

    QByteArray m_bytes; ///< its size is the capacity until take()
    char *m_begin = nullptr;
    char *m_cursor = nullptr;
    char *m_end = nullptr;
    std::vector<Descriptor> m_descriptors;
    std::vector<std::shared_ptr<const Holding>> m_handles;
    int m_depth = 0;
};

} // namespace procession

// SPDX-License-Identifier: MIT
#include <procession/ipc/codec/codecstream.h>

#include <procession/ipc/wire/errors.h>
#include <procession/ipc/wire/typename.h>

#include <QtCore/QBuffer>

#include <cstdint>
#include <new>

namespace procession::detail {

namespace {
// The same version whichever Qt the two programs use.
constexpr auto StreamVersion = QDataStream::Qt_6_0;
constexpr std::uintptr_t StackAllowed = 256 * 1024;

std::uintptr_t stackPosition() { return reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0)); }

/// A source of bytes that ends early if the reader recurses too deeply: Qt reads nested QVariants
/// without a limit.
class GuardedBytes : public QIODevice
{
public:
    explicit GuardedBytes(QByteArrayView bytes) : m_bytes(bytes), m_stack(stackPosition())
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    qint64 bytesAvailable() const override { return m_bytes.size(); }
    bool isSequential() const override { return true; }
    bool isTooDeep() const { return m_tooDeep; }

protected:
    qint64 readData(char *data, qint64 size) override
    {
        if (m_stack - stackPosition() > StackAllowed)
            m_tooDeep = true;
        if (m_tooDeep)
            return -1;
        const qsizetype count = std::min<qsizetype>(size, m_bytes.size());
        if (count > 0)
            std::memcpy(data, m_bytes.data(), static_cast<std::size_t>(count));
        m_bytes = m_bytes.sliced(count);
        return count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArrayView m_bytes;
    std::uintptr_t m_stack;
    bool m_tooDeep = false;
};

const char *problemOf(const GuardedBytes &bytes, const QDataStream &stream, bool read)
{
    if (bytes.isTooDeep())
        return "it is nested too deeply";
    if (stream.status() != QDataStream::Ok)
        return "it is cut or corrupt";
    if (!read)
        return "its type cannot be read here";
    return bytes.bytesAvailable() > 0 ? "not all of it was read: its operators << and >> differ" : nullptr;
}
} // namespace

void writeStream(Encoder &encoder, const char *type, StreamWriter write, const void *value)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream.setVersion(StreamVersion);
    if (!write(stream, value) || stream.status() != QDataStream::Ok)
        throw EncodeError(
            "a value of type " + demangled(type) + " could not be written: give the type QDataStream operators << and >>");
    encoder.size(static_cast<std::size_t>(bytes.size()));
    encoder.raw(bytes.constData(), static_cast<std::size_t>(bytes.size()));
}

void readStream(Decoder &decoder, const char *type, StreamReader read, void *value)
{
    GuardedBytes bytes(decoder.view(decoder.size()));
    QDataStream stream(&bytes);
    stream.setVersion(StreamVersion);
    const char *problem = nullptr;
    try {
        const bool wasRead = read(stream, value);
        problem = problemOf(bytes, stream, wasRead);
    } catch (const std::bad_alloc &) {
        problem = "it asks for more memory than there is";
    }
    if (problem)
        throw DecodeError("a value of type " + demangled(type) + " in a message is no good: " + problem);
}

} // namespace procession::detail

// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>

namespace procession {

/// A short text in shared memory, in UTF-8. A reader during a write gets a mixture of both texts,
/// but never more than `Size` bytes; if it sees part of the new text, it sees what the writer
/// stored before.
template <std::size_t Size>
class SharedText
{
    static_assert(Size % sizeof(quint64) == 0);

public:
    /// Keeps the whole characters that fit.
    void set(const QByteArray &text)
    {
        std::array<quint64, Words> words{};
        std::memcpy(words.data(), text.constData(), fitting(text));
        for (std::size_t i = 0; i < Words; ++i)
            m_words[i].store(words[i], std::memory_order_release);
    }
    QByteArray get() const
    {
        std::array<quint64, Words> words;
        for (std::size_t i = 0; i < Words; ++i)
            words[i] = m_words[i].load(std::memory_order_acquire);
        const auto *text = reinterpret_cast<const char *>(words.data());
        return {text, static_cast<qsizetype>(qstrnlen(text, Size))};
    }

private:
    static constexpr std::size_t Words = Size / sizeof(quint64);

    static std::size_t fitting(const QByteArray &text)
    {
        auto length = std::min<std::size_t>(static_cast<std::size_t>(text.size()), Size);
        const auto isContinuation
            = [&](std::size_t i) { return (static_cast<unsigned char>(text[qsizetype(i)]) & 0xC0) == 0x80; };
        while (length > 0 && length < static_cast<std::size_t>(text.size()) && isContinuation(length))
            --length;
        return length;
    }

    std::array<std::atomic<quint64>, Words> m_words;
};

} // namespace procession

// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/codec.h>

#include <QtCore/QString>

#include <string>
#include <string_view>
#include <type_traits>

namespace procession {

/// A string literal in a call that is sent to another process. It converts to whatever text type
/// the function takes: `const char *`, std::string, std::string_view, QByteArray or QString (read
/// as UTF-8).
class StoredText
{
public:
    StoredText() = default;
    explicit StoredText(const char *text) : m_text(text) { }

    operator const char *() const { return m_text.c_str(); }
    operator std::string() const { return m_text; }
    operator std::string_view() const { return m_text; }
    operator QByteArray() const { return QByteArray::fromStdString(m_text); }
    operator QString() const { return QString::fromStdString(m_text); }

private:
    friend struct Codec<StoredText>;
    std::string m_text;
};

template <>
struct Codec<StoredText>
{
    static void encode(Encoder &encoder, const StoredText &text) { encoder << text.m_text; }
    static StoredText decode(Decoder &decoder)
    {
        StoredText text;
        text.m_text = decoder.read<std::string>();
        return text;
    }
};

/// The type in which an argument of type `Argument` is stored: a copy of it; a StoredText for a
/// string literal.
template <typename Argument>
using StoredArgument
    = std::conditional_t<std::is_same_v<std::decay_t<Argument>, const char *> || std::is_same_v<std::decay_t<Argument>, char *>,
        StoredText, std::decay_t<Argument>>;

} // namespace procession

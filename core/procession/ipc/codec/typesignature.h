// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/wire/typename.h>

#include <QtCore/qglobal.h>

#include <array>

namespace procession {

namespace detail {

/// FNV-1a.
constexpr quint32 hashed(std::string_view text, quint32 hash = 2166136261U)
{
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return hash;
}
constexpr quint32 mixed(quint32 hash, quint64 with)
{
    for (int shift = 0; shift < 64; shift += 8)
        hash = (hash ^ static_cast<quint32>((with >> shift) & 0xff)) * 16777619U;
    return hash;
}

template <typename T>
struct SignatureOf
{
    static constexpr quint32 value = [] {
        constexpr quint32 name = hashed(typeName<T>());
        if constexpr (requires { sizeof(T); })
            return mixed(name, sizeof(T));
        else
            return name;
    }();
};
// The sizes of a container's parts count too, since its own size does not depend on them.
template <template <typename...> typename Container, typename... Parts>
struct SignatureOf<Container<Parts...>>
{
    static constexpr quint32 value = [] {
        quint32 hash = hashed(typeName<Container<Parts...>>());
        ((hash = mixed(hash, SignatureOf<Parts>::value)), ...);
        return hash;
    }();
};
template <typename T, std::size_t Size>
struct SignatureOf<std::array<T, Size>>
{
    static constexpr quint32 value = mixed(hashed(typeName<std::array<T, Size>>()), SignatureOf<T>::value);
};

} // namespace detail

/// Identifies types on the wire, by their names and by the sizes of all their parts. Two builds of
/// one program agree unless a type has changed.
template <typename T>
inline constexpr quint32 typeSignature = detail::SignatureOf<T>::value;

/// The name that belongs to a signature, for error messages: one for every type that this program
/// may send or receive.
class TypeRecord
{
public:
    TypeRecord(quint32 signature, std::string_view name) noexcept;
    ~TypeRecord();
    Q_DISABLE_COPY_MOVE(TypeRecord)

    quint32 signature() const { return m_signature; }
    std::string_view name() const { return m_name; }

    /// The name; empty if no such type is known here. Thread-safe.
    static std::string knownName(quint32 signature);
    /// The name, or the signature in hexadecimal if no such type is known here. Thread-safe.
    static std::string nameOf(quint32 signature);

private:
    quint32 m_signature;
    std::string_view m_name;
    TypeRecord *m_next = nullptr;
};

template <typename T>
inline const TypeRecord typeRecord{typeSignature<T>, typeName<T>()};

} // namespace procession

// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

#include <concepts>

namespace procession {

class Encoder;
class Decoder;

namespace detail {

/// The codec of a type without a Codec of its own; see codecaggregate.h.
template <typename T>
struct MemberCodec
{
};

/// Does not compile for a T that cannot be sent, and names the reason; see refusal.h.
template <typename T>
[[noreturn]] void refuse();

} // namespace detail

/// How a T is written to and read from a message. Specialise it for a type that codec.h does not
/// cover:
///
/// \code
/// template <>
/// struct procession::Codec<Track>
/// {
///     static void encode(Encoder &encoder, const Track &track) { encoder << track.title << track.seconds; }
///     static Track decode(Decoder &decoder)
///     {
///         auto title = decoder.read<QString>();
///         return Track(title, decoder.read<int>());
///     }
/// };
/// \endcode
///
/// `encode` writes at least one byte; `decode` reads exactly what `encode` wrote, or throws
/// DecodeError. The specialisation must be visible in all code that sends or receives a Track.
template <typename T>
struct Codec : detail::MemberCodec<T>
{
};

/// Whether values of type T can be sent to another process. Never a hard error, whatever T is.
template <typename T>
concept Encodable = requires(Encoder &encoder, Decoder &decoder, const T &value)
{
    Codec<T>::encode(encoder, value);
    {
        Codec<T>::decode(decoder)
        } -> std::same_as<T>;
};

/// Greatest depth of nested containers and variants in a value.
inline constexpr int MaximumNesting = 500;

} // namespace procession

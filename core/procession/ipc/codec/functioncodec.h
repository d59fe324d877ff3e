// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/codec.h>
#include <procession/platform/base/processerror.h>
#include <procession/platform/thread/codeaddress.h>

#include <array>
#include <cstring>
#include <type_traits>

namespace procession {

/// A function or an argument cannot be sent to another process. `what()` names it and the remedy.
class NotTransferable : public ProcessError
{
public:
    using ProcessError::ProcessError;
};

/// Whether a function object with members may be sent to another process by its Codec. Specialise
/// it for your own:
///
/// \code
/// struct Scaler { double factor; double operator()(double x) const { return factor * x; } };
///
/// template <>
/// inline constexpr bool procession::isTransferable<Scaler> = true;
/// \endcode
///
/// False by default, because a lambda that captures is such an object too, and its captured
/// references and pointers mean nothing elsewhere.
template <typename Function>
inline constexpr bool isTransferable = false;

template <>
struct Codec<CodeAddress>
{
    static void encode(Encoder &encoder, const CodeAddress &address)
    {
        encoder << address.buildId << address.module << address.offset;
    }
    static CodeAddress decode(Decoder &decoder)
    {
        CodeAddress address;
        address.buildId = decoder.read<QByteArray>();
        address.module = decoder.read<QByteArray>();
        address.offset = decoder.read<quint64>();
        return address;
    }
};

template <typename F>
concept FunctionPointer = std::is_pointer_v<F> && std::is_function_v<std::remove_pointer_t<F>>;

/// Lambdas without captures, std::plus<> and the like: the type alone identifies the function.
template <typename F>
concept StatelessFunction = std::is_empty_v<F> && std::is_default_constructible_v<F>;

template <typename F>
concept IsTransferableFunction = FunctionPointer<F> || std::is_member_pointer_v<F> || StatelessFunction<F> || isTransferable<F>;

/// Throws NotTransferable for a type that cannot be sent.
[[noreturn]] void refuseFunction(const std::type_info &type);
[[noreturn]] void refuseArgument(const std::type_info &type);

/// Pointers to member functions are two words in the ABI of all Unix systems: a virtual one holds
/// an odd offset into the table of virtual functions, any other the address of code.
using MemberPointerWords = std::array<quintptr, 2>;
void encodeMemberPointer(Encoder &encoder, MemberPointerWords words);
MemberPointerWords decodeMemberPointer(Decoder &decoder);

template <typename F>
void encodeFunction(Encoder &encoder, const F &function)
{
    if constexpr (FunctionPointer<F>) {
        encoder << CodeAddress::of(reinterpret_cast<const void *>(function));
    } else if constexpr (std::is_member_function_pointer_v<F>) {
        static_assert(sizeof(F) == sizeof(MemberPointerWords));
        MemberPointerWords words;
        std::memcpy(&words, &function, sizeof words);
        encodeMemberPointer(encoder, words);
    } else if constexpr (std::is_member_object_pointer_v<F>) {
        encoder.raw(&function, sizeof function);
    } else if constexpr (isTransferable<F>) {
        encoder << function;
    } else if constexpr (!StatelessFunction<F>) {
        refuseFunction(typeid(F));
    }
}

template <IsTransferableFunction F>
F decodeFunction(Decoder &decoder)
{
    if constexpr (FunctionPointer<F>) {
        return reinterpret_cast<F>(decoder.read<CodeAddress>().resolve());
    } else if constexpr (std::is_member_function_pointer_v<F>) {
        const MemberPointerWords words = decodeMemberPointer(decoder);
        F function;
        std::memcpy(&function, &words, sizeof words);
        return function;
    } else if constexpr (std::is_member_object_pointer_v<F>) {
        F function;
        decoder.raw(&function, sizeof function);
        return function;
    } else if constexpr (isTransferable<F>) {
        return decoder.read<F>();
    } else {
        return F();
    }
}

template <typename T>
void encodeArgument(Encoder &encoder, const T &value)
{
    if constexpr (Encodable<T>)
        encoder << value;
    else
        refuseArgument(typeid(T));
}

} // namespace procession

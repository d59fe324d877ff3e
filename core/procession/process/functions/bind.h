// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/functioncodec.h>
#include <procession/process/functions/callcheck.h>
#include <procession/process/functions/text.h>

#include <functional>
#include <tuple>

namespace procession {

/// A function with its first arguments bound, as bind() returns it. It can be sent to any process.
template <typename Function, typename... Bound>
class BoundFunction
{
public:
    template <typename... Arguments>
    explicit BoundFunction(Function function, Arguments &&...arguments)
        : m_function(std::move(function)), m_bound(std::forward<Arguments>(arguments)...)
    {
    }

    template <typename... More>
    decltype(auto) operator()(More &&...more) const requires std::invocable<const Function &, const Bound &..., More...>
    {
        return std::apply(
            [&](const Bound &...bound) -> decltype(auto) {
                return std::invoke(m_function, bound..., std::forward<More>(more)...);
            },
            m_bound);
    }

    const Function &boundFunction() const { return m_function; }

private:
    friend struct Codec<BoundFunction>;
    Function m_function;
    std::tuple<Bound...> m_bound;
};

template <typename Function, typename... Bound>
inline constexpr bool
    isTransferable<BoundFunction<Function, Bound...>> = IsTransferableFunction<Function> && (Encodable<Bound> && ...);

template <typename Function, typename... Bound>
requires IsTransferableFunction<Function> &&(Encodable<Bound> &&...) struct Codec<BoundFunction<Function, Bound...>>
{
    static void encode(Encoder &encoder, const BoundFunction<Function, Bound...> &bound)
    {
        encodeFunction(encoder, bound.m_function);
        encoder << bound.m_bound;
    }
    static BoundFunction<Function, Bound...> decode(Decoder &decoder)
    {
        Function function = decodeFunction<Function>(decoder);
        return std::apply(
            [&](auto &&...values) { return BoundFunction<Function, Bound...>(std::move(function), std::move(values)...); },
            decoder.read<std::tuple<Bound...>>());
    }
};

/// Returns a function object that calls `function` with `arguments`, followed by the arguments of
/// the call. Unlike a lambda with captures, it can be sent to any process.
///
/// \code
/// Process process(bind(&scale, 2.5), image);          // calls scale(2.5, image) in the child
/// \endcode
template <typename Function, typename... Arguments>
auto bind(Function function, Arguments &&...arguments)
{
    static_assert(!detail::isVariadic<Function>(),
        "a function with variable arguments (...), as std::printf, cannot be bound: call it in a lambda without captures, "
        "whose parameters have types");
    return BoundFunction<Function, StoredArgument<Arguments>...>(std::move(function), std::forward<Arguments>(arguments)...);
}

} // namespace procession

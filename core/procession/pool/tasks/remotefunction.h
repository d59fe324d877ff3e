// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/functioncodec.h>
#include <procession/ipc/exceptions/exceptioncodec.h>
#include <procession/pool/tasks/voidresult.h>
#include <procession/queue/queuevalue.h>

#include <memory>
#include <tuple>
#include <type_traits>
#include <vector>

namespace procession {

/// What calling a function with the elements of a tuple returns.
template <typename Function, typename Arguments>
using AppliedResult = ResultOf<decltype(std::apply(std::declval<Function &>(), std::declval<Arguments>()))>;

/// Calls a function with the elements of a tuple; returns VoidResult for one that returns nothing.
template <typename Function, typename Arguments>
AppliedResult<Function, Arguments> applyTo(Function &function, Arguments &&arguments)
{
    if constexpr (std::is_void_v<decltype(std::apply(function, std::forward<Arguments>(arguments)))>) {
        std::apply(function, std::forward<Arguments>(arguments));
        return {};
    } else {
        return std::apply(function, std::forward<Arguments>(arguments));
    }
}

/// How the outcome of one call is encoded: the kind, then the result or the exception.
enum class OutcomeKind : quint8 { Result, Exception };

/// Encodes an exception as the outcome of a call.
void writeException(Encoder &encoder, const std::exception_ptr &exception);

/// A function that has arrived in a worker, for the tasks of one map(), apply() or the like.
class RemoteFunction
{
public:
    RemoteFunction() = default;
    Q_DISABLE_COPY_MOVE(RemoteFunction)
    virtual ~RemoteFunction() = default;

    /// Decodes the arguments of that many calls. The bytes may be freed afterwards.
    /// \throws DecodeError, and whatever a Codec throws
    virtual void take(Decoder &arguments, quint32 calls) = 0;
    /// Makes the calls and encodes their outcomes. Catches what the function throws.
    /// \returns the number of calls that threw
    virtual quint32 run(Encoder &outcomes) = 0;
    /// Bytes to append to the outcomes: a row of numbers or the like, in place until dropTail().
    virtual QByteArrayView tail() const { return {}; }
    virtual void dropTail() { }
};

namespace detail {

template <typename... Arguments>
std::tuple<Arguments...> readArguments(Decoder &decoder, std::tuple<Arguments...> *)
{
    return std::tuple<Arguments...>{decoder.read<Arguments>()...}; // in this order, since braces
}

/// The bytes of a row.
template <SentAsRow Row>
QByteArrayView bytesOfRow(const Row &row)
{
    return {reinterpret_cast<const char *>(std::ranges::data(row)),
        static_cast<qsizetype>(std::ranges::size(row) * sizeof(std::ranges::range_value_t<Row>))};
}

template <typename Arguments>
inline constexpr bool AllEncodable = false;
template <typename... Arguments>
inline constexpr bool AllEncodable<std::tuple<Arguments...>> = (Encodable<Arguments> && ...);

template <typename Function, typename Arguments>
class CalledFunction final : public RemoteFunction
{
public:
    using Result = AppliedResult<Function, Arguments>;

    explicit CalledFunction(Function function) : m_function(std::move(function)) { }

    void take(Decoder &arguments, quint32 calls) override
    {
        m_arguments.clear();
        if constexpr (AllEncodable<Arguments>) {
            for (quint32 i = 0; i < calls; ++i)
                m_arguments.push_back(readArguments(arguments, static_cast<Arguments *>(nullptr)));
        }
        arguments.finish();
    }
    quint32 run(Encoder &outcomes) override
    {
        quint32 failures = 0;
        for (Arguments &arguments : m_arguments)
            failures += call(outcomes, arguments) ? 0 : 1;
        m_arguments.clear();
        return failures;
    }
    QByteArrayView tail() const override
    {
        if constexpr (SentAsRow<Result>)
            return bytesOfRow(m_last);
        else
            return {};
    }
    void dropTail() override { m_last = decltype(m_last)(); }

private:
    bool call(Encoder &outcomes, Arguments &arguments)
    {
        const Encoder::Mark before = outcomes.mark();
        try {
            Result result = applyTo(m_function, std::move(arguments));
            outcomes << OutcomeKind::Result;
            if constexpr (SentAsRow<Result>) {
                if (m_arguments.size() == 1) {
                    m_last = std::move(result);
                    outcomes.size(static_cast<std::size_t>(std::ranges::size(m_last)));
                    return true;
                }
            }
            encodeArgument(outcomes, result);
            return true;
        } catch (...) {
            outcomes.backTo(before);
            writeException(outcomes, std::current_exception());
            return false;
        }
    }

    struct NoResult
    {
    };

    Function m_function;
    std::vector<Arguments> m_arguments;
    std::conditional_t<SentAsRow<Result>, Result, NoResult> m_last{};
};

using TaskFunctionMaker = std::unique_ptr<RemoteFunction>(Decoder &function);

template <typename Function, typename Arguments>
std::unique_ptr<RemoteFunction> makeTaskFunction(Decoder &function)
{
    if constexpr (IsTransferableFunction<Function>)
        return std::make_unique<CalledFunction<Function, Arguments>>(decodeFunction<Function>(function));
    else
        return nullptr; // encoding one has thrown
}

void encodeMaker(Encoder &encoder, TaskFunctionMaker *maker);

} // namespace detail

/// Throws for a function, an argument or a result that cannot travel to a running worker or back.
[[noreturn]] void refuseTaskFunction(const std::type_info &type);
[[noreturn]] void refuseTaskArgument(const std::type_info &type);
[[noreturn]] void refuseResult(const std::type_info &type);
/// Throws for an element of a range that cannot be copied for a call in a thread.
[[noreturn]] void refuseCopy(const std::type_info &type);

namespace detail {

/// Refuses the first type that cannot be sent.
template <typename... Arguments>
void refuseTaskArgument(std::tuple<Arguments...> *)
{
    ((Encodable<Arguments> ? void() : procession::refuseTaskArgument(typeid(Arguments))), ...);
}

} // namespace detail

/// Encodes a function that workers call with tuples of type Arguments.
/// \throws NotTransferable naming what cannot travel, and the remedy
template <typename Arguments, typename Function>
QByteArray encodeTaskFunction(const Function &function)
{
    if constexpr (!IsTransferableFunction<Function>)
        refuseTaskFunction(typeid(Function));
    if constexpr (!detail::AllEncodable<Arguments>)
        detail::refuseTaskArgument(static_cast<Arguments *>(nullptr));
    Encoder encoder;
    detail::encodeMaker(encoder, &detail::makeTaskFunction<Function, Arguments>);
    encodeFunction(encoder, function);
    if constexpr (!Encodable<AppliedResult<Function, Arguments>>)
        refuseResult(typeid(AppliedResult<Function, Arguments>));
    return encoder.take().bytes;
}
/// Decodes what encodeTaskFunction() wrote.
/// \throws ProcessError when the bytes name no function of this build
std::unique_ptr<RemoteFunction> decodeTaskFunction(QByteArrayView bytes);

} // namespace procession

// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/functioncodec.h>
#include <procession/process/functions/callcheck.h>
#include <procession/process/functions/functionname.h>
#include <procession/process/functions/handleduplication.h>
#include <procession/process/functions/text.h>

#include <functional>
#include <memory>
#include <tuple>
#include <utility>

namespace procession {

namespace detail {

/// A function that another process calls with the bytes that follow its address.
using Thunk = void(Decoder &);

/// Encodes the address of `thunk`, so that another process of the same program finds it.
void encodeThunk(Encoder &encoder, Thunk *thunk);

/// Decodes what encodeThunk() wrote, and calls the thunk with the rest.
/// \throws ProcessError if the bytes refer to no function of this build, and whatever the thunk throws
void callThunk(Decoder &decoder);

} // namespace detail

/// A function with its arguments, to be called in this or in another process.
///
/// \code
/// Target target = Target::of(&countWords, fileName, 3);
/// target.call();                  // here
/// target.encode(encoder);         // or elsewhere: detail::callThunk(decoder)
/// \endcode
///
/// It does not send code but the address (CodeAddress) of a thunk, which the compiler generates for
/// each combination of types. So nothing has to be registered. A value; its copies share the
/// function and the arguments.
class Target
{
public:
    Target() = default;

    /// \param function   anything that std::invoke accepts with `arguments`
    /// \param arguments  copied or moved, as std::thread does; a string literal arrives as whatever
    /// text type the function takes
    template <typename Function, typename... Arguments>
    static Target of(Function function, Arguments &&...arguments)
    {
        Target target;
        if constexpr (checkCall<Function, StoredArgument<Arguments>...>()) {
            target.m_model = std::make_shared<Model<Function, StoredArgument<Arguments>...>>(
                std::move(function), std::forward<Arguments>(arguments)...);
        }
        return target;
    }

    bool isEmpty() const { return !m_model; }
    /// A readable name of the function.
    QByteArray functionName() const { return m_model->functionName(); }
    /// Calls the function in this process, once. Discards the result and lets exceptions through.
    void call() const { m_model->call(); }
    /// Replaces the handles in the target by duplicates, for a call in a thread of this process.
    void duplicateHandles() const { m_model->duplicateHandles(); }
    /// Encodes a thunk, the function and the arguments; detail::callThunk() calls them.
    /// \throws NotTransferable naming what cannot be sent to another process, and the remedy
    void encode(Encoder &encoder) const { m_model->encode(encoder); }

private:
    struct Base
    {
        Base() = default;
        Q_DISABLE_COPY_MOVE(Base)
        virtual ~Base() = default;
        virtual QByteArray functionName() const = 0;
        virtual void call() = 0;
        virtual void duplicateHandles() = 0;
        virtual void encode(Encoder &encoder) const = 0;
    };

    template <typename Function, typename... Stored>
    struct Model final : Base
    {
        template <typename... Arguments>
        explicit Model(Function f, Arguments &&...values) : function(std::move(f)), arguments(std::forward<Arguments>(values)...)
        {
        }

        QByteArray functionName() const override { return procession::functionName(function); }
        void call() override { callWith(function, arguments); }
        void duplicateHandles() override
        {
            procession::duplicateHandles(function);
            std::apply([](Stored &...values) { (procession::duplicateHandles(values), ...); }, arguments);
        }
        void encode(Encoder &encoder) const override
        {
            detail::encodeThunk(encoder, &Model::thunk);
            encodeFunction(encoder, function);
            std::apply([&](const Stored &...values) { (encodeArgument(encoder, values), ...); }, arguments);
        }

        static void callWith(Function &function, std::tuple<Stored...> &arguments)
        {
            std::apply(
                [&function](Stored &...values) { static_cast<void>(std::invoke(function, std::move(values)...)); }, arguments);
        }
        static void thunk(Decoder &decoder)
        {
            if constexpr (IsTransferableFunction<Function> && (Encodable<Stored> && ...)) {
                Function function = decodeFunction<Function>(decoder);
                // braces decode the arguments in order
                std::tuple<Stored...> arguments{decoder.read<Stored>()...};
                decoder.finish();
                callWith(function, arguments);
            }
        }

        Function function;
        std::tuple<Stored...> arguments;
    };

    std::shared_ptr<Base> m_model;
};

} // namespace procession

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

/// Called in another process with what its encoder wrote after it.
using Thunk = void(Decoder &);

/// Writes where `thunk` lies, so that the same program finds it in another process.
void encodeThunk(Encoder &encoder, Thunk *thunk);

/// Reads what encodeThunk() wrote, and calls it with the rest.
/// \throws ProcessError when the bytes lead to no function of this build, and whatever the thunk throws
void callThunk(Decoder &decoder);

} // namespace detail

/// A function and the arguments it is to be called with, on their way to another process.
///
/// \code
/// Target target = Target::of(&countWords, fileName, 3);
/// target.call();                  // here
/// target.encode(encoder);         // or elsewhere: detail::callThunk(decoder)
/// \endcode
///
/// What travels is not the code but where it lies (CodeAddress): a thunk that knows the types of function and arguments, made by the
/// compiler for each combination. So nothing has to be registered. A value; the function and the arguments are shared by its copies.
class Target
{
public:
    Target() = default;

    /// \param function   anything that std::invoke takes with `arguments`
    /// \param arguments  are copied or moved, as std::thread does; a string literal arrives as whatever text type the function takes
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
    /// What people call the function.
    QByteArray functionName() const { return m_model->functionName(); }
    /// Calls the function in this process, once. What it returns is dropped; what it throws is thrown.
    void call() const { m_model->call(); }
    /// Gives the target handles of its own, where it has them: for a call in a thread of this process.
    void duplicateHandles() const { m_model->duplicateHandles(); }
    /// Writes a thunk, the function and the arguments.
    /// \throws NotTransferable naming what cannot go to another process, and what to do
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
                std::tuple<Stored...> arguments{decoder.read<Stored>()...}; // in this order, since braces
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

// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/functioncodec.h>

#include <concepts>
#include <functional>
#include <memory>
#include <type_traits>

namespace procession {

/// The action of a Barrier, run each time it is passed: a function without arguments, which is sent
/// to other processes with the barrier.
///
/// \code
/// Barrier barrier(3, &writeReport);
/// Barrier counting(3, bind(&append, results));
/// \endcode
///
/// Free functions, lambdas without captures and results of bind() can be sent to any process;
/// anything else only under `Fork` and `Thread`. A value; copies share the function.
class BarrierAction
{
public:
    /// No action.
    BarrierAction() = default;
    template <typename Function>
    requires(std::invocable<const Function &> && !std::same_as<Function, BarrierAction>) BarrierAction(Function function)
        : m_model(std::make_shared<const Model<Function>>(std::move(function)))
    {
    }

    explicit operator bool() const { return m_model != nullptr; }
    void operator()() const { m_model->call(); }

private:
    friend struct Codec<BarrierAction>;

    struct Base
    {
        Base() = default;
        Q_DISABLE_COPY_MOVE(Base)
        virtual ~Base() = default;
        virtual void call() const = 0;
        virtual void encode(Encoder &encoder) const = 0;
    };
    using Thunk = std::shared_ptr<const Base>(Decoder &);

    template <typename Function>
    struct Model final : Base
    {
        explicit Model(Function f) : function(std::move(f)) { }

        void call() const override { static_cast<void>(std::invoke(function)); }
        void encode(Encoder &encoder) const override
        {
            encoder << CodeAddress::of(reinterpret_cast<const void *>(&Model::decode));
            encodeFunction(encoder, function);
        }
        static std::shared_ptr<const Base> decode(Decoder &decoder)
        {
            if constexpr (IsTransferableFunction<Function>)
                return std::make_shared<const Model>(decodeFunction<Function>(decoder));
            else
                return nullptr;
        }

        Function function;
    };

    std::shared_ptr<const Base> m_model;
};

template <>
struct Codec<BarrierAction>
{
    static void encode(Encoder &encoder, const BarrierAction &action)
    {
        encoder << static_cast<bool>(action);
        if (action)
            action.m_model->encode(encoder);
    }
    static BarrierAction decode(Decoder &decoder)
    {
        BarrierAction action;
        if (decoder.read<bool>())
            action.m_model = reinterpret_cast<BarrierAction::Thunk *>(decoder.read<CodeAddress>().resolve())(decoder);
        return action;
    }
};

} // namespace procession

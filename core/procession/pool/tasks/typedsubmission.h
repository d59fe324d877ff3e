// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/tasks/copyable.h>
#include <procession/pool/tasks/remotefunction.h>
#include <procession/pool/tasks/resultbuffers.h>
#include <procession/pool/tasks/resultsink.h>
#include <procession/pool/tasks/taskitems.h>
#include <procession/process/functions/functionname.h>

#include <memory>

namespace procession {

/// A function and the source of the arguments of its calls.
/// \tparam Items  one of those of taskitems.h
template <typename Function, typename Items>
class TypedSubmission final : public Submission
{
public:
    using Arguments = typename Items::Arguments;
    using Result = AppliedResult<Function, Arguments>;
    using Sink = ResultSink<Result>;

    TypedSubmission(Function function, Items items, const TaskOptions &options, std::shared_ptr<Sink> sink)
        : Submission(options, procession::functionName(function)),
          m_call(std::make_shared<Function>(std::move(function))),
          m_items(std::move(items)),
          m_sink(std::move(sink))
    {
    }

    Items &items() { return m_items; }

    quint64 size() const override { return m_items.size(); }
    bool mayGrow() const override
    {
        return requires { Items::MayGrow; };
    }
    const QByteArray &encodedFunction() override
    {
        if (m_encodedFunction.isEmpty())
            m_encodedFunction = encodeTaskFunction<Arguments>(*m_call);
        return m_encodedFunction;
    }
    QByteArrayView encodeArguments(Encoder &encoder, const TaskChunk &chunk) override
    {
        QByteArrayView tail;
        for (quint32 i = 0; i < chunk.count; ++i) {
            const bool isLast = i + 1 == chunk.count;
            m_items.visit(chunk.first + i, [&](auto &&...given) {
                tail = encodeAll(encoder, static_cast<Arguments *>(nullptr), isLast, std::forward<decltype(given)>(given)...);
            });
        }
        return tail;
    }
    CallsHere callsHere(const TaskChunk &chunk, bool again) override
    {
        auto arguments = std::make_shared<std::vector<Arguments>>();
        for (quint32 i = 0; i < chunk.count; ++i)
            m_items.visit(chunk.first + i,
                [&](auto &&...given) { arguments->push_back(copyOf(static_cast<Arguments *>(nullptr), given...)); });
        return [function = m_call, sink = m_sink, arguments, first = chunk.first, again] {
            return callHere(*function, sink, *arguments, first, again);
        };
    }
    void readOutcomes(Decoder &decoder, const TaskChunk &chunk) override
    {
        quint32 read = 0;
        try {
            for (; read < chunk.count; ++read)
                readOutcome(decoder, chunk.first + read);
            decoder.finish();
        } catch (...) {
            fail({chunk.first + read, chunk.count - read}, std::current_exception());
        }
    }
    void fail(const TaskChunk &chunk, const std::exception_ptr &exception) override
    {
        for (quint32 i = 0; i < chunk.count; ++i) {
            m_announced.forget(chunk.first + i);
            m_sink->fail(chunk.first + i, exception);
        }
    }
    void expect(const TaskChunk &chunk, quint64 bytes) override { m_announced.expect(chunk.first, bytes); }
    void captured(const TaskChunk &chunk, CallOutput &&output) override { m_sink->captured(chunk, std::move(output)); }
    void progressed(const TaskProgress &progress) override { m_sink->progressed(progress); }
    bool isUnwanted() const override { return m_sink->isUnwanted(); }
    void takeLater(Later &all) override { m_sink->takeLater(all); }

private:
    static constexpr std::size_t LargeRow = 65'536; ///< elements: above this, a second piece costs less than a second copy

    struct Outcome
    {
        std::optional<Result> result;
        std::exception_ptr exception;
    };

    /// \returns the bytes of the last argument, when it is a large row that need not be copied with the others
    template <typename... Stored, typename... Given>
    static QByteArrayView encodeAll(Encoder &encoder, std::tuple<Stored...> *, bool isLast, Given &&...given)
    {
        QByteArrayView tail;
        std::size_t after = sizeof...(Given);
        ((tail = encodeOne<Stored>(encoder, std::forward<Given>(given), --after == 0 && isLast)), ...);
        return tail;
    }
    template <typename Stored, typename Given>
    static QByteArrayView encodeOne(Encoder &encoder, Given &&given, [[maybe_unused]] bool isLast)
    {
        if constexpr (!std::is_same_v<std::decay_t<Given>, Stored>) {
            encodeArgument(encoder, Stored(std::forward<Given>(given)));
        } else if constexpr (detail::SentAsRow<Stored> && std::is_lvalue_reference_v<Given>) {
            if (isLast && static_cast<std::size_t>(std::ranges::size(given)) >= LargeRow) {
                encoder.size(static_cast<std::size_t>(std::ranges::size(given)));
                return detail::bytesOfRow(std::as_const(given));
            }
            encodeArgument(encoder, given);
        } else {
            encodeArgument(encoder, given);
        }
        return {};
    }
    template <typename... Stored, typename... Given>
    static Arguments copyOf(std::tuple<Stored...> *, Given &...given)
    {
        return Arguments(copyOfOne<Stored>(given)...);
    }
    /// Move-only arguments are moved out, so such a call cannot be retried.
    /// \throws NotTransferable when the argument must not be moved either
    template <typename Stored, typename Given>
    static Stored copyOfOne(Given &given)
    {
        constexpr bool isOfThatType = std::is_same_v<Stored, std::decay_t<Given>>;
        if constexpr (isOfThatType ? isCopyable<Stored> : std::is_constructible_v<Stored, const Given &>)
            return Stored(std::as_const(given));
        else if constexpr (std::is_const_v<Given>)
            refuseCopy(typeid(Stored));
        else
            return Stored(std::move(given));
    }

    static MadeHere callHere(
        Function &function, const std::shared_ptr<Sink> &sink, std::vector<Arguments> &arguments, quint64 first, bool again)
    {
        auto outcomes = std::make_shared<std::vector<Outcome>>();
        MadeHere made;
        for (Arguments &each : arguments) {
            Outcome outcome;
            try {
                if constexpr (isCopyable<Arguments>)
                    outcome.result.emplace(applyTo(function, again ? Arguments(each) : std::move(each)));
                else
                    outcome.result.emplace(applyTo(function, std::move(each)));
            } catch (...) {
                outcome.exception = std::current_exception();
                ++made.failures;
            }
            outcomes->push_back(std::move(outcome));
        }
        made.deliver = [sink, outcomes, first] {
            for (std::size_t i = 0; i < outcomes->size(); ++i) {
                Outcome &outcome = (*outcomes)[i];
                if (outcome.result)
                    sink->set(first + i, std::move(*outcome.result));
                else
                    sink->fail(first + i, outcome.exception);
            }
        };
        return made;
    }

    void readOutcome(Decoder &decoder, quint64 index)
    {
        if (decoder.read<OutcomeKind>() != OutcomeKind::Result) {
            m_sink->fail(index, decodeException(decoder));
        } else if constexpr (Encodable<Result>) {
            m_sink->set(index, m_announced.read(index, decoder));
        }
    }

    std::shared_ptr<Function> m_call;
    Items m_items;
    std::shared_ptr<Sink> m_sink;
    ResultBuffers<Result> m_announced;
    QByteArray m_encodedFunction;
};

} // namespace procession

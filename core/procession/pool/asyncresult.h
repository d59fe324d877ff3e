// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/pendingresult.h>

#include <QtCore/QFuture>

#include <concepts>

namespace procession {

/// What applyAsync() and mapAsync() return: a result that is on its way.
///
/// \code
/// AsyncResult<int> square = pool.applyAsync(&squared, 12);
/// square.onResult(this, [this](int result) { label->setText(QString::number(result)); });
/// …
/// int result = square.get(2s);        // or blocks for it
/// \endcode
///
/// A handle: copies refer to the same result, which lasts as long as any of them; one that was moved from refers to none, and its
/// functions throw ProcessError. From any thread of the process that has the pool. Its
/// tasks go on when it goes; cancel() ends them. (Reference: AsyncResult)
/// \tparam T  may be void
template <typename T, typename Pending = PendingValue<T>>
class AsyncResult
{
public:
    using Value = ResultOf<T>;

    explicit AsyncResult(std::shared_ptr<Pending> pending) : m_pending(std::move(pending)) { }

    /// The result, once it is there. Blocks until then or the deadline passes.
    /// \returns a reference that holds as long as an AsyncResult of this result lasts
    /// \throws TimeoutError when it was not there in time. Whatever the call threw, as its own type where that is registered
    ///     (exceptioncodec.h), with its trace; of several, that of the first. WorkerLost, TaskTimeout, TaskCancelled, MemoryLimitExceeded;
    ///     EncodeError when an argument or the result refused to travel; PoolError when the pool was terminated before. (Reference: AsyncResult.get)
    const Value &get(QDeadlineTimer deadline = QDeadlineTimer::Forever) const &requires(!std::is_void_v<T>)
    {
        state().require(deadline);
        return *state().value();
    }
    /// The same by value, for `pool.applyAsync(…).get()`. One that cannot be copied is taken from all copies of this, as by take().
    Value get(QDeadlineTimer deadline = QDeadlineTimer::Forever) && requires(!std::is_void_v<T>)
    {
        state().require(deadline);
        const auto guard = state().pool().lock();
        if constexpr (isCopyable<Value>)
            return Value(*state().value());
        else
            return Value(std::move(*state().value()));
    }
    void get(QDeadlineTimer deadline = QDeadlineTimer::Forever) const &requires std::is_void_v<T> { state().require(deadline); }
    /// The result, moved: what this and all copies of it give from then on is what moving left. Otherwise as get().
    Value take(QDeadlineTimer deadline = QDeadlineTimer::Forever) requires(!std::is_void_v<T>)
    {
        state().require(deadline);
        return std::move(*state().value());
    }

    /// Blocks until the call has ended or the deadline passes. \returns whether it has. (Reference: AsyncResult.wait)
    bool wait(QDeadlineTimer deadline = QDeadlineTimer::Forever) const { return state().wait(deadline); }
    /// Whether the call has ended. (Reference: AsyncResult.ready)
    bool isReady() const { return state().isReady(); }
    /// Whether it has ended without an exception.
    /// \throws ValueError when it has not ended. (Reference: AsyncResult.successful)
    bool isSuccessful() const { return state().isSuccessful(); }

    /// How far it is: of one call what it told by reportProgress(), of several how many have ended.
    TaskProgress progress() const { return state().progress(); }
    /// What the tasks wrote to stdout, one after the other in the order of their calls, when PoolOptions::standardOutput is `Capture`:
    /// of those that have ended, also of those whose worker was lost, or that were cancelled. Of a task that was tried again: what its last attempt wrote.
    QByteArray standardOutput() const
    {
        return state().withCaptured([](const CapturedOutput &captured) { return captured.output(); });
    }
    /// The same for stderr.
    QByteArray standardError() const
    {
        return state().withCaptured([](const CapturedOutput &captured) { return captured.error(); });
    }
    /// Of one call of a map(); with it of those that were made in the same task (TaskOptions::chunkSize).
    /// \param index  of the call, from 0
    CallOutput outputOf(quint64 index) const
    {
        return state().withCaptured([index](const CapturedOutput &captured) { return captured.of(index); });
    }
    /// What the tasks that run now have written until now, when it is captured; of a call, empty before it begins and when it has ended.
    CallOutput presentOutput() const { return state().present(); }
    /// Ends what has not ended: calls that wait are not made, workers that are in the middle of one are killed and replaced (threads
    /// finish theirs, and nobody hears of it). get() throws TaskCancelled then. Nothing happens when it has ended.
    void cancel() const { state().cancel(); }

    /// Has `function` called with the result when it is there; at once when it is. Not when there is none.
    /// \param context   the function is called in this object's thread, which has an event loop, and not at all once the object has gone.
    ///     Without it: in the pool's own thread; it is to be quick then, cannot wait for other results, and what it throws is logged
    /// \returns itself. (Reference: the callback of apply_async)
    template <std::invocable<const Value &> Function>
    const AsyncResult &onResult(QObject *context, Function function) const
    {
        return when(context, [pending = &state(), function]() mutable {
            if (pending->error())
                return;
            if constexpr (std::is_void_v<T>)
                function(Nothing());
            else
                function(std::as_const(*pending->value()));
        });
    }
    template <std::invocable<const Value &> Function>
    const AsyncResult &onResult(Function function) const
    {
        return onResult(nullptr, std::move(function));
    }
    template <std::invocable Function>
    const AsyncResult &onResult(QObject *context, Function function) const requires std::is_void_v<T>
    {
        return onResult(context, [function](const Value &) mutable { function(); });
    }
    template <std::invocable Function>
    const AsyncResult &onResult(Function function) const requires std::is_void_v<T>
    {
        return onResult(nullptr, std::move(function));
    }
    /// Has `function` called with the exception when there is no result. (Reference: error_callback)
    template <std::invocable<std::exception_ptr> Function>
    const AsyncResult &onError(QObject *context, Function function) const
    {
        return when(context, [pending = &state(), function]() mutable {
            if (pending->error())
                function(pending->error());
        });
    }
    template <std::invocable<std::exception_ptr> Function>
    const AsyncResult &onError(Function function) const
    {
        return onError(nullptr, std::move(function));
    }
    /// Has `function` called with progress() when that has changed; of several changes perhaps only for the last.
    template <std::invocable<TaskProgress> Function>
    const AsyncResult &onProgress(QObject *context, Function function) const
    {
        std::function<void()> call = [weak = std::weak_ptr(m_pending), function]() mutable {
            if (const auto pending = weak.lock())
                function(pending->progress());
        };
        state().whenProgress(context ? ContextCall::to(context, std::move(call)) : std::move(call));
        return *this;
    }
    template <std::invocable<TaskProgress> Function>
    const AsyncResult &onProgress(Function function) const
    {
        return onProgress(nullptr, std::move(function));
    }

    /// The result as Qt has it: with progress, for QFutureWatcher, then(), and co. A future that is cancelled cancels this. For a map()
    /// the results come one by one, each in its place, as soon as they are there.
    /// \pre results can be copied
    auto future() const
    {
        static_assert(Pending::IsCopyable, "a future has a copy of the result: take() one that cannot be copied");
        return state().future();
    }

private:
    /// The callback keeps the result alive until it has been called.
    template <typename Function>
    const AsyncResult &when(QObject *context, Function function) const
    {
        std::function<void()> call = [keep = m_pending, function]() mutable { function(); };
        state().whenReady(context ? ContextCall::to(context, std::move(call)) : std::move(call));
        return *this;
    }

    /// \throws ProcessError after it was moved from
    Pending &state() const
    {
        if (!m_pending)
            PendingResult::failMovedFrom();
        return *m_pending;
    }

    std::shared_ptr<Pending> m_pending;
};

/// What mapAsync() returns: the list of results, in the order of the arguments.
template <typename R>
using MapResult = AsyncResult<std::conditional_t<std::is_void_v<R>, void, std::vector<ResultOf<R>>>, PendingList<R>>;

} // namespace procession

// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/pendingresult.h>

#include <QtCore/QFuture>

#include <concepts>

namespace procession {

/// The pending result of applyAsync() and mapAsync().
///
/// \code
/// AsyncResult<int> square = pool.applyAsync(&squared, 12);
/// square.onResult(this, [this](int result) { label->setText(QString::number(result)); });
/// …
/// int result = square.get(2s);        // or blocks for it
/// \endcode
///
/// A handle: copies refer to the same result, which lives as long as any of them. A moved-from
/// object refers to none, and its functions throw ProcessError. Destroying all handles does not stop
/// the calls; cancel() does. Any thread of the pool's process may use it. (Reference: AsyncResult)
/// \tparam T  may be void
template <typename T, typename Pending = PendingValue<T>>
class AsyncResult
{
public:
    using Value = ResultOf<T>;

    explicit AsyncResult(std::shared_ptr<Pending> pending) : m_pending(std::move(pending)) { }

    /// Blocks until the result is ready or the deadline passes.
    /// \returns a reference that is valid as long as any AsyncResult of this result lives
    /// \throws TimeoutError when the deadline passed. Whatever the call threw, as its own type where
    ///     that is registered (exceptioncodec.h), with its trace; of several, the first. WorkerLost,
    ///     TaskTimeout, TaskCancelled, MemoryLimitExceeded; EncodeError when an argument or the result
    ///     cannot be encoded; PoolError when the pool was terminated. (Reference: AsyncResult.get)
    const Value &get(QDeadlineTimer deadline = QDeadlineTimer::Forever) const &requires(!std::is_void_v<T>)
    {
        state().require(deadline);
        return *state().value();
    }
    /// The same by value, for `pool.applyAsync(…).get()`. A result that cannot be copied is moved out,
    /// as by take().
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
    /// As get(), but moves the result out: afterwards this object and all its copies hold a moved-from value.
    Value take(QDeadlineTimer deadline = QDeadlineTimer::Forever) requires(!std::is_void_v<T>)
    {
        state().require(deadline);
        return std::move(*state().value());
    }

    /// Blocks until the call has ended or the deadline passes. \returns whether it has ended. (Reference: AsyncResult.wait)
    bool wait(QDeadlineTimer deadline = QDeadlineTimer::Forever) const { return state().wait(deadline); }
    /// Whether the call has ended. (Reference: AsyncResult.ready)
    bool isReady() const { return state().isReady(); }
    /// Whether the call has ended without an exception.
    /// \throws ValueError when it has not ended. (Reference: AsyncResult.successful)
    bool isSuccessful() const { return state().isSuccessful(); }

    /// The progress: of a single call as it reported by reportProgress(), of several the number that ended.
    TaskProgress progress() const { return state().progress(); }
    /// What the tasks wrote to stdout, in the order of their calls, when PoolOptions::standardOutput is
    /// `Capture`. Includes every task that has ended, also lost and cancelled ones; of a retried task
    /// the last attempt.
    QByteArray standardOutput() const
    {
        return state().withCaptured([](const CapturedOutput &captured) { return captured.output(); });
    }
    /// The same for stderr.
    QByteArray standardError() const
    {
        return state().withCaptured([](const CapturedOutput &captured) { return captured.error(); });
    }
    /// The output of one call of a map(), together with the other calls of its task (TaskOptions::chunkSize).
    /// \param index  of the call, from 0
    CallOutput outputOf(quint64 index) const
    {
        return state().withCaptured([index](const CapturedOutput &captured) { return captured.of(index); });
    }
    /// The captured output, up to now, of the tasks that run; empty for a call that has not started or has ended.
    CallOutput presentOutput() const { return state().present(); }
    /// Cancels the calls that have not ended: waiting ones never start, and the workers of running ones
    /// are killed and replaced (threads finish theirs, without effect). get() then throws TaskCancelled.
    /// Does nothing once the call has ended.
    void cancel() const { state().cancel(); }

    /// Calls `function` with the result when it is ready, or at once if it is; never if the call fails.
    /// \param context   the function runs in this object's thread, which needs an event loop, and does
    ///     not run once the object is destroyed. Without a context it runs in the pool's own thread: it
    ///     must be quick and cannot wait for other results, and what it throws is logged
    /// \returns this handle. (Reference: the callback of apply_async)
    template <std::invocable<const Value &> Function>
    const AsyncResult &onResult(QObject *context, Function function) const
    {
        return when(context, [pending = &state(), function]() mutable {
            if (pending->error())
                return;
            if constexpr (std::is_void_v<T>)
                function(VoidResult());
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
    /// Calls `function` with the exception when the call fails. (Reference: error_callback)
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
    /// Calls `function` with progress() after it has changed; changes in quick succession may be merged.
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

    /// The result as a QFuture, with progress, for QFutureWatcher, then() and so on. Cancelling the
    /// future cancels the calls. For a map() the results appear one by one, each at its index.
    /// \pre results can be copied
    auto future() const
    {
        static_assert(Pending::IsCopyable, "a future has a copy of the result: take() one that cannot be copied");
        return state().future();
    }

private:
    /// The callback keeps the result alive until it has run.
    template <typename Function>
    const AsyncResult &when(QObject *context, Function function) const
    {
        std::function<void()> call = [keep = m_pending, function]() mutable { function(); };
        state().whenReady(context ? ContextCall::to(context, std::move(call)) : std::move(call));
        return *this;
    }

    /// \throws ProcessError after this object was moved from
    Pending &state() const
    {
        if (!m_pending)
            PendingResult::failMovedFrom();
        return *m_pending;
    }

    std::shared_ptr<Pending> m_pending;
};

/// The pending result of mapAsync(): the list of results, in the order of the arguments.
template <typename R>
using MapResult = AsyncResult<std::conditional_t<std::is_void_v<R>, void, std::vector<ResultOf<R>>>, PendingList<R>>;

} // namespace procession

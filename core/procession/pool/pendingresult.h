// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/engine/pooldriver.h>
#include <procession/pool/gatheredresults.h>
#include <procession/pool/output/capturedoutput.h>
#include <procession/pool/tasks/copyable.h>
#include <procession/pool/tasks/resultsink.h>
#include <procession/pool/tasks/voidresult.h>

#include <QtCore/QDeadlineTimer>
#include <QtCore/QObject>
#include <QtCore/QPromise>

#include <limits>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace procession {

/// Calls a function in the thread of an object while that object exists, once or repeatedly, on
/// request of any thread.
class ContextCall : public QObject
{
    Q_OBJECT

public:
    /// Must be called in a thread that may connect to `context`. \param function  runs in the thread of `context`
    static std::function<void()> to(QObject *context, std::function<void()> function);

Q_SIGNALS:
    void wanted();
};

/// The state shared by all AsyncResult of one call, without its type. The pool's lock guards its members.
class PendingResult
{
public:
    explicit PendingResult(std::shared_ptr<PoolDriver> handler) : m_pool(std::move(handler)) { }
    Q_DISABLE_COPY_MOVE(PendingResult)
    virtual ~PendingResult() = default;

    PoolDriver &pool() const { return *m_pool; }
    [[noreturn]] static void failMovedFrom();

    // These take the lock.
    bool wait(QDeadlineTimer deadline);
    bool isReady();
    /// \throws ValueError when it is not ready
    bool isSuccessful();
    /// Blocks until it is ready. \throws TimeoutError, and what the call threw
    void require(QDeadlineTimer deadline);
    TaskProgress progress();
    /// Calls `function` with the captured output of the tasks.
    template <typename Function>
    auto withCaptured(Function function)
    {
        const auto guard = m_pool->lock();
        return function(std::as_const(m_captured));
    }
    CallOutput present();
    void cancel();
    /// Calls `callback` in the pool's thread when it is ready.
    void whenReady(std::function<void()> callback);
    void whenProgress(std::function<void()> callback);

    // These require it.
    void setBatch(const std::shared_ptr<Submission> &batch) { m_batch = batch; }
    void setReady(const std::exception_ptr &error);
    void setProgress(const TaskProgress &progress);
    void noteProgress(qint64 done, qint64 total)
    {
        m_progress.done = done;
        m_progress.total = total;
        if (!m_whenProgress.empty())
            tellProgress();
    }
    void tellProgress();
    void addCaptured(const TaskChunk &chunk, CallOutput &&output) { m_captured.add(chunk.first, chunk.count, std::move(output)); }
    const std::exception_ptr &error() const { return m_error; }
    bool isReadyNow() const { return m_isReady; }
    void takeLater(Submission::Later &all);

protected:
    /// Notes that the result may become unwanted. Requires the pool's lock.
    void watch()
    {
        if (const auto batch = m_batch.lock())
            m_pool->watch(batch);
    }
    void addLater(std::function<void()> what) { m_later.push_back(std::move(what)); }

private:
    std::shared_ptr<PoolDriver> m_pool;
    std::weak_ptr<Submission> m_batch;
    bool m_isReady = false;
    std::exception_ptr m_error;
    TaskProgress m_progress;
    CapturedOutput m_captured;
    Submission::Later m_whenReady;
    Submission::Later m_whenProgress;
    Submission::Later m_later;
};

/// A QFuture that follows a PendingResult. Requires the pool's lock.
template <typename T>
class FollowingFuture
{
public:
    /// \param size  the maximum of its progress
    explicit FollowingFuture(int size) : m_promise(std::make_shared<QPromise<T>>())
    {
        m_promise->start();
        m_promise->setProgressRange(0, size);
    }
    QFuture<T> future() const { return m_promise->future(); }
    bool isCanceled() const { return m_promise->isCanceled(); }
    void setProgress(int done) { m_promise->setProgressValue(done); }
    void setProgress(const TaskProgress &progress)
    {
        m_promise->setProgressRange(0, static_cast<int>(progress.total));
        m_promise->setProgressValueAndText(static_cast<int>(progress.done), progress.text);
    }
    template <typename Value>
    void add(const Value &value, int index)
    {
        if constexpr (!std::is_void_v<T> && isCopyable<Value>)
            m_promise->addResult(value, index);
    }
    /// To be called without the lock, because it runs the future's continuations.
    std::function<void()> end(const std::exception_ptr &error) const
    {
        return [promise = m_promise, error] {
            if (error)
                promise->setException(error);
            promise->finish();
        };
    }

private:
    std::shared_ptr<QPromise<T>> m_promise;
};

/// The state of a single call, with a value of type T.
/// \tparam T  may be void
template <typename T>
class PendingValue : public PendingResult, public ResultSink<ResultOf<T>>
{
public:
    using PendingResult::PendingResult;

    static constexpr bool IsCopyable = isCopyable<ResultOf<T>>;

    std::optional<ResultOf<T>> &value() { return m_value; }

    void set(quint64, ResultOf<T> &&result) override
    {
        m_value.emplace(std::move(result));
        becomeReady(nullptr);
    }
    void fail(quint64, const std::exception_ptr &exception) override { becomeReady(exception); }
    void captured(const TaskChunk &chunk, CallOutput &&output) override { addCaptured(chunk, std::move(output)); }
    void progressed(const TaskProgress &progress) override
    {
        setProgress(progress);
        if (m_future)
            m_future->setProgress(progress);
    }
    bool isUnwanted() const override { return m_future && m_future->isCanceled(); }
    void takeLater(Submission::Later &all) override { PendingResult::takeLater(all); }

    /// Takes the lock.
    QFuture<T> future()
    {
        static_assert(IsCopyable, "a QFuture has a copy of the result: use take() for what cannot be copied");
        auto guard = pool().ownLock();
        if (!m_future) {
            m_future.emplace(1);
            watch();
            if (isReadyNow())
                pool().post(endFuture(), guard);
        }
        return m_future->future();
    }

private:
    void becomeReady(const std::exception_ptr &error)
    {
        setReady(error);
        if (m_future)
            addLater(endFuture());
    }
    std::function<void()> endFuture()
    {
        if (m_value)
            m_future->add(*m_value, 0);
        return m_future->end(error());
    }

    std::optional<ResultOf<T>> m_value;
    std::optional<FollowingFuture<T>> m_future;
};

/// The state of several calls, with a list of values, one for each call.
/// \tparam R  what the calls return; may be void
template <typename R>
class PendingList : public PendingResult, public ResultSink<ResultOf<R>>
{
public:
    using Value = std::vector<ResultOf<R>>;

    static constexpr bool IsCopyable = isCopyable<ResultOf<R>>;

    PendingList(std::shared_ptr<PoolDriver> handler, quint64 size)
        : PendingResult(std::move(handler)), m_size(size), m_results(size)
    {
        if (size == 0)
            end();
    }

    std::optional<Value> &value() { return m_value; }

    void set(quint64 index, ResultOf<R> &&result) override
    {
        if (m_future)
            m_future->add(result, static_cast<int>(index));
        m_results.add(index, std::move(result));
        count();
    }
    /// The exception of the first failed call becomes that of the whole result.
    void fail(quint64 index, const std::exception_ptr &exception) override
    {
        if (index < m_firstFailure) {
            m_firstFailure = index;
            m_failure = exception;
        }
        count();
    }
    void captured(const TaskChunk &chunk, CallOutput &&output) override { addCaptured(chunk, std::move(output)); }
    bool isUnwanted() const override { return m_future && m_future->isCanceled(); }
    void takeLater(Submission::Later &all) override { PendingResult::takeLater(all); }

    /// Takes the lock.
    QFuture<R> future()
    {
        static_assert(IsCopyable, "a QFuture has copies of the results: use take() for what cannot be copied");
        auto guard = pool().ownLock();
        if (!m_future) {
            m_future.emplace(static_cast<int>(m_size));
            watch();
            addWhatIsThere();
            if (isReadyNow())
                pool().post(m_future->end(error()), guard);
        }
        return m_future->future();
    }

private:
    void count()
    {
        ++m_ended;
        const auto done = static_cast<qint64>(m_ended);
        if (m_future)
            m_future->setProgress(static_cast<int>(done));
        if (m_ended == m_size)
            end();
        else
            noteProgress(done, static_cast<qint64>(m_size));
    }
    void end()
    {
        if (m_failure)
            m_results.clear();
        else
            m_value.emplace(m_results.take());
        const auto size = static_cast<qint64>(m_size);
        setProgress({size, size, {}});
        setReady(m_failure);
        if (m_future)
            addLater(m_future->end(m_failure));
    }
    void addWhatIsThere()
    {
        m_future->setProgress(static_cast<int>(m_ended));
        if constexpr (IsCopyable) {
            m_results.forEach(
                [this](const ResultOf<R> &result, quint64 index) { m_future->add(result, static_cast<int>(index)); });
            for (std::size_t i = 0; m_value && i < m_value->size(); ++i)
                m_future->add((*m_value)[i], static_cast<int>(i));
        }
    }

    const quint64 m_size;
    GatheredResults<ResultOf<R>> m_results; ///< until all have ended
    std::optional<Value> m_value;
    quint64 m_ended = 0;
    quint64 m_firstFailure = std::numeric_limits<quint64>::max();
    std::exception_ptr m_failure;
    std::optional<FollowingFuture<R>> m_future;
};

} // namespace procession

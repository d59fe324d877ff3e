// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/wire/errors.h>
#include <procession/pool/engine/pooldriver.h>
#include <procession/pool/output/capturedoutput.h>
#include <procession/pool/pendingresult.h>
#include <procession/pool/tasks/rangereader.h>
#include <procession/pool/tasks/typedsubmission.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <iterator>
#include <optional>

namespace procession {

/// The results of an imap() that have arrived: in the order of the arguments, or in any. Requires
/// the pool's lock.
template <typename R>
class ResultStream : public ResultSink<R>
{
public:
    struct Outcome
    {
        std::optional<R> result;
        std::exception_ptr exception;
        quint64 index = 0; ///< of the call
        CallOutput output{};
    };

    explicit ResultStream(bool isOrdered) : m_isOrdered(isOrdered) { }

    void set(quint64 index, R &&result) override { add(index, {std::move(result), nullptr, index}); }
    void fail(quint64 index, const std::exception_ptr &exception) override { add(index, {std::nullopt, exception, index}); }
    void captured(const TaskChunk &chunk, CallOutput &&output) override
    {
        m_captured.add(chunk.first, chunk.count, std::move(output));
    }

    bool hasNext() const { return !m_outcomes.empty() && m_outcomes.front().has_value(); }
    /// \pre hasNext()
    Outcome takeNext()
    {
        Outcome next = std::move(*m_outcomes.front());
        m_outcomes.pop_front();
        ++m_taken;
        next.output = m_captured.take(next.index);
        return next;
    }
    quint64 taken() const { return m_taken; }

private:
    void add(quint64 index, Outcome &&outcome)
    {
        if (!m_isOrdered) {
            m_outcomes.push_back(std::move(outcome));
            return;
        }
        const auto place = static_cast<std::size_t>(index - m_taken);
        if (place >= m_outcomes.size())
            m_outcomes.resize(place + 1);
        m_outcomes[place] = std::move(outcome);
    }

    bool m_isOrdered;
    quint64 m_taken = 0;
    std::deque<std::optional<Outcome>> m_outcomes; ///< from the next one on
    CapturedOutput m_captured; ///< of calls whose outcomes were not taken
};

/// The results of imap() and imapUnordered(): reads a range step by step as its results are taken.
/// However long the range is, at most PoolOptions::lookAhead of its elements and results are in memory.
///
/// \code
/// for (const Page &page : pool.imap(&render, readSources(folder)))
///     book.add(page);
///
/// auto results = pool.imapUnordered(&checksum, files);
/// while (auto result = results.next(10s))
///     show(*result);
/// \endcode
///
/// Only the thread that takes the results reads the range. Calls that have not started when the
/// iterator is destroyed never start. Movable: next() of a moved-from object throws ProcessError.
/// One thread at a time may use it. (Reference: the iterator of Pool.imap)
template <typename R>
class ResultIterator
{
public:
    /// The parts from which the pool makes an iterator.
    struct Source
    {
        std::shared_ptr<PoolDriver> pool;
        std::shared_ptr<Submission> batch;
        std::shared_ptr<ResultStream<R>> results;
        /// Reads at most that many elements of the range and adds calls for them to the batch.
        std::function<RangeRead(quint64 most)> read;
        quint64 lookAhead = 1;
        quint64 chunkSize = 1;
    };

    explicit ResultIterator(Source source) : m_source(std::make_unique<Source>(std::move(source))) { readAhead(); }
    ResultIterator(ResultIterator &&) noexcept = default;
    ResultIterator &operator=(ResultIterator &&other) noexcept
    {
        std::swap(m_source, other.m_source);
        std::swap(m_read, other.m_read);
        std::swap(m_taken, other.m_taken);
        std::swap(m_output, other.m_output);
        std::swap(m_index, other.m_index);
        std::swap(m_rangeError, other.m_rangeError);
        std::swap(m_hasEnded, other.m_hasEnded);
        return *this;
    }
    ResultIterator(const ResultIterator &) = delete;
    ResultIterator &operator=(const ResultIterator &) = delete;
    ~ResultIterator()
    {
        if (m_source)
            m_source->pool->cancel(m_source->batch);
    }

    /// The next result. Blocks until it is ready or the deadline passes.
    /// \returns nothing after the last one
    /// \throws TimeoutError when the deadline passed; the caller may try again. Whatever the call threw,
    ///     as AsyncResult::get() does, or the range threw; the next call continues after it.
    ///     (Reference: next)
    std::optional<R> next(QDeadlineTimer deadline = QDeadlineTimer::Forever)
    {
        if (!m_source)
            PendingResult::failMovedFrom();
        readAhead();
        if (m_taken == m_read) {
            if (const auto error = std::exchange(m_rangeError, nullptr))
                std::rethrow_exception(error);
            return std::nullopt;
        }
        if (!m_source->pool->waitUntil([this] { return m_source->results->hasNext(); }, deadline))
            throw TimeoutError("the next result is not ready yet: the deadline has passed");
        auto guard = m_source->pool->lock();
        auto outcome = m_source->results->takeNext();
        guard.unlock();
        ++m_taken;
        m_output = std::move(outcome.output);
        m_index = outcome.index;
        if (outcome.exception)
            std::rethrow_exception(outcome.exception);
        return std::move(outcome.result);
    }

    /// The index, from 0, of the element whose result or exception next() delivered last. So the caller
    /// knows the element of an exception, whether the function threw or its worker was lost. (The text
    /// of a WorkerLost names it for people, counted from 1, with all calls of the lost chunk.)
    ///
    /// \code
    /// auto results = pool.imapUnordered(&checksum, files);
    /// for (bool more = true; more;) {
    ///     try {
    ///         more = results.next().has_value();
    ///     } catch (const std::exception &error) {
    ///         qWarning() << files[results.index()] << error.what();
    ///     }
    /// }
    /// \endcode
    ///
    /// \pre next() has delivered a result or the exception of a call; the end of the range and what
    ///     reading it throws do not count
    quint64 index() const { return m_index; }

    /// The output of the call whose result or exception next() delivered last, when
    /// PoolOptions::standardOutput or standardError is `Capture`; together with the other calls of its
    /// task (TaskOptions::chunkSize).
    ///
    /// \code
    /// auto results = pool.imap(&convert, files);
    /// for (const Report &report : results)
    ///     show(report, results.output().error);
    /// \endcode
    const CallOutput &output() const { return m_output; }

    /// For a range-based `for`. An input iterator: the results can be iterated once.
    class Iterator
    {
    public:
        using difference_type = std::ptrdiff_t;
        using value_type = R;

        Iterator() = default;
        explicit Iterator(ResultIterator *results) : m_results(results), m_current(results->next()) { }
        R &operator*() const { return *m_current; }
        R *operator->() const { return &*m_current; }
        Iterator &operator++()
        {
            m_current = m_results->next();
            return *this;
        }
        void operator++(int) { ++*this; }
        friend bool operator==(const Iterator &iterator, std::default_sentinel_t) { return !iterator.m_current; }

    private:
        ResultIterator *m_results = nullptr;
        mutable std::optional<R> m_current;
    };
    Iterator begin() { return Iterator(this); }
    std::default_sentinel_t end() const { return {}; }

private:
    /// Reads ahead as far as allowed, but returns early when results are ready.
    void readAhead()
    {
        constexpr int AtLeast = 2; // so that it reaches the limit in the end
        constexpr std::chrono::milliseconds Moment{1};
        const auto until = std::chrono::steady_clock::now() + Moment;
        for (int reads = 0; !m_hasEnded && m_read - m_taken < m_source->lookAhead; ++reads) {
            if (reads >= AtLeast && (hasNext() || std::chrono::steady_clock::now() > until))
                return;
            read();
        }
    }
    bool hasNext()
    {
        const auto guard = m_source->pool->lock();
        return m_source->results->hasNext();
    }
    void read()
    {
        const RangeRead part = m_source->read(m_source->chunkSize);
        m_read += part.count;
        m_rangeError = part.error;
        m_hasEnded = part.error || part.count < m_source->chunkSize;
    }

    std::unique_ptr<Source> m_source;
    quint64 m_read = 0;
    quint64 m_taken = 0;
    CallOutput m_output;
    quint64 m_index = 0;
    bool m_hasEnded = false;
    std::exception_ptr m_rangeError;
};

} // namespace procession

// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/asyncresult.h>
#include <procession/pool/options/poolerrors.h>
#include <procession/pool/resultiterator.h>
#include <procession/pool/shared/poolworkerinfo.h>
#include <procession/pool/tasks/rangereader.h>
#include <procession/pool/tasks/typedsubmission.h>

#include <QtCore/QScopeGuard>

#include <algorithm>
#include <concepts>
#include <ranges>

namespace procession {

namespace detail {

template <typename Function>
concept IsNotOptions = !std::same_as<Function, TaskOptions>;

} // namespace detail

/// Worker processes that run tasks, which are calls of functions.
///
/// \code
/// int squared(int x) { return x * x; }
///
/// Pool pool({.processes = 4});
/// std::vector<int> squares = pool.map(&squared, QList{1, 2, 3});
/// AsyncResult<int> later = pool.applyAsync(&squared, 10);
/// for (int square : pool.imap(&squared, std::views::iota(0)))     // reads the range as results are taken
///     …
/// \endcode
///
/// **Functions** are anything that a Process accepts: free functions, members, function objects,
/// lambdas without captures, and those made transferable by bind() or isTransferable. With
/// `StartMethod::Thread` every function works, with captures and move-only results too.
/// **Arguments** come from any range: containers, views, generators; map() takes several at once.
/// **Options** of a call come first, before the function:
///
/// \code
/// pool.map({.timeout = 30s, .chunkSize = 10}, &render, scenes);
/// \endcode
///
///
/// **When a worker dies** during a task, for whatever reason, the pool replaces it and the task fails
/// with WorkerLost; no other task is affected. A task is one call, or the calls of a chunk, which
/// fail together. A task starts at most once, unless a RetryPolicy says otherwise: then at least
/// once, and an earlier attempt may have had effects. The pool gives up a function that kills every
/// worker after its retries. When no worker gets ready any more, for example because the initializer
/// throws, the pool fails and all tasks end with PoolError. When this process dies, its workers die.
///
/// **Programs that tasks start** (std::system(), QProcess) end with their worker, for whatever
/// reason it ends: a time-out, a cancellation, a crash, maxTasksPerChild, the end of the pool or of
/// this process. A task that returns leaves them running until then. Programs that leave the
/// worker's process group (QProcess::startDetached()) keep running.
///
/// **When a worker stops** (SIGSTOP, or a task that never returns), only a time-out finds it
/// (PoolOptions::taskTimeout, TaskOptions::timeout); without one the pool waits as long as the worker
/// is stopped. When a task exceeds its time-out, the pool kills and replaces the worker, and the task
/// fails with TaskTimeout or is retried as its RetryPolicy says. A worker stopped between two tasks,
/// or while it takes or reports one, is found once nothing has moved for the shortest time-out of any
/// task that the pool has had; the pool kills it, and another worker runs what it had not started.
/// Threads cannot be killed: with `StartMethod::Thread` a timed-out task fails with TaskTimeout
/// without a retry, its call runs on until it returns (isTaskCancelled() asks it to hurry), and a new
/// thread replaces its worker at once.
///
/// **Random numbers**: each worker has its own numbers from QRandomGenerator::global(), rand() and the
/// like (startmethod.h). A random engine that is a static of the program is copied with its state and
/// draws the same numbers in all workers: seed it in PoolOptions::initializer, from
/// std::random_device, or from processSeed() for repeatable runs.
///
/// **When the program ends** while the pool still exists, by std::exit() or because nothing deletes
/// the pool, worker processes are terminated. Threads end with the program in the middle of their
/// tasks, and destructors of statics may run while tasks use them. End a pool of threads before the
/// program where its tasks use statics.
///
/// **Exceptions** arrive with their own type where it is registered (exceptioncodec.h), else as RemoteError.
///
/// Any thread of the process that made the pool may use it, except that callbacks in the pool's
/// thread cannot wait for results. The destructor terminates the pool. (Reference: Pool)
class Pool
{
public:
    /// Starts the workers.
    /// \throws PoolError, ProcessError, SystemError, SharedMemoryError when they cannot be started; then none is left
    explicit Pool(const PoolOptions &options = {});
    explicit Pool(int processes) : Pool(PoolOptions{.processes = processes}) { }
    Q_DISABLE_COPY_MOVE(Pool)
    /// Terminates and joins the pool: unfinished tasks fail. Blocks as join() does after terminate(). (Reference: __exit__)
    ~Pool();

    /// Calls a function in a worker and blocks until it has returned.
    /// \throws what AsyncResult::get() throws; NotTransferable, PoolError as applyAsync(); PoolError in
    ///     a callback. (Reference: Pool.apply)
    template <typename Function, typename... Arguments>
    requires CalledWith<Function, StoredArgument<Arguments>...>
    auto apply(Function function, Arguments &&...arguments)
    {
        return apply(TaskOptions(), std::move(function), std::forward<Arguments>(arguments)...);
    }
    template <typename Function, typename... Arguments>
    requires CalledWith<Function, StoredArgument<Arguments>...>
    auto apply(const TaskOptions &options, Function function, Arguments &&...arguments)
    {
        if constexpr (checkCall<Function, StoredArgument<Arguments>...>())
            return taken(call(Awaited::AtOnce, options, std::move(function), std::forward<Arguments>(arguments)...));
    }
    /// Queues a call of a function. Does not block.
    /// \throws NotTransferable, PoolError after close() and terminate(). (Reference: Pool.apply_async)
    template <typename Function, typename... Arguments>
    requires CalledWith<Function, StoredArgument<Arguments>...>
    auto applyAsync(Function function, Arguments &&...arguments)
    {
        return applyAsync(TaskOptions(), std::move(function), std::forward<Arguments>(arguments)...);
    }
    template <typename Function, typename... Arguments>
    requires CalledWith<Function, StoredArgument<Arguments>...>
    auto applyAsync(const TaskOptions &options, Function function, Arguments &&...arguments)
    {
        if constexpr (checkCall<Function, StoredArgument<Arguments>...>())
            return call(Awaited::Later, options, std::move(function), std::forward<Arguments>(arguments)...);
    }

    /// Calls a function with each element of a range, in the workers, and blocks until all calls have
    /// ended. With several ranges, each call takes one element of each, as far as the shortest reaches.
    /// TaskOptions::chunkSize is the number of calls per task. By default the pool measures the calls
    /// and adapts: large chunks first, small ones towards the end, none of which takes long.
    /// \param range    stored elements are read when they are handed out and must stay valid until
    ///     then; computed elements, as of std::views::transform, are read at once by the calling thread
    /// \returns the results in the order of the elements; nothing for a function that returns nothing
    /// \throws what AsyncResult::get() throws, for the first call that failed, once all have ended;
    ///     what reading the range throws; NotTransferable, PoolError as applyAsync(); PoolError in a
    ///     callback. (Reference: Pool.map)
    template <detail::IsNotOptions Function, typename Range, std::ranges::input_range... More>
    auto map(Function function, Range &&range, More &&...more)
    {
        return map(TaskOptions(), std::move(function), std::forward<Range>(range), std::forward<More>(more)...);
    }
    template <typename Function, typename Range, std::ranges::input_range... More>
    auto map(const TaskOptions &options, Function function, Range &&range, More &&...more)
    {
        if constexpr (!checkRange<Range>()) {
        } else if constexpr (sizeof...(More) == 0) {
            return mapHere<false>(std::move(function), std::forward<Range>(range), options);
        } else {
            return taken(mapAsync(options, std::move(function), std::forward<Range>(range), std::forward<More>(more)...));
        }
    }
    /// \param chunkSize  TaskOptions::chunkSize, at its position in the reference
    template <typename Function, std::ranges::input_range Range>
    auto map(Function function, Range &&range, int chunkSize)
    {
        return map(withChunks(chunkSize), std::move(function), std::forward<Range>(range));
    }
    /// map() without blocking; copies or moves the range. \throws NotTransferable, PoolError. (Reference: Pool.map_async)
    template <detail::IsNotOptions Function, typename Range, std::ranges::input_range... More>
    auto mapAsync(Function function, Range &&range, More &&...more)
    {
        return mapAsync(TaskOptions(), std::move(function), std::forward<Range>(range), std::forward<More>(more)...);
    }
    template <typename Function, typename Range, std::ranges::input_range... More>
    auto mapAsync(const TaskOptions &options, Function function, Range &&range, More &&...more)
    {
        if constexpr (!checkRange<Range>()) {
        } else if constexpr (sizeof...(More) == 0) {
            using Kept = decltype(keptRange(std::forward<Range>(range)));
            return callEach(
                Awaited::Later, std::move(function), RangeItems<Kept>(keptRange(std::forward<Range>(range))), options);
        } else {
            using Items
                = ZippedItems<decltype(keptRange(std::forward<Range>(range))), decltype(keptRange(std::forward<More>(more)))...>;
            return callEach(Awaited::Later, std::move(function),
                Items(keptRange(std::forward<Range>(range)), keptRange(std::forward<More>(more))...), options);
        }
    }
    template <typename Function, std::ranges::input_range Range>
    auto mapAsync(Function function, Range &&range, int chunkSize)
    {
        return mapAsync(withChunks(chunkSize), std::move(function), std::forward<Range>(range));
    }

    /// map() whose elements are tuples or pairs of arguments. (Reference: Pool.starmap)
    template <typename Function, typename Range>
    auto starmap(Function function, Range &&range)
    {
        return starmap(TaskOptions(), std::move(function), std::forward<Range>(range));
    }
    template <typename Function, typename Range>
    auto starmap(const TaskOptions &options, Function function, Range &&range)
    {
        if constexpr (checkRange<Range>())
            return mapHere<true>(std::move(function), std::forward<Range>(range), options);
    }
    template <typename Function, std::ranges::input_range Range>
    auto starmap(Function function, Range &&range, int chunkSize)
    {
        return starmap(withChunks(chunkSize), std::move(function), std::forward<Range>(range));
    }
    /// starmap() without blocking; copies or moves the range. \throws NotTransferable, PoolError. (Reference: Pool.starmap_async)
    template <typename Function, typename Range>
    auto starmapAsync(Function function, Range &&range)
    {
        return starmapAsync(TaskOptions(), std::move(function), std::forward<Range>(range));
    }
    template <typename Function, typename Range>
    auto starmapAsync(const TaskOptions &options, Function function, Range &&range)
    {
        if constexpr (checkRange<Range>()) {
            using Kept = decltype(keptRange(std::forward<Range>(range)));
            return callEach(
                Awaited::Later, std::move(function), RangeItems<Kept, true>(keptRange(std::forward<Range>(range))), options);
        }
    }
    template <typename Function, std::ranges::input_range Range>
    auto starmapAsync(Function function, Range &&range, int chunkSize)
    {
        return starmapAsync(withChunks(chunkSize), std::move(function), std::forward<Range>(range));
    }

    /// map() whose results are taken one by one, in the order of the elements, while the range is read.
    /// Blocks only while it reads the first elements. TaskOptions::chunkSize is 1 by default.
    /// \param range    a named container is not copied and must outlive the iterator; anything else is
    ///     moved into it
    /// \throws NotTransferable, PoolError as applyAsync(); ResultIterator::next() throws what the calls
    ///     and the range throw. (Reference: Pool.imap)
    template <typename Function, typename Range>
    auto imap(Function function, Range &&range)
    {
        return imap(TaskOptions(), std::move(function), std::forward<Range>(range));
    }
    template <typename Function, typename Range>
    auto imap(const TaskOptions &options, Function function, Range &&range)
    {
        if constexpr (checkRange<Range>())
            return stream(true, std::move(function), std::forward<Range>(range), options);
    }
    template <typename Function, std::ranges::input_range Range>
    auto imap(Function function, Range &&range, int chunkSize)
    {
        return imap(withChunks(chunkSize), std::move(function), std::forward<Range>(range));
    }
    /// imap() whose results come in the order in which they are ready; ResultIterator::index() is the
    /// index of the element. (Reference: Pool.imap_unordered)
    template <typename Function, typename Range>
    auto imapUnordered(Function function, Range &&range)
    {
        return imapUnordered(TaskOptions(), std::move(function), std::forward<Range>(range));
    }
    template <typename Function, typename Range>
    auto imapUnordered(const TaskOptions &options, Function function, Range &&range)
    {
        if constexpr (checkRange<Range>())
            return stream(false, std::move(function), std::forward<Range>(range), options);
    }
    template <typename Function, std::ranges::input_range Range>
    auto imapUnordered(Function function, Range &&range, int chunkSize)
    {
        return imapUnordered(withChunks(chunkSize), std::move(function), std::forward<Range>(range));
    }

    /// Accepts no more tasks; the workers end after the last one, for which a paused pool resumes. Does
    /// not block. (Reference: Pool.close)
    void close() { m_handler->close(); }
    /// Ends the workers at once: by SIGTERM, and by SIGKILL a second later. Unfinished tasks fail with
    /// PoolError. Threads end when their task has returned; isTaskCancelled() asks it to hurry. Does not
    /// block. (Reference: Pool.terminate)
    void terminate() { m_handler->terminate(); }
    /// Blocks until the workers have ended and all callbacks without a context have run, or the deadline
    /// passes.
    /// \returns whether they have
    /// \throws PoolError before close() and terminate(), and in a callback. (Reference: Pool.join)
    bool join(QDeadlineTimer deadline = QDeadlineTimer::Forever) { return m_handler->join(deadline); }

    /// Hands out no more tasks until resume(); running ones continue.
    void pause() { m_handler->setPaused(true); }
    void resume() { m_handler->setPaused(false); }
    /// Changes the number of workers. Surplus workers end after their present tasks.
    /// \throws PoolError for fewer than 1
    void resize(int processes) { m_handler->resize(processes); }
    /// Replaces a worker after its present task.
    /// \param number  PoolWorkerInfo::number. \throws PoolError when there is no such worker
    void restartWorker(quint32 number) { m_handler->restartWorker(number); }
    /// A snapshot of the workers.
    std::vector<PoolWorkerInfo> workers() const { return m_handler->workers(); }

    QString name() const { return m_handler->name(); }

private:
    template <typename Range>
    static consteval bool checkRange()
    {
        static_assert(std::ranges::input_range<Range>,
            "the elements to call the function with must be a range: a container, a view, a generator. For one call there are "
            "apply() and "
            "applyAsync(). TaskOptions come before the function");
        return std::ranges::input_range<Range>;
    }
    static TaskOptions withChunks(int chunkSize);
    TaskOptions completed(const TaskOptions &options) const;

    template <typename Function, typename Items, typename Pending>
    void submit(
        Awaited awaited, Function function, Items items, const TaskOptions &options, const std::shared_ptr<Pending> &pending)
    {
        const auto batch = std::make_shared<TypedSubmission<Function, Items>>(
            std::move(function), std::move(items), completed(options), pending);
        prepare(*batch);
        pending->setBatch(batch);
        m_handler->submit(batch, awaited);
    }
    /// Encodes the function now, so that the caller gets NotTransferable.
    void prepare(Submission &batch) const;

    template <typename Function, typename... Arguments>
    auto call(Awaited awaited, const TaskOptions &options, Function function, Arguments &&...arguments)
    {
        using Result = std::decay_t<std::invoke_result_t<Function &, StoredArgument<Arguments>...>>;
        auto pending = std::make_shared<PendingValue<Result>>(m_handler);
        submit(awaited, std::move(function),
            OneCall<StoredArgument<Arguments>...>(std::in_place, std::forward<Arguments>(arguments)...), options, pending);
        return AsyncResult<Result>(pending);
    }
    template <typename Function, typename Items>
    auto callEach(Awaited awaited, Function function, Items items, const TaskOptions &options)
    {
        if constexpr (checkCallWith<Function>(static_cast<typename Items::Arguments *>(nullptr))) {
            using Result = std::decay_t<decltype(std::apply(function, std::declval<typename Items::Arguments>()))>;
            auto pending = std::make_shared<PendingList<Result>>(m_handler, items.size());
            submit(awaited, std::move(function), std::move(items), options, pending);
            return MapResult<Result>(pending);
        }
    }
    template <typename Function, typename... Stored>
    static consteval bool checkCallWith(std::tuple<Stored...> *)
    {
        return checkCall<Function, Stored...>();
    }
    /// Does not copy the range when its elements can be read at any time.
    template <bool Unpacked, typename Function, typename Range>
    auto mapHere(Function function, Range &&range, const TaskOptions &options)
    {
        m_handler->requireMayWait();
        using Arguments = typename RangeItems<std::remove_reference_t<Range>, Unpacked>::Arguments;
        if constexpr (!checkCallWith<Function>(static_cast<Arguments *>(nullptr))) {
            return;
        } else if constexpr (IsReadInPlace<Range>) {
            auto result = callEach(
                Awaited::AtOnce, std::move(function), RangeItems<std::remove_reference_t<Range> &, Unpacked>(range), options);
            const auto atEnd = qScopeGuard([&result] { result.cancel(); });
            return taken(result);
        } else {
            auto kept = keptRange(std::forward<Range>(range));
            return taken(
                callEach(Awaited::AtOnce, std::move(function), RangeItems<decltype(kept), Unpacked>(std::move(kept)), options));
        }
    }
    template <typename Result>
    static auto taken(Result result)
    {
        if constexpr (requires { result.take(); })
            return result.take();
        else
            result.get();
    }

    template <typename Function, typename Range>
    auto stream(bool isOrdered, Function function, Range &&range, const TaskOptions &options)
    {
        using Kept = std::ranges::views::all_t<Range>;
        using Argument = StoredArgument<std::ranges::range_reference_t<Kept>>;
        if constexpr (checkCall<Function, Argument>())
            return streamOf<Kept, std::tuple<Argument>>(isOrdered, std::move(function), std::forward<Range>(range), options);
    }
    template <typename Kept, typename Arguments, typename Function, typename Range>
    auto streamOf(bool isOrdered, Function function, Range &&range, const TaskOptions &given)
    {
        using Batch = TypedSubmission<Function, StreamedItems<Arguments>>;
        using Result = typename Batch::Result;

        TaskOptions options = completed(given);
        options.chunkSize = std::max(1, options.chunkSize);
        auto results = std::make_shared<ResultStream<Result>>(isOrdered);
        auto batch = std::make_shared<Batch>(std::move(function), StreamedItems<Arguments>(), options, results);
        prepare(*batch);
        m_handler->submit(batch, Awaited::AtOnce);

        const auto read = [reader = std::make_shared<RangeReader<Kept>>(std::views::all(std::forward<Range>(range))), batch,
                              pool = m_handler](quint64 most) {
            std::vector<Arguments> arguments;
            RangeRead result;
            try {
                reader->read(most, [&](auto &&element) { arguments.emplace_back(std::forward<decltype(element)>(element)); });
            } catch (...) {
                result.error = std::current_exception();
            }
            result.count = arguments.size();
            const auto guard = pool->lock();
            for (Arguments &each : arguments)
                batch->items().push(std::move(each));
            pool->grown(batch);
            return result;
        };
        const auto chunk = static_cast<quint64>(options.chunkSize);
        return ResultIterator<Result>({m_handler, batch, results, read, lookAhead(chunk), chunk});
    }
    quint64 lookAhead(quint64 chunkSize) const;

    std::shared_ptr<PoolDriver> m_handler;
};

inline Pool Context::pool(PoolOptions options) const
{
    options.context = *this;
    return Pool(options);
}

inline Pool Context::pool(int processes) const { return pool(PoolOptions{.processes = processes}); }

} // namespace procession

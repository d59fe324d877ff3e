// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/asyncresult.h>
#include <procession/pool/options/poolerrors.h>
#include <procession/pool/resultiterator.h>
#include <procession/pool/shared/poolworkerinfo.h>
#include <procession/pool/tasks/callbatch.h>
#include <procession/pool/tasks/rangereader.h>

#include <QtCore/QScopeGuard>

#include <algorithm>
#include <concepts>
#include <ranges>

namespace procession {

namespace detail {

template <typename Function>
concept IsNotOptions = !std::same_as<Function, TaskOptions>;

} // namespace detail

/// Worker processes that carry out tasks: calls of functions.
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
/// **Functions** are anything that a Process takes: free functions, members, function objects and lambdas without captures, and those
/// that bind() or isTransferable make fit to travel. With `StartMethod::Thread` anything goes, captures and move-only results too.
/// **Arguments** come from any range: containers, views, generators; map() takes several at once.
/// **Options** of a call come first, before the function, in every one of them:
///
/// \code
/// pool.map({.timeout = 30s, .chunkSize = 10}, &render, scenes);
/// \endcode
///
///
/// **When something dies**: a worker that ends in the middle of a task, however it ends, is replaced, and the task ends with WorkerLost;
/// no other task is touched. A task is one call, or the calls of a chunk, which end together. A task is begun at most once, unless a RetryPolicy says otherwise: then at least once, and it may have been
/// half done before. A function that kills each worker is given up after its retries. When no worker comes to life any more, since the
/// initializer throws, say, the pool gives up and all tasks end with PoolError. When this process dies, its workers do.
///
/// **Programs that tasks start** (std::system(), QProcess) end with their worker, however that ends: by a time-out, a cancellation, a crash,
/// maxTasksPerChild, the end of the pool or of this process. A task that returns leaves them running until then. Programs that leave their
/// worker's process group (QProcess::startDetached()) go on.
///
/// **When something stops** (SIGSTOP, or a task that never returns): that is found by time-outs only (PoolOptions::taskTimeout,
/// TaskOptions::timeout); without one, what a stopped worker has is waited for as long as it is stopped. When a task runs out of time, its
/// worker is killed and replaced, and the task ends with TaskTimeout or is tried again as the RetryPolicy says. A worker that is stopped
/// between two tasks, or while it takes or reports one, is found as soon as nothing has moved for the shortest time-out of any task that
/// the pool has had; it is killed, and what it had not begun is done by another one. Threads cannot be killed: with
/// `StartMethod::Thread` a task that runs out of time ends with TaskTimeout and is never tried again, its call goes on until it returns,
/// which isTaskCancelled() tells to hurry, and another thread takes its worker's place at once.
///
/// **Random numbers**: workers have numbers of their own from QRandomGenerator::global(), rand() and the like (startmethod.h). A random
/// engine that is a static of the program is copied with its state, and draws the same numbers in all workers: seed it in
/// PoolOptions::initializer, from std::random_device, or from processSeed() where a run is to be repeatable.
///
/// **When the program ends** while a pool is still there, by std::exit() or since nobody deletes the pool, workers that are processes are
/// terminated. Threads are left behind and end with the program, in the middle of their tasks; so do destructors of statics meet tasks
/// that still run. End a pool of threads before the program where its tasks use statics.
///
/// **Exceptions** come back as what they are where their type is registered (exceptioncodec.h), else as RemoteError.
///
/// From any thread of the process that made it, but for callbacks in the pool's thread, which cannot wait for results. The destructor
/// terminates. (Reference: Pool)
class Pool
{
public:
    /// Starts the workers.
    /// \throws PoolError, ProcessError, SystemError, SharedMemoryError when they cannot be started; then none is left
    explicit Pool(const PoolOptions &options = {});
    explicit Pool(int processes) : Pool(PoolOptions{.processes = processes}) { }
    Q_DISABLE_COPY_MOVE(Pool)
    /// Terminates and joins: what has not ended is given up. Blocks as join() does after terminate(). (Reference: __exit__)
    ~Pool();

    /// Calls a function in a worker, and blocks until it has returned.
    /// \throws what AsyncResult::get() throws; NotTransferable, PoolError as applyAsync(); PoolError in a callback. (Reference: Pool.apply)
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
    /// Has a function called in a worker. Does not block.
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

    /// Calls a function with each element of a range, in the workers, and blocks until all calls have ended. Of several ranges it is called
    /// with the first elements, then with the second ones, …, as long as all have one.
    /// \param options  `.chunkSize`: how many calls are made as one task. By default that is found out while it runs: large ones
    ///     first, small ones towards the end, none of which takes long
    /// \param range    elements that lie somewhere are read when they are handed out, and must stay there until then; elements that are
    ///     computed, by std::views::transform, say, are read at once, by this thread
    /// \returns the results in the order of the elements; nothing for a function that returns nothing
    /// \throws what AsyncResult::get() throws, for the first call that failed, once all have ended; what reading the range throws;
    ///     NotTransferable, PoolError as applyAsync(); PoolError in a callback. (Reference: Pool.map)
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
    /// \param chunkSize  TaskOptions::chunkSize, where the reference has it
    template <typename Function, std::ranges::input_range Range>
    auto map(Function function, Range &&range, int chunkSize)
    {
        return map(withChunks(chunkSize), std::move(function), std::forward<Range>(range));
    }
    /// The same without blocking; the range is copied, or moved. \throws NotTransferable, PoolError. (Reference: Pool.map_async)
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

    /// Like map(), but the elements are tuples or pairs of arguments. (Reference: Pool.starmap)
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
    /// The same without blocking; the range is copied, or moved. \throws NotTransferable, PoolError. (Reference: Pool.starmap_async)
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

    /// Like map(), but results are taken one by one, in the order of the elements, while the range is read. Does not block, but for
    /// reading the first elements.
    /// \param options  `.chunkSize`: 1 by default
    /// \param range    a container that has a name is not copied, and must last as long as the iterator; anything else is moved into it
    /// \throws NotTransferable, PoolError as applyAsync(); what the calls and the range throw comes from ResultIterator::next().
    ///     (Reference: Pool.imap)
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
    /// Like imap(), but results come in the order in which they are ready; ResultIterator::index() tells of which element each is.
    /// (Reference: Pool.imap_unordered)
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

    /// Takes no more tasks; the workers end when all there are have ended, which a pool that was paused then goes on with. Does not
    /// block. (Reference: Pool.close)
    void close() { m_handler->close(); }
    /// Ends the workers at once: by SIGTERM, and by SIGKILL a second later. What has not ended fails with PoolError. Threads end when their
    /// task has returned, which isTaskCancelled() tells to hurry. Does not block. (Reference: Pool.terminate)
    void terminate() { m_handler->terminate(); }
    /// Blocks until the workers have ended and all callbacks have been called that have no context, or the deadline passes.
    /// \returns whether that is so
    /// \throws PoolError before close() and terminate(), and in a callback. (Reference: Pool.join)
    bool join(QDeadlineTimer deadline = QDeadlineTimer::Forever) { return m_handler->join(deadline); }

    /// Hands out no more tasks until resume(); those that workers have go on.
    void pause() { m_handler->setPaused(true); }
    void resume() { m_handler->setPaused(false); }
    /// Has more or fewer workers from now on. Those that are too many end as soon as they have ended their tasks.
    /// \throws PoolError for fewer than 1
    void resize(int processes) { m_handler->resize(processes); }
    /// Has a worker replaced by a new one, once it has ended its task.
    /// \param number  PoolWorkerInfo::number. \throws PoolError when there is no such worker
    void restartWorker(quint32 number) { m_handler->restartWorker(number); }
    /// The workers at this moment.
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
        const auto batch
            = std::make_shared<CallBatch<Function, Items>>(std::move(function), std::move(items), completed(options), pending);
        prepare(*batch);
        pending->setBatch(batch);
        m_handler->submit(batch, awaited);
    }
    /// So that what cannot travel is told to whoever calls.
    void prepare(TaskBatch &batch) const;

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
    /// The range is not copied when its elements can be read at any time.
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
        using Batch = CallBatch<Function, StreamedItems<Arguments>>;
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

    std::shared_ptr<PoolHandler> m_handler;
};

inline Pool Context::pool(PoolOptions options) const
{
    options.context = *this;
    return Pool(options);
}

inline Pool Context::pool(int processes) const { return pool(PoolOptions{.processes = processes}); }

} // namespace procession

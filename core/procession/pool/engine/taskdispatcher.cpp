// SPDX-License-Identifier: MIT
#include <procession/pool/engine/taskdispatcher.h>

#include <procession/pool/shared/taskmessage.h>

#include <algorithm>
#include <limits>

namespace procession {

namespace {

using namespace std::chrono_literals;

constexpr qsizetype MostBytes = qsizetype(64) << 20; // in the queue, unless a single task is larger
// The same when all workers have enough tasks: their results, of about the same size, may arrive faster than they are read.
constexpr qsizetype ManyBytes = qsizetype(1) << 20;
constexpr std::size_t MostTasks = 1024; // in flight
constexpr std::chrono::nanoseconds ChunkTime = 10ms; // the longest planned duration of a chunk
constexpr int ChunksEach = 4; // chunks per worker into which the rest of a batch is divided
constexpr quint64 LargestChunk = 16'384;

} // namespace

TaskDispatcher::TaskDispatcher(PoolHandle record, PoolQueue tasks, InFlightTasks &inFlight, bool here, Fail fail)
    : m_record(std::move(record)),
      m_names(m_record),
      m_queue(std::move(tasks)),
      m_inFlight(inFlight),
      m_here(here),
      m_fail(std::move(fail))
{
    static_assert(MostTasks < PoolState::MostInFlight);
}

void TaskDispatcher::add(const std::shared_ptr<Submission> &batch)
{
    m_waiting += batch->takeNew();
    if (batch->isListed() || batch->waiting() == 0)
        return;
    batch->setListed(true);
    m_batches[batch->options().priority].push_back(batch);
}

void TaskDispatcher::retry(TaskInFlight &task, std::chrono::milliseconds delay)
{
    m_waiting += task.chunk.count;
    m_delayed.emplace(Clock::now() + delay, Delayed{task.batch, task.chunk, task.attempt + 1, std::move(task.withExtra())});
    m_inFlight.remove(task);
}

void TaskDispatcher::fillQueue(int workers)
{
    if (m_isPaused)
        return;
    adjustWindow(workers);
    m_wasFull = false;
    while (hasRoom()) {
        if (!m_delayed.empty() && m_delayed.begin()->first <= Clock::now()) {
            handOutAgain(std::move(m_delayed.extract(m_delayed.begin()).mapped()));
        } else if (const std::shared_ptr<Submission> *batch = next()) {
            handOutNext(*batch, workers);
        } else {
            return;
        }
    }
    m_wasFull = true;
}

/// Whether one more task may be in flight.
bool TaskDispatcher::hasRoom() const
{
    if (m_inFlight.count() >= m_window)
        return false;
    const bool areFew = m_inFlight.count() < m_few;
    return m_inFlight.bytes() < (areFew ? MostBytes : ManyBytes) || m_queue.isEmpty();
}

/// Keeps many short tasks ready for the workers, but few long ones, so that the dispatcher stays free to reorder the rest.
void TaskDispatcher::adjustWindow(int workers)
{
    const auto least = static_cast<std::size_t>(2 * workers);
    m_few = static_cast<quint32>(2 * least);
    const auto now = Clock::now();
    if (m_queue.isEmpty() && m_wasFull)
        m_window = now - m_lastPut < 5ms ? 2 * m_window : least;
    m_window = std::clamp(m_window, std::min(least, MostTasks), MostTasks);
    m_lastPut = now;
}

/// The next batch to hand out from; null when there is none.
const std::shared_ptr<Submission> *TaskDispatcher::next()
{
    for (auto each = m_batches.begin(); each != m_batches.end(); each = m_batches.erase(each)) {
        for (auto &batches = each->second; !batches.empty(); batches.pop_front()) {
            if (batches.front()->waiting() > 0)
                return &batches.front();
            batches.front()->setListed(false);
        }
    }
    return nullptr;
}

quint32 TaskDispatcher::chunkSize(const Submission &batch, int workers)
{
    if (batch.options().chunkSize > 0)
        return static_cast<quint32>(batch.options().chunkSize);
    if (batch.callTime() == 0)
        return 1;
    const quint64 share = batch.waiting() / static_cast<quint64>(ChunksEach * workers);
    const auto inTime = static_cast<quint64>(ChunkTime.count() / batch.callTime());
    return static_cast<quint32>(std::clamp<quint64>(std::min(share, inTime), 1, LargestChunk));
}

void TaskDispatcher::handOutNext(const std::shared_ptr<Submission> &batch, int workers)
{
    const TaskChunk chunk = takeFrom(*batch, chunkSize(*batch, workers));
    TaskInFlight &task = m_inFlight.add(batch, chunk);
    const bool mayRetry = batch->options().retry->retries > 0;
    try {
        const qsizetype head = writeHead(task);
        QByteArrayView tail;
        if (m_here)
            task.withExtra().calls = batch->callsHere(chunk, mayRetry);
        else
            tail = batch->encodeArguments(m_encoder, chunk);
        const PoolQueue::Cargo cargo = PoolQueue::cargoOf(m_encoder);
        put(task, tail, cargo);
        if (mayRetry && !m_here) {
            task.withExtra().message = m_encoder.view().sliced(head).toByteArray().append(tail);
            task.extra->cargo = cargo;
        }
    } catch (...) {
        m_inFlight.remove(task);
        m_fail(*batch, chunk, std::current_exception());
    }
}

void TaskDispatcher::handOutAgain(Delayed &&delayed)
{
    m_waiting -= delayed.chunk.count;
    TaskInFlight &task = m_inFlight.add(delayed.batch, delayed.chunk);
    task.attempt = delayed.attempt;
    task.withExtra() = std::move(delayed.extra);
    try {
        writeHead(task);
        put(task, task.extra->message, task.extra->cargo);
    } catch (...) {
        m_inFlight.remove(task);
        m_fail(*delayed.batch, delayed.chunk, std::current_exception());
    }
}

/// Starts a message. \returns its bytes so far
qsizetype TaskDispatcher::writeHead(const TaskInFlight &task)
{
    static const QByteArray nothing;
    const QByteArray &function = m_here ? nothing : task.batch->encodedFunction();
    const TaskHead head{task.id, static_cast<quint32>(function.size()), task.chunk.count, task.chunk.first, task.batch->size(),
        m_names.numberOf(*task.batch)};
    m_encoder.backTo({});
    m_encoder.raw(&head, sizeof head);
    m_encoder.raw(function.constData(), static_cast<std::size_t>(function.size()));
    return static_cast<qsizetype>(m_encoder.written());
}

void TaskDispatcher::put(TaskInFlight &task, QByteArrayView tail, const PoolQueue::Cargo &cargo)
{
    std::atomic<quint8> &isCancelled = m_record.isCancelled(TaskId::place(task.id));
    if (isCancelled.load(std::memory_order_relaxed) != 0)
        isCancelled.store(0);
    m_queue.put(m_encoder.view(), tail, cargo);
    m_inFlight.addBytes(task, m_encoder.view().size() + tail.size());
}

TaskChunk TaskDispatcher::takeFrom(Submission &batch, quint32 most)
{
    const TaskChunk chunk = batch.takeChunk(most);
    m_waiting -= chunk.count;
    return chunk;
}

void TaskDispatcher::takeAllOf(const std::shared_ptr<Submission> &batch, std::vector<Waiting> &all)
{
    batch->setListed(false);
    while (batch->waiting() > 0)
        all.push_back({batch, takeFrom(*batch, std::numeric_limits<quint32>::max())});
}

std::vector<TaskDispatcher::Waiting> TaskDispatcher::take(const std::shared_ptr<Submission> &batch)
{
    std::vector<Waiting> all;
    if (batch->isListed())
        m_batches[batch->options().priority].remove(batch);
    takeAllOf(batch, all);
    takeDelayed([&batch](const Delayed &delayed) { return delayed.batch == batch; }, all);
    return all;
}

std::vector<TaskDispatcher::Waiting> TaskDispatcher::takeAll()
{
    std::vector<Waiting> all;
    for (const auto &[priority, batches] : m_batches) {
        for (const auto &batch : batches)
            takeAllOf(batch, all);
    }
    m_batches.clear();
    takeDelayed([](const Delayed &) { return true; }, all);
    return all;
}

void TaskDispatcher::takeDelayed(const std::function<bool(const Delayed &)> &isMeant, std::vector<Waiting> &all)
{
    std::erase_if(m_delayed, [&](const auto &entry) {
        if (!isMeant(entry.second))
            return false;
        all.push_back({entry.second.batch, entry.second.chunk});
        m_waiting -= entry.second.chunk.count;
        return true;
    });
}

} // namespace procession

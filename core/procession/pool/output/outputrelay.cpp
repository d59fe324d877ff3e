// SPDX-License-Identifier: MIT
#include <procession/pool/output/outputrelay.h>

#include <procession/platform/base/standardstreams.h>
#include <procession/platform/io/streamwriting.h>
#include <procession/platform/processes/processexit.h>
#include <procession/platform/system/signalreset.h>
#include <procession/platform/thread/threadstart.h>

#include <algorithm>
#include <utility>

namespace procession {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr qsizetype MuchQueued = qsizetype(1) << 20; // bytes: above this, workers block
constexpr qsizetype MostQueued = qsizetype(16) << 20; // the output of ended workers must not exceed this
constexpr int MostReads = 32; // in a row from one pipe: its writers may go on writing
constexpr auto Patience = 1s; // with streams that accept nothing, at the end
constexpr auto LookPause = 20ms;
constexpr auto LongestLookPause = 640ms;
constexpr quint64 Initializing = ~quint64(0); // in place of a task's id

} // namespace

OutputRelay::OutputRelay(PoolOutput output, PoolOutput error, const QString &name)
    : m_modes{output, error},
      m_name(name.toUtf8()),
      m_mark(TaskSplitter::drawMark()),
      m_queues{OutputQueue(StandardOutput), OutputQueue(StandardError)}
{
}

void OutputRelay::start()
{
    SignalBlock block; // the thread starts with all signals blocked: they are for other threads
    m_thread = startThread("the output of a pool's workers", [this] { run(); });
}

OutputRelay::~OutputRelay() { finish(); }

void OutputRelay::finish()
{
    {
        const std::scoped_lock guard(m_mutex);
        if (!isStarted() && !hasToWrite())
            return;
        m_isEnding = true;
    }
    if (!isStarted())
        start();
    m_poller.wake();
    m_thread.join();
}

WorkerStreams OutputRelay::add(quint32 number, const WorkerHandle &record)
{
    const std::scoped_lock guard(m_mutex);
    Worker &worker = m_workers.emplace(number, Worker{record, {}}).first->second;
    WorkerStreams streams;
    streams.output = addSource(number, worker, 0);
    streams.error = addSource(number, worker, 1);
    streams.marksOutput = m_modes[0] == PoolOutput::Capture;
    streams.marksError = m_modes[1] == PoolOutput::Capture;
    streams.mark = m_mark;
    return streams;
}

WorkerStreams::Pipe OutputRelay::addSource(quint32 number, Worker &worker, int stream)
{
    const auto index = static_cast<std::size_t>(stream);
    if (m_modes[index] == PoolOutput::Inherit)
        return nullptr;
    auto [readEnd, writeEnd] = Descriptor::pipe();
    worker.sources[index].emplace(Source{WorkerOutputReader(std::move(readEnd), m_modes[index], m_mark)});
    m_poller.add(worker.sources[index]->reader.descriptor(), tokenOf(number, stream));
    return std::make_shared<const Descriptor>(std::move(writeEnd));
}

CallOutput OutputRelay::take(quint32 number, quint64 task)
{
    CallOutput output;
    const std::scoped_lock guard(m_mutex);
    const auto found = m_workers.find(number);
    if (found == m_workers.end())
        return output;
    auto &sources = found->second.sources;
    if (sources[0] && sources[0]->reader.isCaptured())
        output.output = sources[0]->reader.take(task);
    if (sources[1] && sources[1]->reader.isCaptured())
        output.error = sources[1]->reader.take(task);
    return output;
}

CallOutput OutputRelay::present(quint32 number)
{
    CallOutput output;
    const std::scoped_lock guard(m_mutex);
    const auto found = m_workers.find(number);
    if (found == m_workers.end())
        return output;
    for (int stream = 0; stream < Streams; ++stream) {
        const auto &source = found->second.sources[static_cast<std::size_t>(stream)];
        if (!source || !source->reader.isCaptured())
            continue;
        for (int reads = 0; reads < MostReads && read(found->second, stream); ++reads) { }
        (stream == 0 ? output.output : output.error) = source->reader.present();
    }
    return output;
}

OutputRelay::Last OutputRelay::remove(quint32 number)
{
    Last last;
    const std::scoped_lock guard(m_mutex);
    const auto found = m_workers.find(number);
    if (found == m_workers.end())
        return last;
    Worker &worker = found->second;
    for (int stream = 0; stream < Streams; ++stream) {
        auto &source = worker.sources[static_cast<std::size_t>(stream)];
        if (!source)
            continue;
        for (int reads = 0; reads < MostReads && read(worker, stream); ++reads) { }
        source->reader.finishLine();
        moveLines(*source, stream);
        if (source->reader.isCaptured())
            (stream == 0 ? last.output.output : last.output.error) = source->reader.takeRest();
        if (stream == 1)
            last.words = source->reader.lastWords();
        watch(tokenOf(number, stream), *source, false);
    }
    m_workers.erase(found);
    m_poller.wake(); // there may be lines to write
    return last;
}

void OutputRelay::run()
{
    Guard guard(m_mutex);
    try {
        relay(guard);
        if (m_dropped > 0)
            say(QByteArray::number(m_dropped)
                + " bytes that its workers have written are dropped: nobody has taken any for long");
    } catch (const std::exception &error) {
        if (!guard.owns_lock())
            guard.lock();
        say(QByteArrayLiteral("what its workers write is lost from now on: ") + error.what());
        m_workers.clear(); // writers then get SIGPIPE instead of blocking for ever
    }
}

/// Not a log message: a message handler would block on the very reader that does not read.
void OutputRelay::say(const QByteArray &text) const { writeToStderr(m_name + ": " + text + '\n'); }

void OutputRelay::relay(Guard &guard)
{
    auto lastWrite = Clock::now();
    for (;;) {
        const bool hasWritten = writeOut(guard);
        if (hasWritten || !m_isEnding)
            lastWrite = Clock::now();
        if (m_isEnding && !hasToWrite())
            return;
        if (m_isEnding && Clock::now() - lastWrite >= Patience) {
            m_dropped += m_queues[0].size() + m_queues[1].size();
            return;
        }
        watchAll();
        if (hasWritten) {
            sleep(guard, QDeadlineTimer(0));
        } else if (m_isEnding) {
            sleep(guard, QDeadlineTimer(lastWrite + Patience - Clock::now()));
        } else if (hasUnfinishedLines()) {
            sleep(guard, QDeadlineTimer(std::max<Clock::duration>(m_nextLook - Clock::now(), 0ns)));
        } else {
            sleep(guard, QDeadlineTimer(QDeadlineTimer::Forever));
        }
        for (const quint64 token : std::exchange(m_ready, {}))
            readFrom(token);
        finishLines();
    }
}

/// Writes one piece to each stream that accepts one. \returns whether there was any
bool OutputRelay::writeOut(Guard &guard)
{
    bool hasWritten = false;
    for (std::size_t i = 0; i < m_queues.size(); ++i) {
        if (m_queues[i].isEmpty())
            continue;
        const QByteArray next = m_queues[i].next();
        guard.unlock(); // a file or a terminal may be slow
        const auto written = writeSome(m_queues[i].stream(), next);
        guard.lock();
        m_queues[i].remove(written.value_or(m_queues[i].size()));
        hasWritten |= !written || *written > 0;
        if (!written && !std::exchange(m_isBroken[i], true))
            say(QByteArrayLiteral("what its workers write to ") + (i == 0 ? "stdout" : "stderr")
                + " is dropped from now on: this process's own takes nothing any more");
    }
    return hasWritten;
}

void OutputRelay::sleep(Guard &guard, QDeadlineTimer deadline)
{
    std::vector<int> writable;
    for (const OutputQueue &queue : m_queues) {
        if (!queue.isEmpty())
            writable.push_back(queue.stream());
    }
    std::vector<quint64> ready;
    guard.unlock();
    m_poller.wait(deadline, ready, writable);
    guard.lock();
    m_ready = std::move(ready);
}

void OutputRelay::readFrom(quint64 token)
{
    const auto found = m_workers.find(static_cast<quint32>(token / Streams));
    if (found == m_workers.end())
        return; // the worker was removed meanwhile
    const auto stream = static_cast<int>(token % Streams);
    read(found->second, stream);
    if (auto &source = found->second.sources[static_cast<std::size_t>(stream)]; source->reader.hasEnded())
        watch(token, *source, false);
}

/// \returns whether there was anything
bool OutputRelay::read(Worker &worker, int stream)
{
    Source &source = *worker.sources[static_cast<std::size_t>(stream)];
    if (!source.reader.read())
        return false;
    moveLines(source, stream);
    if (source.reader.hasUnfinishedLine()) {
        source.lineTask = presentTask(worker);
        m_lookPause = LookPause;
        m_nextLook = std::min(m_nextLook, Clock::now() + m_lookPause);
    }
    return true;
}

void OutputRelay::moveLines(Source &source, int stream)
{
    const QByteArray lines = source.reader.takeLines();
    OutputQueue &queue = m_queues[static_cast<std::size_t>(stream)];
    if (queue.size() < MostQueued)
        queue.add(lines);
    else
        m_dropped += lines.size();
}

void OutputRelay::watch(quint64 token, Source &source, bool watched)
{
    if (std::exchange(source.isWatched, watched) == watched)
        return;
    if (watched)
        m_poller.add(source.reader.descriptor(), token);
    else
        m_poller.remove(source.reader.descriptor());
}

/// Does not read from workers whose lines are not accepted: they block in turn.
void OutputRelay::watchAll()
{
    for (auto &[number, worker] : m_workers) {
        for (int stream = 0; stream < Streams; ++stream) {
            const auto index = static_cast<std::size_t>(stream);
            auto &source = worker.sources[index];
            if (source && !source->reader.isCaptured() && !source->reader.hasEnded())
                watch(tokenOf(number, stream), *source, m_queues[index].size() < MuchQueued);
        }
    }
}

quint64 OutputRelay::presentTask(const Worker &worker)
{
    return worker.record.state().isReady.load() == 0 ? Initializing : worker.record.claimed();
}

/// Ends unfinished lines of tasks that have ended.
void OutputRelay::finishLines()
{
    if (Clock::now() < m_nextLook || !hasUnfinishedLines())
        return;
    for (auto &[number, worker] : m_workers) {
        for (int stream = 0; stream < Streams; ++stream) {
            auto &source = worker.sources[static_cast<std::size_t>(stream)];
            if (!source || !source->reader.hasUnfinishedLine())
                continue;
            const quint64 task = presentTask(worker);
            if (task != 0 && task == source->lineTask)
                continue; // the task may continue it
            if (read(worker, stream))
                continue; // more output came: the present task may have started another line
            source->reader.finishLine();
            moveLines(*source, stream);
        }
    }
    m_lookPause = std::min<std::chrono::milliseconds>(2 * m_lookPause, LongestLookPause);
    m_nextLook = hasUnfinishedLines() ? Clock::now() + m_lookPause : Clock::time_point::max();
}

bool OutputRelay::hasUnfinishedLines() const
{
    return std::any_of(m_workers.begin(), m_workers.end(), [](const auto &each) {
        return std::any_of(each.second.sources.begin(), each.second.sources.end(),
            [](const auto &source) { return source && source->reader.hasUnfinishedLine(); });
    });
}

bool OutputRelay::hasToWrite() const { return !m_queues[0].isEmpty() || !m_queues[1].isEmpty(); }

} // namespace procession

// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/poller.h>
#include <procession/pool/output/outputqueue.h>
#include <procession/pool/output/workeroutputreader.h>
#include <procession/pool/output/workerstreams.h>
#include <procession/pool/shared/poolhandles.h>
#include <procession/pool/tasks/calloutput.h>

#include <array>
#include <chrono>
#include <map>
#include <mutex>
#include <thread>

namespace procession {

/// Reads the output of a pool's workers in its own thread, so that workers never wait for the pool:
/// forwards lines to the streams of this process, or keeps the output of each task.
///
/// Only finish() and the destructor wait for the readers of this process's streams. Any thread may
/// call it.
class OutputRelay
{
public:
    /// The relay's thread runs from start() on; until then, output stays in the workers' pipes.
    /// \param name  the pool's name
    /// \throws SystemError
    OutputRelay(PoolOutput output, PoolOutput error, const QString &name);
    /// Calls finish().
    ~OutputRelay();
    Q_DISABLE_COPY_MOVE(OutputRelay)

    /// Starts the thread; to be called once. \throws SystemError when the system refuses a thread
    void start();
    bool isStarted() const { return m_thread.joinable(); }
    bool isCapturing() const { return m_modes[0] == PoolOutput::Capture || m_modes[1] == PoolOutput::Capture; }

    /// Makes the pipes for a worker before it is started.
    /// \param number  the worker's number
    /// \throws SystemError (EMFILE)
    WorkerStreams add(quint32 number, const WorkerHandle &record);
    /// The output of a task whose end its worker has reported. Does not block.
    CallOutput take(quint32 number, quint64 task);

    /// The output, up to now, of the task that the worker runs. Does not block.
    CallOutput present(quint32 number);

    struct Last
    {
        QByteArray words; ///< the end of what it wrote to stderr
        CallOutput output; ///< of the task that it had not ended
    };
    /// Removes a worker that has ended.
    Last remove(quint32 number);

    /// Writes the remaining output and ends the thread. Blocks until then, or until this process's
    /// streams have accepted nothing for a second.
    /// \pre all workers have ended, or their output is no longer wanted
    void finish();

private:
    static constexpr int Streams = 2; ///< output and errors

    struct Source
    {
        WorkerOutputReader reader;
        bool isWatched = true;
        quint64 lineTask = 0; ///< the worker's task when the unfinished line was read
    };
    struct Worker
    {
        WorkerHandle record;
        std::array<std::optional<Source>, Streams> sources;
    };
    using Guard = std::unique_lock<std::mutex>;

    static quint64 tokenOf(quint32 number, int stream) { return quint64(number) * Streams + static_cast<quint64>(stream); }
    static quint64 presentTask(const Worker &worker);
    WorkerStreams::Pipe addSource(quint32 number, Worker &worker, int stream);
    void run();
    void relay(Guard &guard);
    void say(const QByteArray &text) const;
    bool writeOut(Guard &guard);
    void sleep(Guard &guard, QDeadlineTimer deadline);
    void readFrom(quint64 token);
    bool read(Worker &worker, int stream);
    void watch(quint64 token, Source &source, bool watched);
    void watchAll();
    void finishLines();
    bool hasUnfinishedLines() const;
    bool hasToWrite() const;
    void moveLines(Source &source, int stream);

    std::array<PoolOutput, Streams> m_modes;
    QByteArray m_name;
    QByteArray m_mark;
    Poller m_poller;
    std::mutex m_mutex; // guards all members below
    std::map<quint32, Worker> m_workers;
    std::array<OutputQueue, Streams> m_queues;
    std::array<bool, Streams> m_isBroken{}; ///< the stream of this process accepts nothing more
    qsizetype m_dropped = 0; ///< bytes that could not be queued or written
    std::vector<quint64> m_ready;
    std::chrono::milliseconds m_lookPause{0}; ///< until the next check of unfinished lines
    std::chrono::steady_clock::time_point m_nextLook = std::chrono::steady_clock::time_point::max();
    bool m_isEnding = false;
    std::thread m_thread; // the last member, since it uses all others
};

} // namespace procession

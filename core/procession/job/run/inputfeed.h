// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/engine/job.h>
#include <procession/job/inputs/rowstream.h>
#include <procession/job/run/jobbatch.h>

#include <functional>
#include <memory>
#include <thread>

namespace procession {

/// Gives a job of growing inputs its tasks, as a stream has them, from a thread of its own.
///
/// \code
/// InputFeed feed(stream, batch, {}, {});
/// Job job(batch, batch->makeExecutor({.spoolFolder = SpoolFolder("/tmp/output")}), options, {feed.observer()});
/// feed.start(job);
/// \endcode
///
/// It reads ahead of the tasks that run by some thousand rows or some megabytes, and then waits until more tasks have started. It ends with the
/// stream, or when the job stops. Destroy it before the job.
class InputFeed
{
public:
    /// Finds the record of an earlier run for a task's command, each record once. May be empty.
    using Matcher = std::function<std::optional<EarlierTask>(const JobBatch &batch, TaskIndex task)>;
    /// Called in the feed's thread when the stream cannot be read on; no further tasks come then.
    using ErrorListener = std::function<void(const std::exception &)>;

    static constexpr qsizetype MostWaiting = 4'096; ///< rows whose tasks have not started
    static constexpr qsizetype MostWaitingBytes = qsizetype(8) << 20;

    InputFeed(std::shared_ptr<RowStream> stream, std::shared_ptr<const JobBatch> batch, Matcher matcher, ErrorListener onError);
    /// Ends the reading, and waits for the thread.
    ~InputFeed();
    InputFeed(const InputFeed &) = delete;
    InputFeed &operator=(const InputFeed &) = delete;

    /// The observer by which the feed follows the job: attach it directly, not behind a recorder.
    std::shared_ptr<JobObserver> observer() const;
    /// Begins to read. \throws SystemError when the system gives no thread
    void start(Job &job);

private:
    class Gate;

    void run(Job &job);
    void feed(Job &job, AddedTasks &added);

    std::shared_ptr<RowStream> m_stream;
    std::shared_ptr<const JobBatch> m_batch;
    Matcher m_matcher;
    ErrorListener m_onError;
    std::shared_ptr<Gate> m_gate;
    std::thread m_thread;
};

} // namespace procession

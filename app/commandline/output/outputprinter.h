// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <app/commandline/output/progressline.h>
#include <app/commandline/output/tagtext.h>
#include <procession/job/output/joblog.h>
#include <procession/job/output/livelines.h>
#include <procession/job/output/outputsequencer.h>
#include <procession/job/output/resultsfolder.h>
#include <procession/job/run/jobbatch.h>
#include <procession/job/task/jobobserver.h>

#include <QtCore/QDeadlineTimer>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>
#include <variant>

namespace procession {

/// Prints the output of tasks, each task's as a whole, in a thread of its own, and keeps the job log and the results folder.
/// With taskWrote() it prints lines while tasks run and the rest at their end; with `keepOrder` lines of the task whose turn it is.
///
/// It prints only a task's last attempt, and nothing of cancelled tasks. A caller that delivers more than it can print blocks, so
/// memory stays bounded however slowly stdout is read.
class OutputPrinter : public JobObserver
{
public:
    struct Options
    {
        bool keepOrder = false;
        bool quiet = false; ///< no notes on stderr of tasks that could not start or ran out of time
        std::optional<TagText> tag;
        QByteArray results; ///< a folder; empty: none
        std::unique_ptr<JobLogWriter> jobLog; ///< null: none
        bool removeFiles = false; ///< output in files is of no use once printed
    };

    /// \param before   the records at the start of the job, or empty
    /// \param onError  called once, in the printer's thread, when output cannot be written; nothing is printed after that
    OutputPrinter(std::shared_ptr<const JobBatch> batch, const std::vector<TaskRecord> &before, Options options,
        std::shared_ptr<ProgressLine> line, std::function<void(const std::exception &)> onError);
    ~OutputPrinter() override;

    /// Starts the printing thread; reports that came before wait for it.
    void start();
    /// Prints the rest; call it after the last report. Blocks until it is printed or the deadline passes: then the reader of stdout or
    /// stderr accepts nothing, and this object cannot be destroyed until it does.
    /// \returns whether it is printed
    bool finish(QDeadlineTimer deadline = QDeadlineTimer(QDeadlineTimer::Forever));
    /// Accepts reports without blocking from now on, whatever memory it takes. For ending a job whose output is not read. Thread-safe.
    void acceptWithoutWaiting();

    /// What a task has just written. Never waits: what there is no room for is printed when the task has ended. From any thread.
    void taskWrote(OutputPiece &&piece);

    void taskStarted(TaskIndex task, const TaskRecord &record) override;
    void attemptEnded(const Attempt &attempt) override;
    void taskChanged(TaskIndex task, const TaskRecord &record) override;
    void jobStateChanged(JobState state) override;
    void tasksAdded(const AddedTasks &added) override;

private:
    struct Ended
    {
        Attempt attempt;
        bool counts = true; // to be printed and logged
        bool isLast = true; // the task has ended with it
    };

    using Event = std::variant<Ended, OutputPiece>;

    void add(Ended ended);
    void run();
    std::deque<Event> take();
    void handle(Ended ended);
    void release(TaskIndex task);
    void handle(const OutputPiece &piece);
    void printLines(TaskIndex task);
    void keep(const Attempt &attempt);
    void printTask(const Attempt &attempt);
    QByteArray tagOf(TaskIndex task, int worker) const;
    void printStream(int fd, const CapturedStream &stream, const QByteArray &tag, qint64 from);
    void printNotes(const Attempt &attempt);
    QString startFailure(const Attempt &attempt) const;
    void printOutputNote(const Attempt &attempt);
    void note(const QString &text);
    void drop(const Attempt &attempt);

    const std::shared_ptr<const JobBatch> m_batch;
    const Options m_options;
    const std::shared_ptr<ProgressLine> m_line;
    const std::function<void(const std::exception &)> m_onError;
    const std::optional<ResultsFolder> m_results;
    std::optional<OutputSequencer> m_sequencer; // of the printer's thread
    LiveLines m_live; // of the printer's thread
    bool m_failed = false; // of the printer's thread

    std::unordered_map<TaskIndex, Attempt> m_last; // of the telling thread: attempts whose outcome is not yet known

    std::mutex m_mutex; // guards what follows
    std::condition_variable m_changed;
    std::deque<Event> m_waiting;
    qint64 m_memory = 0; // of what is waiting
    bool m_finished = false;
    bool m_unbounded = false;
    bool m_hasPrinted = false; // all

    std::thread m_thread; // the last, since it uses all of the others
};

} // namespace procession

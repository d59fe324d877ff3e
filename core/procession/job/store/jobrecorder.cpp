// SPDX-License-Identifier: MIT
#include <procession/job/store/jobrecorder.h>
#include <procession/job/task/evenclock.h>
#include <procession/job/task/tasksource.h>
#include <procession/platform/base/kernelclock.h>
#include <procession/platform/thread/threadstart.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace procession {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr qint64 MemoryBound = 64LL * 1024 * 1024;
constexpr auto RetryInterval = 1s;
// How long tries that all fail are not in vain yet, and where another program holds the database, which may take its time.
constexpr auto LastTries = 5s;
constexpr auto LongestHeld = 3min;
// Time from one transaction to the next, so that a flood is written in few of them; some may come at once after a time without any.
constexpr auto Pace = 10ms;
constexpr int Burst = 4;

qint64 memoryOf(const StoreChange &change)
{
    return qint64(sizeof(StoreChange)) + change.attempt.output.out.bytes.size() + change.attempt.output.err.bytes.size();
}

void tell(JobObserver &observer, const StoreChange &change)
{
    switch (change.kind) {
    case StoreChange::Kind::TaskStarted:
        observer.taskStarted(change.task, change.record);
        break;
    case StoreChange::Kind::AttemptEnded:
        observer.attemptEnded(change.attempt);
        break;
    case StoreChange::Kind::TaskChanged:
        observer.taskChanged(change.task, change.record);
        break;
    case StoreChange::Kind::JobState:
        observer.jobStateChanged(change.state);
        break;
    case StoreChange::Kind::TasksAdded:
        observer.tasksAdded(*change.added);
        break;
    }
}

} // namespace

class JobRecorder::Private
{
public:
    Private(const QString &storePath, Job job, Beginning beginning, std::shared_ptr<const TaskSource> source,
        std::vector<std::shared_ptr<JobObserver>> downstream, std::function<void(const QString &)> onError)
        : m_path(storePath),
          m_beginning(std::move(beginning)),
          m_job(job.id),
          m_source(std::move(source)),
          m_downstream(std::move(downstream)),
          m_onError(std::move(onError)),
          m_hold(std::move(job.hold)),
          m_store(std::move(job.store)),
          m_thread(startThread("the record of a job", [this] { run(); }))
    {
    }

    Q_DISABLE_COPY_MOVE(Private)

    ~Private()
    {
        {
            const std::scoped_lock lock(m_mutex);
            m_closing = true;
        }
        m_wakeWriter.notify_all();
        m_thread.join();
    }

    const EvenClock clock;

    void add(StoreChange &&change)
    {
        std::unique_lock lock(m_mutex);
        m_wakeTeller.wait(lock, [this] { return m_memory < MemoryBound || m_gaveUp || m_unbounded; });
        m_memory += memoryOf(change);
        m_isLastTold = change.kind == StoreChange::Kind::JobState && change.state == JobState::Finished;
        m_waiting.push_back(std::move(change));
        ++m_told;
        if (m_isLastTold || (m_writerIsIdle && hasWork()))
            m_wakeWriter.notify_all();
    }

    bool flush(QDeadlineTimer deadline)
    {
        std::unique_lock lock(m_mutex);
        const quint64 target = m_told;
        m_flushUpTo = std::max(m_flushUpTo, target);
        m_wakeWriter.notify_all();
        const auto settled = [this, target] { return m_settled >= target; };
        if (deadline.isForever())
            m_wakeTeller.wait(lock, settled);
        else
            waitFor(m_wakeTeller, lock, std::chrono::nanoseconds(deadline.remainingTimeNSecs()), settled);
        return settled() && !m_dropped;
    }

    qint64 job() const { return m_job; }

    bool isStuck() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_dropped || m_gaveUp || triesAreInVain();
    }

    void giveUp()
    {
        const std::scoped_lock lock(m_mutex);
        m_gaveUp = true;
        m_wakeWriter.notify_all();
        m_wakeTeller.notify_all();
    }

    void acceptWithoutWaiting()
    {
        const std::scoped_lock lock(m_mutex);
        m_unbounded = true;
        m_wakeTeller.notify_all();
    }

private:
    enum class Outcome : quint8 { Written, Contradicts, Failed };

    void run()
    {
        if (m_beginning.make)
            begin();
        for (std::vector<StoreChange> batch = next(); !batch.empty(); batch = next())
            record(batch);
        if (m_store)
            m_store->releaseJob(m_job);
        m_store.reset();
        m_hold.reset();
    }

    void begin()
    {
        try {
            Job job = m_beginning.make();
            m_store = std::move(job.store);
            m_hold = std::move(job.hold);
            m_job = job.id;
        } catch (const JobStoreError &error) {
            m_isRefused = true;
            m_beginning.refused(error);
        }
        m_beginning = {};
    }

    /// The changes to write next; empty at the end.
    std::vector<StoreChange> next()
    {
        std::unique_lock lock(m_mutex);
        m_writerIsIdle = true;
        m_wakeWriter.wait(lock, [this] { return hasWork() || m_closing; });
        m_writerIsIdle = false;
        const Clock::time_point now = Clock::now();
        m_next = std::max(m_next, now - Burst * Pace);
        waitFor(m_wakeWriter, lock, m_next - now, [this] { return isUrgent(); });
        m_next += Pace;
        std::vector<StoreChange> batch = std::exchange(m_waiting, {});
        if (endsWithHalf(batch) && !isUrgent()) {
            m_waiting.push_back(std::move(batch.back()));
            batch.pop_back();
        }
        return batch;
    }

    /// An attempt's end and the resulting state of its task belong in one transaction: a kill between them would leave a failed task
    /// that looks unfinished.
    static bool endsWithHalf(const std::vector<StoreChange> &changes)
    {
        return !changes.empty() && changes.back().kind == StoreChange::Kind::AttemptEnded;
    }

    bool hasWork() const { return m_waiting.size() > (endsWithHalf(m_waiting) && !isUrgent() ? 1 : 0); }
    bool triesAreInVain() const
    {
        return m_failingSince && Clock::now() - *m_failingSince >= (m_isHeld ? Clock::duration(LongestHeld) : LastTries);
    }
    bool isUrgent() const { return m_closing || m_isLastTold || m_flushUpTo > m_settled || m_memory > MemoryBound / 2; }

    void record(const std::vector<StoreChange> &batch)
    {
        if (m_isRefused) {
            tellDownstream(batch);
            settle(batch, true);
            return;
        }
        Outcome outcome = write(batch);
        while (outcome == Outcome::Failed && waitForRetry())
            outcome = write(batch);
        if (outcome == Outcome::Contradicts && batch.size() > 1) {
            for (const StoreChange &change : batch)
                record({change});
            return;
        }
        tellDownstream(batch); // also what could not be written: a result must not be lost twice
        settle(batch, outcome == Outcome::Written);
    }

    Outcome write(const std::vector<StoreChange> &batch)
    {
        try {
            if (!m_store)
                m_store = std::make_shared<JobStore>(m_path);
            m_store->write(m_job, batch, *m_source);
            setFailing(false, false);
            return Outcome::Written;
        } catch (const JobStoreError &error) {
            if (error.reason() == JobStoreError::Reason::Internal)
                return contradiction(batch, error);
            m_store.reset(); // whatever it is, a connection made anew meets what has been mended
            if (setFailing(true, error.reason() == JobStoreError::Reason::Busy))
                report(error);
            return Outcome::Failed;
        } catch (const std::exception &error) {
            return contradiction(batch, error);
        }
    }

    /// \return whether the store has just started to fail
    bool setFailing(bool failing, bool held)
    {
        const std::scoped_lock lock(m_mutex);
        const bool begins = failing && !m_failingSince;
        if (begins)
            m_failingSince = Clock::now();
        else if (!failing)
            m_failingSince.reset();
        m_isHeld = held;
        return begins;
    }

    Outcome contradiction(const std::vector<StoreChange> &batch, const std::exception &error)
    {
        if (batch.size() == 1)
            report(error);
        return Outcome::Contradicts;
    }

    void report(const std::exception &error)
    {
        if (m_onError)
            m_onError(QString::fromUtf8(error.what()));
    }

    /// \return whether to try again
    bool waitForRetry()
    {
        std::unique_lock lock(m_mutex);
        return !waitFor(m_wakeWriter, lock, RetryInterval, [this] { return m_gaveUp || (m_closing && triesAreInVain()); });
    }

    void tellDownstream(const std::vector<StoreChange> &batch)
    {
        for (const StoreChange &change : batch) {
            for (const auto &observer : m_downstream)
                tell(*observer, change);
        }
    }

    void settle(const std::vector<StoreChange> &batch, bool written)
    {
        const std::scoped_lock lock(m_mutex);
        for (const StoreChange &change : batch)
            m_memory -= memoryOf(change);
        m_settled += batch.size();
        m_dropped |= !written;
        m_wakeTeller.notify_all();
    }

    const QString m_path;
    Beginning m_beginning;
    std::atomic<qint64> m_job;
    const std::shared_ptr<const TaskSource> m_source;
    const std::vector<std::shared_ptr<JobObserver>> m_downstream;
    const std::function<void(const QString &)> m_onError;

    // Of the writer's thread alone.
    std::shared_ptr<JobLease> m_hold;
    std::shared_ptr<JobStore> m_store;
    Clock::time_point m_next{}; // when a transaction may be written, but for Burst of them
    bool m_isRefused = false;

    mutable std::mutex m_mutex; // guards what follows
    std::condition_variable m_wakeWriter;
    std::condition_variable m_wakeTeller;
    std::vector<StoreChange> m_waiting;
    qint64 m_memory = 0; // of what is waiting or being written
    quint64 m_told = 0;
    quint64 m_settled = 0; // written or dropped
    quint64 m_flushUpTo = 0;
    std::optional<Clock::time_point> m_failingSince;
    bool m_isHeld = false; // by another program: that is why it fails
    bool m_writerIsIdle = false;
    bool m_closing = false;
    bool m_isLastTold = false; // nothing is left to wait for
    bool m_gaveUp = false;
    bool m_unbounded = false;
    bool m_dropped = false;

    std::thread m_thread; // the last, since it uses all of the others
};

JobRecorder::JobRecorder(const QString &storePath, Job job, std::shared_ptr<const TaskSource> source,
    std::vector<std::shared_ptr<JobObserver>> downstream, std::function<void(const QString &)> onError)
    : d(std::make_unique<Private>(
        storePath, std::move(job), Beginning{}, std::move(source), std::move(downstream), std::move(onError)))
{
}

JobRecorder::JobRecorder(const QString &storePath, Beginning beginning, std::shared_ptr<const TaskSource> source,
    std::vector<std::shared_ptr<JobObserver>> downstream, std::function<void(const QString &)> onError)
    : d(std::make_unique<Private>(
        storePath, Job{}, std::move(beginning), std::move(source), std::move(downstream), std::move(onError)))
{
}

JobRecorder::~JobRecorder() = default;

bool JobRecorder::flush(QDeadlineTimer deadline) { return d->flush(deadline); }

qint64 JobRecorder::job() const { return d->job(); }

bool JobRecorder::isStuck() const { return d->isStuck(); }

void JobRecorder::giveUp() { d->giveUp(); }

void JobRecorder::acceptWithoutWaiting() { d->acceptWithoutWaiting(); }

void JobRecorder::taskStarted(TaskIndex task, const TaskRecord &record)
{
    StoreChange change;
    change.kind = StoreChange::Kind::TaskStarted;
    change.task = task;
    change.record = record;
    d->add(std::move(change));
}

void JobRecorder::attemptEnded(const Attempt &attempt)
{
    StoreChange change;
    change.kind = StoreChange::Kind::AttemptEnded;
    change.task = attempt.task;
    change.attempt = attempt;
    d->add(std::move(change));
}

void JobRecorder::taskChanged(TaskIndex task, const TaskRecord &record)
{
    StoreChange change;
    change.kind = StoreChange::Kind::TaskChanged;
    change.task = task;
    change.record = record;
    d->add(std::move(change));
}

void JobRecorder::jobStateChanged(JobState state)
{
    StoreChange change;
    change.kind = StoreChange::Kind::JobState;
    change.state = state;
    change.at = d->clock.now();
    d->add(std::move(change));
}

void JobRecorder::tasksAdded(const AddedTasks &added)
{
    StoreChange change;
    change.kind = StoreChange::Kind::TasksAdded;
    change.added = std::make_shared<const AddedTasks>(added);
    d->add(std::move(change));
}

} // namespace procession

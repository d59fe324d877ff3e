// SPDX-License-Identifier: MIT
#include <procession/job/engine/jobrunner.h>

#include <procession/platform/system/systemload.h>
#include <procession/platform/thread/threadstart.h>

#include <algorithm>
#include <cerrno>

namespace procession {

namespace {

using std::chrono::steady_clock;

qint64 microsecondsNow()
{
    using namespace std::chrono;
    return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

/// From one look at the clock to the next while time-outs run, and how late a look must come to show that the program was stopped.
constexpr std::chrono::milliseconds ClockInterval{500};
constexpr std::chrono::milliseconds LateTime{500};

// The system could not make one more process just now; it will again when another has ended.
bool isShortage(const ExitStatus &status)
{
    return status.kind == ExitStatus::Kind::FailedToStart
        && (status.value == EAGAIN || status.value == ENOMEM || status.value == EMFILE || status.value == ENFILE);
}

} // namespace

JobRunner::JobRunner(qsizetype taskCount, bool growing, std::unique_ptr<Executor> executor, const JobOptions &options,
    std::vector<std::shared_ptr<JobObserver>> observers, std::vector<TaskRecord> before, StateListener listener)
    : m_executor(std::move(executor)),
      m_options(options),
      m_observers(std::move(observers)),
      m_stateListener(std::move(listener)),
      m_scheduler(taskCount, options, std::move(before)),
      m_workers(std::max(1, options.workers)),
      m_gate(options, {systemLoad, availableMemory}),
      m_growing(growing),
      m_moreMayCome(growing)
{
    publish();
    m_thread = startThread("a job", [this] { run(); });
}

JobRunner::~JobRunner()
{
    post([](JobRunner &runner) {
        runner.m_quit = true;
        for (const WorkerSlot &slot : runner.m_workers.all())
            runner.endWorker(slot.snapshot.id, WorkerSignal::Kill, EndCause::Stop);
    });
    m_thread.join();
}

void JobRunner::post(Request request)
{
    {
        const std::scoped_lock lock(m_requestMutex);
        m_requests.push_back(std::move(request));
    }
    m_executor->wake();
}

JobSummary JobRunner::summary() const
{
    const std::scoped_lock lock(m_publishedMutex);
    return m_published;
}

std::vector<WorkerSnapshot> JobRunner::workers() const
{
    const std::scoped_lock lock(m_publishedMutex);
    return m_publishedWorkers;
}

void JobRunner::run()
{
    std::vector<Attempt> ended;
    while (true) {
        runRequests();
        const TimePoint now = steady_clock::now();
        if (!m_standsSince) {
            enforceDeadlines(now);
            readUsage(now);
        }
        if (!m_quit)
            startTasks(now);
        else if (m_workers.busyCount() == 0)
            return;
        finishIfNothingIsLeft();
        publish();

        ended.clear();
        const QDeadlineTimer deadline = nextDeadline();
        m_executor->wait(deadline, ended);
        noticeStop(deadline);
        for (const int worker : m_executor->takeOverflowing())
            endWorker(worker, WorkerSignal::Terminate, EndCause::Output);
        for (Attempt &attempt : ended)
            endAttempt(attempt, steady_clock::now());
    }
}

void JobRunner::runRequests()
{
    std::vector<Request> requests;
    {
        const std::scoped_lock lock(m_requestMutex);
        requests.swap(m_requests);
    }
    for (const Request &request : requests)
        request(*this);
}

void JobRunner::startTasks(TimePoint now)
{
    m_waitsForGate = false;
    while (m_state == JobState::Running && !m_standsSince && m_workers.hasFree() && m_scheduler.count(TaskState::Queued) > 0) {
        if (!m_gate.isOpen(now)) {
            m_waitsForGate = true;
            return;
        }
        const auto task = m_scheduler.next(now);
        if (!task)
            return;
        startTask(*task, now);
    }
}

void JobRunner::startTask(TaskIndex task, TimePoint now)
{
    const int worker = m_workers.take();
    WorkerSlot &slot = m_workers[worker];
    slot.snapshot.task = task;
    slot.snapshot.taskStartedAt = microsecondsNow();

    m_scheduler.begin(task, worker, slot.snapshot.taskStartedAt);
    for (const auto &observer : m_observers)
        observer->taskStarted(task, m_scheduler.record(task));
    m_executor->start(task, m_scheduler.record(task).attempts, worker);
    if (m_options.timeout.count() > 0)
        slot.timeoutAt = steady_clock::now() + m_options.timeout; // later than `now`: others may have been started since
    slot.snapshot.pid = m_executor->pid(worker);
    m_gate.started(now);
}

void JobRunner::endAttempt(Attempt &attempt, TimePoint now)
{
    WorkerSlot &slot = m_workers[attempt.worker];
    attempt.cause = slot.cause;
    if (attempt.cause == EndCause::Itself && (attempt.output.out.error != 0 || attempt.output.err.error != 0))
        attempt.cause = EndCause::Output; // a result of which a part is missing is none
    const bool othersRun = m_workers.busyCount() > 1;
    const bool isShort = isShortage(attempt.status) && othersRun;
    if (!isShort)
        ++(attempt.status.isSuccess() ? slot.snapshot.done : slot.snapshot.failed);
    m_workers.release(attempt.worker);

    if (isShort) {
        m_gate.ranShort();
        m_scheduler.putBack(attempt.task);
        tellChanged(attempt.task);
        return;
    }
    m_gate.attemptEnded();
    ++m_attemptsEnded;
    m_scheduler.end(attempt, now);
    for (const auto &observer : m_observers)
        observer->attemptEnded(attempt);
    tellChanged(attempt.task);
    // A task that was to be tried again has no time left for it.
    if (m_state == JobState::Stopping)
        cancelQueued(attempt.task, EndCause::Stop);
    applyHaltRule();
}

void JobRunner::applyHaltRule()
{
    if ((m_state != JobState::Running && m_state != JobState::Paused) || !m_scheduler.isHalted())
        return;
    m_halted = true;
    stop(m_options.halt.when == HaltRule::When::Now ? StopMode::Terminate : StopMode::Finish, EndCause::Halt);
}

void JobRunner::enforceDeadlines(TimePoint now)
{
    for (WorkerSlot &slot : m_workers.all()) {
        if (!slot.snapshot.hasTask)
            continue;
        if (slot.timeoutAt && *slot.timeoutAt <= now)
            endWorker(slot.snapshot.id, WorkerSignal::Terminate, EndCause::TimedOut);
        else if (slot.killAt && *slot.killAt <= now)
            endWorker(slot.snapshot.id, WorkerSignal::Kill, slot.cause);
    }
}

void JobRunner::readUsage(TimePoint now)
{
    if (m_usageInterval.count() == 0 || now < m_nextUsage)
        return;
    m_nextUsage = now + m_usageInterval;
    for (WorkerSlot &slot : m_workers.all()) {
        if (!slot.snapshot.hasTask)
            continue;
        const WorkerUsage usage = m_executor->usage(slot.snapshot.id);
        slot.snapshot.pid = usage.pid;
        slot.snapshot.cpuTime = usage.cpuTime;
        slot.snapshot.memory = usage.memory;
        slot.snapshot.progress = usage.progress;
        WorkerState &state = slot.snapshot.state;
        if (state == WorkerState::Busy && usage.isStopped)
            state = WorkerState::Stopped;
        else if (state == WorkerState::Stopped && !usage.isStopped)
            state = WorkerState::Busy;
    }
}

void JobRunner::finishIfNothingIsLeft()
{
    const bool active = m_state == JobState::Running || m_state == JobState::Paused || m_state == JobState::Stopping;
    if (!active || m_quit || m_moreMayCome || m_workers.busyCount() > 0 || m_scheduler.count(TaskState::Queued) > 0)
        return;
    m_endedAt = m_clock.now();
    setState(JobState::Finished);
}

QDeadlineTimer JobRunner::nextDeadline() const
{
    if (m_standsSince)
        return QDeadlineTimer(QDeadlineTimer::Forever);
    std::optional<TimePoint> next;
    const auto consider = [&next](std::optional<TimePoint> point) {
        if (point && (!next || *point < *next))
            next = point;
    };
    for (const WorkerSlot &slot : m_workers.all()) {
        consider(slot.timeoutAt);
        consider(slot.killAt);
    }
    if (next)
        consider(steady_clock::now() + ClockInterval);
    if (m_state == JobState::Running) {
        if (m_waitsForGate)
            consider(m_gate.opensAt());
        else if (m_workers.hasFree())
            consider(m_scheduler.nextDue());
    }
    if (m_usageInterval.count() > 0 && m_workers.busyCount() > 0)
        consider(m_nextUsage);
    if (!next)
        return QDeadlineTimer(QDeadlineTimer::Forever);
    return QDeadlineTimer(std::max<std::chrono::nanoseconds>(*next - steady_clock::now(), std::chrono::nanoseconds(0)));
}

/// A wait that ends long after its deadline was held up by a stop of the whole program (SIGSTOP, a frozen container). Its tasks are
/// not to lose the time, and may have been stopped with it.
void JobRunner::noticeStop(QDeadlineTimer deadline)
{
    if (deadline.isForever())
        return;
    const std::chrono::nanoseconds late(QDeadlineTimer::current().deadlineNSecs() - deadline.deadlineNSecs());
    if (late > LateTime)
        shiftClocks(late);
}

void JobRunner::shiftClocks(std::chrono::nanoseconds by)
{
    for (WorkerSlot &slot : m_workers.all()) {
        if (slot.timeoutAt)
            *slot.timeoutAt += by;
        if (slot.killAt)
            *slot.killAt += by;
    }
    m_stoodStill += by;
}

void JobRunner::setState(JobState state)
{
    if (m_state == state)
        return;
    m_state = state;
    for (const auto &observer : m_observers)
        observer->jobStateChanged(state);
    publish();
    m_stateListener(state);
}

void JobRunner::tellChanged(TaskIndex task)
{
    for (const auto &observer : m_observers)
        observer->taskChanged(task, m_scheduler.record(task));
}

void JobRunner::publish()
{
    const std::scoped_lock lock(m_publishedMutex);
    m_published.state = m_state;
    m_published.tasks = m_scheduler.counts();
    m_published.attemptsEnded = m_attemptsEnded;
    m_published.workers = m_workers.wanted();
    m_published.busyWorkers = m_workers.busyCount();
    m_published.stoppedWorkers = m_workers.stoppedCount();
    m_published.startedAt = m_startedAt;
    m_published.endedAt = m_endedAt;
    m_published.moreMayCome = m_moreMayCome;
    m_published.endedBefore = m_scheduler.endedBefore();
    m_published.stoodStill = std::chrono::duration_cast<std::chrono::microseconds>(m_stoodStill).count();
    m_published.halted = m_halted;
    m_published.heldBack = m_waitsForGate && m_gate.isHeldBack();
    m_publishedWorkers.clear();
    for (const WorkerSlot &slot : m_workers.all())
        m_publishedWorkers.push_back(slot.snapshot);
}

} // namespace procession

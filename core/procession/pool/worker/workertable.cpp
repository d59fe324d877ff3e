// SPDX-License-Identifier: MIT
#include <procession/pool/worker/workertable.h>

#include <procession/memory/arena/threadslot.h>
#include <procession/pool/worker/workerloop.h>
#include <procession/process/child/processruntime.h>
#include <procession/process/launch/childstart.h>

#include <QtCore/QScopeGuard>

#include <algorithm>
#include <csignal>

namespace procession {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::microseconds StartingPause = 2ms; // for a worker that has not published its thread yet
constexpr std::chrono::microseconds EndingPause = 50us; // for a worker whose thread has ended, while the kernel cleans it up
constexpr std::chrono::microseconds EagerEnd = 300us; // how long that usually takes: too short to sleep

/// \returns false when the system refuses: this process has lost its privileges since, or the descriptor was closed
bool send(const WorkerTable::Worker &worker, int signal)
{
    try {
        worker.handle.sendSignal(signal);
        return true;
    } catch (const ProcessError &) {
        return false;
    }
}

} // namespace

WorkerTable::WorkerTable(const PoolOptions &options, StartMethod method, Common common)
    : m_options(options), m_method(method), m_common(std::move(common)), m_own(ProcessRuntime::get())
{
}

void WorkerTable::start()
{
    ChildSetup setup = m_own.childSetup(m_own.nextNumber());
    QStringList numbers;
    for (const int number : setup.identity)
        numbers.append(QString::number(number));
    setup.name = QStringLiteral("PoolWorker-") + numbers.join(QLatin1Char(':'));
    setup.method = m_method;
    setup.isDaemon = !areThreads(); // tasks in threads may start processes, which do not outlive this one
    setup.isLeftAtEnd = areThreads();
    setup.leavesNothing = !areThreads();

    Worker worker{++m_started, setup.name, WorkerHandle(m_common.pool, m_started)};
    worker.record.setName(setup.name);
    worker.cpu = leastUsedCpu();
    Target initializer = m_options.initializer.isEmpty() ? Target() : m_options.initializer.target();
    if (areThreads() && !initializer.isEmpty())
        initializer.duplicateHandles();
    const WorkerLimits limits{m_options.memoryLimit, worker.cpu >= 0 ? m_options.affinity[worker.cpu] : -1, m_options.niceness};
    auto withoutOutput = qScopeGuard([&] {
        if (m_common.output)
            m_common.output->remove(worker.number);
    });
    const Target target = Target::of(&runWorkerLoop,
        WorkerSetup{m_common.pool, worker.record, m_common.tasks, m_common.reports,
            static_cast<quint64>(std::max(0, m_options.maxTasksPerChild)), WorkerInitializer(std::move(initializer)), limits,
            m_common.output ? m_common.output->add(worker.number, worker.record) : WorkerStreams(), m_common.runHere});
    const Work work{[target] { target.call(); }, [target](Encoder &encoder) { target.encode(encoder); }};
    worker.handle = startChild(setup, "pool worker", work);
    withoutOutput.dismiss();
    m_workers.push_back(std::move(worker));
    m_lookAgain = StartingPause;
}

/// The CPU with the fewest workers, so that a replacement gets that of its predecessor.
qsizetype WorkerTable::leastUsedCpu() const
{
    const auto users = [this](qsizetype cpu) {
        return std::count_if(
            m_workers.begin(), m_workers.end(), [cpu](const Worker &worker) { return worker.cpu == cpu && !worker.isLeaving; });
    };
    qsizetype least = m_options.affinity.isEmpty() ? -1 : 0;
    for (qsizetype cpu = 1; cpu < m_options.affinity.size(); ++cpu) {
        if (users(cpu) < users(least))
            least = cpu;
    }
    return least;
}

WorkerTable::Worker *WorkerTable::on(quint64 task)
{
    const auto found = std::find_if(
        m_workers.begin(), m_workers.end(), [task](const Worker &worker) { return worker.record.claimed() == task; });
    return found != m_workers.end() ? &*found : nullptr;
}

int WorkerTable::staying() const
{
    return static_cast<int>(
        std::count_if(m_workers.begin(), m_workers.end(), [](const Worker &worker) { return !worker.isLeaving; }));
}

bool WorkerTable::areTerminatedWithProcess() const { return m_own.isEnding(); }

std::vector<WorkerTable::Ended> WorkerTable::takeEnded()
{
    std::vector<Ended> ended;
    m_threads.clear();
    bool areStarting = false;
    bool areEnding = false;
    for (auto each = m_workers.begin(); each != m_workers.end();) {
        const ThreadWord thread = each->record.state().thread.load(std::memory_order_acquire);
        if (thread != 0 && recordOf(thread)) {
            m_threads.push_back(thread);
            ++each;
        } else if (each->handle.isAlive()) {
            (thread == 0 && !each->isLeaving ? areStarting : areEnding) = true;
            ++each;
        } else {
            const ExitStatus status = each->handle.exitStatus();
            const qint64 pid = each->handle.pid();
            m_own.remove(each->handle);
            ended.push_back({std::move(*each), pid, status});
            each = m_workers.erase(each);
        }
    }
    lookAgain(areStarting, areEnding);
    return ended;
}

void WorkerTable::lookAgain(bool areStarting, bool areEnding)
{
    m_lookAgain.reset();
    if (areStarting)
        m_lookAgain = StartingPause;
    if (!areEnding) {
        m_endingSince.reset();
        return;
    }
    const auto now = std::chrono::steady_clock::now();
    m_lookAgain = now - m_endingSince.value_or(now) < EagerEnd ? 0us : EndingPause;
    m_endingSince = m_endingSince.value_or(now);
}

void WorkerTable::askToLeave(Worker &worker)
{
    worker.isLeaving = true;
    PoolWorkerState &state = worker.record.state();
    const quint64 before = state.claim.fetch_or(PoolWorkerState::Leave);
    if (areThreads()) {
        state.leaves.store(1);
        wakeFutex(state.leaves, 1);
    } else if ((before >> PoolWorkerState::IdShift) == 0) {
        send(worker, SIGKILL); // it has no task and cannot claim one any more
    }
}

void WorkerTable::doom(Worker &worker)
{
    worker.isLeaving = true;
    worker.record.state().claim.fetch_or(PoolWorkerState::Leave | PoolWorkerState::Doomed);
}

bool WorkerTable::killFor(Worker &worker, quint64 task)
{
    std::atomic<quint64> &claim = worker.record.state().claim;
    quint64 expected = claim.load();
    do {
        if (expected >> PoolWorkerState::IdShift != task)
            return false;
    } while (!claim.compare_exchange_weak(expected, expected | PoolWorkerState::Doomed));
    worker.isLeaving = true;
    if (areThreads())
        return false;
    return send(worker, SIGKILL);
}

void WorkerTable::terminateAll()
{
    if (areThreads())
        return;
    // The last worker started is the likeliest to sleep on another processor than this thread: woken first, it stays there, and the
    // one before it ends on this one. In the opposite order both often end on one processor in turn, which takes twice as long.
    std::for_each(m_workers.rbegin(), m_workers.rend(), [](Worker &worker) {
        worker.isLeaving = true;
        if (worker.record.state().thread.load() == 0)
            send(worker, SIGKILL);
        else
            send(worker, SIGTERM);
    });
}

void WorkerTable::abandon()
{
    if (areThreads())
        return;
    for (const Worker &worker : m_workers)
        forget(worker);
    m_workers.clear();
    m_threads.clear();
    m_lookAgain.reset();
}

void WorkerTable::forget(const Worker &worker)
{
    m_own.remove(worker.handle);
    try {
        if (m_common.output)
            m_common.output->remove(worker.number);
    } catch (const ProcessError &) {
        // The rest of its output cannot be read, and nothing can be done about it.
    }
}

void WorkerTable::killAll()
{
    if (areThreads())
        return;
    std::erase_if(m_workers, [this](const Worker &worker) {
        const bool isRefused = !send(worker, SIGKILL);
        if (isRefused)
            forget(worker);
        return isRefused;
    });
}

} // namespace procession

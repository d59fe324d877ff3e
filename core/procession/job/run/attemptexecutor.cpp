// SPDX-License-Identifier: MIT
#include <procession/job/run/attemptexecutor.h>

#include <algorithm>

namespace procession {

using namespace std::chrono;

RunningAttempt::RunningAttempt(TaskIndex task, int number, int worker) : m_begun(steady_clock::now())
{
    attempt.task = task;
    attempt.number = number;
    attempt.worker = worker;
    attempt.startedAt = duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

SpoolFile RunningAttempt::spoolFile(const SpoolFolder &folder, const char *ending) const
{
    return {folder, attempt.task, attempt.number, ending};
}

void RunningAttempt::end()
{
    attempt.duration = duration_cast<microseconds>(steady_clock::now() - m_begun).count();
    attempt.peakMemory = std::max(attempt.peakMemory, peakSeen);
}

void AttemptExecutor::start(TaskIndex task, int number, int worker)
{
    if (auto running = begin(task, number, worker))
        m_running[worker] = std::move(running);
}

void AttemptExecutor::signal(int worker, WorkerSignal signal)
{
    if (RunningAttempt *attempt = running(worker))
        attempt->signal(signal);
}

WorkerUsage AttemptExecutor::usage(int worker) const
{
    RunningAttempt *attempt = running(worker);
    if (!attempt)
        return {};
    const WorkerUsage usage = attempt->usage();
    attempt->peakSeen = std::max(attempt->peakSeen, usage.memory);
    return usage;
}

TaskOutput AttemptExecutor::output(int worker) const
{
    const RunningAttempt *attempt = running(worker);
    return attempt ? attempt->output() : TaskOutput();
}

qint64 AttemptExecutor::pid(int worker) const
{
    const RunningAttempt *attempt = running(worker);
    return attempt ? attempt->pid() : 0;
}

RunningAttempt *AttemptExecutor::running(int worker) const
{
    const auto found = m_running.find(worker);
    return found == m_running.end() ? nullptr : found->second.get();
}

} // namespace procession

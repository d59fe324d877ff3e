// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/engine/executor.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>

/// Carries out attempts inside of the test's program: each ends when the test says so, or at once when it gave a rule.
class TestExecutor : public procession::Executor
{
public:
    using Rule = std::function<procession::ExitStatus(procession::TaskIndex, int number)>;

    /// \param rule  how each attempt ends; without one, attempts run until finish()
    explicit TestExecutor(Rule rule = {}) : m_rule(std::move(rule)) { }

    void start(procession::TaskIndex task, int number, int worker) override
    {
        const std::scoped_lock lock(m_mutex);
        procession::Attempt attempt;
        attempt.task = task;
        attempt.number = number;
        attempt.worker = worker;
        if (m_rule) {
            attempt.status = m_rule(task, number);
            m_ended.push_back(attempt);
            return;
        }
        if (m_running.size() >= m_capacity) {
            attempt.status = procession::ExitStatus::failedToStart(EAGAIN);
            m_ended.push_back(attempt);
            return;
        }
        m_running[worker] = attempt;
        m_changed.notify_all();
    }

    void signal(int worker, procession::WorkerSignal signal) override
    {
        const std::scoped_lock lock(m_mutex);
        m_signals.emplace_back(worker, signal);
        m_changed.notify_all();
        const auto found = m_running.find(worker);
        const bool ends
            = signal == procession::WorkerSignal::Kill || (signal == procession::WorkerSignal::Terminate && !m_ignoresTerminate);
        if (found == m_running.end() || !ends)
            return;
        endLocked(found, procession::ExitStatus::signaled(signal == procession::WorkerSignal::Kill ? 9 : 15));
    }

    void wait(QDeadlineTimer deadline, std::vector<procession::Attempt> &ended) override
    {
        std::unique_lock lock(m_mutex);
        const auto something = [this] { return !m_ended.empty() || m_woken; };
        if (deadline.isForever())
            m_changed.wait(lock, something);
        else
            m_changed.wait_for(lock, std::chrono::nanoseconds(deadline.remainingTimeNSecs()), something);
        ended = std::move(m_ended);
        m_ended.clear();
        m_woken = false;
    }

    void wake() override
    {
        const std::scoped_lock lock(m_mutex);
        m_woken = true;
        m_changed.notify_all();
    }

    procession::WorkerUsage usage(int) const override
    {
        return {.pid = 1, .cpuTime = 2'000, .memory = 3'000, .isStopped = m_isStopped};
    }
    procession::TaskOutput output(int) const override
    {
        procession::TaskOutput output;
        output.out.bytes = "so far";
        return output;
    }
    qint64 pid(int) const override { return 0; }

    // For the test, from its own thread.
    /// From now on no more attempts at a time than this: the system has no process for another.
    void setCapacity(std::size_t attempts) { m_capacity = attempts; }
    /// From now on its attempts are said to be stopped.
    void setStopped(bool stopped) { m_isStopped = stopped; }
    void ignoreTerminate() { m_ignoresTerminate = true; }
    void finish(int worker, procession::ExitStatus status = procession::ExitStatus::exited(0))
    {
        const std::scoped_lock lock(m_mutex);
        const auto found = m_running.find(worker);
        if (found != m_running.end())
            endLocked(found, status);
    }
    std::map<int, procession::Attempt> running() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_running;
    }
    std::vector<std::pair<int, procession::WorkerSignal>> signalsSent() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_signals;
    }

private:
    void endLocked(std::map<int, procession::Attempt>::iterator found, procession::ExitStatus status)
    {
        found->second.status = status;
        m_ended.push_back(found->second);
        m_running.erase(found);
        m_changed.notify_all();
    }

    Rule m_rule;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::map<int, procession::Attempt> m_running;
    std::vector<procession::Attempt> m_ended;
    std::vector<std::pair<int, procession::WorkerSignal>> m_signals;
    std::size_t m_capacity = ~std::size_t(0);
    bool m_woken = false;
    std::atomic<bool> m_isStopped = false;
    bool m_ignoresTerminate = false;
};

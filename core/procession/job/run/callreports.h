// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/engine/executor.h>
#include <procession/job/run/functioncall.h>

#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <vector>

namespace procession {

/// Reports of a pool's thread about the calls that a job's thread waits for. Thread-safe.
class CallReports
{
public:
    struct Ended
    {
        int worker = 0;
        CallOutcome outcome;
        std::exception_ptr exception; ///< null when it returned
        bool hasBegun = true; ///< whether a worker was to make the call
    };

    void end(Ended ended);
    void setProgress(int worker, const AttemptProgress &progress);
    void forgetProgress(int worker);
    AttemptProgress progress(int worker) const;
    /// Makes the present or the next take() return.
    void wake();
    /// Blocks until calls have ended, wake() is called or the deadline passes. \returns the calls that ended
    std::vector<Ended> take(QDeadlineTimer deadline);

private:
    mutable std::mutex m_mutex; // guards what follows
    std::condition_variable m_changed;
    std::vector<Ended> m_ended;
    std::map<int, AttemptProgress> m_progress;
    bool m_isWoken = false;
};

} // namespace procession

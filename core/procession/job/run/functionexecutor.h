// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/run/attemptexecutor.h>
#include <procession/job/run/functionbatch.h>

namespace procession {

/// Makes the calls of a FunctionBatch in the workers of a Pool of its own.
///
/// What the function prints is the attempt's stdout and stderr, up to 1 MiB of each (see PoolOutput::Capture). After
/// that come what it returns, as a line of stdout, and what() of an exception, in stderr; the exit code is 1 then. A worker that
/// dies in the middle of a call ends that attempt by the same signal or exit code, and is replaced. How many calls run at once is the job's to
/// say: the pool has as many workers as were ever needed at a time.
///
/// Terminate and Kill both kill the worker, since nothing else ends a function for certain. Suspend and Resume stop its process and let it
/// go on. With workers that are threads (StartMethod::Thread) there is no process: a call that is ended goes on unheard of, and cannot
/// be suspended.
///
/// The workers start with the first attempt. When this program dies, they do. Thread rules are Executor's.
class FunctionExecutor : public AttemptExecutor
{
public:
    /// \param spoolFolder  an existing folder, where large results go
    FunctionExecutor(std::shared_ptr<const FunctionBatch> batch, const QString &spoolFolder);
    /// Kills what still runs.
    ~FunctionExecutor() override;

    void wait(QDeadlineTimer deadline, std::vector<Attempt> &ended) override;
    void wake() override;

private:
    class Private;
    std::unique_ptr<RunningAttempt> begin(TaskIndex task, int number, int worker) override;

    std::unique_ptr<Private> d;
};

} // namespace procession

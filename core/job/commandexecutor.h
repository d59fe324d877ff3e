// SPDX-License-Identifier: MIT
#pragma once

#include <procession/attemptexecutor.h>
#include <procession/commandbatch.h>

namespace procession {

/// Runs the commands of a CommandBatch as child processes of this one.
///
/// Each command is the leader of a process group of its own, reads /dev/null, and writes into pipes that are read as it
/// writes: a stream's first CommandOptions::memoryPerStream bytes stay in memory, a longer one goes on to a file in
/// `spoolFolder`. An attempt ends when its process does; output of what it left behind is not waited for.
/// When this program dies, even by SIGKILL, so do its children and their groups (see OrphanGuard).
///
/// Thread rules are Executor's.
class CommandExecutor : public AttemptExecutor
{
public:
    /// \param batch        the commands
    /// \param spoolFolder  an existing folder, where large output goes
    /// \param listener     may be empty
    /// \throws SystemError when the system gives no descriptors
    CommandExecutor(std::shared_ptr<const CommandBatch> batch, const QString &spoolFolder, OutputListener listener = {});
    /// Kills what still runs.
    ~CommandExecutor() override;

    void wait(QDeadlineTimer deadline, std::vector<Attempt> &ended) override;
    void wake() override;

private:
    class Private;
    std::unique_ptr<RunningAttempt> begin(TaskIndex task, int number, int worker) override;

    std::unique_ptr<Private> d;
};

} // namespace procession

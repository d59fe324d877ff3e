// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/engine/executorsetup.h>
#include <procession/job/run/attemptexecutor.h>
#include <procession/job/run/commandbatch.h>

namespace procession {

/// Runs the commands of a CommandBatch as child processes of this one.
///
/// A command whose first word is no program in PATH is left to the batch's shell, which may know it as a function or a word of its own; so is
/// one that bash has as an exported function.
///
/// Each command is the leader of a session of its own, without a terminal, reads /dev/null, and writes into pipes that are read as it
/// writes: a stream's first CommandOptions::memoryPerStream bytes stay in memory, a longer one goes on to a file in
/// `spoolFolder`. An attempt ends when its process does; output of what it left behind is not waited for.
/// When this program dies, even by SIGKILL, so do its children and what they have started (see OrphanGuard).
///
/// A signal for an attempt reaches all that descends from it, in whatever session it is (see Descendants). What the attempt leaves behind when it ends is
/// killed, unless CommandOptions::keepGrandchildren is set: its process group, and with ExecutorSetup::adoptsOrphans, or after it was terminated or killed, also what
/// has left that. Each command has a variable PROCESSION_TASK in its environment, by which such processes are known.
///
/// Thread rules are Executor's.
class CommandExecutor : public AttemptExecutor
{
public:
    /// \param batch  the commands
    /// \throws SystemError when the system gives no descriptors
    CommandExecutor(std::shared_ptr<const CommandBatch> batch, ExecutorSetup setup);
    /// \param spoolFolder  an existing folder, where large output goes
    CommandExecutor(std::shared_ptr<const CommandBatch> batch, const QString &spoolFolder)
        : CommandExecutor(std::move(batch), ExecutorSetup{.spoolFolder = spoolFolder})
    {
    }
    /// Kills what still runs.
    ~CommandExecutor() override;

    void wait(QDeadlineTimer deadline, std::vector<Attempt> &ended) override;
    std::vector<int> takeOverflowing() override;
    void wake() override;

private:
    class Private;
    std::unique_ptr<RunningAttempt> begin(TaskIndex task, int number, int worker) override;

    std::unique_ptr<Private> d;
};

} // namespace procession

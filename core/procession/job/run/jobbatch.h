// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/engine/executorsetup.h>
#include <procession/job/run/batchdefinition.h>
#include <procession/job/task/tasksource.h>

#include <memory>

namespace procession {

/// The tasks that a BatchDefinition describes, one for each row of its inputs: commands (CommandBatch) or calls of a function
/// (FunctionBatch).
///
/// \code
/// std::shared_ptr<const JobBatch> batch = JobBatch::of(definition);
/// batch->requireRunnable();
/// Job job(batch, batch->makeExecutor({.spoolFolder = SpoolFolder("/tmp/output")}), definition.job);
/// \endcode
///
/// Immutable, but for the number of tasks where inputs come while it runs (BatchDefinition::growing); from any thread.
class JobBatch : public TaskSource, public std::enable_shared_from_this<JobBatch>
{
public:
    /// \throws InvalidInput as the constructor of the batch that it is
    static std::shared_ptr<const JobBatch> of(BatchDefinition definition);

    const BatchDefinition &definition() const { return m_definition; }

    /// Whether its tasks can be run here and now, as a whole. A batch that cannot can still be looked at.
    /// \throws InvalidInput saying why not, and what to do
    virtual void requireRunnable() const { }
    /// What runs its tasks. \pre a shared_ptr owns this
    /// \throws SystemError when the system gives no descriptors
    virtual std::unique_ptr<Executor> makeExecutor(const ExecutorSetup &setup) const = 0;

    /// Whether this row can be an input, when it comes while the batch runs.
    /// \throws InvalidInput saying why not, and what to do
    virtual void requireUsable(const QByteArrayList &row) const { Q_UNUSED(row) }

    qsizetype count() const override;
    bool isGrowing() const override { return m_definition.growing != nullptr; }
    QByteArray title(TaskIndex task) const override { return arguments(task).join(' '); }
    QByteArrayList arguments(TaskIndex task) const override;
    QByteArray storedInputs(TaskIndex first, qsizetype count) const override;

protected:
    explicit JobBatch(BatchDefinition definition) : m_definition(std::move(definition)) { }

private:
    BatchDefinition m_definition;
};

} // namespace procession

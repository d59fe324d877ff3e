// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/engine/taskledger.h>
#include <procession/pool/engine/workerreplenisher.h>
#include <procession/pool/output/outputrelay.h>
#include <procession/pool/shared/taskmessage.h>

#include <functional>
#include <span>

namespace procession {

/// Collects the reports of a pool's workers and passes each to the part that handles it.
///
/// Requires the pool's lock.
class ReportReader
{
public:
    /// \param name        the pool's name
    /// \param output      null when no output of workers is captured
    /// \param areThreads  whether the workers are threads, which leave their outcomes here
    ReportReader(
        const QString &name, PoolQueue queue, OutputRelay *output, bool areThreads, TaskLedger &tasks, WorkerReplenisher &size)
        : m_name(name.toUtf8()),
          m_queue(std::move(queue)),
          m_output(output),
          m_areThreads(areThreads),
          m_tasks(tasks),
          m_size(size)
    {
    }

    /// Does not block. When there are very many reports, it leaves some for the next call.
    /// \param handOut  called from time to time and at the end, since workers may wait for tasks
    /// \returns whether there were any reports
    bool collect(const std::function<void()> &handOut);

private:
    void report(QByteArrayView message, std::span<Descriptor> descriptors);
    void announced(TaskInFlight &task, Decoder &decoder);
    void progressed(TaskInFlight &task, Decoder &decoder);
    void notStarted(Decoder &decoder);
    void outcomes(TaskInFlight &task, const ReportHead &head, Decoder &decoder);

    QByteArray m_name;
    PoolQueue m_queue;
    OutputRelay *m_output;
    bool m_areThreads;
    TaskLedger &m_tasks;
    WorkerReplenisher &m_size;
};

} // namespace procession

// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/engine/poolsize.h>
#include <procession/pool/engine/pooltasks.h>
#include <procession/pool/output/outputrelay.h>
#include <procession/pool/shared/taskmessage.h>

#include <functional>
#include <span>

namespace procession {

/// Takes what the workers of a pool report, and gives it to those whom it concerns.
///
/// With the pool's lock held.
class PoolReports
{
public:
    /// \param name        of the pool
    /// \param output      null when nothing that the workers write is read
    /// \param areThreads  whether the workers are, which leave their outcomes here
    PoolReports(const QString &name, PoolQueue queue, OutputRelay *output, bool areThreads, PoolTasks &tasks, PoolSize &size)
        : m_name(name.toUtf8()),
          m_queue(std::move(queue)),
          m_output(output),
          m_areThreads(areThreads),
          m_tasks(tasks),
          m_size(size)
    {
    }

    /// Does not block, and leaves the rest for the next time when there is very much.
    /// \param handOut  called now and then, and at the end: workers may wait for tasks
    /// \returns whether there was anything
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
    PoolTasks &m_tasks;
    PoolSize &m_size;
};

} // namespace procession

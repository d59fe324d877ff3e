// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/shared/poolhandles.h>
#include <procession/pool/tasks/submission.h>

#include <QtCore/QHash>

namespace procession {

/// Numbers the functions that a pool calls and publishes their names for a Monitor, so that a worker
/// describes its task by a few plain numbers.
///
/// Requires the pool's lock.
class TaskFunctionNames
{
public:
    explicit TaskFunctionNames(PoolHandle record) : m_record(std::move(record)) { }

    /// The number of the batch's function.
    quint32 numberOf(Submission &batch)
    {
        if (!isWritten(batch.functionNumber()))
            batch.setFunctionNumber(numberOf(batch.functionName()));
        return batch.functionNumber();
    }

private:
    bool isWritten(quint32 number) const { return number != 0 && m_last - number < PoolMemory::MostNames; }
    quint32 numberOf(const QByteArray &name);

    PoolHandle m_record;
    QHash<QByteArray, quint32> m_numbers; ///< of the published names
    std::array<QByteArray, PoolMemory::MostNames> m_names; ///< the published names, by slot
    quint32 m_last = 0;
};

} // namespace procession

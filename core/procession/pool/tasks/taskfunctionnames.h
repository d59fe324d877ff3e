// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/shared/poolrecords.h>
#include <procession/pool/tasks/taskbatch.h>

#include <QtCore/QHash>

namespace procession {

/// Numbers the functions that a pool has called, and writes their names down where a Monitor finds them: so a worker says what it does in
/// a few plain numbers.
///
/// With the pool's lock held.
class TaskFunctionNames
{
public:
    explicit TaskFunctionNames(PoolRecord record) : m_record(std::move(record)) { }

    /// Of the function that the batch calls.
    quint32 numberOf(TaskBatch &batch)
    {
        if (!isWritten(batch.functionNumber()))
            batch.setFunctionNumber(numberOf(batch.functionName()));
        return batch.functionNumber();
    }

private:
    bool isWritten(quint32 number) const { return number != 0 && m_last - number < PoolMemory::MostNames; }
    quint32 numberOf(const QByteArray &name);

    PoolRecord m_record;
    QHash<QByteArray, quint32> m_numbers; ///< of the names that are written
    std::array<QByteArray, PoolMemory::MostNames> m_names; ///< those, in their places
    quint32 m_last = 0;
};

} // namespace procession

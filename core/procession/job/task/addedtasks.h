// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/task/attempt.h>

#include <vector>

namespace procession {

/// A task that an earlier run recorded.
struct EarlierTask
{
    TaskIndex task = 0;
    TaskRecord record;
    qint64 storeId = 0; ///< what the store calls it; 0 when it is not there yet
};

/// Tasks that are added to a running job, or the end of its growing source.
struct AddedTasks
{
    TaskIndex first = 0;
    qsizetype count = 0;
    std::vector<EarlierTask> earlier; ///< those among them that have a record; the others are Queued
    bool moreMayCome = true;
};

} // namespace procession

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/job/run/batchrun.h>

namespace procession {

/// Finds the records of tasks by their commands in a job log, each as often as it stands there. Empty when there is no log.
/// \param withFailed  whether those count too that failed
/// \throws JobLogError, InvalidInput
RecordFinder recordsInLog(const JobBatch &batch, const QByteArray &jobLog, bool withFailed);

/// Which tasks of a batch a job log shows to have ended. They are found by their command, as often as it stands in the log.
/// \param withFailed  whether those count too that failed
/// \throws JobLogError, InvalidInput
std::vector<EndedTask> endedTasks(const JobBatch &batch, const QByteArray &jobLog, bool withFailed);

} // namespace procession

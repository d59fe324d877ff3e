// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/resumelog.h>

#include <procession/joblog.h>

#include <QtCore/QFile>
#include <QtCore/QHash>

#include <map>
#include <unordered_map>

namespace procession {

namespace {

TaskRecord recordOf(const JobLogEntry &entry)
{
    TaskRecord record;
    record.state = entry.isSuccess() ? TaskState::Done : TaskState::Failed;
    record.attempts = 1;
    record.status = entry.signal != 0 ? ExitStatus::signaled(entry.signal) : ExitStatus::exited(entry.exitValue);
    record.startedAt = entry.startedAt;
    record.duration = entry.duration;
    return record;
}

} // namespace

std::vector<EndedTask> endedTasks(const JobBatch &batch, const QByteArray &jobLog, bool withFailed)
{
    const QString path = QFile::decodeName(jobLog);
    if (!QFile::exists(path))
        return {};
    // A task that was run again has several lines, of which the last says how it stands.
    std::map<std::pair<QByteArray, qint64>, JobLogEntry> last;
    for (const JobLogEntry &entry : readJobLog(path))
        last[{entry.command, entry.sequence}] = entry;
    std::unordered_map<QByteArray, std::vector<JobLogEntry>> byCommand;
    for (const auto &[key, entry] : last)
        byCommand[key.first].push_back(entry);

    std::vector<EndedTask> ended;
    for (TaskIndex task = 0; task < batch.count(); ++task) {
        const auto found = byCommand.find(batch.description(task));
        if (found == byCommand.end() || found->second.empty())
            continue;
        const JobLogEntry entry = found->second.back();
        found->second.pop_back();
        if (entry.isSuccess() || withFailed)
            ended.push_back({task, recordOf(entry)});
    }
    return ended;
}

} // namespace procession

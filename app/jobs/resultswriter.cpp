// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/jobs/resultswriter.h>

#include <QtCore/QFile>

namespace procession {

ResultsWriter::ResultsWriter(
    const QString &folder, std::shared_ptr<const JobBatch> batch, std::function<void(const SystemError &)> onError)
    : m_folder(QFile::encodeName(folder), batch->definition().inputs), m_batch(std::move(batch)), m_onError(std::move(onError))
{
}

void ResultsWriter::attemptEnded(const Attempt &attempt)
{
    try {
        m_folder.write(m_batch->arguments(attempt.task), attempt.task, attempt.output);
    } catch (const SystemError &error) {
        if (m_onError)
            std::exchange(m_onError, nullptr)(error);
    }
}

void ResultsWriter::taskStarted(TaskIndex, const TaskRecord &) { }
void ResultsWriter::taskChanged(TaskIndex, const TaskRecord &) { }
void ResultsWriter::jobStateChanged(JobState) { }

} // namespace procession

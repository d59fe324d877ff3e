// SPDX-License-Identifier: MIT
#pragma once

#include "markedprocesses.h"

#include <procession/job/store/jobstore.h>

#include <QtCore/QStringList>
#include <QtCore/QTemporaryDir>

#include <chrono>
#include <map>

class QProcess;

namespace procession {

/// A batch of `procession run` in a folder of its own, that can be killed and resumed.
///
/// What a task does follows from its number: it prints, some print much, some fail, some sleep, and some leave a process behind.
/// Each also writes its number into a log, so that it is known how often it ran.
class KilledBatch
{
public:
    enum class End : quint8 { Killed, Finished };

    explicit KilledBatch(int tasks);

    /// Runs, or resumes, the batch for `life` and kills it then.
    End runAndKill(std::chrono::milliseconds life);
    /// Resumes the batch and waits for its end. \return the exit status
    int finish();

    QString storePath() const { return m_folder.filePath(QStringLiteral("jobs.sqlite")); }
    const MarkedProcesses &processes() const { return m_processes; }
    int taskCount() const { return m_tasks; }
    int failingTasks() const;
    /// How often each task began, by its number.
    std::map<int, int> runs() const;
    /// What `--results` has of a task; empty when there is nothing.
    QByteArray resultFile(int number) const;
    int resultFolders() const;

    static bool fails(int number) { return number % 10 == 9; }
    static QByteArray expectedOutput(int number);

private:
    void start(QProcess &process);

    QTemporaryDir m_folder;
    MarkedProcesses m_processes;
    int m_tasks;
    bool m_begun = false;
};

} // namespace procession

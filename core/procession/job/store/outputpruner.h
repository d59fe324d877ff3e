// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/output/outputrule.h>

#include <QtCore/QString>

#include <functional>
#include <optional>
#include <vector>

namespace procession {

class FileLock;
class StoreConnection;

/// What a store holds of the output of tasks, and what was taken away of it.
struct HeldOutput
{
    qint64 jobs = 0; ///< of which there is output
    qint64 bytes = 0; ///< in the database and in files
    qint64 prunedJobs = 0;
    qint64 prunedBytes = 0;
};

/// Takes output of past jobs out of a store, and leaves the record of what ran and how it ended, so that jobs can be gone on with all the same.
/// Never of a job that a program runs. Killed at any moment, it leaves a whole database, and the next one takes what is left.
class OutputPruner
{
public:
    struct Store
    {
        StoreConnection &connection;
        std::function<QString(qint64 job)> outputFolder; ///< need not exist
        std::function<std::optional<FileLock>(qint64 job)> tryLock; ///< nothing for a job that is running
    };

    explicit OutputPruner(Store store) : m_store(std::move(store)) { }

    /// Checks every job: some milliseconds for a thousand attempts.
    /// \param dryRun  only report what it would remove
    HeldOutput prune(const OutputRule &rule, bool dryRun);
    /// Of each stream of each attempt the first `size` bytes stay.
    void trim(qint64 job, qint64 size);
    /// Bytes, in the database and in files.
    qint64 held(qint64 job);

private:
    struct Job
    {
        qint64 id;
        qint64 at; ///< when it ended, or was made: microseconds since the epoch
        std::chrono::milliseconds age; ///< its own rule; 0: none
        bool isKept; ///< its own rule says so
        qint64 bytes;
    };

    std::vector<Job> jobs();
    bool remove(const Job &job);
    void trimFiles(qint64 job, qint64 size);

    Store m_store;
};

} // namespace procession

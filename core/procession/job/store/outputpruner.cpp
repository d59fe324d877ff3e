// SPDX-License-Identifier: MIT
#include <procession/job/store/outputpruner.h>

#include <procession/job/store/storeconnection.h>
#include <procession/platform/base/processerror.h>
#include <procession/platform/io/diskspace.h>
#include <procession/platform/io/filelock.h>

#include <QtCore/QDateTime>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

namespace procession {

namespace {

#define ATTEMPTS_OF_JOB "FROM attempt WHERE task IN (SELECT id FROM task WHERE job = ?)"
#define BYTES_OF_ATTEMPTS "coalesce(sum(coalesce(length(out), 0) + coalesce(length(err), 0)), 0)"

std::optional<OutputRule> ownRule(const QByteArray &definition)
{
    const QJsonValue rule = QJsonDocument::fromJson(definition).object().value(QLatin1StringView("keepOutput"));
    if (!rule.isString())
        return std::nullopt;
    try {
        return OutputRule::parse(rule.toString().toLatin1());
    } catch (const ProcessError &) { // of a later version
        return std::nullopt;
    }
}

} // namespace

qint64 OutputPruner::held(qint64 job)
{
    qint64 bytes = diskUse(QFile::encodeName(m_store.outputFolder(job)));
    StoreRows rows = m_store.connection.rows("SELECT " BYTES_OF_ATTEMPTS " " ATTEMPTS_OF_JOB, job);
    if (rows.next())
        bytes += rows.integer(0);
    return bytes;
}

std::vector<OutputPruner::Job> OutputPruner::jobs()
{
    std::vector<Job> all;
    {
        StoreRows rows = m_store.connection.rows("SELECT id, max(created_at, ended_at), definition FROM job ORDER BY id");
        while (rows.next()) {
            const auto own = ownRule(rows.bytes(2));
            all.push_back(
                {rows.integer(0), rows.integer(1), own ? own->age : std::chrono::milliseconds(0), own && own->size < 0, 0});
        }
    }
    for (Job &job : all)
        job.bytes = held(job.id);
    return all;
}

HeldOutput OutputPruner::prune(const OutputRule &rule, bool dryRun)
{
    using namespace std::chrono;
    const qint64 now = QDateTime::currentMSecsSinceEpoch() * 1000;
    HeldOutput held;
    std::vector<Job> all = jobs();
    for (const Job &job : all) {
        held.jobs += job.bytes > 0 ? 1 : 0;
        held.bytes += job.bytes;
    }
    for (const Job &job : all) { // the oldest first
        const milliseconds age = job.age.count() > 0 || job.isKept ? job.age : rule.age;
        const bool isOld = age.count() > 0 && now - job.at > duration_cast<microseconds>(age).count();
        const bool isTooMuch = rule.size >= 0 && held.bytes > rule.size && !job.isKept;
        if (job.bytes == 0 || !(isOld || isTooMuch) || !(dryRun || remove(job)))
            continue;
        --held.jobs;
        held.bytes -= job.bytes;
        ++held.prunedJobs;
        held.prunedBytes += job.bytes;
    }
    if (!dryRun && held.prunedJobs > 0)
        m_store.connection.shrink();
    return held;
}

// The database first: what is left of the files when this program is killed between the two is found by the next one.
bool OutputPruner::remove(const Job &job)
{
    const auto lock = m_store.tryLock(job.id);
    if (!lock)
        return false;
    StoreTransaction transaction(m_store.connection);
    m_store.connection.run("UPDATE attempt SET out = NULL, err = NULL, out_file = NULL, err_file = NULL WHERE task IN "
                           "(SELECT id FROM task WHERE job = ?)",
        job.id);
    transaction.commit();
    QDir(m_store.outputFolder(job.id)).removeRecursively();
    return true;
}

void OutputPruner::trim(qint64 job, qint64 size)
{
    if (size == 0) {
        remove({job, 0, {}, false, 0});
        return;
    }
    const auto lock = m_store.tryLock(job);
    if (!lock)
        return;
    trimFiles(job, size);
    StoreTransaction transaction(m_store.connection);
    m_store.connection.run("UPDATE attempt SET out = substr(out, 1, ?), err = substr(err, 1, ?) WHERE task IN "
                           "(SELECT id FROM task WHERE job = ?) AND (length(out) > ? OR length(err) > ?)",
        size, size, job, size, size);
    transaction.commit();
}

void OutputPruner::trimFiles(qint64 job, qint64 size)
{
    const QDir folder(m_store.outputFolder(job));
    for (const QString &name : folder.entryList(QDir::Files)) {
        QFile file(folder.filePath(name));
        if (file.size() > size)
            file.resize(size);
    }
}

} // namespace procession

// SPDX-License-Identifier: MIT
#include "refusedsystemcall.h"
#include "storefixture.h"
#include "storeprobe.h"

#include <QtTest/QTest>

#include <sys/fsuid.h>
#include <sys/mount.h>
#include <thread>
#include <unistd.h>

using namespace procession;
using Reason = JobStoreError::Reason;

namespace {

/// A file system of a megabyte that goes with its object.
class SmallDisk
{
public:
    explicit SmallDisk(const QString &folder) : m_folder(QFile::encodeName(folder))
    {
        m_mounted = ::mount("small", m_folder.constData(), "tmpfs", 0, "size=1m") == 0;
    }
    Q_DISABLE_COPY_MOVE(SmallDisk)
    ~SmallDisk()
    {
        if (m_mounted)
            ::umount2(m_folder.constData(), MNT_DETACH);
    }
    bool isMounted() const { return m_mounted; }

private:
    QByteArray m_folder;
    bool m_mounted;
};

/// Makes the files of this thread be opened by a user that owns none of them, which root may.
class AsNobody
{
public:
    AsNobody() { ::setfsuid(65534); }
    Q_DISABLE_COPY_MOVE(AsNobody)
    ~AsNobody() { ::setfsuid(::geteuid()); }
};

constexpr QFile::Permissions Readable = QFile::ReadOwner | QFile::ReadGroup | QFile::ReadOther;

/// Keeps everybody from writing into a folder until it goes.
class ReadOnlyFolder
{
public:
    explicit ReadOnlyFolder(const QString &folder) : m_folder(folder), m_before(QFile::permissions(folder))
    {
        if (!QFile::setPermissions(folder, Readable | QFile::ExeOwner | QFile::ExeGroup | QFile::ExeOther))
            qFatal("cannot set permissions");
    }
    Q_DISABLE_COPY_MOVE(ReadOnlyFolder)
    ~ReadOnlyFolder() { QFile::setPermissions(m_folder, m_before); }

private:
    QString m_folder;
    QFile::Permissions m_before;
};

} // namespace

class TestJobStoreFiles : public QObject, private StoreFolder
{
    Q_OBJECT

private Q_SLOTS:
    void init() { renew(); }

    void filesAreForTheirOwnerAlone()
    {
        const auto forOthers
            = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
        JobStore store(path());
        const qint64 job = makeJob(store, 1);
        const QString output = store.outputFolder(job);
        QVERIFY(QFileInfo(output).isDir());
        for (const QString &file : {path(), path() + QStringLiteral("-wal"), path() + QStringLiteral("-shm"),
                 path() + QStringLiteral("-locks"), QFileInfo(path()).path(), QFileInfo(output).path(), output}) {
            QVERIFY2(QFileInfo::exists(file), qPrintable(file));
            QVERIFY2(!(QFile::permissions(file) & forOthers), qPrintable(file));
        }
    }

    void shortLogIsLeftForTheNext()
    {
        const QString log = path() + QStringLiteral("-wal");
        const qint64 job = JobStore(path()).createJob(QStringLiteral("short"), {}, {}, {}, 1);
        QVERIFY(QFileInfo(log).size() > 0);
        QVERIFY(QFileInfo(log).size() <= 512 * 1024);
        QCOMPARE(JobStore(path()).job(job)->name, QStringLiteral("short"));
        JobStore(path()).createJob(QStringLiteral("long"), {}, {}, QByteArray(1024 * 1024, 'x'), 1);
        QVERIFY(!QFile::exists(log));
        QCOMPARE(JobStore(path()).jobs().size(), 2);
        QCOMPARE(sql(path(), QStringLiteral("PRAGMA integrity_check")).toString(), QStringLiteral("ok"));
    }

    void outputMovesWithTheStore()
    {
        qint64 job = 0;
        {
            JobStore store(path());
            job = makeJob(store, 1);
            Attempt attempt = endedAttempt(0, ExitStatus::exited(0));
            attempt.output.out.file = store.outputFolder(job) + QStringLiteral("/0.out");
            store.write(job, {started(0, runningRecord()), ended(attempt)}, ListedTasks(1));
        }
        const QString moved = folder() + QStringLiteral("/moved");
        QVERIFY(QDir().rename(QFileInfo(path()).path(), moved));
        JobStore store(moved + QStringLiteral("/jobs.sqlite"));
        QCOMPARE(store.attempts(job, 0).first().output.out.file, store.outputFolder(job) + QStringLiteral("/0.out"));
    }

    void numbersOfALostDatabaseAreNotUsedAgain()
    {
        JobStore lost(path());
        const qint64 job = makeJob(lost, 1);
        for (const char *suffix : {"", "-wal", "-shm"})
            QVERIFY(QFile::remove(path() + QLatin1StringView(suffix)));
        JobStore store(path());
        QVERIFY(makeJob(store, 1) > job);
    }

    void fileOfAnotherKindIsRefusedAndKept()
    {
        QVERIFY(QDir().mkpath(QFileInfo(path()).path()));
        const QByteArray content = QByteArray("this is no database. ").repeated(500);
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
        file.close();
        QCOMPARE(reasonOf([&] { JobStore store(path()); }), Reason::Foreign);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), content);
    }

    void tornFileIsRefusedAndKept()
    {
        {
            JobStore store(path());
            const qint64 job = makeJob(store, 1000);
            for (TaskIndex task = 0; task < 1000; ++task)
                store.write(job, ranOnce(task), ListedTasks(1000));
        }
        QFile file(path());
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.seek(4096));
        const QByteArray garbage(40'000, '\x5a');
        QCOMPARE(file.write(garbage), garbage.size());
        file.close();
        QCOMPARE(reasonOf([&] {
            JobStore store(path());
            store.jobs();
        }),
            Reason::Damaged);
        QVERIFY(file.exists());
    }

    void newerSchemaIsRefused()
    {
        {
            JobStore store(path());
        }
        sql(path(), QStringLiteral("PRAGMA user_version = 1000"));
        QCOMPARE(reasonOf([&] { JobStore store(path()); }), Reason::NewerSchema);
        QCOMPARE(sql(path(), QStringLiteral("PRAGMA user_version")).toInt(), 1000);
    }

    void databaseOfAnotherProgramIsRefused()
    {
        QVERIFY(QDir().mkpath(QFileInfo(path()).path()));
        sql(path(), QStringLiteral("CREATE TABLE theirs(x)"));
        QCOMPARE(reasonOf([&] { JobStore store(path()); }), Reason::Foreign);
        QCOMPARE(sql(path(), QStringLiteral("PRAGMA journal_mode")).toString(), QStringLiteral("delete"));
        QCOMPARE(sql(path(), QStringLiteral("SELECT count(*) FROM sqlite_master")).toInt(), 1);
    }

    void manyMayOpenANewFileAtOnce()
    {
        std::vector<std::thread> threads;
        std::atomic<int> failures = 0;
        for (int i = 0; i < 8; ++i) {
            threads.emplace_back([this, &failures] {
                try {
                    JobStore store(path());
                    const qint64 job = makeJob(store, 50);
                    for (TaskIndex task = 0; task < 50; ++task)
                        store.write(job, ranOnce(task), ListedTasks(50));
                } catch (const JobStoreError &error) {
                    qWarning() << error.what();
                    ++failures;
                }
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(failures, 0);
        const QList<StoredJob> jobs = JobStore(path()).jobs();
        QCOMPARE(jobs.size(), 8);
        for (const StoredJob &job : jobs)
            QCOMPARE(count(job, TaskState::Done), 50);
    }

    void fullDiskIsToldAndSurvived()
    {
        QTemporaryDir folder;
        const SmallDisk disk(folder.path());
        if (!disk.isMounted())
            QSKIP("needs the right to mount");
        const QString store = folder.filePath(QStringLiteral("jobs.sqlite"));
        JobStore small(store);
        const qint64 job = makeJob(small, 1000);
        QFile ballast(folder.filePath(QStringLiteral("ballast")));
        QVERIFY(ballast.open(QIODevice::WriteOnly));
        QCOMPARE(ballast.write(QByteArray(300'000, 'x')), 300'000);
        ballast.close();
        TaskIndex written = 0;
        std::optional<Reason> reason;
        while (!reason && written < 1000) {
            reason = reasonOf([&] { small.write(job, ranOnce(written, 0, QByteArray(10'000, 'o')), ListedTasks(1000)); });
            written += reason ? 0 : 1;
        }
        QCOMPARE(reason, Reason::DiskFull);
        QCOMPARE(count(*small.job(job), TaskState::Done), qint64(written)); // what was there before can be read
        QVERIFY(ballast.remove());
        small.write(job, ranOnce(written, 0, QByteArray(10'000, 'o')), ListedTasks(1000));
        QCOMPARE(count(*small.job(job), TaskState::Done), qint64(written) + 1);
        QCOMPARE(sql(store, QStringLiteral("PRAGMA integrity_check")).toString(), QStringLiteral("ok"));
    }

    void fileThatCannotBeWrittenIsRefused()
    {
        {
            JobStore store(path());
        }
        QVERIFY(QFile::setPermissions(path(), Readable));
        const ReadOnlyFolder outer(folder());
        const ReadOnlyFolder inner(QFileInfo(path()).path());
        const AsNobody nobody;
        QVERIFY(QFileInfo(path()).isReadable());
        QCOMPARE(reasonOf([&] {
            JobStore store(path());
            makeJob(store, 1);
        }),
            Reason::NoAccess);
    }

    void fileSystemWithoutLocksIsRefused()
    {
        {
            JobStore store(path());
        }
        std::optional<Reason> reason;
        std::thread([&] { // whose file locks the kernel refuses for good
            if (refuseFileLocks())
                reason = reasonOf([&] { JobStore store(path()); });
        })
            .join();
        QCOMPARE(reason, Reason::NoLocks);
        QCOMPARE(JobStore(path()).jobs().size(), 0);
    }

    void folderThatCannotBeMadeIsToldOf()
    {
        const ReadOnlyFolder outer(folder());
        const AsNobody nobody;
        QCOMPARE(reasonOf([&] { JobStore store(path()); }), Reason::NoAccess);
        QCOMPARE(reasonOf([] { JobStore store(QStringLiteral("/proc/nowhere/jobs.sqlite")); }), Reason::NoAccess);
    }
};

QTEST_GUILESS_MAIN(TestJobStoreFiles)
#include "tst_jobstorefiles.moc"

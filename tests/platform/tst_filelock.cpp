// SPDX-License-Identifier: MIT
#include <procession/platform/base/processerror.h>
#include <procession/platform/io/filelock.h>

#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <csignal>
#include <unistd.h>

using namespace procession;

class TestFileLock : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QByteArray path() const { return QFile::encodeName(m_folder.filePath(QStringLiteral("locks"))); }

private Q_SLOTS:
    void onlyOneHoldsASlot()
    {
        auto first = FileLock::tryLock(path(), 3);
        QVERIFY(first);
        QVERIFY(!FileLock::tryLock(path(), 3));
        QCOMPARE(FileLock::holder(path(), 3), std::optional<qint64>(::getpid()));
        first.reset();
        QVERIFY(!FileLock::holder(path(), 3));
        QVERIFY(FileLock::tryLock(path(), 3));
    }

    void slotsAreIndependent()
    {
        const auto one = FileLock::tryLock(path(), 1);
        const auto two = FileLock::tryLock(path(), 2);
        QVERIFY(one && two);
        QVERIFY(!FileLock::holder(path(), 0));
        QVERIFY(!FileLock::holder(path(), 5));
    }

    void lockMovesWithItsObject()
    {
        auto lock = FileLock::tryLock(path(), 7);
        QVERIFY(lock);
        {
            FileLock moved = std::move(*lock);
            lock.reset();
            QVERIFY(FileLock::holder(path(), 7));
        }
        QVERIFY(!FileLock::holder(path(), 7));
    }

    void nobodyHoldsAMissingFile()
    {
        QVERIFY(!FileLock::holder(path() + "-missing"));
        QVERIFY(!QFile::exists(m_folder.filePath(QStringLiteral("locks-missing"))));
    }

    void fileIsForItsOwnerAlone()
    {
        const auto lock = FileLock::tryLock(path() + "-mode");
        const auto forOthers = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QVERIFY(!(QFile::permissions(m_folder.filePath(QStringLiteral("locks-mode"))) & forOthers));
    }

    void missingFolderIsAnError() { QVERIFY_THROWS_EXCEPTION(SystemError, FileLock::tryLock(path() + "/nowhere/file")); }

    void childDoesNotInheritTheLock()
    {
        auto lock = FileLock::tryLock(path(), 9);
        QVERIFY(lock);
        QProcess child;
        child.start(QStringLiteral("sleep"), {QStringLiteral("60")});
        QVERIFY(child.waitForStarted());
        lock.reset();
        QTRY_VERIFY(!FileLock::holder(path(), 9));
        child.kill();
        QVERIFY(child.waitForFinished());
    }

    void lockDiesWithItsProcess()
    {
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--hold"), QString::fromLocal8Bit(path())});
        QVERIFY(child.waitForReadyRead());
        QVERIFY(!FileLock::tryLock(path(), 11));
        QCOMPARE(FileLock::holder(path(), 11), std::optional<qint64>(child.processId()));
        child.kill();
        QVERIFY(child.waitForFinished());
        QVERIFY(!FileLock::holder(path(), 11));
        QVERIFY(FileLock::tryLock(path(), 11));
    }
};

/// What the child does: takes a lock, says so, and sleeps until it is killed.
static int holdForEver(const QByteArray &path)
{
    const auto lock = FileLock::tryLock(path, 11);
    if (!lock || ::write(STDOUT_FILENO, "held\n", 5) != 5)
        return 1;
    for (;;)
        ::pause();
}

int main(int argc, char **argv)
{
    if (argc == 3 && qstrcmp(argv[1], "--hold") == 0)
        return holdForEver(argv[2]);
    QCoreApplication app(argc, argv);
    TestFileLock test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_filelock.moc"

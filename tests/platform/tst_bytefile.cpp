// SPDX-License-Identifier: MIT
#include "paths.h"

#include <procession/platform/base/processerror.h>
#include <procession/platform/io/bytefile.h>

#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <thread>

using namespace procession;

class TestByteFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesAllThroughANarrowPipe()
    {
        auto [readEnd, writeEnd] = Descriptor::pipe();
        const QByteArray all(1'000'000, 'x');
        std::thread writer([&all, end = std::move(writeEnd)] { writeAll(end.get(), all); });
        qint64 size = 0;
        std::vector<char> buffer(4096);
        for (;;) {
            const auto part = readEnd.read(buffer);
            if (part && *part == 0)
                break;
            size += static_cast<qint64>(part.value_or(0));
        }
        writer.join();
        QCOMPARE(size, all.size());
    }

    void makesFoldersAbove()
    {
        const QTemporaryDir folder;
        const QByteArray path = QFile::encodeName(folder.path()) + "/a/b/c";
        makeFolder(path);
        makeFolder(path);
        QVERIFY(QFileInfo(QFile::decodeName(path)).isDir());
    }

    void wholeFileIsThereOnlyWhenCommitted()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("f"));
        {
            WholeFile file(QFile::encodeName(path));
            file.write("half");
        }
        QVERIFY(QDir(folder.path()).isEmpty());
        {
            WholeFile file(QFile::encodeName(path));
            file.write("who");
            QVERIFY(!QFile::exists(path));
            file.write("le");
            file.commit();
        }
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), "whole");
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1);
    }

    void errorsNameTheFile()
    {
        for (const auto &attempt : {+[] { openForReading(absentPath("folder/x")); }, +[] { makeFolder("/proc/self/x/y"); },
                 +[] { WholeFile(absentPath("folder/x")); }}) {
            try {
                attempt();
                QFAIL("it succeeded");
            } catch (const SystemError &error) {
                QCOMPARE(error.number(), ENOENT);
                QVERIFY(error.subject().startsWith('/'));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestByteFile)
#include "tst_bytefile.moc"

// SPDX-License-Identifier: MIT
#include "paths.h"

#include <procession/job/output/outputcapture.h>

#include <QtTest/QtTest>

using namespace procession;

namespace {
QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : "cannot be read";
}
} // namespace

class tst_OutputCapture : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void littleStaysInMemory()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("out"));
        OutputCapture capture(10, path);
        capture.append("01234", 5);
        capture.append("56789", 5);
        const CapturedStream stream = capture.take();
        QCOMPARE(stream.bytes, "0123456789");
        QCOMPARE(stream.size, 10);
        QVERIFY(!stream.isInFile());
        QVERIFY(!QFile::exists(path));
    }

    void muchGoesToAFile()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("out"));
        OutputCapture capture(10, path);
        QByteArray all;
        for (int i = 0; i < 1000; ++i) {
            const QByteArray piece = QByteArray::number(i) + '\0';
            capture.append(piece.constData(), piece.size());
            all += piece;
        }
        QCOMPARE(capture.soFar().size, all.size());
        QCOMPARE(contents(path), all); // also while it is being written
        const CapturedStream stream = capture.take();
        QCOMPARE(stream.file, path);
        QCOMPARE(stream.bytes, all.left(10));
        QCOMPARE(stream.size, all.size());
        QCOMPARE(stream.error, 0);
        QCOMPARE(QFile(path).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    }

    void refusesMore()
    {
        OutputCapture capture(100, {});
        capture.append("0123", 4);
        capture.refuseMore();
        capture.append("4567", 4);
        const CapturedStream stream = capture.take();
        QCOMPARE(stream.error, OutputCapture::TooMuch);
        QCOMPARE(stream.size, 4);
        QCOMPARE(stream.bytes, "0123");
    }

    void noRoom()
    {
        QTemporaryDir dir;
        SpoolSpace space(dir.path(), {0, std::numeric_limits<qint64>::max() / 2});
        OutputCapture capture(4, dir.filePath(QStringLiteral("out")), &space);
        capture.append("0123", 4);
        QCOMPARE(capture.error(), 0);
        capture.append("4567", 4);
        QCOMPARE(capture.error(), ENOSPC);
        QCOMPARE(capture.take().bytes, "0123");
    }

    void noFolder()
    {
        OutputCapture capture(4, QFile::decodeName(absentPath("some/folder/below/out")));
        capture.append("0123456789", 10);
        capture.append("0123456789", 10);
        const CapturedStream stream = capture.take();
        QCOMPARE(stream.error, ENOENT);
        QCOMPARE(stream.size, 20);
        QCOMPARE(stream.bytes, "0123");
        QVERIFY(!stream.isInFile());
    }

    /// What does not fit as a whole is no file: the beginning is in memory.
    void noRoomForTheBeginning()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("out"));
        SpoolSpace space(dir.path(), {0, std::numeric_limits<qint64>::max() / 2});
        OutputCapture capture(300'000, path, &space);
        const QByteArray all(400'000, 'x');
        capture.append(all.constData(), 200'000);
        capture.append(all.constData(), 200'000);
        const CapturedStream stream = capture.take();
        QCOMPARE(stream.error, ENOSPC);
        QCOMPARE(stream.size, all.size());
        QCOMPARE(stream.bytes, all.first(300'000));
        QVERIFY(!stream.isInFile());
        QVERIFY(!QFile::exists(path));
    }

    void fullDisk()
    {
        if (!QFile::exists(QStringLiteral("/dev/full")))
            QSKIP("no /dev/full");
        OutputCapture capture(4, QStringLiteral("/dev/full"));
        capture.append("0123456789", 10);
        QCOMPARE(capture.soFar().error, ENOSPC);
        capture.append("0123456789", 10);
        const CapturedStream stream = capture.take();
        QCOMPARE(stream.size, 20);
        QCOMPARE(stream.bytes, "0123");
        QVERIFY(!stream.isInFile());
    }
};

QTEST_GUILESS_MAIN(tst_OutputCapture)
#include "tst_outputcapture.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "programrun.h"

#include <sanitizers.h>

#include <procession/job/store/jobstore.h>

#include <QtCore/QCryptographicHash>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtGui/QImage>
#include <QtTest/QtTest>

using namespace procession;

/// `procession run --function`, with the sample library of tasks and real images.
class TestRunFunction : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_runner.emplace();
        for (int i = 0; i < Images; ++i) {
            QImage image(200 + 10 * i, 100, QImage::Format_RGB32);
            image.fill(QColor::fromHsv(i * 40, 200, 200));
            QVERIFY(image.save(m_runner->path(QStringLiteral("image %1.png").arg(i))));
        }
    }

    void listsItsFunctions()
    {
        const ProgramResult result = m_runner->run({"--function", "imagetasks"});
        QCOMPARE(result.out, "imagetasks:checksum(QByteArray)\nimagetasks:thumbnail(QString, QString, int)\n");
        QCOMPARE(result.status, 0);
        QCOMPARE(m_runner->run({"--function", library()}).out, result.out);
    }

    void checksums()
    {
        QByteArrayList arguments{"-k", "-j2", "--function", "imagetasks:checksum", ":::"};
        QByteArray expected;
        for (int i = 0; i < Images; ++i) {
            const QString name = QStringLiteral("image %1.png").arg(i);
            arguments.append(name.toUtf8());
            expected += QCryptographicHash::hash(m_runner->read(name), QCryptographicHash::Sha256).toHex() + "  " + name.toUtf8()
                + '\n';
        }
        const ProgramResult result = m_runner->run(arguments);
        QCOMPARE(result.err, "");
        QCOMPARE(result.out, expected);
        QCOMPARE(result.status, 0);
    }

    void inputsFromAPipe()
    {
        const QByteArrayList words{"-k", "-j2", "--function", "imagetasks:checksum"};
        const ProgramResult result = m_runner->run(words, "image 0.png\nimage 1.png\n");
        QCOMPARE(result.out, m_runner->run(words + QByteArrayList{":::", "image 0.png", "image 1.png"}).out);
        QCOMPARE(result.out.count('\n'), 2);
        const ProgramResult wrong
            = m_runner->run(words + QByteArrayList{"--colsep", ","}, "image 0.png\nimage 1.png,image 2.png\n");
        QCOMPARE(wrong.out.count('\n'), 1);
        QVERIFY2(wrong.err.contains("checksum"), wrong.err.constData());
        QCOMPARE(wrong.status, 255);
    }

    void thumbnails()
    {
        const ProgramResult result
            = m_runner->shell("\"$PROCESSION\" run -k --function imagetasks:thumbnail ::: *.png ::: small ::: 64");
        QCOMPARE(result.err, "");
        QCOMPARE(result.status, 0);
        QCOMPARE(result.out.count('\n'), Images);
        for (int i = 0; i < Images; ++i) {
            const QImage small(m_runner->path(QStringLiteral("small/image %1.png").arg(i)));
            QCOMPARE(small.width(), 64);
            QCOMPARE(small.pixelColor(32, 16).rgb(), QColor::fromHsv(i * 40, 200, 200).rgb());
        }
    }

    void failuresAreTold()
    {
        m_runner->write(QStringLiteral("no image"), "text");
        const ProgramResult result = m_runner->run({"-k", "--joblog", "log", "--function", "imagetasks:thumbnail",
            ":::", "no image", "image 0.png", ":::", "small", ":::", "64", "many"});
        QCOMPARE(result.status, 3);
        QCOMPARE(result.out, "small/image 0.png\n");
        QVERIFY2(result.err.contains("cannot read no image: Unsupported image format"), result.err.constData());
        QVERIFY2(result.err.contains("argument 3 is of type QString and cannot be converted to int"), result.err.constData());
        QCOMPARE(m_runner->read(QStringLiteral("log")).count("imagetasks:thumbnail"), 4);
    }

    void isRecordedAndGoesOn()
    {
        const QByteArrayList first{"--function", "imagetasks:checksum", ":::", "image 0.png", "later.png"};
        QCOMPARE(m_runner->run(first).status, 1);
        QFile::copy(m_runner->path(QStringLiteral("image 1.png")), m_runner->path(QStringLiteral("later.png")));
        const ProgramResult result = m_runner->run(QByteArrayList{"--resume-failed"} + first);
        QCOMPARE(result.status, 0);
        QCOMPARE(result.out.count('\n'), 1);
        QVERIFY(result.out.endsWith("  later.png\n"));
        const QByteArray shown = m_runner->jobs({"show", "1"}).out;
        QVERIFY2(shown.contains("imagetasks:checksum 'image 0.png'"), shown.constData());
        QVERIFY2(shown.contains("Function"), shown.constData());
        QCOMPARE(JobStore(m_runner->store()).jobs().first().kind, QStringLiteral("function"));
        QVERIFY(m_runner->jobs({"show", "1", "--task", "2", "--output"}).out.endsWith("  later.png\n"));
        QCOMPARE(m_runner->jobs({"retry", "1"}).status, 0);
    }

    void runsUnderEveryStartMethod_data()
    {
        QTest::addColumn<QByteArray>("method");
        for (const char *method : {"forkserver", "spawn", "fork", "thread"})
            QTest::newRow(method) << QByteArray(method);
    }
    void runsUnderEveryStartMethod()
    {
        QFETCH(const QByteArray, method);
        if (method == "fork")
            SKIP_COPIES_WITH_THREADS();
        const ProgramResult result = m_runner->shell("PROCESSION_START_METHOD=" + method
            + " \"$PROCESSION\" run --function imagetasks:thumbnail ::: *.png ::: small ::: 16");
        QCOMPARE(result.err, "");
        QCOMPARE(result.status, 0);
        QCOMPARE(result.out.count('\n'), Images);
    }

    void dryRunPrintsCalls()
    {
        const ProgramResult result = m_runner->run({"--dry-run", "--function", "imagetasks:checksum", ":::", "a b"});
        QCOMPARE(result.out, "imagetasks:checksum 'a b'\n");
        QVERIFY(!QFile::exists(m_runner->store()));
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArrayList>("arguments");
        QTest::addColumn<QByteArray>("problem");
        const auto row = [](const char *name, const QByteArrayList &arguments, const QByteArray &problem) {
            QTest::newRow(name) << arguments << problem;
        };
        row("no such library", {"--function", "nothere:a", ":::", "b"}, "There is no library of tasks nothere. Give its path");
        row("no such file", {"--function", "./nothere.so:a", ":::", "b"}, "nothere.so. Build that library of tasks");
        row("another file", {"--function", "./image 0.png:a", ":::", "b"}, "image 0.png is no library of tasks");
        row("another build", {"--function", "./other.so:checksum", ":::", "b"},
            "other.so was built for another version of this program: 0.1.0 (");
        row("damaged", {"--function", "./damaged.so:checksum", ":::", "b"}, "damaged.so cannot be loaded:");
        row("no such function", {"--function", "imagetasks:rotate", ":::", "b"},
            "There is no function imagetasks:rotate. That library of tasks has: checksum, thumbnail.");
        row("too few arguments", {"--function", "imagetasks:thumbnail", ":::", "b"},
            "Each input has 1 columns, and the function is thumbnail(QString, QString, int).");
        row("a command as well", {"--function", "imagetasks:checksum", "echo", ":::", "b"}, "leave out \"echo\"");
        row("a shell", {"--function", "imagetasks:checksum", "--shell", "/bin/sh", ":::", "b"},
            "--shell: this means nothing with --function");
        row("no name", {"--function", "imagetasks:", ":::", "b"}, "give LIBRARY:FUNCTION");
    }
    void refuses()
    {
        QFile file(QFile::decodeName(library()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QByteArray bytes = file.readAll();
        const qsizetype at = bytes.indexOf("\n[Procession library of tasks]\n");
        QVERIFY(at > 0);
        m_runner->write(QStringLiteral("damaged.so"), bytes.sliced(at, 400));
        bytes[at + 32 + 32] = '-'; // the first letter of the key
        m_runner->write(QStringLiteral("other.so"), bytes);

        QFETCH(const QByteArrayList, arguments);
        QFETCH(const QByteArray, problem);
        const ProgramResult result = m_runner->run(arguments);
        QVERIFY2(result.err.contains(problem), result.err.constData());
        QCOMPARE(result.status, 255);
        QCOMPARE(result.out, "");
    }

private:
    static constexpr int Images = 5;

    static QByteArray library()
    {
        return QFile::encodeName(QDir::cleanPath(
            QCoreApplication::applicationDirPath() + QStringLiteral("/../" PROCESSION_TASKS_FOLDER "/imagetasks.so")));
    }

    std::optional<ProgramRunner> m_runner;
};

QTEST_GUILESS_MAIN(TestRunFunction)
#include "tst_runfunction.moc"

// SPDX-License-Identifier: MIT
#include <procession/job/output/resultsfolder.h>
#include <procession/platform/base/processerror.h>

#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <filesystem>

using namespace procession;

class TestResultsFolder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void folderNames_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("plain") << QByteArray("a b") << QByteArray("a b");
        QTest::newRow("slash") << QByteArray("a/b") << QByteArray("a\\_b");
        QTest::newRow("backslash") << QByteArray("a\\_b") << QByteArray("a\\\\_b");
        QTest::newRow("tab") << QByteArray("a\tb") << QByteArray("a\\tb");
        QTest::newRow("empty") << QByteArray() << QByteArray("\\e");
        QTest::newRow("dot") << QByteArray(".") << QByteArray("\\.");
        QTest::newRow("dots") << QByteArray("..") << QByteArray("\\..");
        QTest::newRow("invalid utf-8") << QByteArray("\xff") << QByteArray("\xff");
    }

    void folderNames()
    {
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, name);
        QCOMPARE(ResultsFolder::folderName(value), name);
    }

    void longNamesStayApart()
    {
        const QByteArray a = ResultsFolder::folderName(QByteArray(400, 'x'));
        const QByteArray b = ResultsFolder::folderName(QByteArray(401, 'x'));
        QCOMPARE(a.size(), 255);
        QVERIFY(a != b);
        QCOMPARE(ResultsFolder::folderName(QByteArray(255, 'x')), QByteArray(255, 'x'));
        QCOMPARE(ResultsFolder::folderName(QByteArray(200, '/')).size(), 255);
    }

    void columnsByNumberOrName()
    {
        QCOMPARE(ResultsFolder("r").folder({"a", "b"}), "r/1/a/2/b");
        QCOMPARE(ResultsFolder("r", {"", ""}).folder({"a", "b"}), "r/1/a/2/b");
        QCOMPARE(ResultsFolder("r", {"n", "m"}).folder({"a", "b"}), "r/m/b/n/a");
    }

    void shortRowsHaveFewerFolders()
    {
        const InputTable table({InputList::ofRows(InputList({"a", "b", "c"}), {2, 1}, 2)});
        QCOMPARE(ResultsFolder("r", table).folder({"a", "b"}), "r/1/a/2/b");
        QCOMPARE(ResultsFolder("r", table).folder({"c"}), "r/1/c");
        QCOMPARE(ResultsFolder("r", table.grouped({2})).folder({"a", "b", "c"}), "r/1/a/2/b/1/c");
    }

    void severalInputsLieInEachOther()
    {
        const InputTable pairs({InputList({"a", "b"}), InputList({"1"})});
        QCOMPARE(ResultsFolder("r", pairs).folder({"a", "1"}), "r/1/a/2/1");
        QCOMPARE(ResultsFolder("r", pairs.grouped({2})).folder({"a", "1", "b", "1"}), "r/1/a/2/1/1/b/2/1");
        InputList named(2);
        named.setColumnNames({"n", "m"});
        named.append({"a", "1"});
        named.append({"b", "2"});
        QCOMPARE(ResultsFolder("r", InputTable({named}).grouped({2})).folder({"a", "1", "b", "2"}), "r/m/1/n/a/m/2/n/b");
    }

    void longPathsStayApart()
    {
        QByteArrayList many(1000, "a");
        const ResultsFolder results("r", InputTable({InputList(many)}).grouped({1000}));
        const QByteArray first = results.folder(many);
        QVERIFY(first.size() < 2400);
        many.last() = "b";
        QVERIFY(results.folder(many) != first);
    }

    void writesAndWritesAgain()
    {
        const QTemporaryDir folder;
        const ResultsFolder results(QFile::encodeName(folder.filePath(QStringLiteral("deep/er"))));
        TaskOutput output;
        for (const char *text : {"one", "two"}) {
            output.out.bytes = text;
            output.out.size = 3;
            results.write({"\xff"}, 4, output);
            QFile file;
            const QByteArray path = results.folder({"\xff"});
            FILE *stream = fopen((path + "/stdout").constData(), "r");
            QVERIFY(stream);
            QVERIFY(file.open(stream, QIODevice::ReadOnly, QFileDevice::AutoCloseHandle));
            QCOMPARE(file.readAll(), text);
        }
        // Qt cannot write that name.
        QVERIFY(std::filesystem::remove_all(QFile::encodeName(folder.path()).toStdString() + "/deep") > 0);
    }

    void namesTheFileThatCannotBeWritten()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        try {
            ResultsFolder(QFile::encodeName(file.fileName())).write({"a"}, 0, {});
            QFAIL("it wrote below a file");
        } catch (const SystemError &error) {
            QCOMPARE(error.number(), ENOTDIR);
            QVERIFY(error.subject().startsWith(QFile::encodeName(file.fileName())));
        }
    }
};

QTEST_GUILESS_MAIN(TestResultsFolder)
#include "tst_resultsfolder.moc"

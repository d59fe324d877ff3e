// SPDX-License-Identifier: MIT
#include "paths.h"
#include "processtest.h"

using namespace procession;

namespace {

void exitWith(int code) { std::exit(code); }

std::string heard; // of what is logged

void hear(QtMsgType, const QMessageLogContext &, const QString &text) { heard += text.toStdString(); }

/// Sets the executable for as long as it lives.
class OtherExecutable
{
public:
    explicit OtherExecutable(const QByteArray &path) { setExecutable(path); }
    ~OtherExecutable() { setExecutable({}); }
    Q_DISABLE_COPY_MOVE(OtherExecutable)
};

} // namespace

class TestExecutable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCopyOfThisProgramWillDo();
    void aProgramThatKnowsNothingOfIt();
    void whatNeedsAnExecutableIsAvailableWithOne_data();
    void whatNeedsAnExecutableIsAvailableWithOne();
};

void TestExecutable::aCopyOfThisProgramWillDo()
{
    const QTemporaryDir folder;
    const QString copy = folder.filePath(QStringLiteral("a copy"));
    QVERIFY(QFile::copy(QCoreApplication::applicationFilePath(), copy));
    const OtherExecutable other(QFile::encodeName(copy));
    Process process = context(StartMethod::Spawn).process(&exitWith, 7);
    process.start();
    QVERIFY(process.join());
    QCOMPARE(process.exitCode(), 7);
}

void TestExecutable::aProgramThatKnowsNothingOfIt()
{
    const OtherExecutable other("/bin/true");
    Process process = context(StartMethod::Spawn).process(&exitWith, 7);
    heard.clear();
    const QtMessageHandler handler = qInstallMessageHandler(hear);
    const std::string error = errorOf([&] { process.start(); });
    const bool isStarted = error == "no error"; // it may end before it is sent its work, or after
    if (isStarted)
        process.join();
    qInstallMessageHandler(handler);
    if (isStarted) {
        QCOMPARE(process.exitCode(), 1);
        VERIFY_CONTAINS(heard, "ended without doing its work: main() of the program that setExecutable");
    } else {
        VERIFY_CONTAINS(error, "ended as soon as it was started");
    }
}

void TestExecutable::whatNeedsAnExecutableIsAvailableWithOne_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<bool>("isExecutable");
    QTest::newRow("this program") << QByteArray() << true;
    QTest::newRow("another program") << QByteArray("/bin/true") << true;
    QTest::newRow("no such file") << absentPath("folder/program") << false;
    QTest::newRow("a file that is not executable") << plainFile() << false;
    QTest::newRow("a folder") << ownFolder() << false;
}

void TestExecutable::whatNeedsAnExecutableIsAvailableWithOne()
{
    QFETCH(QByteArray, path);
    QFETCH(bool, isExecutable);
    const OtherExecutable other(path);
    std::vector<StartMethod> expected{StartMethod::Fork, StartMethod::Thread};
    if (isExecutable)
        expected.insert(expected.begin(), {StartMethod::ForkServer, StartMethod::Spawn});
    QCOMPARE(allStartMethods(), expected);
    QCOMPARE(isAvailable(StartMethod::ForkServer), isExecutable);
    QCOMPARE(isAvailable(StartMethod::Spawn), isExecutable);
    QVERIFY(isAvailable(StartMethod::Fork) && isAvailable(StartMethod::Thread));
}

PROCESSION_TEST_MAIN(TestExecutable)
#include "tst_executable.moc"

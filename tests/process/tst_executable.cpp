// SPDX-License-Identifier: MIT
#include "processtest.h"

using namespace procession;

namespace {

void exitWith(int code) { std::exit(code); }

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
    QTest::ignoreMessage(QtCriticalMsg,
        QRegularExpression(
            QStringLiteral("process \\d+ ended without doing its work: main\\(\\) of the program that setExecutable")));
    process.start();
    QVERIFY(process.join());
    QCOMPARE(process.exitCode(), 1);
}

PROCESSION_TEST_MAIN(TestExecutable)
#include "tst_executable.moc"

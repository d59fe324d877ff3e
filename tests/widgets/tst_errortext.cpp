// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/job/store/jobstoreerror.h>
#include <procession/platform/base/invalidinput.h>
#include <procession/text/errortext.h>

#include <QtCore/QDirIterator>
#include <QtCore/QFile>
#include <QtCore/QRegularExpression>
#include <QtTest/QtTest>

#include <cerrno>

using namespace procession;

class TestErrorText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesInputAndRemedy();
    void inputsMayHavePlaceholders();
    void unknownProblemsFallBackToTheMessage();
    void everyProblemOfTheCoreIsWorded();
    void wordsErrorsOfTheStore();
    void wordsErrorsOfTheSystem();
    void wordsOtherExceptions();
};

void TestErrorText::namesInputAndRemedy()
{
    const InvalidInput error("halt.rule", "soon,fail=x\xff", "never, …", "English");
    QCOMPARE(errorText(error),
        QStringLiteral(u"“soon,fail=x\\xff” is no rule to give a job up. Write one as in: never, now,fail=1 or soon,fail=10%."));
    QCOMPARE(errorText(InvalidInput("template.column", "{3}", "2", "English")),
        QStringLiteral("{3} names a column that the inputs do not have: they have 2."));
}

void TestErrorText::inputsMayHavePlaceholders()
{
    QCOMPARE(errorText(InvalidInput("template.column", "%2", "%1", "English")),
        QStringLiteral("%2 names a column that the inputs do not have: they have %1."));
}

void TestErrorText::unknownProblemsFallBackToTheMessage()
{
    QCOMPARE(errorText(InvalidInput("no.such-problem", "x", "y", "a message")), QStringLiteral("a message"));
}

void TestErrorText::everyProblemOfTheCoreIsWorded()
{
    const QRegularExpression problem(QStringLiteral(R"((?:InvalidInput|refuse|expectNoReplacement)\(\s*"([a-z]+\.[a-z-]+)\")"));
    QDirIterator files(QFINDTESTDATA("../core"), {QStringLiteral("*.cpp")}, QDir::Files, QDirIterator::Subdirectories);
    int count = 0;
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString source = QString::fromUtf8(file.readAll());
        for (auto match = problem.globalMatch(source); match.hasNext(); ++count) {
            const QByteArray key = match.next().captured(1).toLatin1();
            const InvalidInput error(key.constData(), "input", "detail", "not worded");
            QVERIFY2(errorText(error) != QStringLiteral("not worded"), key.constData());
        }
    }
    QVERIFY(count > 20);
}

void TestErrorText::wordsErrorsOfTheStore()
{
    const JobStoreError error(JobStoreError::Reason::JobInUse, QStringLiteral("/x/jobs.db"), {}, {}, 4711);
    QCOMPARE(errorText(error), QStringLiteral("Process 4711 runs this job. Wait for it, or end it."));
    const JobStoreError full(JobStoreError::Reason::DiskFull, QStringLiteral("/x/jobs.db"), {}, {});
    QVERIFY(errorText(full).contains(QStringLiteral("/x/jobs.db")));
}

void TestErrorText::wordsErrorsOfTheSystem()
{
    QCOMPARE(errorText(SystemError("open", "a\nb", ENOENT)), QStringLiteral("a\\nb: No such file or directory"));
    QCOMPARE(errorText(SystemError("pipe2", {}, EMFILE)), QStringLiteral("Too many open files. Raise the limit: see ulimit -n."));
    QCOMPARE(
        errorText(SystemError("open", "a", EMFILE)), QStringLiteral("a: Too many open files. Raise the limit: see ulimit -n."));
    QCOMPARE(errorText(SystemError("pthread_create", "a job", EAGAIN)),
        QStringLiteral(
            "No thread could be started for a job: Resource temporarily unavailable. Raise the limit: see ulimit -u."));
}

void TestErrorText::wordsOtherExceptions()
{
    QCOMPARE(errorText(std::runtime_error("what it says")), QStringLiteral("what it says"));
}

QTEST_APPLESS_MAIN(TestErrorText)
#include "tst_errortext.moc"

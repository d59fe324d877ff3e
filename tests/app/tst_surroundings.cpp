// SPDX-License-Identifier: GPL-3.0-or-later
// The real command under what shells and services start programs with.
#include "programrun.h"

#include <QtTest/QtTest>

namespace {

/// In a shell: the command, with these arguments, after `before` and with `redirections`.
QByteArray script(const QByteArray &before, const QByteArray &arguments, const QByteArray &redirections = {})
{
    return before + "exec '" + ProgramRunner::program() + "' " + arguments + ' ' + redirections;
}

} // namespace

class TestSurroundings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void childSignalsAreIgnored();
    void exitStatusesAreKnownAllTheSame();
    void closedStreams_data();
    void closedStreams();

private:
    const ProgramRunner m_runner;
};

void TestSurroundings::childSignalsAreIgnored()
{
    const ProgramResult result = m_runner.shell(script("trap '' CHLD; ", "run -k echo ::: 1 2 3"));
    QCOMPARE(result.err, QByteArray());
    QCOMPARE(result.out, QByteArray("1\n2\n3\n"));
    QCOMPARE(result.status, 0);
}

void TestSurroundings::exitStatusesAreKnownAllTheSame()
{
    const ProgramResult result = m_runner.shell(script("trap '' CHLD; ", "run 'exit {}' ::: 0 7 0 5"));
    QCOMPARE(result.status, 2); // so many have failed
}

void TestSurroundings::closedStreams_data()
{
    QTest::addColumn<QByteArray>("redirections");
    QTest::addColumn<QByteArray>("expected");
    for (const char *input : {"", "<&- "}) {
        for (const char *error : {"", "2>&- "}) {
            const QByteArray both = QByteArray(input) + error;
            QTest::addRow("%s", both.constData()) << both << QByteArray("1\n2\n");
            QTest::addRow("%s>&-", both.constData()) << both + ">&-" << QByteArray();
        }
    }
}

void TestSurroundings::closedStreams()
{
    QFETCH(QByteArray, redirections);
    QFETCH(QByteArray, expected);
    const ProgramRunner runner;
    const ProgramResult result = runner.shell(script({}, "run -j 1 'echo {}; echo {} >>done' ::: 1 2", redirections));
    QCOMPARE(result.out, expected);
    QCOMPARE(result.status, 0);
    QCOMPARE(runner.read(QStringLiteral("done")), QByteArray("1\n2\n"));
}

QTEST_GUILESS_MAIN(TestSurroundings)
#include "tst_surroundings.moc"

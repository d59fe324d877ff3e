// SPDX-License-Identifier: GPL-3.0-or-later
// What `procession run` makes of inputs before it runs anything: linked, shuffled.
#include "programrun.h"

#include <QtTest/QtTest>

#include <algorithm>

namespace {

QByteArrayList numbers(int count)
{
    QByteArrayList all;
    for (int i = 1; i <= count; ++i)
        all += QByteArray::number(i);
    return all;
}

QByteArrayList lines(const QByteArray &text) { return text.trimmed().split('\n'); }

QByteArrayList sorted(QByteArrayList list)
{
    std::sort(list.begin(), list.end());
    return list;
}

} // namespace

class TestRunInputs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_runner = std::make_unique<ProgramRunner>(); }

    void linkedInputsAreRecordedAndResumed()
    {
        const QByteArrayList command{"-k", "echo", "{1}={2}; test ! -e fail{1}"};
        m_runner->write(QStringLiteral("failb"), "");
        const QByteArrayList inputs{":::", "a", "b", "c", ":::+", "1", "2", "3"};
        QCOMPARE(m_runner->run(command + inputs).out, "a=1\nb=2\nc=3\n");
        const QByteArray shown = m_runner->jobs({"show", "1"}).out;
        QVERIFY2(shown.contains("echo b=2; test ! -e failb"), shown.constData());
        QCOMPARE(m_runner->run(QByteArrayList{"--resume-failed"} + command + inputs).out, "b=2\n");
        QCOMPARE(m_runner->run({"--tag", "-k", "true {}; echo x", ":::", "a", "b", ":::+", "1", "2"}).out, "a 1\tx\nb 2\tx\n");
    }

    void shuffleRunsEachTaskOnceInAnotherOrder()
    {
        const QByteArrayList inputs = QByteArrayList{":::"} + numbers(60);
        const ProgramResult result = m_runner->run(QByteArrayList{"-k", "--shuf", "echo {#} {}"} + inputs);
        QByteArrayList order;
        QByteArrayList tasks;
        for (const QByteArray &line : lines(result.out)) {
            tasks += line.split(' ').value(0);
            order += line.split(' ').value(1);
        }
        QCOMPARE(tasks, numbers(60));
        QVERIFY(order != numbers(60));
        QCOMPARE(sorted(order), sorted(numbers(60)));

        // The job shows them in the order in which they ran.
        const QByteArrayList shown = lines(m_runner->jobs({"show", "1"}).out).last(60);
        for (qsizetype i = 0; i < 60; ++i)
            QVERIFY2(shown[i].endsWith("echo " + tasks[i] + ' ' + order[i]), shown[i].constData());
    }

    void shuffledCombinationsAreAllThere()
    {
        const QByteArrayList rest{"echo", "{n}-{2}", ":::", "n", "a", "b", ":::", "m", "1", "2", "3"};
        const QByteArrayList options{"--dry-run", "--header", ":"};
        QCOMPARE(sorted(lines(m_runner->run(options + QByteArrayList{"--shuf"} + rest).out)),
            sorted(lines(m_runner->run(options + rest).out)));
        QCOMPARE(m_runner->run({"--shuf", "echo"}).out, "");
    }

    void shuffledJobIsResumed_data()
    {
        QTest::addColumn<QByteArrayList>("log");
        QTest::newRow("from the store") << QByteArrayList{};
        QTest::newRow("from a job log") << QByteArrayList{"--joblog", "log"};
    }

    void shuffledJobIsResumed()
    {
        QFETCH(QByteArrayList, log);
        const QByteArrayList rest = log + QByteArrayList{"-j1", "--shuf", "echo {} >> done; echo {}", ":::"} + numbers(20);
        const ProgramResult first = m_runner->run(QByteArrayList{"--halt", "soon,done=7"} + rest);
        QCOMPARE(lines(first.out).size(), 7);
        const ProgramResult second = m_runner->run(QByteArrayList{"--resume"} + rest);
        QCOMPARE(lines(second.out).size(), 13);
        QCOMPARE(sorted(lines(m_runner->read(QStringLiteral("done")))), sorted(numbers(20)));
        QCOMPARE(m_runner->run(QByteArrayList{"--resume"} + rest).out, QByteArray());
    }

private:
    std::unique_ptr<ProgramRunner> m_runner;
};

QTEST_GUILESS_MAIN(TestRunInputs)
#include "tst_runinputs.moc"

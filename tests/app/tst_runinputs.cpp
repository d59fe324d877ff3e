// SPDX-License-Identifier: GPL-3.0-or-later
// What `procession run` makes of inputs before it runs anything: linked, shuffled, several to a command.
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

    void severalInputsAreRecordedAndResumed_data()
    {
        QTest::addColumn<QByteArrayList>("options");
        QTest::addColumn<QByteArray>("first");
        QTest::addColumn<QByteArray>("command");
        QTest::newRow("N") << QByteArrayList{"-N2"} << QByteArray("xa.o xb.o\n") << QByteArray("echo xc.o xd.o; test ! -e fail");
        QTest::newRow("n") << QByteArrayList{"-n2"} << QByteArray("xa b.o\n") << QByteArray("echo xc d.o; test ! -e fail");
        QTest::newRow("X") << QByteArrayList{"-j3", "-X"} << QByteArray("xa.o xb.o\n")
                           << QByteArray("echo xc.o xd.o; test ! -e fail");
        QTest::newRow("m") << QByteArrayList{"-j3", "-m"} << QByteArray("xa b.o\n") << QByteArray("echo xc d.o; test ! -e fail");
    }

    void severalInputsAreRecordedAndResumed()
    {
        QFETCH(QByteArrayList, options);
        QFETCH(QByteArray, first);
        QFETCH(QByteArray, command);
        const QByteArrayList rest = options + QByteArrayList{"-k", "echo x{}.o; test ! -e fail", ":::", "a", "b", "c", "d", "e"};
        m_runner->write(QStringLiteral("fail"), "");
        const ProgramResult result = m_runner->run(rest);
        QVERIFY2(result.out.startsWith(first), result.out.constData());
        QCOMPARE(result.out.count('\n'), 3);
        QCOMPARE(result.status, 3);
        const QByteArray shown = m_runner->jobs({"show", "1"}).out;
        QVERIFY2(shown.contains(command), shown.constData());
        QFile::remove(m_runner->path(QStringLiteral("fail")));
        QCOMPARE(m_runner->jobs({"retry", "1", "-k"}).out, result.out);
        QCOMPARE(m_runner->run(QByteArrayList{"--resume"} + rest).out, QByteArray());
    }

    void inputsThatOnlyCount()
    {
        QCOMPARE(
            m_runner->run({"-k", "-N0", "--tag", "echo {#}; test {#} != 2 || test -e ok", ":::", "a", "b"}).out, "a\t1\nb\t2\n");
        m_runner->write(QStringLiteral("ok"), "");
        QCOMPARE(m_runner->jobs({"retry", "1"}).out, "2\n");
        // Tasks that look alike are still as many as there are inputs.
        QCOMPARE(m_runner->run({"-N0", "echo x >> once", ":::", "a", "b", "c"}).status, 0);
        QCOMPARE(m_runner->run({"--resume", "-N0", "echo x >> once", ":::", "a", "b", "c", "d"}).status, 0);
        QCOMPARE(m_runner->read(QStringLiteral("once")), "x\nx\nx\nx\n");
    }

    void commandsAsLongAsTheSystemTakes()
    {
        for (const QByteArray &command : {QByteArray("echo"), QByteArray("echo {} | cat")}) {
            const ProgramResult result = m_runner->shell("seq 100000 | \"$PROCESSION\" run -k -j2 --xargs --no-store '" + command
                + "' | tr ' ' '\\n' | sha256sum; seq 100000 | sha256sum");
            const QByteArrayList sums = lines(result.out);
            QCOMPARE(sums.size(), 2);
            QCOMPARE(sums[0], sums[1]);
            QCOMPARE(result.err, QByteArray());
        }
    }

    void shuffledInputsAreGrouped()
    {
        const ProgramResult result = m_runner->run(QByteArrayList{"-k", "--shuf", "-N7", "echo {} {#}", ":::"} + numbers(40));
        QByteArrayList seen;
        for (const QByteArray &line : lines(result.out)) {
            const QByteArrayList words = line.split(' ');
            seen += words.first(words.size() - 1);
            QCOMPARE(words.last(), QByteArray::number((seen.size() + 6) / 7));
        }
        QVERIFY(seen != numbers(40));
        QCOMPARE(sorted(seen), sorted(numbers(40)));
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

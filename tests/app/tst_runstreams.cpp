// SPDX-License-Identifier: GPL-3.0-or-later
// Inputs that come little by little: from pipes, FIFOs and terminals, with and without an end.
#include "programrun.h"

#include <procession/platform/base/descriptor.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtTest/QtTest>

#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using procession::Descriptor;

namespace {

constexpr int TimeLimit = 10'000;

/// A program that is given its input piece by piece.
class Feeding
{
public:
    Feeding(const ProgramRunner &runner, const QByteArray &arguments)
    {
        runner.start(m_process, "exec \"$PROCESSION\" run " + arguments);
    }
    ~Feeding()
    {
        m_process.kill();
        m_process.waitForFinished(TimeLimit);
    }

    void write(const QByteArray &bytes) { m_process.write(bytes); }
    void close() { m_process.closeWriteChannel(); }
    void signal(int number) const { ::kill(static_cast<pid_t>(m_process.processId()), number); }
    qint64 unwritten() const { return m_process.bytesToWrite(); }
    /// What it prints from now on, until there is so much.
    QByteArray next(qsizetype size)
    {
        while (m_out.size() < size && m_process.waitForReadyRead(TimeLimit))
            m_out += m_process.readAllStandardOutput();
        const QByteArray taken = m_out.left(size);
        m_out.remove(0, size);
        return taken;
    }
    bool waitForErrors(const QByteArray &text)
    {
        QElapsedTimer timer;
        timer.start();
        while (!m_errors.contains(text) && timer.elapsed() < TimeLimit) {
            m_process.waitForReadyRead(50);
            m_errors += m_process.readAllStandardError();
        }
        return m_errors.contains(text);
    }
    const QByteArray &errors()
    {
        m_errors += m_process.readAllStandardError();
        return m_errors;
    }
    /// The exit status; -1 when it does not end.
    int end()
    {
        if (!m_process.waitForFinished(TimeLimit))
            return -1;
        m_out += m_process.readAllStandardOutput();
        return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : 128 + m_process.exitCode();
    }
    QByteArray rest() { return std::exchange(m_out, {}); }

private:
    QProcess m_process;
    QByteArray m_out;
    QByteArray m_errors;
};

} // namespace

class TestRunStreams : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_runner = std::make_unique<ProgramRunner>(); }

    void tasksStartAsInputsCome_data()
    {
        QTest::addColumn<QByteArray>("arguments");
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<QByteArray>("output");
        const auto row = [](const char *arguments, const QByteArray &input = "1\n", const QByteArray &output = "1\n") {
            QTest::newRow(arguments) << QByteArray(arguments) << input << output;
        };
        row("echo");
        row("--no-store echo");
        row("-k echo");
        row("--lb echo");
        row("-r echo", " \n1\n");
        row("-j1 echo");
        row("--dry-run echo", "1\n", "echo 1\n");
        row("--tag echo", "1\n", "1\t1\n");
        row("", "echo 1\n");
        row("-0 echo", QByteArray("1\0", 2));
        row("-d, echo", "1,");
        row("-C, 'echo {2}'", "0,1\n");
        row("--header : 'echo {b}'", "a\tb\n0\t1\n");
        row("--csv 'echo {2}'", "\"a\nb\",1\n");
        row("-N2 'echo {2}'", "0\n1\n");
        row("-n2 echo", "0\n1\n", "0 1\n");
        row("-N0 'echo 1'", "x\n");
        row("-a - echo");
        row("echo :::: -");
        row("--results out echo");
        row("--joblog log echo");
        row("--resume echo");
        row("--joblog log --resume echo");
        row("--halt now,fail=1 echo");
    }

    void tasksStartAsInputsCome()
    {
        QFETCH(QByteArray, arguments);
        QFETCH(QByteArray, input);
        QFETCH(QByteArray, output);
        Feeding program(*m_runner, arguments);
        program.write(input);
        QCOMPARE(program.next(output.size()), output); // while the input goes on
        program.close();
        QCOMPARE(program.end(), 0);
        QCOMPARE(program.rest(), QByteArray());
    }

    void fromAFifo_data()
    {
        QTest::addColumn<QByteArray>("arguments");
        QTest::newRow("arg-file") << QByteArray("-a fifo echo");
        QTest::newRow("::::") << QByteArray("echo :::: fifo");
        QTest::newRow("stdin") << QByteArray("echo <fifo");
        QTest::newRow("/dev/fd") << QByteArray("echo :::: /dev/fd/8 8<fifo");
    }

    void fromAFifo()
    {
        QFETCH(QByteArray, arguments);
        const QByteArray fifo = QFile::encodeName(m_runner->path(QStringLiteral("fifo")));
        QCOMPARE(::mkfifo(fifo.constData(), 0600), 0);
        Descriptor writer(::open(fifo.constData(), O_RDWR | O_CLOEXEC));
        Feeding program(*m_runner, arguments);
        QCOMPARE(::write(writer.get(), "1\n", 2), 2);
        QCOMPARE(program.next(2), "1\n");
        QCOMPARE(::write(writer.get(), "2", 1), 1);
        writer.reset();
        QCOMPARE(program.end(), 0);
        QCOMPARE(program.rest(), "2\n");
    }

    /// What is there as a whole is read as a whole.
    void fromAFile()
    {
        m_runner->write(QStringLiteral("inputs"), "1\n2\n");
        Feeding program(*m_runner, "-k --progress echo <inputs");
        QCOMPARE(program.end(), 0);
        QCOMPARE(program.rest(), "1\n2\n");
        QVERIFY2(!program.errors().contains('+'), program.errors().constData());
    }

    void withoutAnEnd()
    {
        const ProgramResult result = m_runner->shell("yes | \"$PROCESSION\" run -j2 --halt soon,success=20 'echo {}'");
        QCOMPARE(result.status, 0);
        QVERIFY(result.out.count('\n') >= 20);
    }

    void fromATerminal()
    {
        int terminal = -1;
        const pid_t child = ::forkpty(&terminal, nullptr, nullptr, nullptr);
        if (child == 0) {
            ::setenv("PROCESSION_STORE", QFile::encodeName(m_runner->store()).constData(), 1);
            const QByteArray program = ProgramRunner::program();
            ::execl(program.constData(), "procession", "run", "echo", "said:{}", nullptr);
            ::_exit(127);
        }
        const Descriptor descriptor(terminal);
        QByteArray shown;
        const auto readUntil = [&](const char *text) {
            while (!shown.contains(text)) {
                char buffer[512];
                pollfd waiting{terminal, POLLIN, 0};
                if (::poll(&waiting, 1, TimeLimit) != 1)
                    return false;
                const ssize_t size = ::read(terminal, buffer, sizeof buffer);
                if (size <= 0)
                    return false;
                shown.append(buffer, size);
            }
            return true;
        };
        QVERIFY(readUntil("Ctrl-D"));
        QCOMPARE(::write(terminal, "one\n", 4), 4);
        QVERIFY(readUntil("said:one"));
        QCOMPARE(::write(terminal, "two\n", 4), 4);
        QVERIFY(readUntil("said:two"));
        QCOMPARE(::write(terminal, "\x04", 1), 1);
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QVERIFY(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }

    void theRecordGrows()
    {
        Feeding program(*m_runner, "-j1 echo");
        program.write("a\n");
        QCOMPARE(program.next(2), "a\n");
        QJsonObject job = storedJob();
        QCOMPARE(job.value(QStringLiteral("total")).toInt(), 1);
        QCOMPARE(job.value(QStringLiteral("moreMayCome")).toBool(), true);
        QCOMPARE(job.value(QStringLiteral("state")).toString(), QStringLiteral("running"));
        const QByteArray list = m_runner->jobs({}).out;
        QVERIFY2(list.contains(" 1+ "), list.constData());
        const QByteArray shown = m_runner->jobs({"show", "1"}).out;
        QVERIFY2(shown.contains("1+: 1 done") && shown.contains("echo a"), shown.constData());
        program.write("b\n");
        program.close();
        QCOMPARE(program.end(), 0);
        job = storedJob();
        QCOMPARE(job.value(QStringLiteral("total")).toInt(), 2);
        QCOMPARE(job.value(QStringLiteral("moreMayCome")).toBool(), false);
        QCOMPARE(m_runner->jobs({"show", "1", "--task", "2", "--output"}).out, "b\n");
    }

    void killedAndGoneOnWith()
    {
        {
            Feeding program(*m_runner,
                "-j1 'echo {}; test {} != c || test -e ok || { while ! test -e go; do sleep 0.01; done; kill -9 $PPID; }'");
            program.write("a\nb\nc\nd\n");
            QCOMPARE(program.next(4), "a\nb\n");
            QTRY_COMPARE(storedJob().value(QStringLiteral("total")).toInt(), 4);
            m_runner->write(QStringLiteral("go"), "");
            QCOMPARE(program.end(), 128 + SIGKILL);
        }
        m_runner->write(QStringLiteral("ok"), "");
        QCOMPARE(storedJob().value(QStringLiteral("state")).toString(), QStringLiteral("interrupted"));
        // With the inputs that had come.
        const ProgramResult resumed = m_runner->jobs({"resume", "1", "-k"});
        QCOMPARE(resumed.status, 0);
        QCOMPARE(resumed.out, "c\nd\n");
        QCOMPARE(storedJob().value(QStringLiteral("moreMayCome")).toBool(), false);
    }

    /// Commands are compared, wherever they stand in the stream.
    void resumedFromAStream_data()
    {
        QTest::addColumn<QByteArray>("record");
        QTest::newRow("store") << QByteArray();
        QTest::newRow("job log") << QByteArray("--joblog log ");
        QTest::newRow("job log alone") << QByteArray("--no-store --joblog log ");
    }

    void resumedFromAStream()
    {
        QFETCH(QByteArray, record);
        const QByteArray command = record + "-k -j1 'echo {}; test {} != 2 || test -e ok'";
        const auto run = [&](const QByteArray &options, const QByteArray &input) {
            return m_runner->shell("exec \"$PROCESSION\" run " + options + command, input);
        };
        QCOMPARE(run({}, "1\n2\n3\n3\n").status, 1);
        QCOMPARE(run("--resume ", "3\n0\n3\n1\n2\n3\n").out, "0\n3\n"); // three times 3, where two were there
        QCOMPARE(run("--resume ", "1\n").out, "");
        m_runner->write(QStringLiteral("ok"), "");
        QCOMPARE(run("--resume-failed ", "0\n1\n2\n3\n").out, "2\n"); // though 2 did not come the last time
        if (record.isEmpty())
            QCOMPARE(storedJob().value(QStringLiteral("total")).toInt(), 4);
    }

    void resumedFromAStreamThatIsKilled()
    {
        const QByteArray command = "-j1 'echo {}; test {} != x || kill -9 $PPID'";
        const auto run = [&](const QByteArray &options, const QByteArray &input) {
            return m_runner->shell("\"$PROCESSION\" run " + options + command, input);
        };
        QCOMPARE(run({}, "1\n2\n3\n").out, "1\n2\n3\n");
        run("--resume ", "3\nx\n1\n");
        QCOMPARE(run("--resume ", "1\n2\n3\n4\n").out, "4\n"); // what had not come again is known still
    }

    void signalsEndTheWaiting_data()
    {
        QTest::addColumn<int>("number");
        QTest::newRow("INT") << SIGINT;
        QTest::newRow("TERM") << SIGTERM;
        QTest::newRow("HUP") << SIGHUP;
    }

    void signalsEndTheWaiting()
    {
        QFETCH(int, number);
        Feeding program(*m_runner, "echo");
        program.write("1\n");
        QCOMPARE(program.next(2), "1\n");
        QElapsedTimer timer;
        timer.start();
        program.signal(number); // the input stays open
        QVERIFY(program.end() > 0);
        QVERIFY(timer.elapsed() < 1'500);
        QCOMPARE(storedJob().value(QStringLiteral("state")).toString(), QStringLiteral("finished"));
        QCOMPARE(storedJob().value(QStringLiteral("moreMayCome")).toBool(), true);
    }

    void haltingEndsTheWaiting()
    {
        Feeding program(*m_runner, "--halt now,fail=1 'echo {}; false'");
        program.write("1\n");
        QCOMPARE(program.end(), 1);
        QCOMPARE(program.rest(), "1\n");
    }

    void whatCannotBeAnInputEndsTheReading_data()
    {
        QTest::addColumn<QByteArray>("options");
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<QByteArray>("message");
        QTest::newRow("NUL") << QByteArray() << QByteArray("1\na\0b\n3\n", 8) << QByteArray("NUL");
        QTest::newRow("dry run") << QByteArray("--dry-run ") << QByteArray("1\na\0b\n3\n", 8) << QByteArray("NUL");
        QTest::newRow("CSV") << QByteArray("--csv ") << QByteArray("1\n\"x\ny\n") << QByteArray("line 2 of the CSV");
    }

    void whatCannotBeAnInputEndsTheReading()
    {
        QFETCH(QByteArray, options);
        QFETCH(QByteArray, input);
        QFETCH(QByteArray, message);
        const ProgramResult result = m_runner->shell("exec \"$PROCESSION\" run " + options + "echo", input);
        QCOMPARE(result.out, QByteArray(options.startsWith("--dry-run") ? "echo 1\n" : "1\n"));
        QCOMPARE(result.status, 255);
        QVERIFY2(result.err.contains(message), result.err.constData());
    }

    void progressDoesNotPretend_data()
    {
        QTest::addColumn<QByteArray>("option");
        QTest::addColumn<QByteArray>("shown");
        QTest::newRow("progress") << QByteArray("--progress") << QByteArray("1/1+");
        QTest::newRow("bar") << QByteArray("--bar") << QByteArray("?  1/1+");
        QTest::newRow("eta") << QByteArray("--eta") << QByteArray("time left unknown");
    }

    void progressDoesNotPretend()
    {
        QFETCH(QByteArray, option);
        QFETCH(QByteArray, shown);
        Feeding program(*m_runner, option + " echo");
        program.write("1\n");
        QVERIFY2(program.waitForErrors(shown), program.errors().constData());
        program.close();
        QCOMPARE(program.end(), 0);
        QVERIFY2(program.errors().contains("1/1  "), program.errors().constData());
    }

    void whatNeedsAllInputsWaits_data()
    {
        QTest::addColumn<QByteArray>("arguments");
        QTest::addColumn<QByteArray>("output");
        QTest::newRow("shuf") << QByteArray("--shuf 'echo {#}'") << QByteArray("1\n2\n3\n");
        QTest::newRow("X") << QByteArray("-j1 -X echo") << QByteArray("1 2 3\n");
        QTest::newRow("s") << QByteArray("-j1 -X -s 9 echo") << QByteArray("1 2\n3\n");
        QTest::newRow("two sources") << QByteArray("echo :::: - ::: x") << QByteArray("1 x\n2 x\n3 x\n");
        QTest::newRow("halt") << QByteArray("--halt soon,fail=100% echo") << QByteArray("1\n2\n3\n");
    }

    void whatNeedsAllInputsWaits()
    {
        QFETCH(QByteArray, arguments);
        QFETCH(QByteArray, output);
        const ProgramResult result = m_runner->shell("exec \"$PROCESSION\" run -k " + arguments, "1\n2\n3\n");
        QCOMPARE(result.out, output);
        QCOMPARE(result.status, 0);
    }

    /// A program that writes faster than tasks run is held back.
    void readsAheadOnlySoFar()
    {
        m_runner->write(QStringLiteral("gate"), "");
        Feeding program(*m_runner, "-j1 --lb --no-store 'echo {#}; while test -e gate; do sleep 0.02; done'");
        QByteArray rows;
        constexpr int Rows = 200'000;
        for (int i = 0; i < Rows; ++i)
            rows += QByteArray::number(i) + QByteArray(40, ' ') + '\n';
        program.write(rows);
        QCOMPARE(program.next(2), "1\n");
        QVERIFY(program.unwritten() > rows.size() / 2); // some thousand rows, and what is in the pipe, were taken
        program.signal(SIGINT);
        QFile::remove(m_runner->path(QStringLiteral("gate")));
        QVERIFY(program.end() > 0);
    }

private:
    QJsonObject storedJob() const { return QJsonDocument::fromJson(m_runner->jobs({"--json"}).out).array().first().toObject(); }

    std::unique_ptr<ProgramRunner> m_runner;
};

QTEST_GUILESS_MAIN(TestRunStreams)
#include "tst_runstreams.moc"

// SPDX-License-Identifier: MIT
#include "leakprobe.h"
#include "paths.h"

#include <procession/platform/base/poller.h>
#include <procession/platform/base/processerror.h>
#include <procession/platform/child/childlauncher.h>

#include <QtTest/QtTest>

#include <csignal>
#include <fcntl.h>

using namespace procession;
using namespace std::chrono_literals;

namespace {

struct Result
{
    ChildEnd end;
    QByteArray output;
};

QByteArray readAll(const Descriptor &pipe)
{
    Poller poller;
    poller.add(pipe.get(), 1);
    QByteArray all;
    std::array<char, 4096> buffer;
    std::vector<quint64> ready;
    while (true) {
        const auto count = pipe.read(buffer);
        if (!count) {
            poller.wait(QDeadlineTimer(10s), ready);
            if (ready.empty())
                return all + "[timed out]";
        } else if (*count == 0) {
            return all;
        } else {
            all.append(buffer.data(), static_cast<qsizetype>(*count));
        }
    }
}

class Launch
{
public:
    explicit Launch(const ChildLauncher::Options &options = {}) : m_launcher(options, &m_guard) { }

    Result run(const QByteArrayList &arguments)
    {
        auto [readEnd, writeEnd] = Descriptor::pipe();
        const auto entry = m_guard.reserve();
        ChildProcess child = m_launcher.launch(arguments, writeEnd.get(), writeEnd.get(), entry);
        writeEnd.reset();
        Result result;
        result.output = readAll(readEnd);
        result.end = child.reap();
        m_guard.release(entry);
        return result;
    }

    int errorOf(const QByteArrayList &arguments)
    {
        try {
            run(arguments);
        } catch (const SystemError &error) {
            return error.number();
        }
        return 0;
    }

    OrphanGuard m_guard;
    ChildLauncher m_launcher;
};

} // namespace

class tst_ChildLauncher : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void exitStatus_data()
    {
        QTest::addColumn<QByteArrayList>("arguments");
        QTest::addColumn<int>("exitCode");
        QTest::newRow("success") << QByteArrayList{"true"} << 0;
        QTest::newRow("exit 3") << QByteArrayList{"sh", "-c", "exit 3"} << 3;
        QTest::newRow("segfault") << QByteArrayList{"sh", "-c", "kill -SEGV $$"} << -SIGSEGV;
    }
    void exitStatus()
    {
        QFETCH(QByteArrayList, arguments);
        QFETCH(int, exitCode);
        Launch launch;
        QCOMPARE(launch.run(arguments).end.status.exitCode(), exitCode);
    }

    void findsAProgramThatMoved()
    {
        const QTemporaryDir folder;
        const auto path = [&folder](const char *name) { return folder.filePath(QString::fromLatin1(name)); };
        const auto makeProgram = [&path](const char *name, const char *exitCode) {
            QFile file(path(name));
            const QByteArray script = QByteArray("#!/bin/sh\nexit ") + exitCode + '\n';
            return file.open(QIODevice::WriteOnly | QIODevice::NewOnly) && file.write(script) == script.size()
                && file.setPermissions(QFile::ReadOwner | QFile::ExeOwner);
        };
        QVERIFY(QDir().mkpath(path("first")) && QDir().mkpath(path("second")));
        QVERIFY(makeProgram("first/moving", "1") && makeProgram("second/moving", "2"));
        ChildLauncher::Options options;
        options.environment = {"PATH=" + QFile::encodeName(path("first")) + ':' + QFile::encodeName(path("second"))};
        Launch launch(options);
        QCOMPARE(launch.run({"moving"}).end.status.exitCode(), 1);
        QVERIFY(QFile::remove(path("first/moving")));
        QCOMPARE(launch.run({"moving"}).end.status.exitCode(), 2);
        QVERIFY(QFile::remove(path("second/moving")));
        QCOMPARE(launch.errorOf({"moving"}), ENOENT);
    }

    void keptDescriptorsAreInherited()
    {
        // Some that stay and some that do not, in turns.
        std::vector<Descriptor> files;
        for (int i = 0; i < 6; ++i)
            files.push_back(openNull());
        for (const Descriptor &file : files)
            QCOMPARE(::fcntl(file.get(), F_SETFD, 0), 0);
        ChildLauncher::Options options;
        options.keptDescriptors = {files[4].get(), files[1].get(), files[2].get()};
        const auto list = [](const ChildLauncher::Options &given) {
            return Launch(given)
                .run({"sh", "-c", "cd /proc/self/fd && for n in *; do test $n -gt 2 && readlink $n; done; :"})
                .output;
        };
        QCOMPARE(list({}), QByteArray());
        QCOMPARE(list(options), QByteArray("/dev/null\n/dev/null\n/dev/null\n"));
    }

    void argumentsArriveExactly_data()
    {
        QTest::addColumn<QByteArray>("argument");
        const QByteArrayList nasty{
            "", " ", "a b", "'", "\"", "\n", "\\", "$HOME", "`id`", "-n", "\xff\xfe", "*", "~", "#", "|", "é中"};
        for (const QByteArray &argument : nasty)
            QTest::newRow(("<" + argument.toHex() + ">").constData()) << argument;
    }
    void argumentsArriveExactly()
    {
        QFETCH(QByteArray, argument);
        Launch launch;
        QCOMPARE(launch.run({"printf", "%s.", argument}).output, argument + '.');
    }

    void failureIsKnownAtOnce_data()
    {
        QTest::addColumn<QByteArray>("program");
        QTest::addColumn<int>("error");
        QTest::newRow("missing") << QByteArray("no-such-program-here") << ENOENT;
        QTest::newRow("missing path") << absentPath("folder/program") << ENOENT;
        QTest::newRow("not executable") << plainFile() << EACCES;
        QTest::newRow("folder") << ownFolder() << EACCES;
        QTest::newRow("empty") << QByteArray() << ENOENT;
    }
    void failureIsKnownAtOnce()
    {
        QFETCH(QByteArray, program);
        QFETCH(int, error);
        Launch launch;
        const auto before = LeakProbe::openDescriptors().size();
        QCOMPARE(launch.errorOf({program}), error);
        QCOMPARE(LeakProbe::openDescriptors().size(), before);
    }

    void tooLongArgumentsAreRefused()
    {
        Launch launch;
        QCOMPARE(launch.errorOf({"true", QByteArray(1 << 20, 'x')}), E2BIG);
    }

    void scriptWithoutInterpreterLine()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("script"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("echo \"$1\"\n");
        file.close();
        QVERIFY(file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner));
        Launch launch;
        QCOMPARE(launch.run({path.toLocal8Bit(), "x y"}).output, "x y\n");
    }

    void environmentFolderAndNiceness()
    {
        QTemporaryDir dir;
        qputenv("PROCESSION_TEST_GONE", "1");
        Launch launch({.environment = {"PROCESSION_TEST=a=b", "PROCESSION_TEST_GONE"},
            .workingDirectory = dir.path().toLocal8Bit(),
            .niceness = 5});
        const QByteArray output
            = launch.run({"sh", "-c", "echo $PROCESSION_TEST; echo ${PROCESSION_TEST_GONE-none}; pwd -P; nice"}).output;
        const int niceness = QByteArray(Launch().run({"nice"}).output.trimmed()).toInt();
        QCOMPARE(output,
            "a=b\nnone\n" + QFileInfo(dir.path()).canonicalFilePath().toLocal8Bit() + '\n'
                + QByteArray::number(std::min(19, niceness + 5)) + '\n');
    }

    void folderIsInTheEnvironment()
    {
        QTemporaryDir dir;
        const QByteArray folder = dir.path().toLocal8Bit();
        QCOMPARE(Launch({.environment = {}, .workingDirectory = folder}).run({"printenv", "PWD"}).output, folder + '\n');
        QCOMPARE(Launch({.environment = {}, .workingDirectory = "."}).run({"printenv", "PWD"}).output,
            QDir::current().canonicalPath().toLocal8Bit() + '\n');
        Launch chosen({.environment = {"PWD=/chosen"}, .workingDirectory = folder});
        QCOMPARE(chosen.run({"printenv", "PWD"}).output, "/chosen\n");
    }

    void missingWorkingFolder()
    {
        try {
            Launch launch({.environment = {}, .workingDirectory = absentPath("folder")});
            QFAIL("accepted");
        } catch (const SystemError &error) {
            QCOMPARE(error.number(), ENOENT);
            QCOMPARE(error.subject(), absentPath("folder"));
        }
    }

    void inheritsOnlyItsStreams()
    {
        const int leaky = ::open("/dev/null", O_RDONLY); // without O_CLOEXEC, as careless libraries do
        Launch launch;
        const QByteArray output = launch.run({"sh", "-c", "readlink /proc/self/fd/0; ls /proc/self/fd | wc -l"}).output;
        ::close(leaky);
        QCOMPARE(output, "/dev/null\n4\n"); // 0, 1, 2 and the folder that ls reads
    }

    void signalsOfTheChild()
    {
        // A caught one and SIGPIPE are by default, an ignored one stays ignored; whatever has started this test may ignore more.
        const auto pipeBefore = std::signal(SIGPIPE, SIG_IGN);
        const auto firstBefore = std::signal(SIGUSR1, SIG_IGN);
        const auto secondBefore = std::signal(SIGUSR2, [](int) {});
        Launch launch;
        const QByteArray output = launch.run({"grep", "-E", "^Sig(Blk|Ign)", "/proc/self/status"}).output;
        std::signal(SIGPIPE, pipeBefore);
        std::signal(SIGUSR1, firstBefore);
        std::signal(SIGUSR2, secondBefore);
        const QByteArrayList lines = output.split('\n');
        QCOMPARE(lines.value(0), QByteArray("SigBlk:\t0000000000000000"));
        const quint64 ignored = lines.value(1).mid(8).toULongLong(nullptr, 16);
        const auto bit = [](int signal) { return quint64(1) << (signal - 1); };
        QCOMPARE(ignored & (bit(SIGPIPE) | bit(SIGUSR1) | bit(SIGUSR2)), bit(SIGUSR1));
    }

    void leadsASession()
    {
        Launch launch;
        const QByteArrayList numbers
            = launch.run({"sh", "-c", "echo $$ $(ps -o pgid=,sid=,tty= -p $$)"}).output.simplified().split(' ');
        QCOMPARE(numbers.size(), 4);
        QCOMPARE(numbers[1], numbers[0]);
        QCOMPARE(numbers[2], numbers[0]);
        QCOMPARE(numbers[3], QByteArray("?"));
    }

    void killTakesTheWholeGroup()
    {
        Launch launch;
        auto [readEnd, writeEnd] = Descriptor::pipe();
        const auto entry = launch.m_guard.reserve();
        ChildProcess child
            = launch.m_launcher.launch({"sh", "-c", "sleep 1000 & echo; wait"}, writeEnd.get(), writeEnd.get(), entry);
        writeEnd.reset();
        QCOMPARE(launch.m_guard.slot(entry)->load(), static_cast<int>(child.pid()));
        Poller poller;
        std::vector<quint64> ready;
        poller.add(readEnd.get(), 1);
        poller.wait(QDeadlineTimer(10s), ready); // the grandchild has been started
        QVERIFY(!ready.empty());
        child.signalGroup(SIGKILL);
        QCOMPARE(readAll(readEnd), "\n"); // the end of the file comes only when the grandchild has gone as well
        QCOMPARE(child.reap().status, ExitStatus::signaled(SIGKILL));
        launch.m_guard.release(entry);
    }

    void whoIsLeftBehindIsNoticed()
    {
        Launch launch;
        auto [readEnd, writeEnd] = Descriptor::pipe();
        const auto entry = launch.m_guard.reserve();
        ChildProcess child = launch.m_launcher.launch({"sh", "-c", "sleep 1000 &"}, writeEnd.get(), writeEnd.get(), entry);
        writeEnd.reset();
        QVERIFY(child.reap().status.isSuccess());
        QVERIFY(child.hasLeftProcesses());
        child.signalGroup(SIGKILL);
        QCOMPARE(readAll(readEnd), "");
        QTRY_VERIFY(!child.hasLeftProcesses());
        launch.m_guard.release(entry);
    }

    void manyLeakNothing()
    {
        Launch launch;
        launch.run({"true"});
        const auto before = LeakProbe::openDescriptors().size();
        for (int i = 0; i < 200; ++i)
            launch.run({"true"});
        QCOMPARE(LeakProbe::openDescriptors().size(), before);
    }
};

QTEST_GUILESS_MAIN(tst_ChildLauncher)
#include "tst_childlauncher.moc"

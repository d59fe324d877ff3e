// SPDX-License-Identifier: MIT
#include "processtest.h"
#include "refusedsystemcall.h"

#include <procession/forkserver.h>
#include <procession/forkserverpreload.h>

#include <QtCore/QProcess>

#include <csignal>
#include <sys/syscall.h>

using namespace procession;
using namespace std::chrono_literals;

namespace {

int preloaded = 0;

void preload() { preloaded = 42; }
void answerPreloaded(const Connection &answer) { answer.send(preloaded); }
void sendBack(const Connection &answer, const QByteArray &bytes) { answer.send(bytes); }
void exitWith(int code) { std::exit(code); }
void waitForEver(const Connection &answer)
{
    answer.send(1);
    answer.recv<int>(); // nobody sends it
}

/// What this program does when the test starts it for `what`; its exit code is the line where something was not as it should.
int actAs(const QByteArray &what)
{
#define CHECK(condition)                                                                                                         \
    if (!(condition))                                                                                                            \
    return __LINE__ & 0xff
    if (what == "preload") {
        setForkServerPreload({&preload});
        auto [ours, theirs] = pipe();
        Process process(&answerPreloaded, theirs);
        process.start();
        CHECK(ours.recv<int>() == 42 && preloaded == 0);
        CHECK(errorOf([] { setForkServerPreload({&preload}); }).find("runs already") != std::string::npos);
        return 0;
    }
    if (what == "no clone3") {
        CHECK(refuseSystemCall(SYS_clone3, ENOSYS));
        Process ends(&exitWith, 7);
        ends.start();
        CHECK(ends.join() && ends.exitCode() == 7);
        auto [ours, theirs] = pipe();
        Process waits(&waitForEver, theirs);
        waits.start();
        ours.recv<int>();
        CHECK(!waits.join(QDeadlineTimer(0)) && waits.isAlive());
        waits.kill();
        CHECK(waits.join() && waits.exitCode() == -SIGKILL);
        return 0;
    }
    return 255;
#undef CHECK
}

int statusOf(const QString &what)
{
    QProcess program;
    program.setProcessChannelMode(QProcess::ForwardedChannels);
    program.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--act"), what});
    return program.waitForFinished() && program.exitStatus() == QProcess::NormalExit ? program.exitCode() : -1;
}

} // namespace

class TestForkServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesBackWhenItWasKilled();
    void childrenOutliveIt();
    void largeArguments();
    void preloads() { QCOMPARE(statusOf(QStringLiteral("preload")), 0); }
    void worksWithoutClone3() { QCOMPARE(statusOf(QStringLiteral("no clone3")), 0); }
    void childrenAreNotTheServers();
};

void TestForkServer::comesBackWhenItWasKilled()
{
    ForkServer &server = ForkServer::get();
    server.start();
    const qint64 first = server.pid();
    QVERIFY(first > 0);
    for (int i = 0; i < 5; ++i) {
        ::kill(static_cast<pid_t>(server.pid()), SIGKILL);
        Process process(&exitWith, i);
        process.start();
        QVERIFY(process.join());
        QCOMPARE(process.exitCode(), i);
    }
    QVERIFY(server.pid() != first);
}

void TestForkServer::childrenOutliveIt()
{
    auto [ours, theirs] = pipe();
    Process process(&waitForEver, theirs);
    process.start();
    QCOMPARE(ours.recv<int>(), 1);
    ::kill(static_cast<pid_t>(ForkServer::get().pid()), SIGKILL);
    QVERIFY(!process.join(QDeadlineTimer(0)));
    process.terminate();
    QVERIFY(process.join());
    QCOMPARE(process.exitCode(), -SIGTERM);
}

void TestForkServer::largeArguments()
{
    auto [ours, theirs] = pipe();
    const QByteArray bytes(50'000'000, 'b');
    Process process(&sendBack, theirs, bytes);
    process.start();
    QVERIFY(ours.recv<QByteArray>() == bytes);
    QVERIFY(process.join());
}

void TestForkServer::childrenAreNotTheServers()
{
    Process process(&exitWith, 3);
    process.start();
    QVERIFY(process.pid() != ForkServer::get().pid());
    QVERIFY(process.join());
    QCOMPARE(activeChildren().size(), std::size_t(0));
}

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);
    if (argc == 3 && qstrcmp(argv[1], "--act") == 0)
        return actAs(argv[2]);
    QCoreApplication app(argc, argv);
    TestForkServer test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_forkserver.moc"

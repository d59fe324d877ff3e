// SPDX-License-Identifier: MIT
#include "leakprobe.h"
#include "processtest.h"
#include "refusedsystemcall.h"
#include "sanitizers.h"

#include <procession/process/launch/forkserver.h>
#include <procession/process/launch/forkserverpreload.h>

#include <procession/platform/system/scheduling.h>

#include <QtCore/QProcess>

#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>

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

void sendParentAndWait(const Connection &answer)
{
    answer.send(::getppid());
    answer.recv<int>(); // nobody sends it
}
/// Whose child a process is that the fork server makes now.
int parentOfChild()
{
    auto [ours, theirs] = pipe();
    Process process(&sendParentAndWait, theirs);
    process.start();
    const auto parent = ours.recv<int>();
    process.kill();
    process.join();
    return parent;
}
/// As a plug-in may do that is loaded late.
void startThreadWhenAsked()
{
    std::signal(SIGUSR1, [](int) { std::thread([] { ::pause(); }).detach(); });
}

/// A value of each setting that is handed on.
struct Settings
{
    std::string variable;
    int fileModeMask = 0;
    int niceness = 0;
    quint64 openFiles = 0;
    QList<int> processors;

    friend bool operator==(const Settings &, const Settings &) = default;
};

Settings currentSettings()
{
    const mode_t mask = ::umask(0);
    ::umask(mask);
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    return {qgetenv("PROCESSION_TEST_SETTING").toStdString(), static_cast<int>(mask), niceness(), files.rlim_cur, usableCpus()};
}
void sendSettings(const Connection &answer)
{
    const Settings settings = currentSettings();
    answer.send(settings.variable);
    answer.send(settings.fileModeMask);
    answer.send(settings.niceness);
    answer.send(settings.openFiles);
    answer.send(settings.processors);
}
Settings settingsOfChild(StartMethod method)
{
    auto [ours, theirs] = pipe();
    Process process({.context = Context(method)}, &sendSettings, theirs);
    process.start();
    theirs.close();
    Settings settings;
    settings.variable = ours.recv<std::string>();
    settings.fileModeMask = ours.recv<int>();
    settings.niceness = ours.recv<int>();
    settings.openFiles = ours.recv<quint64>();
    settings.processors = ours.recv<QList<int>>();
    process.join();
    return settings;
}

void sendDescriptors(const Connection &answer) { answer.send(static_cast<int>(LeakProbe::openDescriptors().size())); }
int descriptorsOfCopy()
{
    auto [ours, theirs] = pipe();
    Process process({.context = Context(StartMethod::Fork)}, &sendDescriptors, theirs);
    process.start();
    const int count = ours.recv<int>();
    process.join();
    return count;
}

/// Has the fork server ask one of its own.
void startProcess()
{
    Process process({.context = Context(StartMethod::ForkServer)}, &exitWith, 0);
    process.start();
    process.join();
}
void sendExitCodeOfChild(const Connection &answer)
{
    Process process({.context = Context(StartMethod::ForkServer)}, &exitWith, 3);
    process.start();
    process.join();
    answer.send(process.exitCode().value_or(255));
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
    if (what == "settings") {
        for (const StartMethod method : {StartMethod::ForkServer, StartMethod::Spawn, StartMethod::Fork})
            CHECK(settingsOfChild(method) == currentSettings());
        qputenv("PROCESSION_TEST_SETTING", "set later");
        ::umask(027);
        addNiceness(3);
        bindToCpu(usableCpus().last());
        rlimit files{};
        ::getrlimit(RLIMIT_NOFILE, &files);
        files.rlim_cur = 200;
        files.rlim_max = 300;
        ::setrlimit(RLIMIT_NOFILE, &files);
        for (const StartMethod method : {StartMethod::ForkServer, StartMethod::Spawn, StartMethod::Fork}) {
            const Settings ofChild = settingsOfChild(method);
            CHECK(ofChild == currentSettings() && ofChild.variable == "set later" && ofChild.openFiles == 200);
        }
        const qint64 server = ForkServer::get().pid();
        qunsetenv("PROCESSION_TEST_SETTING");
        CHECK(settingsOfChild(StartMethod::ForkServer).variable.empty() && ForkServer::get().pid() == server);
        // What needs rights that the server may not have is handed on by a new one.
        files.rlim_cur = files.rlim_max = 400;
        if (::setrlimit(RLIMIT_NOFILE, &files) == 0)
            CHECK(settingsOfChild(StartMethod::ForkServer).openFiles == 400 && ForkServer::get().pid() != server);
        return 0;
    }
    if (what == "preloaded server") {
        setForkServerPreload({&startProcess});
        auto [ours, theirs] = pipe();
        Process process(&sendExitCodeOfChild, theirs);
        process.start();
        CHECK(ours.recv<int>() == 3 && process.join() && process.exitCode() == 0);
        return 0;
    }
    if (what == "copy") {
        descriptorsOfCopy(); // what is made once is made
        const int before = descriptorsOfCopy();
        ForkServer::get().start();
        CHECK(descriptorsOfCopy() == before);
        return 0;
    }
    if (what == "thread") {
        setForkServerPreload({&startThreadWhenAsked});
        CHECK(parentOfChild() == ::getpid());
        ::kill(static_cast<pid_t>(ForkServer::get().pid()), SIGUSR1);
        CHECK(parentOfChild() != ::getpid()); // that of its minder
        return 0;
    }
    if (what == "minder") {
        CHECK(refuseSystemCall(SYS_get_robust_list, ENOSYS)); // which copying by a system call needs
        auto [ours, theirs] = pipe();
        Process process(&waitForEver, theirs);
        process.start();
        ours.recv<int>();
        ::kill(static_cast<pid_t>(ForkServer::get().pid()), SIGKILL);
        CHECK(!process.join(QDeadlineTimer(0)));
        process.terminate();
        CHECK(process.join() && process.exitCode() == -SIGTERM); // the status outlives the server
        Process lost(&sendParentAndWait, theirs);
        lost.start();
        const auto minder = ours.recv<int>();
        CHECK(minder != ::getpid());
        ::kill(minder, SIGKILL);
        CHECK(lost.join() && lost.exitStatus() == ExitStatus::lost());
        theirs.close();
        CHECK(errorOf([&ours] { ours.recv<int>(); }).find("closed") != std::string::npos); // its child has ended with it
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
    void noticesThreads()
    {
        SKIP_MINDED_CHILDREN(StartMethod::ForkServer);
        QCOMPARE(statusOf(QStringLiteral("thread")), 0);
    }
    void mindsChildren() { QCOMPARE(statusOf(QStringLiteral("minder")), 0); }
    void handsOnSettings() { QCOMPARE(statusOf(QStringLiteral("settings")), 0); }
    void worksWithoutClone3() { QCOMPARE(statusOf(QStringLiteral("no clone3")), 0); }
    void childrenDoNotUseItsOwn() { QCOMPARE(statusOf(QStringLiteral("preloaded server")), 0); }
    void copiesKeepNothingOfIt() { QCOMPARE(statusOf(QStringLiteral("copy")), 0); }
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

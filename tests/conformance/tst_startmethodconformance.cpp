// SPDX-License-Identifier: MIT
// What CPython's TestStartMethod, TestNoForkBomb, TestCloseFds and TestForkAwareThreadLock check, and _TestProcess about
// the fork server.
#include "startmethodsuite.h"

#include <procession/process/launch/forkserver.h>
#include <procession/process/launch/forkserverpreload.h>
#include <procession/process/launch/freezesupport.h>

#include <QtCore/QProcess>
#include <QtTest/QtTest>

#include <csignal>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>

using namespace mp;

namespace {

constexpr char Unprepared[] = "--without-freeze-support";

bool isPreloaded = false;

void preload() { isPreloaded = true; }

void sendStartMethod(const Connection &connection) { connection.send(nameOf(startMethod())); }

void sendPreloaded(const Connection &connection) { connection.send(isPreloaded); }

void sendNumber(const Connection &connection, int number) { connection.send(number); }

void sendTwoAndNestOnce(const Connection &connection)
{
    connection.send(2);
    Process process(&sendNumber, connection, 1);
    process.start();
    process.join();
}

void sendIsOpen(const Connection &connection, int descriptor) { connection.send(::fcntl(descriptor, F_GETFD) >= 0); }

/// Sends how many descriptors each generation has that does no more than start the next one.
void descend(const Connection &connection, int generations)
{
    connection.send(qint64(LeakProbe::openDescriptors().size()));
    if (generations == 1)
        return;
    Process process(&descend, connection, generations - 1);
    process.start();
    process.join();
    if (process.exitCode() != 0)
        throw std::runtime_error("a later generation failed");
}

/// A program that starts a child from a main() that has not called freezeSupport().
int runUnprepared(const char *name)
{
    try {
        Process process = context(QString::fromLatin1(name)).process([] { std::puts("123"); });
        process.start();
        process.join();
        return process.exitCode().value_or(1);
    } catch (const ProcessError &error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}

void checkStartMethodOfChild(const Context &context)
{
    auto [receiver, sender] = context.pipe(Duplex::No);
    Process process = context.process(&sendStartMethod, sender);
    process.start();
    sender.close();
    QCOMPARE(recvSoon<QString>(receiver), nameOf(context.startMethod()));
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
}

} // namespace

class StartMethodConformance : public StartMethodSuite
{
    Q_OBJECT

protected:
    void prepare() override { setForkServerPreload({&preload}); }

private Q_SLOTS:
    void contexts();
    void contextsByName();
    void setGet();
    void getAll();
    void preloaded();
    void preloadOfARunningServer();
    void mixedStartMethods();
    void nestedStartMethod();
    void noForkBomb();
    void executableWithoutFreezeSupport();
    void closedDescriptors();
    void generationsDoNotAddUp();
    void forkServerInterrupted();
    void forkServerKilled();
};

void StartMethodConformance::contexts()
{
    const Context here = context(method());
    QCOMPARE(here.startMethod(), method());
    QVERIFY(here == context(nameOf(method())));
    checkStartMethodOfChild(here);
}

void StartMethodConformance::contextsByName() { QVERIFY_THROWS_EXCEPTION(ContextError, context(QStringLiteral("teleport"))); }

void StartMethodConformance::setGet()
{
    QVERIFY_THROWS_EXCEPTION(ContextError, setStartMethod(StartMethod::Spawn));
    setStartMethod(method(), true);
    QCOMPARE(startMethod(), method());
    QCOMPARE(context().startMethod(), method());
    checkStartMethodOfChild(context());
}

void StartMethodConformance::getAll()
{
    const std::vector<StartMethod> all = allStartMethods();
    QCOMPARE(all, (std::vector{StartMethod::ForkServer, StartMethod::Spawn, StartMethod::Fork, StartMethod::Thread}));
    for (const StartMethod each : all)
        QCOMPARE(startMethodNamed(nameOf(each)), std::optional(each));
}

void StartMethodConformance::preloaded()
{
    const auto [receiver, sender] = pipe(Duplex::No);
    Process process(&sendPreloaded, sender);
    process.start();
    QCOMPARE(recvSoon<bool>(receiver), method() == StartMethod::ForkServer);
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
}

void StartMethodConformance::preloadOfARunningServer()
{
    QVERIFY_THROWS_EXCEPTION(ProcessError, setForkServerPreload({&preload}));
}

// Whatever context a connection was made in, a process of any other takes it.
void StartMethodConformance::mixedStartMethods()
{
    for (const StartMethod each : allStartMethods()) {
        const auto [receiver, sender] = context(each).pipe(Duplex::No);
        Process process(&sendNumber, sender, 3);
        process.start();
        QCOMPARE(recvSoon<int>(receiver), 3);
        QVERIFY(process.join(QDeadlineTimer(LongTime)));
        QCOMPARE(process.exitCode(), 0);
    }
}

void StartMethodConformance::nestedStartMethod()
{
    const auto [receiver, sender] = pipe(Duplex::No);
    Process process(&sendTwoAndNestOnce, sender);
    process.start();
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
    QCOMPARE(process.exitCode(), 0);
    QCOMPARE(receiver.recv<int>(), 2);
    QCOMPARE(receiver.recv<int>(), 1);
    QVERIFY(!receiver.poll());
}

void StartMethodConformance::noForkBomb()
{
    QProcess program;
    program.start(QCoreApplication::applicationFilePath(), {QString::fromLatin1(Unprepared), nameOf(method())});
    QVERIFY(program.waitForFinished(std::chrono::milliseconds(LongTime).count()));
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    const bool isCopied = isFork() || isThread();
    QCOMPARE(program.exitCode(), isCopied ? 0 : 1);
    QCOMPARE(program.readAllStandardOutput(), isCopied ? QByteArray("123\n") : QByteArray());
    const QByteArray errors = program.readAllStandardError();
    QVERIFY2(errors.contains("freezeSupport") == !isCopied, errors.constData());
}

// A program that does not take what it is to do. By Spawn only much to do shows that, since little fits into the connection.
void StartMethodConformance::executableWithoutFreezeSupport()
{
    if (isFork() || isThread())
        QSKIP("executes nothing");
    if (method() == StartMethod::ForkServer)
        ::kill(static_cast<pid_t>(ForkServer::get().pid()), SIGKILL);
    setExecutable("/bin/true");
    Process process([](const QByteArray &) {}, QByteArray(4 * 1024 * 1024, 'x'));
    QVERIFY_THROWS_EXCEPTION(ProcessError, process.start());
    setExecutable({});
    process.start();
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
    QCOMPARE(process.exitCode(), 0);
}

void StartMethodConformance::closedDescriptors()
{
    const Descriptor socket(::socket(AF_INET, SOCK_STREAM, 0)); // inheritable, as a careless program has it
    const Descriptor high(::fcntl(socket.get(), F_DUPFD, 50));
    QVERIFY(high.get() >= 50);
    const auto [receiver, sender] = pipe(Duplex::No);
    Process process(&sendIsOpen, sender, high.get());
    process.start();
    QCOMPARE(recvSoon<bool>(receiver), isFork() || isThread());
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
}

void StartMethodConformance::generationsDoNotAddUp()
{
    constexpr int Generations = 5;
    const auto [receiver, sender] = pipe(Duplex::No);
    Process process(&descend, sender, Generations);
    process.start();
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
    QCOMPARE(process.exitCode(), 0);
    std::vector<qint64> counts;
    while (receiver.poll())
        counts.push_back(receiver.recv<qint64>());
    QCOMPARE(counts.size(), std::size_t(Generations));
    if (!isFork() && !isThread())
        QCOMPARE(counts, std::vector<qint64>(Generations, counts.front()));
}

void StartMethodConformance::forkServerInterrupted()
{
    if (method() != StartMethod::ForkServer)
        QSKIP("of the fork server");
    const qint64 server = ForkServer::get().pid();
    QVERIFY(server > 0);
    const auto [ours, theirs] = pipe();
    Process first(&waitForWord, theirs);
    first.start();
    ::kill(static_cast<pid_t>(server), SIGINT);
    Process second([] {});
    second.start();
    QVERIFY(second.join(QDeadlineTimer(LongTime)));
    QCOMPARE(second.exitCode(), 0);
    ours.send(0);
    QVERIFY(first.join(QDeadlineTimer(LongTime)));
    QCOMPARE(first.exitCode(), 0);
    QCOMPARE(ForkServer::get().pid(), server); // the user interrupts the parent alone
}

void StartMethodConformance::forkServerKilled()
{
    if (method() != StartMethod::ForkServer)
        QSKIP("of the fork server");
    const qint64 server = ForkServer::get().pid();
    QVERIFY(server > 0);
    const auto [ours, theirs] = pipe();
    Process first(&waitForWord, theirs);
    first.start();
    ::kill(static_cast<pid_t>(server), SIGKILL);
    Process second([] {});
    second.start();
    QVERIFY(second.join(QDeadlineTimer(LongTime)));
    QCOMPARE(second.exitCode(), 0);
    ours.send(0);
    QVERIFY(first.join(QDeadlineTimer(LongTime)));
    QCOMPARE(first.exitCode(), 0);
    QVERIFY(ForkServer::get().pid() != server);
}

int main(int argc, char **argv)
{
    if (argc == 3 && std::strcmp(argv[1], Unprepared) == 0)
        return runUnprepared(argv[2]);
    freezeSupport(argc, argv);
    const QCoreApplication application(argc, argv);
    StartMethodConformance test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_startmethodconformance.moc"

// SPDX-License-Identifier: MIT
// What CPython's _TestProcess checks; what it says of streams and of the fork server is in the suites of these.
#include "startmethodsuite.h"

#include <testmain.h>

#include <procession/ipc/wait.h>
#include <procession/process/launch/forkserver.h>

#include <QtCore/QFileInfo>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <csignal>
#include <unistd.h>

using namespace mp;
using namespace std::chrono_literals;

namespace {

bool contains(const std::vector<ProcessHandle> &children, const Process &process)
{
    return std::find(children.begin(), children.end(), process.handle()) != children.end();
}

template <typename Action>
bool isRefused(Action action)
{
    try {
        action();
    } catch (const ProcessError &error) {
        qInfo() << error.what();
        return true;
    }
    return false;
}

/// Sends back what it was given.
template <typename T>
void sendArgument(const Connection &connection, const T &value)
{
    connection.send(value);
}

template <typename T>
void checkArgument(const T &value)
{
    const auto [receiver, sender] = pipe(Duplex::No);
    Process process(&sendArgument<T>, sender, value);
    process.start();
    QCOMPARE(recvSoon<T>(receiver), value);
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
    QCOMPARE(process.exitCode(), 0);
}

void sendProgramPath(const Connection &connection)
{
    QFile commandLine(QStringLiteral("/proc/self/cmdline"));
    connection.send(commandLine.open(QIODevice::ReadOnly) ? commandLine.readAll().split('\0').first() : QByteArray());
}

using Parent = std::pair<qint64, QString>;

void sendParent(const Connection &connection)
{
    const std::optional<ProcessHandle> parent = parentProcess();
    connection.send(parent ? Parent(parent->pid(), parent->name()) : Parent());
}

void reportParentAndStay(const Connection &connection)
{
    connection.send(parentProcess()->isAlive());
    waitForWord(connection); // which never comes
}

void startGrandchildAndStay(const Connection &connection, const Connection &gate)
{
    Process grandchild(&reportParentAndStay, connection);
    grandchild.start();
    gate.recv<int>(); // neither does this
}

using Report = std::tuple<int, QString, double, QString, QByteArray, qint64>;

void reportSelf(const Connection &connection, int number, const QString &text, double real)
{
    const CurrentProcess self = currentProcess();
    connection.send(Report(number, text, real, self.name(), self.authKey(), self.pid()));
    connection.recv<int>();
}

void sendThreadId(const Connection &connection) { connection.send(qint64(::gettid())); }

void recurse(const Connection &connection, const std::vector<int> &id)
{
    connection.send(id);
    if (id.size() == 2)
        return;
    for (int i = 0; i < 2; ++i) {
        std::vector<int> next = id;
        next.push_back(i);
        Process process(&recurse, connection, next);
        process.start();
        process.join();
    }
}

void sendDescriptorCount(const Connection &connection)
{
    connection.send(qint64(LeakProbe::openDescriptors().size()));
    connection.recv<int>();
}

/// Counts how many of it there are in this process.
class Counted
{
public:
    static inline std::atomic<int> count = 0;
    Counted() { ++count; }
    Counted(const Counted &) { ++count; }
    Counted &operator=(const Counted &) = default;
    ~Counted() { --count; }
};

} // namespace

template <>
struct procession::Codec<Counted>
{
    static void encode(Encoder &encoder, const Counted &) { encoder << quint8(0); }
    static Counted decode(Decoder &decoder)
    {
        decoder.read<quint8>();
        return {};
    }
};

class ProcessConformance : public StartMethodSuite
{
    Q_OBJECT

private Q_SLOTS:
    void current();
    void setExecutable();
    void argsArgument();
    void daemonArgument();
    void parentProcessAttributes();
    void parentProcess();
    void process();
    void mainThreadId();
    void terminate();
    void kill();
    void cpuCount();
    void activeChildren();
    void recursion();
    void sentinel();
    void close();
    void manyProcesses();
    void loseTargetRef();
    void childDescriptorInflation();

private:
    static void endBySignal(void (Process::*end)(), int signal);
};

void ProcessConformance::current()
{
    const CurrentProcess current = currentProcess();
    QVERIFY(!current.isDaemon());
    QVERIFY(!current.authKey().isEmpty());
    QCOMPARE(current.pid(), qint64(::getpid()));
    QCOMPARE(current.name(), QStringLiteral("MainProcess"));
    QVERIFY(current.identity().empty());
}

// The link shows that it was used. A fork server that runs already is not of the new executable, so it is started anew.
void ProcessConformance::setExecutable()
{
    const QTemporaryDir folder;
    const QString link = folder.filePath(QStringLiteral("program"));
    QVERIFY(QFile::link(QCoreApplication::applicationFilePath(), link));
    const auto [receiver, sender] = pipe(Duplex::No);
    if (procession::ForkServer::get().pid() != 0)
        ::kill(static_cast<pid_t>(procession::ForkServer::get().pid()), SIGKILL);
    mp::setExecutable(QFile::encodeName(link));
    Process process(&sendProgramPath, sender);
    process.start();
    mp::setExecutable({});
    const QByteArray own = QFile::encodeName(QCoreApplication::arguments().constFirst());
    const bool isStartedAnew = method() == StartMethod::Spawn || method() == StartMethod::ForkServer;
    QCOMPARE(recvSoon<QByteArray>(receiver), isStartedAnew ? QFile::encodeName(link) : own);
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
    QCOMPARE(process.exitCode(), 0);
}

void ProcessConformance::argsArgument()
{
    checkArgument(1);
    checkArgument(QStringLiteral("str"));
    checkArgument(std::vector{1});
    checkArgument(std::tuple(1));
}

void ProcessConformance::daemonArgument()
{
    QCOMPARE(Process([] {}).isDaemon(), currentProcess().isDaemon());
    QVERIFY(Process({.daemon = true}, [] {}).isDaemon());
    QVERIFY(!Process({.daemon = false}, [] {}).isDaemon());
}

void ProcessConformance::parentProcessAttributes()
{
    QVERIFY(!mp::parentProcess());
    const auto [receiver, sender] = pipe(Duplex::No);
    Process process(&sendParent, sender);
    process.start();
    QCOMPARE(recvSoon<Parent>(receiver), Parent(currentProcess().pid(), currentProcess().name()));
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
}

// CPython's grandchild lives on and notices; here it goes with its parent, which closes its end of the pipe.
void ProcessConformance::parentProcess()
{
    SKIP_THREAD("a thread cannot be terminated");
    auto [ours, theirs] = pipe();
    auto [gate, gateOfChild] = pipe();
    Process process(&startGrandchildAndStay, theirs, gateOfChild);
    process.start();
    theirs.close();
    QCOMPARE(recvSoon<bool>(ours), true);
    process.terminate();
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
    QVERIFY_THROWS_EXCEPTION(EndOfFile, recvSoon<bool>(ours));
}

void ProcessConformance::process()
{
    const auto [ours, theirs] = pipe();
    Process process({.name = QStringLiteral("SomeProcess")}, &reportSelf, theirs, 1, "two", 2.54);
    process.setDaemon(true);
    QCOMPARE(process.authKey(), currentProcess().authKey());
    QCOMPARE(process.name(), QStringLiteral("SomeProcess"));
    QVERIFY(!process.isAlive());
    QVERIFY(process.isDaemon());
    QVERIFY(mp::activeChildren().empty());
    QVERIFY(!process.exitCode());
    QCOMPARE(process.pid(), qint64(0));

    process.start();
    QVERIFY(!process.exitCode());
    QVERIFY(process.isAlive());
    QVERIFY(contains(mp::activeChildren(), process));
    QCOMPARE(recvSoon<Report>(ours),
        Report(1, QStringLiteral("two"), 2.54, process.name(), currentProcess().authKey(), process.pid()));
    QCOMPARE(process.pid() == currentProcess().pid(), isThread());

    ours.send(0);
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
    QCOMPARE(process.exitCode(), 0);
    QVERIFY(!process.isAlive());
    QVERIFY(!contains(mp::activeChildren(), process));
    QVERIFY(isRefused([&process] { process.start(); }));
}

void ProcessConformance::mainThreadId()
{
    const auto [receiver, sender] = pipe(Duplex::No);
    Process process(&sendThreadId, sender);
    process.start();
    const auto id = recvSoon<qint64>(receiver);
    QVERIFY(id != ::gettid());
    QCOMPARE(id == process.pid(), !isThread());
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
}

void ProcessConformance::endBySignal(void (Process::*end)(), int signal)
{
    const auto [ours, theirs] = pipe();
    Process process({.daemon = true}, &waitForWord, theirs);
    process.start();
    QVERIFY(process.isAlive());
    QVERIFY(contains(mp::activeChildren(), process));
    QVERIFY(!process.exitCode());
    QVERIFY(!process.join(0ms));
    QVERIFY(!process.join(-1s));
    QVERIFY(process.isAlive());

    (process.*end)();
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
    QVERIFY(!process.isAlive());
    QVERIFY(!contains(mp::activeChildren(), process));
    QVERIFY(process.join());
    QCOMPARE(process.exitCode(), -signal);
}

void ProcessConformance::terminate()
{
    SKIP_THREAD("a thread cannot be terminated");
    endBySignal(&Process::terminate, SIGTERM);
}

void ProcessConformance::kill()
{
    SKIP_THREAD("a thread cannot be killed");
    endBySignal(&Process::kill, SIGKILL);
}

void ProcessConformance::cpuCount() { QVERIFY(mp::cpuCount() >= 1); }

void ProcessConformance::activeChildren()
{
    const auto [ours, theirs] = pipe();
    Process process({.daemon = true}, &waitForWord, theirs);
    QVERIFY(mp::activeChildren().empty());
    process.start();
    QVERIFY(contains(mp::activeChildren(), process));
    ours.send(0);
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
    QVERIFY(mp::activeChildren().empty());
}

void ProcessConformance::recursion()
{
    const auto [receiver, sender] = pipe(Duplex::No);
    recurse(sender, {});
    const std::vector<std::vector<int>> expected{{}, {0}, {0, 0}, {0, 1}, {1}, {1, 0}, {1, 1}};
    std::vector<std::vector<int>> result;
    while (receiver.poll())
        result.push_back(receiver.recv<std::vector<int>>());
    QCOMPARE(result, expected);
}

void ProcessConformance::sentinel()
{
    const auto [ours, theirs] = pipe();
    Process process(&waitForWord, theirs);
    QVERIFY(isRefused([&process] { process.sentinel(); }));
    process.start();
    const int sentinel = process.sentinel();
    QVERIFY(wait({sentinel}, 0ms).empty());
    ours.send(0);
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
    QCOMPARE(wait({sentinel}, 0ms).size(), std::size_t(1));
}

void ProcessConformance::close()
{
    const auto [ours, theirs] = pipe();
    Process process({.daemon = true}, &waitForWord, theirs);
    process.start();
    QVERIFY(process.isAlive());
    QVERIFY(isRefused([&process] { process.close(); }));

    ours.send(0);
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
    QVERIFY(!process.isAlive());
    QCOMPARE(process.exitCode(), 0);
    process.close();
    QVERIFY(isRefused([&process] { process.isAlive(); }));
    QVERIFY(isRefused([&process] { process.join(); }));
    QVERIFY(isRefused([&process] { process.terminate(); }));
    QVERIFY(isRefused([&process] { process.exitCode(); }));
    process.close();
    QVERIFY(process.handle().isNull());
}

void ProcessConformance::manyProcesses()
{
    const int count = method() == StartMethod::Spawn ? 5 : 100;
    std::vector<std::unique_ptr<Process>> processes;
    for (int i = 0; i < count; ++i)
        processes.push_back(std::make_unique<Process>([] {}));
    for (const auto &process : processes)
        process->start();
    for (const auto &process : processes)
        QVERIFY(process->join(QDeadlineTimer(LongTime)));
    for (const auto &process : processes)
        QCOMPARE(process->exitCode(), 0);

    SKIP_THREAD("a thread cannot be terminated");
    const auto [ours, theirs] = pipe();
    processes.clear();
    for (int i = 0; i < count; ++i)
        processes.push_back(std::make_unique<Process>(&waitForWord, theirs));
    for (const auto &process : processes)
        process->start();
    for (const auto &process : processes)
        process->terminate();
    for (const auto &process : processes)
        QVERIFY(process->join(QDeadlineTimer(LongTime)));
    for (const auto &process : processes)
        QCOMPARE(process->exitCode(), -SIGTERM);
}

// A process that was started keeps neither its function nor its arguments.
void ProcessConformance::loseTargetRef()
{
    Process process([](const Counted &) {}, Counted());
    QCOMPARE(Counted::count.load(), 1);
    process.start();
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
    QCOMPARE(process.exitCode(), 0);
    QCOMPARE(Counted::count.load(), 0);
}

void ProcessConformance::childDescriptorInflation()
{
    if (isFork() || isThread())
        QSKIP("such a child has all descriptors of its parent");
    std::vector<Connection> connections;
    std::vector<std::unique_ptr<Process>> processes;
    for (int i = 0; i < 5; ++i) {
        const auto [ours, theirs] = pipe();
        connections.push_back(ours);
        processes.push_back(std::make_unique<Process>(&sendDescriptorCount, theirs));
        processes.back()->start();
    }
    std::set<qint64> counts;
    for (const Connection &connection : connections)
        counts.insert(recvSoon<qint64>(connection));
    for (const Connection &connection : connections)
        connection.send(0);
    for (const auto &process : processes)
        QVERIFY(process->join(QDeadlineTimer(LongTime)));
    QCOMPARE(counts.size(), std::size_t(1));
}

PROCESSION_TEST_MAIN(ProcessConformance)
#include "tst_processconformance.moc"

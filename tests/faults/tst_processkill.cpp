// SPDX-License-Identifier: MIT
#include "faultoptions.h"
#include "leakprobe.h"
#include "paths.h"
#include "processtest.h"
#include "sanitizers.h"

#include <procession/platform/base/processerror.h>
#include <procession/process/launch/forkserver.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QProcess>
#include <QtCore/QRandomGenerator>

#include <csignal>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace procession;
using namespace std::chrono_literals;

namespace {

void spin()
{
    for (;;)
        std::this_thread::yield();
}

void nothing() { }

/// Has children of its own, for as long as it lives.
void breed(StartMethod method)
{
    for (;;) {
        Process child = context(method).process(&nothing);
        child.start();
        Process idle = context(method).process(&spin);
        idle.start();
        child.join();
    }
}

/// A program that makes children all the time, each of which makes children, until somebody kills it.
int liveAsParent(StartMethod method)
{
    ProcessOptions options;
    options.context = context(method);
    options.whenDestroyed = WhenDestroyed::Detach;
    for (int i = 0; i < 3; ++i)
        Process(options, &breed, method).start();
    if (::write(STDOUT_FILENO, "r", 1) != 1)
        return 1;
    breed(method);
    return 0;
}

rlim_t lowestFreeDescriptor()
{
    const int lowest = ::dup(STDIN_FILENO);
    ::close(lowest);
    return static_cast<rlim_t>(lowest);
}

/// A moment from 0 to `most`, by spinning: a sleep would always end on a tick.
void passTime(QRandomGenerator &random, std::chrono::microseconds most)
{
    const auto until
        = std::chrono::steady_clock::now() + std::chrono::microseconds(random.bounded(static_cast<int>(most.count())));
    while (std::chrono::steady_clock::now() < until) { }
}

/// Lowers a limit of this program for as long as it lives.
class LoweredLimit
{
public:
    LoweredLimit(__rlimit_resource resource, rlim_t limit) : m_resource(resource)
    {
        ::getrlimit(resource, &m_before);
        const rlimit lowered{limit, m_before.rlim_max};
        if (::setrlimit(resource, &lowered) != 0)
            qFatal("setrlimit");
    }
    ~LoweredLimit() { ::setrlimit(m_resource, &m_before); }
    Q_DISABLE_COPY_MOVE(LoweredLimit)

private:
    __rlimit_resource m_resource;
    rlimit m_before{};
};

/// Without the rights of root, whom RLIMIT_NPROC does not bind.
int startWithoutProcesses(StartMethod method)
{
    if (::setuid(65'534) != 0)
        return 2;
    if (method == StartMethod::ForkServer) {
        ForkServer::get().start();
        const rlimit none{0, 0};
        if (::prlimit(static_cast<pid_t>(ForkServer::get().pid()), RLIMIT_NPROC, &none, nullptr) != 0)
            return 3;
    }
    const LoweredLimit limit(RLIMIT_NPROC, 0);
    Process process = context(method).process(&nothing);
    const std::string error = errorOf([&] { process.start(); });
    std::fputs(error.c_str(), stdout);
    return error.find("Resource temporarily unavailable") != std::string::npos ? 0 : 1;
}

void throwMuch() { throw ProcessError(std::string(200'000, 'e')); }

} // namespace

class TestProcessKill : public QObject
{
    Q_OBJECT

public:
    explicit TestProcessKill(const FaultOptions &options) : m_options(options), m_random(options.seed) { }

private:
    /// All that this program has as children, and, since it is their subreaper, all whose parents died.
    void checkNobodyIsLeft()
    {
        QElapsedTimer timer;
        timer.start();
        pid_t pid = 0;
        do
            pid = ::waitpid(-1, nullptr, WNOHANG);
        while (pid > 0 || (pid == 0 && timer.elapsed() < 2000));
        QVERIFY2(pid < 0 && errno == ECHILD, "a descendant lives on after 2 s");
        m_longest = std::max(m_longest, timer.elapsed());
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0); }

    void parent_data() { addStartMethods(false); }
    void parent();
    void children_data() { addStartMethods(false); }
    void children();
    void forkServer();
    void noProcesses_data() { addStartMethods(false); }
    void noProcesses();
    void noDescriptors_data() { addStartMethods(); }
    void noDescriptors();
    void fewDescriptors_data() { addStartMethods(); }
    void fewDescriptors();
    void noExecutable();
    void fullStderr_data() { addStartMethods(false); }
    void fullStderr();

private:
    FaultOptions m_options;
    QRandomGenerator m_random;
    qint64 m_longest = 0; // milliseconds until the last descendant had gone
};

void TestProcessKill::parent()
{
    QFETCH(StartMethod, method);
    for (int round = 0; round < m_options.rounds / 20; ++round) {
        int ready[2];
        QVERIFY(::pipe2(ready, O_CLOEXEC) == 0);
        const pid_t program = ::fork();
        if (program == 0) {
            ::dup2(ready[1], STDOUT_FILENO);
            const QByteArray name = nameOf(method).toLatin1();
            ::execl("/proc/self/exe", "parent", "--parent", name.constData(), nullptr);
            ::_exit(127);
        }
        ::close(ready[1]);
        char byte = 0;
        QCOMPARE(::read(ready[0], &byte, 1), ssize_t(1));
        ::close(ready[0]);
        passTime(m_random, 20ms);
        ::kill(program, SIGKILL);
        checkNobodyIsLeft();
    }
    qInfo("after the parent was killed, its descendants were gone within %lld ms", m_longest);
}

void TestProcessKill::children()
{
    QFETCH(StartMethod, method);
    if (method == StartMethod::ForkServer)
        ForkServer::get().start();
    Process(context(method).process(&nothing)).start(); // what is made once is made
    while (!activeChildren().empty()) { }
    const auto before = LeakProbe::openDescriptors().size();
    const int rounds = method == StartMethod::Spawn ? m_options.rounds / 5 : m_options.rounds;
    for (int round = 0; round < rounds; ++round) {
        Process process = context(method).process(&spin);
        process.start();
        passTime(m_random, 2ms);
        process.kill();
        QVERIFY(process.join());
        QCOMPARE(process.exitCode(), -SIGKILL);
    }
    QCOMPARE(LeakProbe::openDescriptors().size(), before);
    QVERIFY(activeChildren().empty());
}

// Somebody kills the server again and again while processes are started.
void TestProcessKill::forkServer()
{
    ForkServer::get().start();
    std::atomic_bool done = false;
    std::atomic_int kills = 0;
    std::thread killer([&, seed = m_options.seed] {
        QRandomGenerator random(seed);
        while (!done) {
            passTime(random, 15ms);
            const qint64 pid = ForkServer::get().pid();
            if (pid > 0 && ::kill(static_cast<pid_t>(pid), SIGKILL) == 0)
                ++kills;
        }
    });
    int refused = 0;
    for (int round = 0; round < m_options.rounds; ++round) {
        Process process(&nothing);
        try {
            process.start();
        } catch (const ProcessError &) {
            ++refused; // it was killed twice in a row
            continue;
        }
        process.join();
        QCOMPARE(process.exitCode(), 0);
    }
    done = true;
    killer.join();
    qInfo("%d kills of the fork server, %d of %d starts refused", kills.load(), refused, m_options.rounds);
    QVERIFY(kills > 0);
    Process process(&nothing);
    process.start();
    process.join();
    QCOMPARE(process.exitCode(), 0);
}

void TestProcessKill::noProcesses()
{
    QFETCH(StartMethod, method);
    QProcess program;
    program.start(QStringLiteral("/proc/self/exe"), {QStringLiteral("--no-processes"), nameOf(method)});
    QVERIFY(program.waitForFinished());
    QVERIFY2(program.exitCode() == 0, program.readAll().constData());
}

void TestProcessKill::noDescriptors()
{
    SKIP_WHERE_CHECKS_NEED_DESCRIPTORS();
    QFETCH(StartMethod, method);
    if (method == StartMethod::ForkServer)
        ForkServer::get().start();
    const auto before = LeakProbe::openDescriptors().size();
    {
        const LoweredLimit limit(RLIMIT_NOFILE, lowestFreeDescriptor());
        Process process = context(method).process(&nothing);
        VERIFY_CONTAINS(errorOf([&] { process.start(); }), "Too many open files");
    }
    QCOMPARE(LeakProbe::openDescriptors().size(), before);
    Process process = context(method).process(&nothing);
    process.start();
    process.join();
    QCOMPARE(process.exitCode(), 0);
}

/// Wherever in a start the descriptors run out, the child that was made by then is reaped.
void TestProcessKill::fewDescriptors()
{
    SKIP_WHERE_CHECKS_NEED_DESCRIPTORS();
    QFETCH(StartMethod, method);
    if (method == StartMethod::ForkServer)
        ForkServer::get().start();
    const LeakProbe probe;
    constexpr rlim_t Enough = 40;
    int refused = 0;
    for (rlim_t few = 0; few < Enough; ++few) {
        Process process = context(method).process(&nothing);
        const LoweredLimit limit(RLIMIT_NOFILE, lowestFreeDescriptor() + few);
        try {
            process.start();
        } catch (const ProcessError &error) {
            VERIFY_CONTAINS(std::string(error.what()), "Too many open files");
            ++refused;
            continue;
        }
        process.join();
    }
    QVERIFY(refused > 0);
    QVERIFY(refused < int(Enough));
    QCOMPARE(probe.leaks(), QByteArray());
}

void TestProcessKill::noExecutable()
{
    setExecutable(absentPath("no such program"));
    Process process = context(StartMethod::Spawn).process(&nothing);
    const std::string error = errorOf([&] { process.start(); });
    setExecutable({});
    VERIFY_CONTAINS(error, absentPath("no such program").toStdString());
    VERIFY_CONTAINS(error, "No such file or directory");
}

void TestProcessKill::fullStderr()
{
    QFETCH(StartMethod, method);
    int nobodyReads[2];
    QVERIFY(::pipe2(nobodyReads, O_CLOEXEC) == 0);
    const int own = ::dup(STDERR_FILENO);
    ::dup2(nobodyReads[1], STDERR_FILENO);
    Process process = context(method).process(&throwMuch);
    process.start();
    ::dup2(own, STDERR_FILENO);
    ::close(own);
    const bool ended = process.join(QDeadlineTimer(20s));
    ::close(nobodyReads[0]);
    ::close(nobodyReads[1]);
    QVERIFY(ended);
    QCOMPARE(process.exitCode(), 1);
}

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);
    if (argc == 3 && qstrcmp(argv[1], "--parent") == 0)
        return liveAsParent(*startMethodNamed(QString::fromLatin1(argv[2])));
    if (argc == 3 && qstrcmp(argv[1], "--no-processes") == 0)
        return startWithoutProcesses(*startMethodNamed(QString::fromLatin1(argv[2])));
    FaultOptions options{.rounds = 500};
    options.take(argc, argv);
    QCoreApplication app(argc, argv);
    TestProcessKill test(options);
    return QTest::qExec(&test, argc, argv);
}

#include "tst_processkill.moc"

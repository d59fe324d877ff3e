// SPDX-License-Identifier: MIT
#include "children.h"

#include "refusedsystemcall.h"
#include "sanitizers.h"

#include <csignal>
#include <grp.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace procession;

namespace {

constexpr uid_t Nobody = 65'534;
constexpr char NotAllowed[] = "this system lets nobody here hide /proc";

struct RefusedCall
{
    const char *name;
    int number;
    int error;
};

// What valgrind, older kernels and the filters of containers do not know, or refuse.
constexpr std::array RefusedCalls{
    RefusedCall{"pidfd_open", SYS_pidfd_open, ENOSYS},
    RefusedCall{"pidfd_open by EPERM", SYS_pidfd_open, EPERM},
    RefusedCall{"pidfd_send_signal", SYS_pidfd_send_signal, ENOSYS},
    RefusedCall{"pidfd_send_signal by EPERM", SYS_pidfd_send_signal, EPERM},
    RefusedCall{"clone3", SYS_clone3, ENOSYS},
    RefusedCall{"close_range", SYS_close_range, ENOSYS},
    RefusedCall{"futex_waitv", SYS_futex_waitv, ENOSYS},
    RefusedCall{"get_robust_list", SYS_get_robust_list, ENOSYS},
};

int square(int x) { return x * x; }
void exitWith(int code) { std::exit(code); }
void waitForEver(const Connection &started)
{
    started.send(1);
    started.recv<int>(); // nobody sends it
}
void sendParent(const Connection &answer)
{
    answer.send(parentProcess()->isAlive());
    answer.send(parentProcess()->pid());
}
void sendUser(const Connection &answer) { answer.send(static_cast<qint64>(::geteuid())); }
int killedOnce(int x)
{
    if (x == 3)
        std::raise(SIGKILL);
    return x;
}

/// What any program does with processes and pools.
void doAll()
{
    const bool areThreads = startMethod() == StartMethod::Thread;
    Process ends(&exitWith, 7);
    if (!areThreads) {
        ends.start();
        demand(ends.join(QDeadlineTimer(Patience)) && ends.exitCode() == 7, "an exit code got lost");
        auto [ours, theirs] = pipe();
        Process waits(&waitForEver, theirs);
        waits.start();
        demand(ours.recv<int>() == 1 && waits.isAlive() && !waits.join(QDeadlineTimer(0)), "a process ended too early");
        waits.kill();
        demand(waits.join(QDeadlineTimer(Patience)) && waits.exitCode() == -SIGKILL, "kill() did not");
        Process dropped(&waitForEver, theirs); // its destructor terminates it
        dropped.start();
        ours.recv<int>();
    }
    {
        auto [ours, theirs] = pipe();
        Process asks(&sendParent, theirs);
        asks.start();
        demand(ours.recv<bool>() && ours.recv<qint64>() == QCoreApplication::applicationPid(), "the parent is another one");
        demand(asks.join(QDeadlineTimer(Patience)), "a process does not end");
    }
    demand(resultsOfPool<square>(40).size() == 40, "a pool lost results");
    if (areThreads)
        return;
    Pool pool(2);
    auto results = pool.mapAsync(TaskOptions{.chunkSize = 1}, killedOnce, std::vector{1, 2, 3, 4});
    demand(results.wait(QDeadlineTimer(Patience)), "a pool stands still after a worker was killed");
    try {
        results.get();
        failScene("a killed worker was not told");
    } catch (const WorkerLost &) {
    }
}

void useAsNobody()
{
    auto [ours, theirs] = pipe();
    Process before(&sendUser, theirs);
    before.start();
    demand(ours.recv<qint64>() == 0 && before.join(QDeadlineTimer(Patience)), "this test is root's");
    const bool areDropped
        = ::setgroups(0, nullptr) == 0 && ::setresgid(Nobody, Nobody, Nobody) == 0 && ::setresuid(Nobody, Nobody, Nobody) == 0;
    demand(areDropped, "the rights could not be given up");
    Process after(&sendUser, theirs);
    after.start();
    demand(ours.recv<qint64>() == Nobody, "the child has rights that its parent gave up");
    demand(after.join(QDeadlineTimer(Patience)), "a process does not end");
    doAll();
}

/// A folder of this process's own hides /proc.
void hideProc()
{
    const bool isHidden = ::unshare(CLONE_NEWNS) == 0 && ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0
        && ::mount("none", "/proc", "tmpfs", 0, nullptr) == 0;
    demand(isHidden, NotAllowed);
    const StartMethod method = startMethod();
    if (isAvailable(method)) {
        doAll();
        return;
    }
    demand(method == StartMethod::ForkServer || method == StartMethod::Spawn, "a method needs /proc that does not use it");
    Process process(&exitWith, 0);
    const std::string error = errorOf([&process] { process.start(); });
    demand(error.find("/proc") != std::string::npos, "start() does not say what it needs: " + error);
}

void use() { }

void act(const QByteArray &scene)
{
    if (scene == "nobody") {
        useAsNobody();
        return;
    }
    if (scene == "no /proc") {
        hideProc();
        return;
    }
    for (const RefusedCall &call : RefusedCalls) {
        // Without the last one a copy cannot be made by a system call; then fork() needs a pidfd.
        if (scene == call.name || (scene == "all" && call.number != SYS_get_robust_list))
            demand(refuseSystemCall(call.number, call.error), "a call could not be refused");
    }
    doAll();
}

} // namespace

/// Sandboxes refuse system calls, hide /proc and take rights away; each method then works by other calls, or says that it does not.
class TestSandboxes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusedCalls_data();
    void refusedCalls() { check(); }
    void rightsAreGivenUp_data() { addScene("nobody"); }
    void rightsAreGivenUp();
    void procIsHidden_data() { addScene("no /proc"); }
    void procIsHidden();

private:
    static void addScene(const char *scene);
    static void check();
};

void TestSandboxes::refusedCalls_data()
{
    QTest::addColumn<QString>("scene");
    QTest::addColumn<StartMethod>("method");
    for (const StartMethod method : allStartMethods()) {
        QTest::addRow("%s, all", qPrintable(nameOf(method))) << QStringLiteral("all") << method;
        for (const RefusedCall &call : RefusedCalls)
            QTest::addRow("%s, %s", qPrintable(nameOf(method)), call.name) << QString::fromLatin1(call.name) << method;
    }
}

void TestSandboxes::addScene(const char *scene)
{
    QTest::addColumn<QString>("scene");
    QTest::addColumn<StartMethod>("method");
    for (const StartMethod method : allStartMethods())
        QTest::addRow("%s", qPrintable(nameOf(method))) << QString::fromLatin1(scene) << method;
}

void TestSandboxes::check()
{
    QFETCH(QString, scene);
    QFETCH(StartMethod, method);
    QCOMPARE(outcomeOf(scene, method), QByteArray("right"));
}

void TestSandboxes::rightsAreGivenUp()
{
    if (::geteuid() != 0)
        QSKIP("only root can give up rights");
    check();
}

void TestSandboxes::procIsHidden()
{
    SKIP_UNDER_SANITIZERS("the sanitizers need /proc");
    QFETCH(QString, scene);
    QFETCH(StartMethod, method);
    const QByteArray outcome = outcomeOf(scene, method);
    if (outcome.endsWith(NotAllowed))
        QSKIP(NotAllowed);
    QCOMPARE(outcome, QByteArray("right"));
}

PROCESSION_SURROUNDINGS_MAIN(TestSandboxes, use, act)

#include "tst_sandboxes.moc"

// SPDX-License-Identifier: MIT
// Children whose exit status somebody else has taken: code of the same program that waits for them, or the system, which does so when the
// program ignores SIGCHLD.
#include "processtest.h"
#include "sanitizers.h"

#include <procession/platform/child/childlauncher.h>

#include <QtTest/QSignalSpy>

#include <atomic>
#include <csignal>
#include <sys/wait.h>
#include <thread>

using namespace procession;
using namespace std::chrono_literals;

namespace {

constexpr auto LongTime = 20s;

void doNothing() { }

void sleepLong() { std::this_thread::sleep_for(1h); }

/// What a library does that knows of no children but its own.
void reapByNumber(const Process &process)
{
    int status = 0;
    QCOMPARE(::waitpid(static_cast<pid_t>(process.pid()), &status, 0), static_cast<pid_t>(process.pid()));
}

/// How this program takes SIGCHLD, for as long as it lives.
class ChildSignals
{
public:
    explicit ChildSignals(const struct sigaction &action) { ::sigaction(SIGCHLD, &action, &m_before); }
    ~ChildSignals() { ::sigaction(SIGCHLD, &m_before, nullptr); }
    Q_DISABLE_COPY_MOVE(ChildSignals)

    static struct sigaction ignored()
    {
        struct sigaction action
        {
        };
        action.sa_handler = SIG_IGN;
        return action;
    }
    /// A handler, and the flag that has the system reap all children.
    static struct sigaction withoutZombies()
    {
        struct sigaction action
        {
        };
        action.sa_handler = [](int) {};
        action.sa_flags = SA_NOCLDWAIT | SA_RESTART;
        return action;
    }

private:
    struct sigaction m_before
    {
    };
};

void addStartMethodsAndFlags()
{
    QTest::addColumn<StartMethod>("method");
    QTest::addColumn<bool>("isIgnored");
    for (const StartMethod method : allStartMethods()) {
        QTest::addRow("%s, ignored", qPrintable(nameOf(method))) << method << true;
        QTest::addRow("%s, SA_NOCLDWAIT", qPrintable(nameOf(method))) << method << false;
    }
}

} // namespace

class TestLostChildren : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reapedByNumber_data() { addStartMethods(false); }
    void reapedByNumber();
    void itsEndIsAnnounced_data() { addStartMethods(false); }
    void itsEndIsAnnounced();
    void childSignalsAreIgnored_data() { addStartMethodsAndFlags(); }
    void childSignalsAreIgnored();
    void aThreadReapsWhateverThereIs_data() { addStartMethods(false); }
    void aThreadReapsWhateverThereIs();
    void programsAreLostToo();
};

void TestLostChildren::reapedByNumber()
{
    QFETCH(StartMethod, method);
    SKIP_MINDED_CHILDREN(method);
    for (int i = 0; i < 3; ++i) { // none of them keeps the next from starting
        Process process = context(method).process(&doNothing);
        process.start();
        reapByNumber(process);
        QVERIFY(!process.isAlive());
        QCOMPARE(process.exitStatus(), ExitStatus::lost());
        QVERIFY(!process.exitCode());
        QVERIFY(process.join(QDeadlineTimer(LongTime)));
        process.terminate(); // nothing happens
        process.kill();
        process.close();
    }
    Process last = context(method).process(&doNothing);
    last.start();
    QVERIFY(last.join(QDeadlineTimer(LongTime)));
    QCOMPARE(last.exitCode(), 0);
    QVERIFY(activeChildren().empty());
}

void TestLostChildren::itsEndIsAnnounced()
{
    QFETCH(StartMethod, method);
    SKIP_MINDED_CHILDREN(method);
    Process process = context(method).process(&doNothing);
    QSignalSpy finished(&process, &Process::finished);
    process.start();
    reapByNumber(process);
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(finished.first().first().value<ExitStatus>(), ExitStatus::lost());
}

void TestLostChildren::childSignalsAreIgnored()
{
    QFETCH(StartMethod, method);
    SKIP_MINDED_CHILDREN(method);
    QFETCH(bool, isIgnored);
    const ChildSignals signals(isIgnored ? ChildSignals::ignored() : ChildSignals::withoutZombies());
    const ExitStatus expected = method == StartMethod::Thread ? ExitStatus::exited(0) : ExitStatus::lost();
    for (int i = 0; i < 20; ++i) { // some end before they are known to have begun
        Process process = context(method).process(&doNothing);
        process.start();
        QVERIFY(process.join(QDeadlineTimer(LongTime)));
        QCOMPARE(process.exitStatus(), expected);
    }
    if (method == StartMethod::Thread)
        return;
    Process sleeper = context(method).process(&sleepLong);
    sleeper.start();
    QVERIFY(sleeper.isAlive());
    QVERIFY(!sleeper.join(QDeadlineTimer(10ms)));
    sleeper.kill();
    QVERIFY(sleeper.join(QDeadlineTimer(LongTime)));
    QCOMPARE(sleeper.exitStatus(), ExitStatus::lost());
    QVERIFY(activeChildren().empty());
}

void TestLostChildren::aThreadReapsWhateverThereIs()
{
    QFETCH(StartMethod, method);
    std::atomic_bool isOver = false;
    std::thread reaper([&isOver] {
        while (!isOver) {
            int status = 0;
            ::waitpid(-1, &status, WNOHANG);
        }
    });
    for (int i = 0; i < 20; ++i) {
        Process process = context(method).process(&doNothing);
        process.start();
        const bool hasEnded = process.join(QDeadlineTimer(LongTime));
        const ExitStatus status = process.exitStatus();
        if (!hasEnded || (status != ExitStatus::lost() && status != ExitStatus::exited(0))) {
            isOver = true;
            reaper.join();
            QVERIFY(hasEnded);
            QCOMPARE(status, ExitStatus::exited(0));
        }
    }
    isOver = true;
    reaper.join();
}

void TestLostChildren::programsAreLostToo()
{
    OrphanGuard guard;
    ChildLauncher launcher({}, &guard);
    const ChildSignals signals(ChildSignals::ignored());
    const auto [readEnd, writeEnd] = Descriptor::pipe();
    const OrphanGuard::Entry entry = guard.reserve();
    ChildProcess child = launcher.launch({"true"}, writeEnd.get(), writeEnd.get(), entry);
    QCOMPARE(child.reap().status, ExitStatus::lost());
    child.signal(SIGTERM); // nothing happens
    child.abandon();
    guard.release(entry);
    QVERIFY_THROWS_EXCEPTION(SystemError, launcher.launch({"/no/such/program"}, writeEnd.get(), writeEnd.get(), guard.reserve()));
}

PROCESSION_TEST_MAIN(TestLostChildren)
#include "tst_lostchildren.moc"

// SPDX-License-Identifier: MIT
#include <procession/platform/base/poller.h>
#include <procession/platform/base/readiness.h>
#include <procession/platform/child/forkprocess.h>
#include <procession/platform/child/lifeline.h>

#include <QtTest/QtTest>

#include <csignal>
#include <unistd.h>

using namespace procession;
using namespace std::chrono_literals;

namespace {

/// In a child: waits until it is killed.
[[noreturn]] void waitForDeath()
{
    for (;;)
        ::pause();
}

/// What `pipe` says next; 0 when it was closed.
char nextByte(const Descriptor &pipe)
{
    Poller poller;
    poller.add(pipe.get(), 1);
    std::vector<quint64> ready;
    poller.wait(QDeadlineTimer(10s), ready);
    if (ready.empty())
        return 't';
    char byte = 0;
    const auto count = pipe.read({&byte, 1});
    return count && *count == 1 ? byte : '\0';
}

} // namespace

class TestLifeline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aChildGoesWithItsParent();
    void aChildGoesWithAParentThatWentBefore();
    void aSiblingDoesNotKeepItAlive();
    void aGroupGoesWithTheLeadersParent();
    void aLeaderGoesWhileOthersLeaveItsGroup();
};

// A middle process makes a child that holds on to it. The pipe's write end is the child's: it closes when the child dies.
void TestLifeline::aChildGoesWithItsParent()
{
    auto [readEnd, writeEnd] = Descriptor::pipe();
    auto middle = forkProcess();
    if (!middle) {
        Lifeline lifeline = Lifeline::forChild();
        Descriptor end = lifeline.takeChildsEnd();
        if (!forkProcess()) {
            Lifeline::hold(std::move(end));
            if (::write(writeEnd.get(), "r", 1) != 1)
                ::_exit(1);
            waitForDeath();
        }
        waitForDeath();
    }
    writeEnd.reset();
    QCOMPARE(nextByte(readEnd), 'r');
    middle->signal(SIGKILL);
    QCOMPARE(middle->reap().status, ExitStatus::signaled(SIGKILL));
    QCOMPARE(nextByte(readEnd), '\0');
}

void TestLifeline::aChildGoesWithAParentThatWentBefore()
{
    auto [readEnd, writeEnd] = Descriptor::pipe(); // of the lifeline, already broken
    writeEnd.reset();
    auto child = forkProcess();
    if (!child) {
        Lifeline::hold(std::move(readEnd));
        ::_exit(0);
    }
    QCOMPARE(child->reap().status, ExitStatus::signaled(SIGKILL));
}

void TestLifeline::aSiblingDoesNotKeepItAlive()
{
    auto [readEnd, writeEnd] = Descriptor::pipe();
    auto [endRead, endWrite] = Descriptor::pipe();
    auto middle = forkProcess();
    if (!middle) {
        Lifeline lifeline = Lifeline::forChild();
        Descriptor end = lifeline.takeChildsEnd();
        auto sibling = forkProcess(); // outlives the middle one, until the test ends
        if (!sibling) {
            writeEnd.reset();
            endWrite.reset();
            waitReadable(endRead.get(), QDeadlineTimer::Forever);
            ::_exit(0);
        }
        if (!forkProcess()) {
            Lifeline::hold(std::move(end));
            if (::write(writeEnd.get(), "r", 1) != 1)
                ::_exit(1);
            waitForDeath();
        }
        waitForDeath();
    }
    writeEnd.reset();
    QCOMPARE(nextByte(readEnd), 'r');
    middle->signal(SIGKILL);
    middle->reap();
    QCOMPARE(nextByte(readEnd), '\0');
}

// A member that holds on to nothing itself.
void TestLifeline::aGroupGoesWithTheLeadersParent()
{
    auto [readEnd, writeEnd] = Descriptor::pipe();
    Lifeline lifeline = Lifeline::forChild();
    Descriptor end = lifeline.takeChildsEnd();
    auto leader = forkProcess();
    if (!leader) {
        Lifeline::hold(std::move(end));
        Lifeline::holdGroup();
        if (!forkProcess() && ::write(writeEnd.get(), "r", 1) != 1)
            ::_exit(1);
        waitForDeath();
    }
    end.reset();
    writeEnd.reset();
    QCOMPARE(nextByte(readEnd), 'r');
    lifeline = {};
    QCOMPARE(leader->reap().status, ExitStatus::signaled(SIGKILL));
    QCOMPARE(nextByte(readEnd), '\0');
}

// As shells that start programs do all the time. The signal to the group alone is lost in some of the rounds.
void TestLifeline::aLeaderGoesWhileOthersLeaveItsGroup()
{
    constexpr int Rounds = 200;
    for (int round = 0; round < Rounds; ++round) {
        auto [readEnd, writeEnd] = Descriptor::pipe();
        Lifeline lifeline = Lifeline::forChild();
        Descriptor end = lifeline.takeChildsEnd();
        auto leader = forkProcess();
        if (!leader) {
            Lifeline::hold(std::move(end));
            Lifeline::holdGroup();
            const pid_t leading = ::getpid();
            for (int i = 0; i < 2; ++i) {
                if (forkProcess())
                    continue;
                while (::getppid() == leading && ::setpgid(0, 0) == 0 && ::setpgid(0, leading) == 0) { }
                ::_exit(0);
            }
            if (::write(writeEnd.get(), "r", 1) != 1)
                ::_exit(1);
            waitForDeath();
        }
        end.reset();
        writeEnd.reset();
        QCOMPARE(nextByte(readEnd), 'r');
        lifeline = {};
        if (!waitReadable(leader->pidfd(), QDeadlineTimer(10s))) {
            leader->signal(SIGKILL);
            leader->reap();
            QFAIL(qPrintable(QStringLiteral("the leader lives on in round %1").arg(round)));
        }
        QCOMPARE(leader->reap().status, ExitStatus::signaled(SIGKILL));
    }
}

QTEST_APPLESS_MAIN(TestLifeline)
#include "tst_lifeline.moc"

// SPDX-License-Identifier: MIT
#include "refusedsystemcall.h"

#include <procession/platform/base/processerror.h>
#include <procession/platform/child/forkprocess.h>
#include <procession/platform/thread/futex.h>

#include <QtTest/QtTest>

#include <sys/mman.h>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>

using namespace procession;
using namespace std::chrono_literals;

namespace {

/// Two words that this process shares with its children.
struct Words
{
    FutexWord first{0};
    FutexWord second{0};
};

class SharedWords
{
public:
    SharedWords() : m_words(new (::mmap(nullptr, sizeof(Words), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)) Words)
    {
    }
    ~SharedWords() { ::munmap(m_words, sizeof(Words)); }
    Q_DISABLE_COPY_MOVE(SharedWords)
    Words *operator->() const { return m_words; }

private:
    Words *m_words;
};

/// Wakes until somebody has been woken: whoever is to sleep may not sleep yet.
void wakeSomebody(FutexWord &word)
{
    while (wakeFutex(word, 1) == 0)
        std::this_thread::yield();
}

} // namespace

class TestFutex : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneWord();
    void severalWords_data();
    void severalWords();
    void refusesTooMany();
};

void TestFutex::oneWord()
{
    const SharedWords words;
    QCOMPARE(waitFutex(words->first, 1, QDeadlineTimer::Forever), FutexWait::Changed);
    QCOMPARE(waitFutex(words->first, 0, QDeadlineTimer(1)), FutexWait::TimedOut);
    QCOMPARE(wakeFutex(words->first, 1), 0);
    auto sleeper = forkProcess();
    if (!sleeper)
        ::_exit(waitFutex(words->first, 0, QDeadlineTimer(20s)) == FutexWait::Woken ? 0 : 1);
    wakeSomebody(words->first);
    QVERIFY(sleeper->reap().status.isSuccess());
}

void TestFutex::severalWords_data()
{
    QTest::addColumn<bool>("isRefused");
    QTest::newRow("by futex_waitv") << false;
    QTest::newRow("in slices, where the kernel refuses it") << true;
}

// In a child, since what is refused once stays refused.
void TestFutex::severalWords()
{
    QFETCH(bool, isRefused);
    const SharedWords words;
    auto sleeper = forkProcess();
    if (!sleeper) {
        if (isRefused && !refuseSystemCall(449, ENOSYS))
            ::_exit(2);
        const std::array both{FutexExpectation{&words->first, 0}, FutexExpectation{&words->second, 0}};
        if (waitFutexes(both, QDeadlineTimer(1)) != FutexWait::TimedOut)
            ::_exit(3);
        words->first = 7; // the parent may go on
        wakeFutex(words->first, 1);
        const std::array again{FutexExpectation{&words->first, 7}, FutexExpectation{&words->second, 0}};
        while (words->second == 0) {
            if (waitFutexes(again, QDeadlineTimer(20s)) == FutexWait::TimedOut)
                ::_exit(4);
        }
        ::_exit(waitFutexes(again, QDeadlineTimer::Forever) == FutexWait::Changed ? 0 : 5);
    }
    while (words->first == 0)
        QVERIFY(waitFutex(words->first, 0, QDeadlineTimer(20s)) != FutexWait::TimedOut);
    words->second = 1;
    wakeFutex(words->second, 1);
    QCOMPARE(sleeper->reap().status, ExitStatus::exited(0));
}

void TestFutex::refusesTooMany()
{
    const FutexWord word{0};
    const std::vector<FutexExpectation> many(129, {&word, 0});
    QVERIFY_THROWS_EXCEPTION(SystemError, waitFutexes(many, QDeadlineTimer(0)));
    QVERIFY_THROWS_EXCEPTION(SystemError, waitFutexes({}, QDeadlineTimer(0)));
}

QTEST_APPLESS_MAIN(TestFutex)
#include "tst_futex.moc"

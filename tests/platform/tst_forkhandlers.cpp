// SPDX-License-Identifier: MIT
#include "sanitizers.h"

#include <procession/platform/child/forkhandlers.h>
#include <procession/platform/child/forkprocess.h>
#include <procession/platform/child/minder.h>

#include <QtCore/QLibrary>
#include <QtTest/QtTest>

#include <csignal>
#include <thread>
#include <unistd.h>

using namespace procession;

class TestForkHandlers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsThreads();
    void handlersOfALibrary();
};

void TestForkHandlers::countsThreads()
{
    const int before = threadCount();
    std::atomic<bool> isToEnd = false;
    std::thread thread([&isToEnd] { isToEnd.wait(false); });
    QCOMPARE(threadCount(), before + 1);
    isToEnd = true;
    isToEnd.notify_all();
    thread.join();
}

// Qt's libraries register none, and what Core registers for itself does not count.
void TestForkHandlers::handlersOfALibrary()
{
    QLibrary library(QCoreApplication::applicationDirPath() + QStringLiteral("/libforkhandlers.so"));
    QVERIFY2(library.load(), qPrintable(library.errorString()));
    const auto registerHandler = reinterpret_cast<int (*)()>(library.resolve("registerForkHandler"));
    const auto calls = reinterpret_cast<int (*)()>(library.resolve("forkHandlerCalls"));
    QVERIFY(registerHandler && calls);
    atFork(nullptr, nullptr, [] {});
    if (Slowness == 1) // the sanitizers' own libraries have some
        QVERIFY(!hasForkHandlers());

    QCOMPARE(registerHandler(), 0);
    QVERIFY(hasForkHandlers());
    QCOMPARE(calls(), 0); // the attempt was a copy's

    // A minder's child is copied twice, and the handler is called once.
    auto minded = forkMinded();
    if (!minded)
        ::_exit(calls());
    QCOMPARE(mindedStatus(minded->status), ExitStatus::exited(1));
    std::signal(SIGCHLD, SIG_DFL); // forkMinded() has the system reap

    auto sibling = forkProcess();
    if (!sibling)
        ::_exit(calls());
    QCOMPARE(sibling->reap().status, ExitStatus::exited(1));
}

QTEST_GUILESS_MAIN(TestForkHandlers)
#include "tst_forkhandlers.moc"

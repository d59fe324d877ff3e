// SPDX-License-Identifier: MIT
#include "sanitizers.h"

#include <procession/platform/thread/threadstart.h>

#include <QtTest/QtTest>

#include <cerrno>
#include <sys/resource.h>

using namespace procession;

class TestThreadStart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noRoom();
};

/// A thread that the system does not give is an error of the library's own kind, which says what the thread was for.
void TestThreadStart::noRoom()
{
    SKIP_UNDER_SANITIZERS("the sanitizers need more address space");
    rlimit before{};
    QCOMPARE(::getrlimit(RLIMIT_AS, &before), 0);
    const rlimit tooLittle{1024 * 1024, before.rlim_max}; // less than is in use: nothing more can be mapped
    QCOMPARE(::setrlimit(RLIMIT_AS, &tooLittle), 0);
    int number = 0;
    std::string said;
    try {
        startThread("a test", [] {}).join();
    } catch (const SystemError &error) {
        number = error.number();
        said = error.what();
    }
    QCOMPARE(::setrlimit(RLIMIT_AS, &before), 0);
    QCOMPARE(number, EAGAIN);
    QVERIFY2(said.find("a test") != std::string::npos, said.c_str());
    bool ran = false;
    startThread("a test", [&ran] { ran = true; }).join();
    QVERIFY(ran);
}

QTEST_GUILESS_MAIN(TestThreadStart)
#include "tst_threadstart.moc"

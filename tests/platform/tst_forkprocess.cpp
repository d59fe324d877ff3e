// SPDX-License-Identifier: MIT
#include "pipedprogram.h"
#include "refusedsystemcall.h"

#include <procession/platform/base/processerror.h>
#include <procession/platform/child/forkprocess.h>

#include <QtTest/QtTest>

#include <cerrno>
#include <sys/syscall.h>
#include <unistd.h>

using namespace procession;

namespace {

/// Where the first of two copies can tell nothing of the second one. Each process that an exception comes to writes a letter.
[[noreturn]] void forkUnheard(const Descriptor &letters)
{
    if (!refuseSystemCall(SYS_pidfd_open, ENOSYS) || !refuseSystemCall(SYS_sendmsg, EPERM))
        ::_exit(2);
    try {
        forkProcess();
    } catch (const SystemError &) {
        ::_exit(::write(letters.get(), "e", 1) == 1 ? 0 : 3);
    }
    ::_exit(0);
}

} // namespace

/// Copies of a process.
class TestForkProcess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void copiesThatCannotTellEnd();
};

/// None of them goes on in the code of the caller, who alone hears of it.
void TestForkProcess::copiesThatCannotTellEnd()
{
    auto [readEnd, writeEnd] = Descriptor::pipe();
    auto child = forkProcess(); // since what is refused once stays refused
    if (!child)
        forkUnheard(writeEnd);
    writeEnd.reset();
    QByteArray letters;
    QVERIFY(readToEnd(readEnd.get(), letters));
    QCOMPARE(child->reap().status, ExitStatus::exited(0));
    QCOMPARE(letters, QByteArray("e"));
}

QTEST_APPLESS_MAIN(TestForkProcess)
#include "tst_forkprocess.moc"

// SPDX-License-Identifier: MIT
#include "refusedsystemcall.h"

#include <procession/platform/base/processerror.h>
#include <procession/platform/base/readiness.h>
#include <procession/platform/child/forkprocess.h>
#include <procession/platform/child/minder.h>

#include <QtTest/QtTest>

#include <cerrno>
#include <sys/syscall.h>
#include <unistd.h>

using namespace procession;

namespace {

void refuseCopies()
{
    refuseSystemCall(SYS_clone, ENOSPC);
    refuseSystemCall(SYS_clone3, ENOSPC);
}

/// What is said of a minder that can make no child.
int errorOfMinder()
{
    atFork(nullptr, nullptr, &refuseCopies); // in the minder
    try {
        if (!forkMinded())
            ::_exit(0);
    } catch (const SystemError &error) {
        return error.number();
    }
    return 0;
}

} // namespace

/// Processes whose minder tells how they end.
class TestMinder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhyThereIsNone();
    void itsEndCanBeSeenLater();
};

// In a child, since what is refused once stays refused.
void TestMinder::tellsWhyThereIsNone()
{
    auto child = forkProcess();
    if (!child)
        ::_exit(errorOfMinder());
    QCOMPARE(child->reap().status, ExitStatus::exited(ENOSPC));
}

// What watches the process by its descriptor may look after its status was taken.
void TestMinder::itsEndCanBeSeenLater()
{
    auto child = forkProcess();
    if (!child) { // since forkMinded() has the system reap
        for (int i = 0; i < 100; ++i) {
            const auto minded = forkMinded();
            if (!minded)
                ::_exit(3);
            if (mindedStatus(minded->status) != ExitStatus::exited(3))
                ::_exit(1);
            if (!waitReadable(minded->status.get(), QDeadlineTimer(0)))
                ::_exit(2);
        }
        ::_exit(0);
    }
    QCOMPARE(child->reap().status, ExitStatus::exited(0));
}

QTEST_APPLESS_MAIN(TestMinder)
#include "tst_minder.moc"

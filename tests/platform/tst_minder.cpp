// SPDX-License-Identifier: MIT
#include "refusedsystemcall.h"

#include <procession/forkprocess.h>
#include <procession/minder.h>
#include <procession/processerror.h>

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
};

// In a child, since what is refused once stays refused.
void TestMinder::tellsWhyThereIsNone()
{
    auto child = forkProcess();
    if (!child)
        ::_exit(errorOfMinder());
    QCOMPARE(child->reap().status, ExitStatus::exited(ENOSPC));
}

QTEST_APPLESS_MAIN(TestMinder)
#include "tst_minder.moc"

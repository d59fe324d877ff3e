// SPDX-License-Identifier: MIT
#include "refusedsystemcall.h"

#include <procession/platform/child/closerange.h>
#include <procession/platform/child/forkprocess.h>

#include <QtTest/QtTest>

#include <array>
#include <cerrno>

using namespace procession;

namespace {

bool isOpen(int descriptor) { return ::fcntl(descriptor, F_GETFD) >= 0; }
bool isClosedAtExec(int descriptor) { return (::fcntl(descriptor, F_GETFD) & FD_CLOEXEC) != 0; }

/// \returns 0 when all is right, else what is not
int closeAllButOne()
{
    std::array<int, 200> made{}; // more than one look into the folder tells
    for (int &descriptor : made)
        descriptor = ::dup(STDERR_FILENO);
    const int kept = made[100];
    closeRange(made.front(), kept - 1);
    closeRange(kept + 1, ~0U);
    for (const int descriptor : made) {
        if (isOpen(descriptor) != (descriptor == kept))
            return 3;
    }
    if (!isOpen(STDERR_FILENO))
        return 4;
    closeRange(kept, ~0U, CloseRange::AtExec);
    return isClosedAtExec(kept) && !isClosedAtExec(STDERR_FILENO) ? 0 : 5;
}

} // namespace

/// Descriptors are closed whatever the kernel knows.
class TestCloseRange : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void closes_data();
    void closes();
};

void TestCloseRange::closes_data()
{
    QTest::addColumn<int>("refusal");
    QTest::newRow("by close_range") << 0;
    QTest::newRow("one by one, on older kernels") << ENOSYS;
    QTest::newRow("one by one, where a sandbox refuses") << EPERM;
    QTest::newRow("one by one, where the kernel does not know the flag") << EINVAL;
}

// In a child, since what is refused once stays refused, and what is closed is closed.
void TestCloseRange::closes()
{
    QFETCH(int, refusal);
    auto child = forkProcess();
    if (!child)
        ::_exit(refusal != 0 && !refuseSystemCall(SYS_close_range, refusal) ? 2 : closeAllButOne());
    QCOMPARE(child->reap().status, ExitStatus::exited(0));
}

QTEST_APPLESS_MAIN(TestCloseRange)
#include "tst_closerange.moc"

// SPDX-License-Identifier: MIT
#include "processtest.h"

#include <atomic>
#include <thread>

using namespace procession;

namespace {

std::atomic_bool hasEnded = false;

void endSoon()
{
    for (int i = 0; i < 10'000; ++i)
        std::this_thread::yield();
    hasEnded = true;
}

} // namespace

class TestThreadProcess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void destroyingItWaitsWhateverTheDefaultHasBecome();
};

void TestThreadProcess::destroyingItWaitsWhateverTheDefaultHasBecome()
{
    setStartMethod(StartMethod::Thread, true);
    {
        Process process(&endSoon);
        process.start();
        setStartMethod(StartMethod::Fork, true);
    }
    QVERIFY(hasEnded);
}

PROCESSION_TEST_MAIN(TestThreadProcess)
#include "tst_threadprocess.moc"

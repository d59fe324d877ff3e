// SPDX-License-Identifier: GPL-3.0-or-later
#include "processtest.h"
#include "sanitizers.h"

#include <procession/widgets/common/eventloopprobe.h>

#include <atomic>
#include <thread>

using namespace procession;
using namespace std::chrono_literals;

namespace {

void nothing() { }

/// Threads that allocate, lock and compute all the time, as those of a large program do.
class BusyThreads
{
public:
    explicit BusyThreads(int count)
    {
        for (int i = 0; i < count; ++i)
            m_threads.emplace_back([this] {
                while (!m_done) {
                    const std::scoped_lock lock(m_mutex);
                    m_texts.append(QString::number(m_texts.size()));
                    if (m_texts.size() > 1000)
                        m_texts.clear();
                }
            });
    }
    ~BusyThreads()
    {
        m_done = true;
        for (std::thread &thread : m_threads)
            thread.join();
    }
    Q_DISABLE_COPY_MOVE(BusyThreads)

private:
    std::atomic_bool m_done = false;
    std::mutex m_mutex;
    QStringList m_texts;
    std::vector<std::thread> m_threads;
};

/// Starts one process after another from the event loop, each when the one before has ended.
class Starter : public QObject
{
public:
    explicit Starter(int count) : m_left(count) { startNext(); }
    bool isDone() const { return m_left == 0; }
    int failed() const { return m_failed; }

private:
    void startNext()
    {
        m_process = std::make_unique<Process>(&nothing);
        connect(m_process.get(), &Process::finished, this, [this](const ExitStatus &status) {
            m_failed += status.isSuccess() ? 0 : 1;
            if (--m_left > 0)
                QMetaObject::invokeMethod(
                    this, [this] { startNext(); }, Qt::QueuedConnection);
        });
        m_process->start();
    }

    int m_left;
    int m_failed = 0;
    std::unique_ptr<Process> m_process;
};

} // namespace

class TestBusyProgram : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aThousandProcessesFromAWindowsThread();
};

void TestBusyProgram::aThousandProcessesFromAWindowsThread()
{
    auto *app = qobject_cast<ProbedApplication *>(QCoreApplication::instance());
    const BusyThreads threads(10);
    Process first(&nothing); // the fork server starts
    first.start();
    first.join();
    app->resetProbe();
    const Starter starter(1000);
    QTRY_VERIFY_WITH_TIMEOUT(starter.isDone(), 100'000);
    QCOMPARE(starter.failed(), 0);
    using std::chrono::microseconds;
    qInfo("longest event: %lld µs of processor time, %lld µs by the clock",
        static_cast<long long>(std::chrono::duration_cast<microseconds>(app->worst().cpu).count()),
        static_cast<long long>(std::chrono::duration_cast<microseconds>(app->worst().wall).count()));
    QVERIFY(app->worst().cpu < 50ms * Slowness);
}

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);
    ProbedApplication app(argc, argv);
    TestBusyProgram test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_busyprogram.moc"

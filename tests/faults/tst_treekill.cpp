// SPDX-License-Identifier: MIT
// Kills the main process of a program that has shared a great deal with children of every start method, and looks for what is left.
#include "processtest.h"
#include "sanitizers.h"

#include <procession/monitor/monitor.h>
#include <procession/queue/queue.h>
#include <procession/shared/sharedarray.h>
#include <procession/sync/rlock.h>

#include <QtCore/QProcess>

#include <iostream>

using namespace procession;

namespace {

constexpr int Large = 50'000'000; // bytes

void holdAll(const RLock &lock, const Queue<QByteArray> &queue, const RawArray<char> &array, const Queue<bool> &ready)
{
    RawArray<char> own(Large);
    own[Large - 1] = array[0];
    const RLock another;
    another.acquire();
    ready.put(true);
    lock.acquire(); // the parent has it, for ever
    queue.get();
}

/// What is to be killed: says how many bytes of shared memory it uses.
int live()
{
    const RLock lock;
    lock.acquire();
    const Queue<QByteArray> queue;
    queue.put(QByteArray(Large, 'x'));
    const RawArray<char> array(Large);
    const Queue<bool> ready;
    std::vector<std::unique_ptr<Process>> processes;
    for (const StartMethod method : {StartMethod::Fork, StartMethod::Spawn, StartMethod::ForkServer}) {
        ProcessOptions options;
        options.context = context(method);
        processes.push_back(std::make_unique<Process>(options, &holdAll, lock, queue, array, ready));
        processes.back()->start();
    }
    for (std::size_t i = 0; i < processes.size(); ++i)
        ready.get();
    std::cout << "ready" << std::endl;
    for (const auto &process : processes)
        process->join();
    return 0;
}

/// Whether a process is there, and has shared memory.
bool isThere(qint64 pid)
{
    try {
        Monitor::attach(pid);
        return true;
    } catch (const AttachError &) {
        return false;
    }
}

/// What a process has in memory or open that lies where shared memory has names.
QByteArrayList namedMemory(qint64 pid)
{
    QByteArrayList found;
    QFile maps(QStringLiteral("/proc/%1/maps").arg(pid));
    if (maps.open(QIODevice::ReadOnly)) {
        for (const QByteArray &line : maps.readAll().split('\n')) {
            if (line.contains(" /dev/shm/"))
                found.append(line);
        }
    }
    const QDir descriptors(QStringLiteral("/proc/%1/fd").arg(pid));
    for (const QFileInfo &descriptor : descriptors.entryInfoList(QDir::Files | QDir::System)) {
        if (descriptor.symLinkTarget().startsWith(QLatin1String("/dev/shm/")))
            found.append(QFile::encodeName(descriptor.symLinkTarget()));
    }
    return found;
}

} // namespace

class TestTreeKill : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsLeft();
};

void TestTreeKill::nothingIsLeft()
{
    QProcess program;
    program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    program.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--live")});
    while (!program.canReadLine())
        QVERIFY(program.waitForReadyRead());
    const qint64 pid = program.processId();
    QVERIFY(isThere(pid));
    const Snapshot snapshot = Monitor::attach(pid).snapshot();
    QVERIFY(snapshot.processes.size() >= 4);
    QVERIFY(snapshot.memory.reserved > 5 * quint64(Large));
    for (const auto &process : snapshot.processes)
        QCOMPARE(namedMemory(process.pid), QByteArrayList()); // nothing has a name that could stay behind
    program.kill();
    QVERIFY(program.waitForFinished());
    // Without its last process the memory is gone: it has no name by which anybody could hold it.
    const auto anyIsThere = [&] {
        return std::any_of(
            snapshot.processes.begin(), snapshot.processes.end(), [](const auto &process) { return isThere(process.pid); });
    };
    QTRY_VERIFY_WITH_TIMEOUT(!anyIsThere(), 2000 * Slowness);
}

int main(int argc, char **argv)
{
    procession::freezeSupport(argc, argv);
    const QCoreApplication application(argc, argv);
    if (argc == 2 && qstrcmp(argv[1], "--live") == 0)
        return live();
    TestTreeKill test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_treekill.moc"

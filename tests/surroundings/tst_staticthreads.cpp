// SPDX-License-Identifier: MIT
#include "allocating.h"
#include "children.h"

#include <atomic>
#include <mutex>
#include <thread>

using namespace procession;

namespace {

constexpr char LockingVariable[] = "PROCESSION_TEST_LOCKING_THREAD";

std::mutex &libraryLock()
{
    static auto *lock = new std::mutex; // never destroyed: its thread runs to the end
    return *lock;
}
std::atomic<int> libraryUsers = 0;

/// Stands for a library that starts a thread when it is loaded, whose thread has a lock all the time.
struct LibraryWithLock
{
    LibraryWithLock()
    {
        if (!qEnvironmentVariableIsSet(LockingVariable))
            return;
        std::thread(&lend).detach();
        while (libraryLock().try_lock()) { // until its thread has it
            libraryLock().unlock();
            std::this_thread::yield();
        }
    }

private:
    /// Has the lock but while somebody else wants it.
    [[noreturn]] static void lend()
    {
        for (;;) {
            libraryLock().lock();
            libraryUsers.wait(0);
            libraryLock().unlock();
            for (int users = libraryUsers; users > 0; users = libraryUsers)
                libraryUsers.wait(users);
        }
    }
};

const LibraryWithAllocatingThread allocatingLibrary;
const LibraryWithLock lockingLibrary;

int underLibraryLock(int x)
{
    ++libraryUsers;
    libraryUsers.notify_all();
    libraryLock().lock();
    const int result = x * x;
    libraryLock().unlock();
    --libraryUsers;
    libraryUsers.notify_all();
    return result;
}

int squareOf(int x) { return x * x; }

void use() { }

void act(const QByteArray &scene)
{
    if (scene == "time-out")
        demandTimeOut<underLibraryLock>();
    else if (scene.startsWith("lock"))
        demandResults<underLibraryLock>(scene, &squareOf);
    else
        demandResults<squaredWithAllocations>(scene, &squareOf);
}

} // namespace

/// A library may start threads when it is loaded, so that neither this program nor its fork server ever has one thread only.
class TestStaticThreads : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allocatingThread_data();
    void allocatingThread();
    void lockingThread_data() { addStartMethods(); }
    void lockingThread();
};

void TestStaticThreads::allocatingThread_data()
{
    QTest::addColumn<StartMethod>("method");
    QTest::addColumn<QString>("scene");
    QTest::addColumn<QString>("arenas");
    for (const StartMethod method : allStartMethods()) {
        for (const char *scene : {"processes", "pool"}) {
            // With one arena for all threads, each allocation competes with the library's thread.
            for (const char *arenas : {"", "1"}) {
                QTest::addRow("%s, %s, %s", qPrintable(nameOf(method)), scene, *arenas ? "one arena" : "as usual")
                    << method << QString::fromLatin1(scene) << QString::fromLatin1(arenas);
            }
        }
    }
}

void TestStaticThreads::allocatingThread()
{
    QFETCH(StartMethod, method);
    QFETCH(QString, scene);
    QFETCH(QString, arenas);
    Surroundings surroundings{.variables = {{QString::fromLatin1(AllocatingVariable), QStringLiteral("1")}}};
    if (!arenas.isEmpty())
        surroundings.variables.append({QStringLiteral("MALLOC_ARENA_MAX"), arenas});
    QCOMPARE(outcomeOf(scene, method, surroundings), QByteArray("right"));
}

/// A copy made by fork() cannot have the lock: nothing of ours can mend that, but time-outs end it.
void TestStaticThreads::lockingThread()
{
    QFETCH(StartMethod, method);
    const Surroundings surroundings{.variables = {{QString::fromLatin1(LockingVariable), QStringLiteral("1")}}};
    if (method == StartMethod::Fork) {
        QCOMPARE(outcomeOf(QStringLiteral("time-out"), method, surroundings), QByteArray("right"));
        return;
    }
    QCOMPARE(outcomeOf(QStringLiteral("lock pool"), method, surroundings), QByteArray("right"));
    QCOMPARE(outcomeOf(QStringLiteral("lock processes"), method, surroundings), QByteArray("right"));
}

PROCESSION_SURROUNDINGS_MAIN(TestStaticThreads, use, act)

#include "tst_staticthreads.moc"

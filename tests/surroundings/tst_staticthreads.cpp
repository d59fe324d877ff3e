// SPDX-License-Identifier: MIT
#include "allocating.h"
#include "children.h"
#include "leakprobe.h"
#include "sanitizers.h"

#include <procession/process/launch/forkserver.h>

#include <atomic>
#include <csignal>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <mutex>
#include <sched.h>
#include <set>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>

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

/// How many pipes the child has beside its standard streams; it has its lifeline open twice.
int pipesOfChild(int)
{
    std::set<QByteArray> pipes;
    for (const QByteArray &descriptor : LeakProbe::openDescriptors()) {
        const qsizetype space = descriptor.indexOf(' ');
        if (descriptor.contains(" pipe:") && descriptor.first(space).toInt() > STDERR_FILENO)
            pipes.insert(descriptor.sliced(space));
    }
    return static_cast<int>(pipes.size());
}

/// From now on the kernel refuses copies that are to be children of their original's parent, and no others.
bool refuseSiblings()
{
    sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args)),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_PARENT, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const sock_fprog program{std::size(code), code};
    return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

/// The server that cannot be born first anew for each child goes on as another server does.
void goOnAsAServer()
{
    demand(refuseSiblings(), "the filter is refused");
    const std::vector<int> pipes = resultsOfProcesses<pipesOfChild>(3);
    for (const int count : pipes)
        demand(count == 1, "a child has " + std::to_string(count) + " pipes, and not its own lifeline alone");
    const qint64 server = ForkServer::get().pid();
    demand(::kill(static_cast<pid_t>(server), SIGINT) == 0, "the server is gone");
    demand(resultsOfProcesses<squareOf>(2) == std::vector{0, 1}, "a child calculated wrongly");
    demand(ForkServer::get().pid() == server, "SIGINT has ended the server");
}

void use() { }

void act(const QByteArray &scene)
{
    if (scene == "time-out")
        demandTimeOut<underLibraryLock>();
    else if (scene == "no siblings")
        goOnAsAServer();
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
    void initTestCase() { SKIP_UNDER_THREAD_SANITIZER("programs whose libraries start threads early do not end in time in it"); }
    void allocatingThread_data();
    void allocatingThread();
    void lockingThread_data() { addStartMethods(); }
    void lockingThread();
    void withoutSiblings();
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

void TestStaticThreads::withoutSiblings()
{
    const Surroundings surroundings{.variables = {{QString::fromLatin1(LockingVariable), QStringLiteral("1")}}};
    QCOMPARE(outcomeOf(QStringLiteral("no siblings"), StartMethod::ForkServer, surroundings), QByteArray("right"));
}

PROCESSION_SURROUNDINGS_MAIN(TestStaticThreads, use, act)

#include "tst_staticthreads.moc"

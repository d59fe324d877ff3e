// SPDX-License-Identifier: MIT
// Programs that end while a pool of theirs replaces its workers: nothing of them is left, and no error is met.
#include "exitlocker.h"
#include "pipedprogram.h"
#include "processtest.h"
#include "sanitizers.h"

#include <procession/pool/pool.h>

#include <cstring>

using namespace procession;

namespace {

int doubled(int x) { return 2 * x; }

/// The pool is never deleted: its thread starts workers until the process is gone, also while functions are called at exit.
int exitWhileWorkersAreReplaced(StartMethod method)
{
    ::dup2(STDOUT_FILENO, STDERR_FILENO);
    auto *pool = new Pool({.processes = 3, .maxTasksPerChild = 1, .context = Context(method)});
    std::vector<int> inputs(10'000);
    const auto all = pool->mapAsync(TaskOptions{.chunkSize = 1}, &doubled, inputs);
    pool->applyAsync(TaskOptions{.priority = 1}, &doubled, 1).get();
    new ExitLocker;
    std::exit(0);
}

} // namespace

class TestPoolExit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whileWorkersAreReplaced_data() { addStartMethods(false); }
    void whileWorkersAreReplaced();
};

void TestPoolExit::whileWorkersAreReplaced()
{
    QFETCH(const StartMethod, method);
    SKIP_UNDER_SANITIZERS(
        "the C library frees the table of functions called at exit while ExitLocker reads it, which the sanitizers see");
    const int rounds = method == StartMethod::Fork ? 60 : 15;
    for (int i = 0; i < rounds; ++i) {
        PipedProgram program({"--exit", QByteArray::number(static_cast<int>(method))});
        QVERIFY2(program.isGone(), qPrintable(QStringLiteral("round %1 left a process").arg(i)));
        QCOMPARE(program.text(), QByteArray());
    }
}

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);
    const QCoreApplication application(argc, argv);
    if (argc == 3 && std::strcmp(argv[1], "--exit") == 0)
        return exitWhileWorkersAreReplaced(static_cast<StartMethod>(std::atoi(argv[2])));
    TestPoolExit test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_poolexit.moc"

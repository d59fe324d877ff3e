// SPDX-License-Identifier: MIT
#include "children.h"

#include <omp.h>

using namespace procession;

namespace {

int sumBelow1000Times(int x)
{
    int sum = 0;
    omp_set_num_threads(3); // has threads on a single processor too
#pragma omp parallel for reduction(+ : sum)
    for (int i = 0; i < 1000; ++i)
        sum += i * x;
    return sum;
}

void use() { demand(sumBelow1000Times(1) == 499'500, "the library is wrong in the parent"); }

void act(const QByteArray &scene)
{
    if (scene == "time-out")
        return demandTimeOut<sumBelow1000Times>();
    constexpr int Count = 200;
    const std::vector<int> sums
        = scene == "pool" ? resultsOfPool<sumBelow1000Times>(Count) : resultsOfProcesses<sumBelow1000Times>(Count);
    for (int i = 0; i < Count; ++i)
        demand(sums[static_cast<std::size_t>(i)] == i * 499'500, "a child summed up wrongly");
    use();
}

} // namespace

/// libgomp keeps its threads, once it has any, and knows nothing of copies: it waits there for threads that are not in the copy.
class TestLibgomp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void processes_data() { addMethodsAndUses(); }
    void processes() { check(QStringLiteral("processes")); }
    void pool_data() { addMethodsAndUses(); }
    void pool() { check(QStringLiteral("pool")); }

private:
    static void check(const QString &scene)
    {
        QFETCH(StartMethod, method);
        QFETCH(Used, used);
        const bool copiesUsedLibrary = method == StartMethod::Fork && used != Used::Never;
        QCOMPARE(outcomeOf(copiesUsedLibrary ? QStringLiteral("time-out") : scene, method, {.used = used}), QByteArray("right"));
    }
};

PROCESSION_SURROUNDINGS_MAIN(TestLibgomp, use, act)

#include "tst_libgomp.moc"

// SPDX-License-Identifier: MIT
#include "children.h"

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/parallel_reduce.h>

using namespace procession;

namespace {

int sumBelow1000Times(int x)
{
    using Range = oneapi::tbb::blocked_range<int>;
    return oneapi::tbb::parallel_reduce(
        Range(0, 1000), 0,
        [x](const Range &range, int sum) {
            for (int i = range.begin(); i < range.end(); ++i)
                sum += i * x;
            return sum;
        },
        std::plus<>());
}

void use() { demand(sumBelow1000Times(1) == 499'500, "the library is wrong in the parent"); }

void act(const QByteArray &scene)
{
    constexpr int Count = 200;
    const std::vector<int> sums
        = scene == "pool" ? resultsOfPool<sumBelow1000Times>(Count) : resultsOfProcesses<sumBelow1000Times>(Count);
    for (int i = 0; i < Count; ++i)
        demand(sums[static_cast<std::size_t>(i)] == i * 499'500, "a child summed up wrongly");
    use();
}

} // namespace

/// In a copy oneTBB goes on with the thread that is there, so results are right but nothing is done side by side.
class TestOneTbb : public QObject
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
        QCOMPARE(outcomeOf(scene, method, {.used = used}), QByteArray("right"));
    }
};

PROCESSION_SURROUNDINGS_MAIN(TestOneTbb, use, act)

#include "tst_onetbb.moc"

// SPDX-License-Identifier: MIT
#include "children.h"
#include "sanitizers.h"

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
    demandResults<sumBelow1000Times>(scene, [](int x) { return x * 499'500; });
    use();
}

} // namespace

/// In a copy oneTBB goes on with the thread that is there, so results are right but nothing is done side by side.
class TestOneTbb : public LibraryTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        SKIP_UNDER_THREAD_SANITIZER("oneTBB is not instrumented: how its threads wait for each other is not seen");
    }
};

PROCESSION_SURROUNDINGS_MAIN(TestOneTbb, use, act)

#include "tst_onetbb.moc"

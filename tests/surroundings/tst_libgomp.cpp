// SPDX-License-Identifier: MIT
#include "children.h"
#include "sanitizers.h"

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
    demandResults<sumBelow1000Times>(scene, [](int x) { return x * 499'500; });
    use();
}

} // namespace

/// libgomp keeps its threads, once it has any, and knows nothing of copies: it waits there for threads that are not in the copy.
class TestLibgomp : public LibraryTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        SKIP_UNDER_THREAD_SANITIZER("libgomp is not instrumented: how its threads wait for each other is not seen");
    }

private:
    bool fails(StartMethod method, Used used) const override { return method == StartMethod::Fork && used != Used::Never; }
};

PROCESSION_SURROUNDINGS_MAIN(TestLibgomp, use, act)

#include "tst_libgomp.moc"

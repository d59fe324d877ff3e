// SPDX-License-Identifier: MIT
#include "children.h"
#include "sanitizers.h"

#include <cblas.h>

using namespace procession;

namespace {

constexpr int Size = 128; // large enough to be shared out to the library's threads

/// Multiplies two matrices, and returns how many elements of the result are not what they should be.
int wrongElements(int x)
{
    std::vector<double> a(Size * Size), b(Size * Size), c(Size * Size, -1);
    for (int row = 0; row < Size; ++row) {
        for (int column = 0; column < Size; ++column) {
            a[row * Size + column] = row + x;
            b[row * Size + column] = column;
        }
    }
    cblas_dgemm(
        CblasRowMajor, CblasNoTrans, CblasNoTrans, Size, Size, Size, 1, a.data(), Size, b.data(), Size, 0, c.data(), Size);
    int wrong = 0;
    for (int row = 0; row < Size; ++row) {
        for (int column = 0; column < Size; ++column)
            wrong += c[row * Size + column] == double(Size) * (row + x) * column ? 0 : 1;
    }
    return wrong;
}

void use() { demand(wrongElements(1) == 0, "the library is wrong in the parent"); }

void act(const QByteArray &scene)
{
    demandResults<wrongElements>(scene, [](int) { return 0; });
    use(); // the parent's own copy goes on working
}

} // namespace

/// OpenBLAS starts its threads when it is loaded, and puts itself in order in a copy by pthread_atfork().
class TestOpenBlas : public LibraryTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { SKIP_UNDER_THREAD_SANITIZER("programs whose libraries start threads early do not end in time in it"); }
};

PROCESSION_SURROUNDINGS_MAIN(TestOpenBlas, use, act)

#include "tst_openblas.moc"

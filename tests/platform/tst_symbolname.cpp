// SPDX-License-Identifier: MIT
#include <procession/platform/thread/symbolname.h>

#include <QtTest/QtTest>

#include <dlfcn.h>

using namespace procession;

namespace {

[[gnu::noinline]] int hidden(int number) { return number + 1; }

} // namespace

class TestSymbolName : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ofAFunctionThatNobodyExports()
    {
        const QByteArray name = symbolName(reinterpret_cast<const void *>(&hidden));
        QVERIFY2(name.contains("hidden"), name.constData());
        QCOMPARE(symbolName(reinterpret_cast<const void *>(&hidden)), name);
    }

    void ofAFunctionOfALibrary()
    {
        const void *exported = ::dlsym(RTLD_DEFAULT, "qVersion");
        QVERIFY(exported);
        QCOMPARE(symbolName(exported), QByteArray("qVersion"));
    }

    void ofWhatIsNoFunction()
    {
        int variable = 0;
        QCOMPARE(symbolName(&variable), QByteArray());
        QCOMPARE(symbolName(nullptr), QByteArray());
        const auto *inside = reinterpret_cast<const char *>(&hidden) + 1;
        QCOMPARE(symbolName(inside), QByteArray());
    }
};

QTEST_GUILESS_MAIN(TestSymbolName)
#include "tst_symbolname.moc"

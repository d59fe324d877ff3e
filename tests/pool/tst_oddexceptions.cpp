// SPDX-License-Identifier: MIT
#include "pooltest.h"

#include <exception>
#include <stdexcept>

using namespace procession;

namespace {

struct WithoutText : std::exception
{
    const char *what() const noexcept override { return nullptr; }
};

/// One that comes back as what it is.
struct KnownWithoutText : WithoutText
{
};
const KnownException<KnownWithoutText> isKnown{"tst_oddexceptions::KnownWithoutText"};

void throwKnownWithoutText() { throw KnownWithoutText(); }

int throwWithoutText(int) { throw WithoutText(); }
int throwNullText(int) { throw static_cast<const char *>(nullptr); }
int nestInNothing(int) { std::throw_with_nested(std::runtime_error("outer")); }
int throwNested(int)
{
    try {
        throw std::out_of_range("inner");
    } catch (...) {
        std::throw_with_nested(PoolError("outer"));
    }
}
int throwNestedConstant(int)
{
    const PoolError error("outer");
    try {
        throw std::out_of_range("inner");
    } catch (...) {
        std::throw_with_nested(error);
    }
}
int throwNestedWithoutText(int)
{
    try {
        throw WithoutText();
    } catch (...) {
        std::throw_with_nested(WithoutText());
    }
}

using Thrower = int (*)(int);

} // namespace
Q_DECLARE_METATYPE(Thrower)

// Exceptions that are made in unusual ways: they reach the one who waits, and harm no worker.
class TestOddExceptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // What a pool makes of it is the same by all methods, and it tries for seconds before it says so.
    void inAnInitializer()
    {
        PoolOptions withInitializer = options(StartMethod::ForkServer, 1);
        withInitializer.initializer = &throwKnownWithoutText;
        Pool pool(withInitializer);
        VERIFY_CONTAINS(errorOf([&] { pool.applyAsync(&squared, 1).get(Patience); }), "the initializer threw");
    }

    void inAPool_data() { addRows(true); }
    void inAPool()
    {
        QFETCH(StartMethod, method);
        QFETCH(Thrower, function);
        QFETCH(bool, isNested);
        Pool pool(options(method, 1));
        const qint64 worker = pool.apply(&workerPid);
        bool wasThrown = false;
        try {
            pool.apply(function, 1);
        } catch (const RemoteError &) {
            QVERIFY(method != StartMethod::Thread && !isNested);
            wasThrown = true;
        } catch (const PoolError &error) {
            QVERIFY(isNested);
            QVERIFY(QByteArray(error.what()) == "outer");
            QVERIFY_THROWS_EXCEPTION(std::out_of_range, std::rethrow_if_nested(error));
            wasThrown = true;
        } catch (...) {
            QVERIFY(method == StartMethod::Thread);
            wasThrown = true;
        }
        QVERIFY(wasThrown);
        QCOMPARE(pool.apply(&workerPid), worker);
    }

    void inAProcess_data() { addRows(true); }
    void inAProcess()
    {
        QFETCH(StartMethod, method);
        QFETCH(Thrower, function);
        Process process(Context(method).process(function, 1));
        process.start();
        QVERIFY(process.join(Patience));
        QCOMPARE(process.exitCode(), std::optional(1));
    }

private:
    static void addRows(bool withThreads)
    {
        QTest::addColumn<StartMethod>("method");
        QTest::addColumn<Thrower>("function");
        QTest::addColumn<bool>("isNested");
        for (const StartMethod method : allStartMethods()) {
            if (method == StartMethod::Thread && !withThreads)
                continue;
            const auto row = [method](const char *what, Thrower function, bool isNested = false) {
                QTest::addRow("%s, %s", what, qPrintable(nameOf(method))) << method << function << isNested;
            };
            row("without a text", &throwWithoutText);
            row("a null text", &throwNullText);
            row("nested in nothing", &nestInNothing);
            row("nested", &throwNested, true);
            row("nested, a constant", &throwNestedConstant, true);
            row("nested, both without a text", &throwNestedWithoutText);
        }
    }
};

PROCESSION_TEST_MAIN(TestOddExceptions)
#include "tst_oddexceptions.moc"

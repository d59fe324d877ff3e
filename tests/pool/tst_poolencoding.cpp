// SPDX-License-Identifier: MIT
#include "pooltest.h"

using namespace procession;
using namespace std::chrono_literals;

namespace {

/// Cannot be written when it is negative, nor read when it is 100.
struct Picky
{
    int value = 0;
};

/// Nobody says how it travels.
struct Untold
{
    std::string text;
    const char *address = nullptr; // means nothing in another process
};

/// An exception that cannot be copied.
struct Unique : std::runtime_error
{
    explicit Unique(const std::string &text) : std::runtime_error(text) { }
    Unique(Unique &&) = default;
    std::unique_ptr<int> only;
};

Picky pickyOf(int x) { return {x}; }

int valueOf(const Picky &picky) { return picky.value; }

Untold untold() { return {"x"}; }

int sizeOf(const Untold &one) { return static_cast<int>(one.text.size()); }

void throwUnique() { throw Unique("the only one"); }

void throwNumber() { throw 7; }

} // namespace

template <>
struct procession::Codec<Picky>
{
    static void encode(Encoder &encoder, const Picky &picky)
    {
        if (picky.value < 0)
            throw EncodeError("a Picky is not negative");
        encoder << picky.value;
    }
    static Picky decode(Decoder &decoder)
    {
        const Picky picky{decoder.read<int>()};
        if (picky.value == 100)
            throw DecodeError("no Picky is 100");
        return picky;
    }
};

class TestPoolEncoding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void results_data() { addStartMethods(false); }
    void results();
    void arguments_data() { addStartMethods(false); }
    void arguments();
    void whatCannotTravel_data() { addStartMethods(false); }
    void whatCannotTravel();
    void workersHaveNoChildren_data() { addStartMethods(false); }
    void workersHaveNoChildren();
    void whatNeedNotTravel();
    void exceptions_data() { addStartMethods(); }
    void exceptions();
};

void TestPoolEncoding::results()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method));
    VERIFY_CONTAINS(errorOf([&] { pool.apply(&pickyOf, -1); }), "not negative");
    QVERIFY_THROWS_EXCEPTION(EncodeError, pool.apply(&pickyOf, -1));
    QVERIFY_THROWS_EXCEPTION(DecodeError, pool.apply(&pickyOf, 100));
    auto results = pool.imap(&pickyOf, std::vector<int>{1, -1, 2, 100, 3}, 5); // in one report
    QCOMPARE(results.next()->value, 1);
    QVERIFY_THROWS_EXCEPTION(EncodeError, results.next());
    QCOMPARE(results.next()->value, 2);
    QVERIFY_THROWS_EXCEPTION(DecodeError, results.next());
    QVERIFY_THROWS_EXCEPTION(DecodeError, results.next()); // nobody knows where it begins
    QCOMPARE(pool.apply(&pickyOf, 5).value, 5);
}

void TestPoolEncoding::arguments()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method));
    QVERIFY_THROWS_EXCEPTION(EncodeError, pool.apply(&valueOf, Picky{-1}));
    QVERIFY_THROWS_EXCEPTION(DecodeError, pool.apply(&valueOf, Picky{100}));
    QCOMPARE(pool.apply(&valueOf, Picky{5}), 5);
    auto results = pool.imap(&valueOf, std::vector<Picky>{{1}, {-1}, {2}});
    QCOMPARE(results.next(), 1);
    QVERIFY_THROWS_EXCEPTION(EncodeError, results.next());
    QCOMPARE(results.next(), 2);
    const auto late = pool.applyAsync(&valueOf, Picky{-1});
    QVERIFY(late.wait(Patience));
    QVERIFY_THROWS_EXCEPTION(EncodeError, late.get());
}

void TestPoolEncoding::whatCannotTravel()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method));
    VERIFY_CONTAINS(errorOf([&] { pool.applyAsync(&untold); }), "Untold");
    QVERIFY_THROWS_EXCEPTION(NotTransferable, pool.applyAsync(&untold));
    QVERIFY_THROWS_EXCEPTION(NotTransferable, pool.applyAsync(&sizeOf, Untold{"ab"}).get());
    int captured = 3;
    QVERIFY_THROWS_EXCEPTION(NotTransferable, pool.applyAsync([&captured](int x) { return x + captured; }, 1));
    QVERIFY_THROWS_EXCEPTION(NotTransferable, pool.imap([&captured](int x) { return x + captured; }, std::views::iota(0, 2)));
    // The advice has to help: workers are there already, also by Fork.
    for (const std::string &error :
        {errorOf([&] { pool.applyAsync(&untold); }), errorOf([&] { pool.applyAsync(&sizeOf, Untold{"ab"}); }),
            errorOf([&] { pool.mapAsync(&sizeOf, std::vector<Untold>(2)); }),
            errorOf([&] { pool.applyAsync([&captured](int x) { return x + captured; }, 1); })}) {
        VERIFY_CONTAINS(error, "or use a ThreadPool");
        QVERIFY2(error.find("Fork") == std::string::npos, error.c_str());
    }
    QCOMPARE(pool.apply(&squared, 5), 25);
}

void TestPoolEncoding::workersHaveNoChildren()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method));
    const auto start = [] {
        Process process([] {});
        process.start();
    };
    VERIFY_CONTAINS(errorOf([&] { pool.apply(start); }), "use Processes or a ThreadPool for tasks that start processes");
}

void TestPoolEncoding::whatNeedNotTravel()
{
    Pool pool(options(StartMethod::Thread));
    QCOMPARE(pool.apply(&untold).text, std::string("x"));
    int captured = 3;
    QCOMPARE(pool.apply([&captured](int x) { return x + captured; }, 1), 4);
    QCOMPARE(*pool.apply([](int x) { return std::make_unique<int>(x); }, 3), 3);
}

void TestPoolEncoding::exceptions()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method));
    if (method == StartMethod::Thread) {
        QVERIFY_THROWS_EXCEPTION(Unique, pool.apply(&throwUnique));
        QVERIFY_THROWS_EXCEPTION(int, pool.apply(&throwNumber));
        return;
    }
    try {
        pool.apply(&throwUnique);
        QFAIL("nothing was thrown");
    } catch (const RemoteError &error) {
        VERIFY_CONTAINS(std::string(error.what()), "the only one");
    }
    QVERIFY_THROWS_EXCEPTION(RemoteError, pool.apply(&throwNumber));
}

PROCESSION_TEST_MAIN(TestPoolEncoding)
#include "tst_poolencoding.moc"

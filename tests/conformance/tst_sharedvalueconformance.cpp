// SPDX-License-Identifier: MIT
// What CPython's _TestValue, _TestArray, _TestHeap and _TestSharedCTypes check.
#include "startmethodsuite.h"

#include <arenaprobe.h>
#include <testmain.h>

#include <procession/shared/dynamicarray.h>
#include <procession/shared/dynamicvalue.h>

#include <QtTest/QtTest>

#include <cmath>
#include <numeric>
#include <random>

using namespace mp;

namespace {

struct CodeAndValues
{
    char code;
    QVariant first;
    QVariant second;
};

const std::vector<CodeAndValues> &codesAndValues()
{
    static const std::vector<CodeAndValues> all{
        {'i', 4343LL, 24234LL},
        {'d', 3.625, -4.25},
        {'h', -232LL, 234LL},
        {'q', 1LL << 33, 1LL << 34},
        {'c', QByteArray("x"), QByteArray("y")},
    };
    return all;
}

template <typename Values>
void assignSecond(const std::vector<Values> &values)
{
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i].setValue(codesAndValues()[i].second);
}

template <typename Sequence>
void addUp(const Sequence &sequence)
{
    for (std::size_t i = 1; i < sequence.size(); ++i)
        sequence.set(i, sequence[i] + sequence[i - 1]);
}

struct Foo
{
    int x;
    double y;
    long long z;
};

template <template <typename> typename V, template <typename> typename A>
struct Types
{
    static void doubled(const V<int> &x, const V<double> &y, const V<long long> &z, const V<Foo> &foo, const A<double> &array,
        const A<char> &string)
    {
        x.setValue(x.value() * 2);
        y.setValue(y.value() * 2);
        z.setValue(z.value() * 2);
        const Foo before = foo.value();
        foo.setValue({before.x * 2, before.y * 2, before.z});
        string.setValue(string.value().repeated(2));
        for (std::size_t i = 0; i < array.size(); ++i)
            array.set(i, array[i] * 2);
    }
};

bool isNear(double a, double b) { return std::abs(a - b) < 1e-7; }

} // namespace

class TestSharedValueConformance : public StartMethodSuite
{
    Q_OBJECT

private Q_SLOTS:
    void value() { testValue<Value<>>(); }
    void rawValue() { testValue<RawValue<>>(); }
    void valueObjectAndLock();
    void array() { testArray<Array<int>>(); }
    void arrayFromSize();
    void rawArray() { testArray<RawArray<int>>(); }
    void arrayObjectAndLock();
    void heap();
    void sharedTypes() { testTypes<RawValue, RawArray>(); }
    void synchronizedTypes() { testTypes<Value, Array>(); }
    void copies();

private:
    template <typename ValueOfCode>
    void testValue();
    template <typename ArrayOfInts>
    void testArray();
    template <template <typename> typename V, template <typename> typename A>
    void testTypes();
};

template <typename ValueOfCode>
void TestSharedValueConformance::testValue()
{
    std::vector<ValueOfCode> values;
    for (const auto &[code, first, second] : codesAndValues())
        values.emplace_back(code, first);
    for (std::size_t i = 0; i < values.size(); ++i)
        QCOMPARE(values[i].value(), codesAndValues()[i].first);
    Process process(&assignSecond<ValueOfCode>, values);
    process.start();
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
    for (std::size_t i = 0; i < values.size(); ++i)
        QCOMPARE(values[i].value(), codesAndValues()[i].second);
}

template <typename T>
concept HasLock = requires(const T &value)
{
    value.lock();
    value.object();
};
static_assert(HasLock<Value<>> && HasLock<Array<int>> && !HasLock<RawValue<>> && !HasLock<RawArray<int>>);
static_assert(std::same_as<decltype(context().value('i', 5)), Value<>>);
static_assert(std::same_as<decltype(context().value(WithoutLock, 'i', 5)), RawValue<>>);
static_assert(std::same_as<decltype(context().rawValue<int>(5)), RawValue<int>>);
static_assert(std::same_as<decltype(context().array<int>(WithoutLock, 10)), RawArray<int>>);
static_assert(!std::is_constructible_v<Value<>, QString, char, int>);

void TestSharedValueConformance::valueObjectAndLock()
{
    const Context here = context(method());
    const auto first = here.value('i', 5);
    QVERIFY(first.lock().isRecursive());
    QCOMPARE(first.object().value(), QVariant(5LL));
    const Lock lock;
    const auto third = here.value(lock, 'i', 5);
    QVERIFY(third.lock() == AnyLock(lock));
    QCOMPARE(here.value(WithoutLock, 'i', 5).value(), QVariant(5LL));
    QCOMPARE(here.rawValue<int>(5).value(), 5);
}

template <typename ArrayOfInts>
void TestSharedValueConformance::testArray()
{
    std::vector<int> numbers{680, 626, 934, 821, 150, 233, 548, 982, 714, 831};
    const ArrayOfInts array(numbers);
    QCOMPARE(array.size(), numbers.size());
    QCOMPARE(array[3], numbers[3]);
    for (std::size_t i = 4; i < 8; ++i) {
        numbers[i] = static_cast<int>(i) - 3;
        array.set(i, numbers[i]);
    }
    QCOMPARE(array.values(), numbers);
    std::partial_sum(numbers.begin(), numbers.end(), numbers.begin());
    Process process(&addUp<ArrayOfInts>, array);
    process.start();
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
    QCOMPARE(array.values(), numbers);
}

void TestSharedValueConformance::arrayFromSize()
{
    for (int i = 0; i < 3; ++i) { // memory that was used before is zero again
        const auto array = context(method()).array<int>(10);
        QCOMPARE(array.values(), std::vector<int>(10));
        std::vector<int> numbers(10);
        std::iota(numbers.begin(), numbers.end(), 0);
        array.setValues(numbers);
        QCOMPARE(array.values(), numbers);
    }
}

void TestSharedValueConformance::arrayObjectAndLock()
{
    const Context here = context(method());
    const std::vector<int> numbers{0, 1, 2, 3, 4};
    const auto first = here.array<int>(numbers);
    QVERIFY(first.lock().isRecursive());
    QCOMPARE(first.object().values(), numbers);
    const Lock lock;
    QVERIFY(here.array<int>(lock, numbers).lock() == AnyLock(lock));
    QCOMPARE(here.array<int>(WithoutLock, numbers).values(), numbers);
    QCOMPARE(here.rawArray('i', 3).values(), (QVariantList{0LL, 0LL, 0LL}));
}

void TestSharedValueConformance::heap()
{
    constexpr int Rounds = 5000;
    constexpr std::size_t MostBlocks = 50;
    const ArenaProbe probe;
    std::mt19937 random(1);
    std::lognormal_distribution<double> sizes(0, 1);
    std::vector<std::pair<RawArray<char>, char>> blocks;
    for (int i = 0; i < Rounds; ++i) {
        const char mark = static_cast<char>('a' + i % 26);
        const RawArray<char> block(static_cast<std::size_t>(sizes(random) * 1000));
        QCOMPARE(std::ranges::count(block, '\0'), static_cast<std::ptrdiff_t>(block.size()));
        std::ranges::fill(block, mark);
        blocks.emplace_back(block, mark);
        if (blocks.size() > MostBlocks)
            blocks.erase(blocks.begin() + static_cast<std::ptrdiff_t>(random() % MostBlocks));
    }
    for (const auto &[block, mark] : blocks) // none has run into another
        QCOMPARE(std::ranges::count(block, mark), static_cast<std::ptrdiff_t>(block.size()));
    std::shuffle(blocks.begin(), blocks.end(), random);
    blocks.clear();
    QCOMPARE(probe.growth(), QByteArray());
}

template <template <typename> typename V, template <typename> typename A>
void TestSharedValueConformance::testTypes()
{
    const V<int> x(7);
    const V<double> y(1.0 / 3.0);
    const V<long long> z(1LL << 33);
    const V<Foo> foo(3, 2, 0);
    std::vector<double> numbers(10);
    std::iota(numbers.begin(), numbers.end(), 0);
    const A<double> array(numbers);
    const A<char> string(20);
    string.setValue("hello");
    Process process(&Types<V, A>::doubled, x, y, z, foo, array, string);
    process.start();
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
    QCOMPARE(x.value(), 14);
    QVERIFY(isNear(y.value(), 2.0 / 3.0));
    QCOMPARE(z.value(), 1LL << 34);
    QCOMPARE(foo.value().x, 6);
    QVERIFY(isNear(foo.value().y, 4));
    for (std::size_t i = 0; i < 10; ++i)
        QVERIFY(isNear(array[i], static_cast<double>(i) * 2));
    QCOMPARE(string.value(), QByteArray("hellohello"));
}

void TestSharedValueConformance::copies()
{
    const RawValue<Foo> foo(2, 5.0, 1LL << 33);
    const RawValue<Foo> bar = copy(foo);
    foo.setValue({});
    QCOMPARE(bar.value().x, 2);
    QVERIFY(isNear(bar.value().y, 5.0));
    QCOMPARE(bar.value().z, 1LL << 33);
}

PROCESSION_TEST_MAIN(TestSharedValueConformance)
#include "tst_sharedvalueconformance.moc"

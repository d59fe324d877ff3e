// SPDX-License-Identifier: MIT
#include "processtest.h"

#include <arenaprobe.h>

#include <procession/ipc/pipe.h>
#include <procession/ipc/wire/errors.h>
#include <procession/memory/arena/segment.h>
#include <procession/shared/data/indexerror.h>
#include <procession/shared/sharedarray.h>

#include <csignal>
#include <list>
#include <sstream>

using namespace procession;

namespace {

struct Point
{
    double x;
    double y;
};

constexpr std::size_t Many = 100'000'000 / sizeof(double);

static_assert(std::ranges::contiguous_range<RawArray<int>>);
static_assert(Encodable<RawArray<int>> && Encodable<Array<Point>> && !std::is_constructible_v<RawArray<int>, RawArray<double>>);

void addUp(const Array<int> &numbers)
{
    for (std::size_t i = 1; i < numbers.size(); ++i)
        numbers.set(i, numbers[i] + numbers[i - 1]);
}

void upper(const RawArray<char> &text, const Array<Point> &points)
{
    text.setValue(text.value().toUpper());
    const std::scoped_lock guard(points.lock());
    for (Point &point : points.object())
        point.x = -point.x;
}

void sendMany(const Connection &connection)
{
    const RawArray<double> result(Many);
    result[0] = 1;
    result[Many / 2] = 2;
    result[Many - 1] = 3;
    connection.send(result);
}

void holdAndWait(const Connection &connection)
{
    const RawArray<char> own(1 << 20);
    const auto others = connection.recv<Array<int>>();
    connection.send(static_cast<int>(others.size()));
    connection.recv<int>();
}

} // namespace

class TestSharedArray : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void memoryIsUsedAgain_data();
    void memoryIsUsedAgain();
    void asMuchAsIsKept();
    void isMadeOfASizeOrOfValues();
    void ofNothing();
    void elements();
    void replacesAll();
    void characters();
    void copyIsAnother();
    void isChangedByAChild_data() { addStartMethods(); }
    void isChangedByAChild();
    void returnsMuchWithoutACopy_data() { addStartMethods(); }
    void returnsMuchWithoutACopy();
    void isReceivedAsWhatItIs();
    void memoryIsZeroAgain();
    void absurdSizes();
    void itsHoldersAreKilled_data() { addStartMethods(false); }
    void itsHoldersAreKilled();
};

void TestSharedArray::isMadeOfASizeOrOfValues()
{
    const RawArray<int> zeros(7);
    QCOMPARE(zeros.values(), std::vector<int>(7));
    const RawArray<int> listed{9, 2, 8};
    QCOMPARE(listed.values(), (std::vector<int>{9, 2, 8}));
    QCOMPARE(RawArray<double>(std::list<int>{1, 2}).values(), (std::vector<double>{1, 2}));
    QCOMPARE(RawArray<int>(std::views::iota(0, 1000)).values().at(999), 999);
    std::istringstream stream("4 5 6");
    QCOMPARE(RawArray<int>(std::ranges::istream_view<int>(stream)).values(), (std::vector<int>{4, 5, 6}));
    QCOMPARE(RawArray<char>("hello world").size(), std::size_t(11));
    QCOMPARE(RawArray<char>(QByteArray("ab\0c", 4)).raw(), QByteArray("ab\0c", 4));
    QCOMPARE((Array<int>{1, 2}).values(), (std::vector<int>{1, 2}));
    QCOMPARE((Array<int>(Lock(), {1, 2, 3})).size(), std::size_t(3));
    QCOMPARE(Array<char>("hello").value(), QByteArray("hello"));
    const Array<Point> points{{1.875, -6.25}, {-5.75, 2.0}};
    QCOMPARE(points[1].x, -5.75);
    QCOMPARE((RawArray<bool>{true, false}.values()), (std::vector<bool>{true, false}));
}

void TestSharedArray::ofNothing()
{
    const RawArray<int> none(0);
    QVERIFY(none.isEmpty());
    QVERIFY(none.begin() == none.end());
    QVERIFY(none.span().empty());
    QVERIFY_THROWS_EXCEPTION(IndexError, none.at(0));
    VERIFY_CONTAINS(errorOf([&] { none.at(0); }), "empty");
    QCOMPARE(RawArray<char>("").value(), QByteArray());
    QVERIFY(Array<int>(std::vector<int>()).isEmpty());
    QVERIFY(copy(none).isEmpty());
    none.setValues(std::vector<int>());
}

void TestSharedArray::elements()
{
    const RawArray<int> raw{1, 2, 3};
    raw[0] = 5;
    raw.set(1, 6);
    raw.at(2) = 7;
    std::ranges::sort(raw, std::greater());
    QCOMPARE(raw.values(), (std::vector<int>{7, 6, 5}));
    QCOMPARE(raw.span().subspan(1).front(), 6);
    VERIFY_CONTAINS(errorOf([&] { raw.at(3); }), "an Array of 3 elements has no element 3");
    const Array<int> array(raw); // gives it a lock
    array.set(0, 1);
    QCOMPARE(raw[0], 1);
    QCOMPARE(array[0], 1);
    QVERIFY_THROWS_EXCEPTION(IndexError, array.at(3));
    QVERIFY_THROWS_EXCEPTION(IndexError, array.set(3, 0));
    QVERIFY(array.acquire(false)); // errors have released it
    array.release();
    QVERIFY_THROWS_EXCEPTION(ReleaseError, array.release());
}

void TestSharedArray::replacesAll()
{
    const Array<int> array(3);
    array.setValues(std::vector<int>{1, 2, 3});
    QCOMPARE(array.values(), (std::vector<int>{1, 2, 3}));
    QVERIFY_THROWS_EXCEPTION(ValueError, array.setValues(std::vector<int>{1, 2}));
    VERIFY_CONTAINS(errorOf([&] { array.setValues(std::views::iota(0, 4)); }), "4 values");
    std::istringstream stream("4 5 6");
    array.setValues(std::ranges::istream_view<int>(stream));
    QCOMPARE(array.values(), (std::vector<int>{4, 5, 6}));
}

void TestSharedArray::characters()
{
    const RawArray<char> text(20);
    QCOMPARE(text.value(), QByteArray());
    QCOMPARE(text.raw(), QByteArray(20, '\0'));
    text.setValue("hello");
    QCOMPARE(text.value(), QByteArray("hello"));
    text.setValue("you");
    QCOMPARE(text.value(), QByteArray("you"));
    QCOMPARE(text.raw(), QByteArray("you\0o", 5) + QByteArray(15, '\0'));
    text.setRaw("HELL");
    QCOMPARE(text.value(), QByteArray("HELLo"));
    text.setValue(QByteArray(20, 'x'));
    QCOMPARE(text.value(), QByteArray(20, 'x'));
    QVERIFY_THROWS_EXCEPTION(ValueError, text.setValue(QByteArray(21, 'y')));
    QVERIFY_THROWS_EXCEPTION(ValueError, text.setRaw(QByteArray(21, 'y')));
    QCOMPARE(text.raw(), QByteArray(20, 'x'));
    const Array<char> guarded(text);
    guarded.setValue("z");
    QCOMPARE(guarded.value(), QByteArray("z"));
    guarded.setRaw("ab");
    QCOMPARE(guarded.raw(), "ab" + QByteArray(18, 'x'));
}

void TestSharedArray::copyIsAnother()
{
    const RawArray<int> numbers(std::views::iota(0, 100));
    const RawArray<int> another = copy(numbers);
    another[99] = -1;
    QCOMPARE(numbers[99], 99);
    QCOMPARE(another[98], 98);
}

void TestSharedArray::isChangedByAChild()
{
    QFETCH(StartMethod, method);
    const Array<int> numbers(std::views::iota(0, 1000));
    const RawArray<char> text("hello world");
    const Array<Point> points{{1, 2}, {3, 4}};
    Process first = context(method).process(&addUp, numbers);
    Process second = context(method).process(&upper, text, points);
    first.start();
    second.start();
    QVERIFY(first.join());
    QVERIFY(second.join());
    QCOMPARE(numbers[999], 999 * 1000 / 2);
    QCOMPARE(text.value(), QByteArray("HELLO WORLD"));
    QCOMPARE(points[1].x, -3.0);
}

void TestSharedArray::returnsMuchWithoutACopy()
{
    QFETCH(StartMethod, method);
    const ArenaProbe probe;
    {
        auto [ours, childs] = pipe();
        Process process = context(method).process(&sendMany, childs);
        process.start();
        QVERIFY(process.join()); // before it is received: the message keeps it
        QCOMPARE(process.exitCode(), 0);
        const auto result = ours.recv<RawArray<double>>();
        QCOMPARE(result.size(), Many);
        QCOMPARE(result[0], 1.0);
        QCOMPARE(result[1], 0.0);
        QCOMPARE(result[Many / 2], 2.0);
        QCOMPARE(result[Many - 1], 3.0);
    }
    QCOMPARE(probe.growth(), QByteArray());
}

void TestSharedArray::isReceivedAsWhatItIs()
{
    const Array<int> array(3);
    Encoder encoder;
    encoder << array;
    Message message = encoder.take();
    const std::string error = errorOf([&] { Decoder(message).read<Array<double>>(); });
    VERIFY_CONTAINS(error, "of the type int came where one of double is expected");
    encoder << array.object();
    message = encoder.take();
    QVERIFY_THROWS_EXCEPTION(DecodeError, Decoder(message).read<RawArray<float>>());
}

void TestSharedArray::memoryIsZeroAgain()
{
    for (int i = 0; i < 3; ++i) {
        for (const std::size_t size : {std::size_t(10), std::size_t(10'000)}) {
            const RawArray<int> array(size);
            QCOMPARE(std::ranges::count(array, 0), std::ptrdiff_t(size));
            std::ranges::fill(array, 7);
        }
    }
}

void TestSharedArray::absurdSizes()
{
    const ArenaProbe probe;
    const int negative = -1;
    for (const std::size_t size :
        {static_cast<std::size_t>(negative), std::size_t(1) << 61, std::size_t(1) << 45, std::size_t(1) << 40}) {
        QVERIFY_THROWS_EXCEPTION(SharedMemoryError, RawArray<double> array(size));
        VERIFY_CONTAINS(errorOf([&] { Array<double> array(size); }), "no shared memory");
    }
    QCOMPARE(probe.growth(), QByteArray());
    QCOMPARE(RawArray<double>(1000).size(), std::size_t(1000)); // goes on
}

void TestSharedArray::itsHoldersAreKilled()
{
    QFETCH(StartMethod, method);
    Process first = context(method).process([] {});
    first.start();
    QVERIFY(first.join()); // what a start method keeps is there
    const ArenaProbe probe;
    {
        auto [ours, childs] = pipe();
        Process process = context(method).process(&holdAndWait, childs);
        process.start();
        {
            const Array<int> array(std::size_t(1) << 20);
            ours.send(array);
            QCOMPARE(ours.recv<int>(), 1 << 20);
        }
        QVERIFY(ArenaProbe::use().bytes > (1 << 20) * 5 - 1); // the child's array of its own, and that of ours which it holds
        process.kill();
        QVERIFY(process.join());
    }
    QCOMPARE(probe.growth(), QByteArray());
}

void TestSharedArray::memoryIsUsedAgain_data()
{
    QTest::addColumn<std::size_t>("size");
    QTest::newRow("small") << std::size_t(20'000);
    QTest::newRow("large") << (std::size_t(8) << 20);
}

void TestSharedArray::memoryIsUsedAgain()
{
    QFETCH(std::size_t, size);
    const char *place = nullptr;
    {
        const RawArray<char> first(size);
        std::ranges::fill(first, 'x');
        place = first.begin();
    }
    QVERIFY(keptMemory() >= size);
    {
        const auto dirty = RawArray<char>::uninitialized(size - 1000);
        QCOMPARE(static_cast<const void *>(dirty.begin()), static_cast<const void *>(place));
        QCOMPARE(dirty[17], 'x');
    }
    const RawArray<char> zeros(size);
    QCOMPARE(static_cast<const void *>(zeros.begin()), static_cast<const void *>(place));
    QVERIFY(std::ranges::all_of(zeros, [](char c) { return c == 0; }));
}

void TestSharedArray::asMuchAsIsKept()
{
    constexpr std::size_t Size = 100 << 20;
    {
        std::vector<RawArray<char>> arrays;
        for (int i = 0; i < 4; ++i)
            arrays.push_back(RawArray<char>::uninitialized(Size));
    }
    QVERIFY(keptMemory() >= Size);
    QVERIFY2(keptMemory() <= MostKept, qPrintable(QString::number(keptMemory())));
}

PROCESSION_TEST_MAIN(TestSharedArray)
#include "tst_sharedarray.moc"

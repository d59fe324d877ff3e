// SPDX-License-Identifier: MIT
#include "processtest.h"

#include <arenaprobe.h>

#include <procession/ipc/pipe.h>
#include <procession/ipc/wire/errors.h>
#include <procession/shared/sharedvalue.h>

#include <bit>
#include <complex>
#include <csignal>
#include <limits>

using namespace procession;

namespace {

enum class Colour : quint8 { Red, Green };

struct Point
{
    double x;
    double y;
};

struct WithDefaults
{
    int a = 5;
    int b = 6;
};

struct Large
{
    std::array<int, 1000> numbers;
    char last;
};

struct alignas(64) Aligned
{
    int number;
};

struct Node
{
    int number;
    Node *next;
};

static_assert(Shareable<int> && Shareable<bool> && Shareable<Colour> && Shareable<Point> && Shareable<std::complex<double>>);
static_assert(Shareable<std::array<Point, 3>> && Shareable<QUuid> && Shareable<QPointF>);
static_assert(!Shareable<int *> && !Shareable<Node> && !Shareable<std::array<int *, 2>> && !Shareable<std::span<int>>);
static_assert(!Shareable<QString> && !Shareable<std::string> && !Shareable<Lock> && !Shareable<const int>);
static_assert(Encodable<RawValue<int>> && Encodable<Value<int>> && Encodable<Value<Point>> && Encodable<AnyLock>);
static_assert(std::is_constructible_v<RawValue<int>, int> && !std::is_constructible_v<RawValue<int>, int *>);
static_assert(!std::is_constructible_v<RawValue<int>, RawValue<double>>);

void add(const Value<int> &counter, int rounds)
{
    for (int i = 0; i < rounds; ++i) {
        const std::scoped_lock guard(counter.lock());
        counter.setValue(counter.value() + 1);
    }
}

void move(const RawValue<Point> &point, const RawValue<Colour> &colour, const RawValue<Large> &large)
{
    point.object().x *= 2;
    point.object().y *= 2;
    colour.setValue(Colour::Green);
    large.object().numbers[999] = 999;
    large.object().last = 'z';
}

void sendBack(const Connection &connection)
{
    const auto all = connection.recv<std::vector<Value<int>>>();
    all.at(0).setValue(all.at(0) + 1);
    const Value<int> own(all.at(0).lock(), 40);
    connection.send(std::pair(all.at(0), own));
}

void dieWith(const Value<int> &value)
{
    value.acquire();
    value.setValue(1);
    ::raise(SIGKILL);
}

} // namespace

class TestSharedValue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isMadeOfWhatItsTypeIsMadeOf();
    void extremes();
    void copiesOfAHandleAreTheSame();
    void copyIsAnother();
    void lies();
    void isChangedByAChild_data() { addStartMethods(); }
    void isChangedByAChild();
    void manyAtOnce_data() { addStartMethods(); }
    void manyAtOnce();
    void travelsThroughConnections_data() { addStartMethods(); }
    void travelsThroughConnections();
    void isReceivedAsWhatItIs();
    void itsLock();
    void synchronizedRawValue();
    void itsHolderIsKilled_data() { addStartMethods(false); }
    void itsHolderIsKilled();
    void nullHandles();
};

void TestSharedValue::isMadeOfWhatItsTypeIsMadeOf()
{
    QCOMPARE(RawValue<int>().value(), 0);
    QCOMPARE(RawValue<double>(2).value(), 2.0);
    QCOMPARE(RawValue<Point>(4, 6).object().y, 6.0);
    QCOMPARE(RawValue<Point>(Point{1, 2}).value().x, 1.0);
    QCOMPARE(RawValue<Point>().value().x, 0.0);
    QCOMPARE(RawValue<WithDefaults>().value().b, 6);
    QCOMPARE((RawValue<std::complex<double>>(1.0, 2.0).value()), (std::complex<double>(1, 2)));
    QCOMPARE(RawValue<bool>(true).value(), true);
    QCOMPARE(Value<Point>(4, 6).value().y, 6.0);
    const QUuid id = QUuid::createUuid();
    QCOMPARE(Value<QUuid>(id).value(), id);
    const int sum = RawValue<int>(3) + Value<int>(4);
    QCOMPARE(sum, 7);
}

void TestSharedValue::extremes()
{
    const RawValue<qint64> number(std::numeric_limits<qint64>::min());
    QCOMPARE(number.value(), std::numeric_limits<qint64>::min());
    number.setValue(std::numeric_limits<qint64>::max());
    QCOMPARE(number.value(), std::numeric_limits<qint64>::max());
    const RawValue<double> real(std::numeric_limits<double>::infinity());
    QVERIFY(qIsInf(real.value()));
    const RawValue<long double> large(1.0L / 3);
    QVERIFY(large.value() == 1.0L / 3);
}

void TestSharedValue::copiesOfAHandleAreTheSame()
{
    RawValue<int> a(1);
    RawValue<int> b(a); // NOLINT(performance-unnecessary-copy-initialization): that is what is looked at
    b.setValue(2);
    QCOMPARE(a.value(), 2);
    QVERIFY(a == b);
    const RawValue<int> other(2);
    QVERIFY(!(a == other));
    b = other;
    QVERIFY(b == other);
    Value<int> c(5);
    Value<int> d(c); // NOLINT(performance-unnecessary-copy-initialization)
    d.setValue(6);
    QCOMPARE(c.value(), 6);
    QVERIFY(c == d);
}

void TestSharedValue::copyIsAnother()
{
    const RawValue<Point> point(1, 2);
    const RawValue<Point> another = copy(point);
    another.object().x = 5;
    QCOMPARE(point.object().x, 1.0);
    QCOMPARE(another.object().y, 2.0);
    QVERIFY(!(point == another));
}

void TestSharedValue::lies()
{
    const ArenaProbe probe;
    {
        const RawValue<int> small(1);
        const auto use = ArenaProbe::use();
        const RawValue<Large> large;
        QCOMPARE(ArenaProbe::use().segments, use.segments + 1);
        QCOMPARE(ArenaProbe::use().bytes, use.bytes + qint64(std::bit_ceil(sizeof(Large))));
        const RawValue<Aligned> aligned(3);
        QCOMPARE(quintptr(&aligned.object()) % 64, quintptr(0));
        QCOMPARE(aligned.byteCount(), std::size_t(64));
    }
    QCOMPARE(probe.growth(), QByteArray());
}

void TestSharedValue::isChangedByAChild()
{
    QFETCH(StartMethod, method);
    const RawValue<Point> point(1.5, -2.0);
    const RawValue<Colour> colour(Colour::Red);
    const RawValue<Large> large;
    Process process = context(method).process(&move, point, colour, large);
    process.start();
    QVERIFY(process.join());
    QCOMPARE(process.exitCode(), 0);
    QCOMPARE(point.value().x, 3.0);
    QCOMPARE(point.value().y, -4.0);
    QVERIFY(colour == Colour::Green);
    QCOMPARE(large.object().numbers[999], 999);
    QCOMPARE(large.object().last, 'z');
}

void TestSharedValue::manyAtOnce()
{
    QFETCH(StartMethod, method);
    constexpr int Rounds = 5000;
    const Value<int> counter(0);
    std::vector<std::unique_ptr<Process>> processes;
    for (int i = 0; i < 4; ++i) {
        ProcessOptions options;
        options.context = context(method);
        processes.push_back(std::make_unique<Process>(options, &add, counter, Rounds));
        processes.back()->start();
    }
    for (const auto &process : processes) {
        QVERIFY(process->join());
        QCOMPARE(process->exitCode(), 0);
    }
    QCOMPARE(counter.value(), 4 * Rounds);
}

void TestSharedValue::travelsThroughConnections()
{
    QFETCH(StartMethod, method);
    auto [ours, childs] = pipe();
    Process process = context(method).process(&sendBack, childs);
    process.start();
    const Value<int> value(1);
    ours.send(std::vector<Value<int>>{value, Value<int>(Lock(), 2)});
    const auto back = ours.recv<std::pair<Value<int>, Value<int>>>();
    QVERIFY(process.join());
    QCOMPARE(value.value(), 2);
    QVERIFY(back.first == value);
    QCOMPARE(back.second.value(), 40); // made in the child, which has ended
    QVERIFY(back.second.lock() == value.lock());
}

void TestSharedValue::isReceivedAsWhatItIs()
{
    const auto [a, b] = pipe();
    const ArenaProbe probe;
    {
        const RawValue<int> value(1);
        const auto receivedAs = [&]<typename T>(T) {
            Encoder encoder;
            encoder << value;
            Message message = encoder.take();
            return errorOf([&] { Decoder(message).read<T>(); });
        };
        VERIFY_CONTAINS(receivedAs(RawValue<double>()), "int");
        VERIFY_CONTAINS(receivedAs(RawValue<double>()), "double");
        VERIFY_CONTAINS(receivedAs(RawValue<unsigned>()), "unsigned int");
        VERIFY_CONTAINS(receivedAs(Lock()), "Value");
        QVERIFY(receivedAs(RawValue<int>()) == "no error");
    }
    QCOMPARE(probe.growth(), QByteArray());
}

void TestSharedValue::itsLock()
{
    const Lock lock;
    const Value<int> a(lock, 1);
    QVERIFY(a.lock() == AnyLock(lock));
    QVERIFY(!a.lock().isRecursive());
    QVERIFY(Value<int>().lock().isRecursive());
    const RLock recursive;
    const Value<int> b(recursive, 2);
    QVERIFY(b.lock() == AnyLock(recursive));
    QVERIFY(b.acquire());
    QVERIFY(b.lock().owner());
    std::thread([&] {
        QVERIFY(!b.acquire(false));
        QVERIFY(!b.lock().try_lock());
    }).join();
    QCOMPARE(b.value(), 2); // this thread may
    b.release();
    QVERIFY_THROWS_EXCEPTION(ReleaseError, b.release());
    QVERIFY(!(Value<int>().lock() == Value<int>().lock()));
    a.setName(QStringLiteral("requests"));
    QCOMPARE(a.name(), QStringLiteral("requests"));
}

void TestSharedValue::synchronizedRawValue()
{
    const RawValue<int> raw(3);
    const Value<int> guarded = synchronized(raw);
    guarded.setValue(4);
    QCOMPARE(raw.value(), 4);
    QVERIFY(guarded.object() == raw);
    const Lock lock;
    QVERIFY(synchronized(raw, lock).lock() == AnyLock(lock));
}

void TestSharedValue::itsHolderIsKilled()
{
    QFETCH(StartMethod, method);
    const Value<int> value(0);
    Process process = context(method).process(&dieWith, value);
    process.start();
    QVERIFY(process.join());
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("was acquired from a thread that ended with it")));
    QVERIFY(value.acquire());
    QVERIFY(value.lock().isAbandoned());
    QCOMPARE(value.value(), 1);
    value.release();
}

void TestSharedValue::nullHandles()
{
    Value<int> value(1);
    const Value<int> moved = std::move(value);
    QVERIFY(value.isNull()); // NOLINT(bugprone-use-after-move): what is left is null
    VERIFY_CONTAINS(errorOf([&] { value.value(); }), "moved from");
    VERIFY_CONTAINS(errorOf([&] { value.object().value(); }), "moved from");
    Encoder encoder;
    QVERIFY_THROWS_EXCEPTION(EncodeError, encoder << value);
}

PROCESSION_TEST_MAIN(TestSharedValue)
#include "tst_sharedvalue.moc"

// SPDX-License-Identifier: MIT
#include "processtest.h"

#include <procession/ipc/pipe.h>
#include <procession/ipc/wire/errors.h>
#include <procession/shared/data/indexerror.h>
#include <procession/shared/dynamicarray.h>
#include <procession/shared/dynamicvalue.h>

#include <cmath>
#include <limits>

using namespace procession;

namespace {

struct Point
{
    double x;
    double y;
};

static_assert(Encodable<Value<>> && Encodable<RawArray<>> && Encodable<Array<>>);

void doubleThem(const Value<> &value, const RawValue<int> &typed, const Array<> &array)
{
    value.setValue(value.value().toDouble() * 2);
    typed.setValue(typed * 2);
    for (std::size_t i = 0; i < array.size(); ++i)
        array.set(i, array[i].toInt() * 2);
}

template <typename T>
Message encoded(const T &value)
{
    Encoder encoder;
    encoder << value;
    return encoder.take();
}

} // namespace

class TestTypecode : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holds_data();
    void holds();
    void refuses_data();
    void refuses();
    void unknown();
    void isZeroAtFirst();
    void arrays();
    void strings();
    void copies();
    void isTheSameAsTheType();
    void otherTypesHaveNone();
    void betweenProcesses_data() { addStartMethods(); }
    void betweenProcesses();
};

void TestTypecode::holds_data()
{
    QTest::addColumn<char>("letter");
    QTest::addColumn<QVariant>("value");
    QTest::addColumn<QVariant>("expected");
    const auto add = [](char letter, const QVariant &value, const QVariant &expected = {}) {
        QTest::addRow("%c %s", letter, qPrintable(value.toString()))
            << letter << value << (expected.isValid() ? expected : value);
    };
    add('c', QByteArray("x"));
    add('c', QStringLiteral("y"), QByteArray("y"));
    add('c', 255, QByteArray("\xff"));
    add('c', QByteArray("\0", 1));
    add('u', QStringLiteral("ä"));
    add('u', QString::fromUcs4(U"\U0001F600"));
    add('u', QChar(u'z'), QStringLiteral("z"));
    add('b', -128, -128LL);
    add('B', 255, 255ULL);
    add('h', -32768, -32768LL);
    add('H', 65535, 65535ULL);
    add('i', std::numeric_limits<int>::min(), qlonglong(std::numeric_limits<int>::min()));
    add('I', 4294967295U, 4294967295ULL);
    add('l', 7.0, 7LL); // a script's number
    add('L', true, 1ULL);
    add('q', std::numeric_limits<qlonglong>::min());
    add('Q', std::numeric_limits<qulonglong>::max());
    add('f', 0.5);
    add('f', std::numeric_limits<double>::infinity());
    add('d', 1.0 / 3);
    add('d', 7, 7.0);
    add('d', std::numeric_limits<double>::max());
}

void TestTypecode::holds()
{
    QFETCH(char, letter);
    QFETCH(QVariant, value);
    QFETCH(QVariant, expected);
    const RawValue<> raw(letter, value);
    QCOMPARE(raw.value(), expected);
    QCOMPARE(raw.value().metaType(), expected.metaType());
    QCOMPARE(Value<>(letter, value).value(), expected);
    const Array<> array(letter, QVariantList{value, value});
    QCOMPARE(array[1], expected);
    QCOMPARE(raw.typecode().letter(), letter);
    QCOMPARE(raw.byteCount(), std::size_t(raw.typecode().elementType().size));
}

void TestTypecode::refuses_data()
{
    QTest::addColumn<char>("letter");
    QTest::addColumn<QVariant>("value");
    QTest::addColumn<QString>("says");
    const auto add = [](char letter, const QVariant &value, const char *says) {
        QTest::addRow("%c %s", letter, qPrintable(value.toString())) << letter << value << QString::fromUtf8(says);
    };
    add('c', QByteArray("xy"), "one byte");
    add('c', QByteArray(), "one byte");
    add('c', 256, "from 0 to 255");
    add('u', QStringLiteral("ab"), "one character");
    add('u', 65, "one character");
    add('b', 128, "from -128 to 127");
    add('b', -129, "the int \"-129\"");
    add('B', -1, "from 0 to 255");
    add('h', 32768, "-32768 to 32767");
    add('H', 65536, "65535");
    add('i', 2147483648LL, "2147483647");
    add('I', -1, "4294967295");
    add('l', 2.5, "whole number");
    add('q', 9223372036854775808.0, "9223372036854775807");
    add('q', std::numeric_limits<double>::quiet_NaN(), "whole number");
    add('Q', 18446744073709551616.0, "18446744073709551615");
    add('i', QStringLiteral("7"), "the QString \"7\"");
    add('f', 1e39, "number");
    add('d', QStringLiteral("1.5"), "typecode 'd' (double)");
    add('d', QRect(), "a QRect");
}

void TestTypecode::refuses()
{
    QFETCH(char, letter);
    QFETCH(QVariant, value);
    QFETCH(QString, says);
    const RawValue<> raw(letter);
    const QVariant before = raw.value();
    QVERIFY_THROWS_EXCEPTION(ValueError, raw.setValue(value));
    const std::string error = errorOf([&] { RawValue<> another(letter, value); });
    VERIFY_CONTAINS(error, says.toStdString());
    VERIFY_CONTAINS(error, std::string("typecode '") + letter + "'");
    QCOMPARE(raw.value(), before);
}

void TestTypecode::unknown()
{
    for (const char letter : {'x', 'C', '\0', '\xff'})
        QVERIFY_THROWS_EXCEPTION(ValueError, Typecode{letter});
    const std::string error = errorOf([] { RawValue<> value('x', 1); });
    for (const char *part : {"'x'", "c (char)", "u (wchar_t)", "Q (unsigned long long)", "d (double)"})
        VERIFY_CONTAINS(error, part);
}

void TestTypecode::isZeroAtFirst()
{
    QCOMPARE(RawValue<>('i').value(), QVariant(0LL));
    QCOMPARE(RawValue<>('d').value(), QVariant(0.0));
    QCOMPARE(RawArray<>('H', 3).values(), (QVariantList{0ULL, 0ULL, 0ULL}));
}

void TestTypecode::arrays()
{
    const Array<> array('i', QVariantList{9, 2, 8});
    QCOMPARE(array.size(), std::size_t(3));
    array.set(1, 5);
    QCOMPARE(array.values(), (QVariantList{9LL, 5LL, 8LL}));
    QVERIFY_THROWS_EXCEPTION(IndexError, array.at(3));
    QVERIFY_THROWS_EXCEPTION(IndexError, array.set(3, 1));
    QVERIFY_THROWS_EXCEPTION(ValueError, array.set(0, QStringLiteral("x")));
    QVERIFY_THROWS_EXCEPTION(ValueError, array.setValues(QVariantList{1, 2}));
    array.setValues(QVariantList{1, 2, 3});
    QCOMPARE(array.object()[2], QVariant(3LL));
    QVERIFY_THROWS_EXCEPTION(ValueError, RawArray<>('b', QVariantList{1, 1000}));
    QVERIFY(RawArray<>('i', QVariantList()).isEmpty());
    QVERIFY_THROWS_EXCEPTION(SharedMemoryError, RawArray<>('q', std::size_t(-1)));
}

void TestTypecode::strings()
{
    const Array<> text('c', QByteArray("hello world"));
    QCOMPARE(text.value(), QByteArray("hello world"));
    text.setValue("abc");
    QCOMPARE(text.value(), QByteArray("abc"));
    QCOMPARE(text.raw(), QByteArray("abc\0o world", 11));
    text.setRaw("HELLO");
    QCOMPARE(text.value(), QByteArray("HELLO world"));
    QCOMPARE(text[0], QVariant(QByteArray("H")));
    QVERIFY_THROWS_EXCEPTION(ValueError, text.setValue("much too long"));
    VERIFY_CONTAINS(errorOf([] { RawArray<>('i', 3).value(); }), "'i' (int) is no string");
    QVERIFY_THROWS_EXCEPTION(ValueError, RawArray<>('i', QByteArray("abc")));
}

void TestTypecode::copies()
{
    const RawValue<> value('d', 1.5);
    const RawValue<> another = copy(value);
    another.setValue(2);
    QCOMPARE(value.value(), QVariant(1.5));
    const RawArray<> array('h', QVariantList{1, 2});
    const RawArray<> second = copy(array);
    second.set(0, 5);
    QCOMPARE(array.values(), (QVariantList{1LL, 2LL}));
    QCOMPARE(second.values(), (QVariantList{5LL, 2LL}));
    QCOMPARE(synchronized(value).value(), QVariant(1.5));
    QCOMPARE(synchronized(array).size(), std::size_t(2));
}

void TestTypecode::isTheSameAsTheType()
{
    const RawValue<> dynamic('d', 1.5);
    Message message = encoded(dynamic);
    QCOMPARE(Decoder(message).read<RawValue<double>>().value(), 1.5);
    message = encoded(Array<int>{1, 2, 3});
    const auto array = Decoder(message).read<Array<>>();
    QCOMPARE(array.object().typecode().letter(), 'i');
    QCOMPARE(array[2], QVariant(3LL));
}

void TestTypecode::otherTypesHaveNone()
{
    Message message = encoded(RawValue<Point>(1, 2));
    std::string error = errorOf([&] { Decoder(message).read<RawValue<>>(); });
    VERIFY_CONTAINS(error, "Point");
    VERIFY_CONTAINS(error, "d (double)");
    message = encoded(RawValue<>('d'));
    error = errorOf([&] { Decoder(message).read<RawValue<float>>(); });
    VERIFY_CONTAINS(error, "double came where one of float");
}

void TestTypecode::betweenProcesses()
{
    QFETCH(StartMethod, method);
    const Value<> value('d', 1.5);
    const RawValue<int> typed(4);
    const Array<> array('i', QVariantList{1, 2, 3});
    Process process = context(method).process(&doubleThem, value, typed, array);
    process.start();
    QVERIFY(process.join());
    QCOMPARE(process.exitCode(), 0);
    QCOMPARE(value.value(), QVariant(3.0));
    QCOMPARE(typed.value(), 8);
    QCOMPARE(array.values(), (QVariantList{2LL, 4LL, 6LL}));
}

PROCESSION_TEST_MAIN(TestTypecode)
#include "tst_typecode.moc"

// SPDX-License-Identifier: MIT
#include "processtest.h"

#include <arenaprobe.h>

#include <procession/ipc/pipe.h>
#include <procession/ipc/wire/errors.h>
#include <procession/shared/data/indexerror.h>
#include <procession/shared/shareablelist.h>

#include <limits>

using namespace procession;

namespace {

const QVariantList Items{QStringLiteral("howdy"), QByteArray("HoWdY"), -273.154, 100, QVariant(), true, 42};

static_assert(Encodable<ShareableList>);

void change(const ShareableList &list)
{
    list.set(0, list.at(0).toString().toUpper());
    list.set(-1, 77);
}

void sendList(const Connection &connection) { connection.send(ShareableList(QVariantList(1000, QStringLiteral("text")))); }

} // namespace

class TestShareableList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void items();
    void types_data();
    void types();
    void refusesOtherTypes();
    void room();
    void indexes();
    void countsAndFinds();
    void empty();
    void copyIsAnother();
    void betweenProcesses_data() { addStartMethods(); }
    void betweenProcesses();
};

void TestShareableList::items()
{
    const ArenaProbe probe;
    {
        const ShareableList list(Items);
        QCOMPARE(list.size(), 7);
        QCOMPARE(list.toList(), Items);
        QCOMPARE(list.format(), QByteArray("8s8sdqxxxxxx?xxxxxxxx?q"));
        list.set(4, QStringLiteral("some")); // nothing becomes a text
        QCOMPARE(list[4], QVariant(QStringLiteral("some")));
        QCOMPARE(list.format(), QByteArray("8s8sdq8sxxxxxxx?q"));
        list.set(0, 1.5); // and a text a number
        QCOMPARE(list[0], QVariant(1.5));
        QCOMPARE(list.format(0), QByteArray("d"));
        QCOMPARE(ShareableList(Items).size(), 7);
    }
    QCOMPARE(probe.growth(), QByteArray());
}

void TestShareableList::types_data()
{
    QTest::addColumn<QVariant>("value");
    QTest::addColumn<QVariant>("expected");
    QTest::newRow("smallest") << QVariant(std::numeric_limits<qint64>::min()) << QVariant(std::numeric_limits<qint64>::min());
    QTest::newRow("unsigned") << QVariant(7U) << QVariant(7LL);
    QTest::newRow("short") << QVariant::fromValue(short(-3)) << QVariant(-3LL);
    QTest::newRow("float") << QVariant(0.5F) << QVariant(0.5);
    QTest::newRow("infinity") << QVariant(qInf()) << QVariant(qInf());
    QTest::newRow("false") << QVariant(false) << QVariant(false);
    QTest::newRow("no text") << QVariant(QString()) << QVariant(QStringLiteral(""));
    QTest::newRow("umlauts") << QVariant(QStringLiteral("äöü 😀")) << QVariant(QStringLiteral("äöü 😀"));
    QTest::newRow("NUL") << QVariant(QByteArray("a\0b\0", 4)) << QVariant(QByteArray("a\0b\0", 4));
    QTest::newRow("null pointer") << QVariant::fromValue(nullptr) << QVariant();
}

void TestShareableList::types()
{
    QFETCH(QVariant, value);
    QFETCH(QVariant, expected);
    const ShareableList list({1, value, 3});
    QCOMPARE(list[1], expected);
    QCOMPARE(list[1].metaType(), expected.metaType());
    QCOMPARE(list[0], QVariant(1LL));
    QCOMPARE(list[2], QVariant(3LL));
}

void TestShareableList::refusesOtherTypes()
{
    const ArenaProbe probe;
    QVERIFY_THROWS_EXCEPTION(ValueError, ShareableList({QRect()}));
    QVERIFY_THROWS_EXCEPTION(ValueError, ShareableList({QVariant(QVariantList{1}), 1}));
    VERIFY_CONTAINS(errorOf([] { ShareableList({std::numeric_limits<quint64>::max()}); }), "64 bits");
    {
        const ShareableList list({1});
        QVERIFY_THROWS_EXCEPTION(ValueError, list.set(0, QSize()));
        QCOMPARE(list[0], QVariant(1LL));
    }
    QCOMPARE(probe.growth(), QByteArray());
}

void TestShareableList::room()
{
    const ShareableList list({QStringLiteral("1234567"), QByteArray("12345678"), 0});
    QCOMPARE(list.format(), QByteArray("8s16sq"));
    list.set(0, QStringLiteral("encodés")); // 8 bytes
    QCOMPARE(list[0], QVariant(QStringLiteral("encodés")));
    QVERIFY_THROWS_EXCEPTION(ValueError, list.set(0, QStringLiteral("encodées")));
    VERIFY_CONTAINS(errorOf([&] { list.set(0, QStringLiteral("encodées")); }), "exceeds the available storage");
    QCOMPARE(list[0], QVariant(QStringLiteral("encodés")));
    QCOMPARE(list[1], QVariant(QByteArray("12345678")));
    list.set(1, QByteArray(16, 'x'));
    QCOMPARE(list[2], QVariant(0LL));
    list.set(2, QByteArray(8, 'y'));
    QVERIFY_THROWS_EXCEPTION(ValueError, list.set(2, QByteArray(9, 'y')));
    QCOMPARE(list.format(2), QByteArray("8s"));
}

void TestShareableList::indexes()
{
    const ShareableList list(Items);
    QCOMPARE(list[-1], QVariant(42LL));
    QCOMPARE(list[-7], QVariant(QStringLiteral("howdy")));
    for (const qsizetype index :
        {qsizetype(7), qsizetype(-8), std::numeric_limits<qsizetype>::max(), std::numeric_limits<qsizetype>::min()}) {
        QVERIFY_THROWS_EXCEPTION(IndexError, list.at(index));
        QVERIFY_THROWS_EXCEPTION(IndexError, list.set(index, 1));
        QVERIFY_THROWS_EXCEPTION(IndexError, list.format(index));
    }
    VERIFY_CONTAINS(errorOf([&] { list.at(7); }), "of 7 items has no item 7");
}

void TestShareableList::countsAndFinds()
{
    const ShareableList list(Items + QVariantList{42});
    QCOMPARE(list.count(42), 2);
    QCOMPARE(list.count(QByteArray("HoWdY")), 1);
    QCOMPARE(list.count(QVariant()), 1);
    QCOMPARE(list.count(QByteArray("adios")), 0);
    QCOMPARE(list.index(100), 3);
    QCOMPARE(list.index(42), 6);
    QCOMPARE(list.index(100.0), 3);
    QCOMPARE(list.index(1), 5); // true
    QCOMPARE(list.index(QVariant::fromValue(nullptr)), 4);
    QVERIFY_THROWS_EXCEPTION(ValueError, list.index(QStringLiteral("100")));
    QVERIFY_THROWS_EXCEPTION(ValueError, list.index(QStringLiteral("HoWdY")));
}

void TestShareableList::empty()
{
    const ShareableList list;
    QVERIFY(list.isEmpty());
    QVERIFY(list.begin() == list.end());
    QCOMPARE(list.format(), QByteArray());
    QCOMPARE(list.count(1), 0);
    QVERIFY_THROWS_EXCEPTION(ValueError, list.index(QVariant()));
    QVERIFY_THROWS_EXCEPTION(IndexError, list.at(0));
    QVERIFY_THROWS_EXCEPTION(IndexError, list.at(-1));
}

void TestShareableList::copyIsAnother()
{
    const ShareableList list(Items);
    list.set(0, 1); // keeps its room for a text
    const ShareableList another = copy(list);
    QCOMPARE(another.toList(), list.toList());
    QCOMPARE(another.format(), list.format());
    another.set(-1, 77);
    another.set(0, QStringLiteral("12345678"));
    QCOMPARE(list[-1], QVariant(42LL));
    QCOMPARE(list[0], QVariant(1LL));
}

void TestShareableList::betweenProcesses()
{
    QFETCH(StartMethod, method);
    const ArenaProbe probe;
    {
        const ShareableList list(Items);
        Process process = context(method).process(&change, list);
        process.start();
        QVERIFY(process.join());
        QCOMPARE(process.exitCode(), 0);
        QCOMPARE(list[0], QVariant(QStringLiteral("HOWDY")));
        QCOMPARE(list[6], QVariant(77LL));
        auto [ours, childs] = pipe();
        Process sender = context(method).process(&sendList, childs);
        sender.start();
        QVERIFY(sender.join());
        const auto received = ours.recv<ShareableList>();
        QCOMPARE(received.size(), 1000);
        QCOMPARE(received[-1], QVariant(QStringLiteral("text")));
    }
    QCOMPARE(probe.growth(), QByteArray());
}

PROCESSION_TEST_MAIN(TestShareableList)
#include "tst_shareablelist.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/common/cellwidth.h>
#include <app/commandline/common/texttable.h>
#include <procession/text/displaytext.h>

#include <QtTest/QtTest>

using namespace procession;

class TestTextTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsCells_data();
    void countsCells();
    void cuts_data();
    void cuts();
    void pads();
    void columnsLineUp();
    void leavesOutTheMiddle();
};

void TestTextTable::countsCells_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("cells");
    QTest::newRow("nothing") << QString() << 0;
    QTest::newRow("letters") << QStringLiteral(u"Grüße") << 5;
    QTest::newRow("Chinese") << QStringLiteral(u"编号") << 4;
    QTest::newRow("Chinese beyond the first plane") << QStringLiteral(u"𠀀") << 2;
    QTest::newRow("Chinese and letters") << QStringLiteral(u"3.5 秒") << 6;
    QTest::newRow("Japanese") << QStringLiteral(u"カタカナ") << 8;
    QTest::newRow("halfwidth Japanese") << QStringLiteral(u"ｶﾀｶﾅ") << 4;
    QTest::newRow("Korean") << QStringLiteral(u"한국") << 4;
    QTest::newRow("Korean in parts") << QStringLiteral(u"\u1112\u1161\u11ab") << 2;
    QTest::newRow("fullwidth punctuation") << QStringLiteral(u"：（") << 4;
    QTest::newRow("ellipsis and dash") << QStringLiteral(u"…–") << 2;
    QTest::newRow("emoji") << QStringLiteral(u"😀") << 2;
    QTest::newRow("a combining accent") << QStringLiteral(u"e\u0301") << 1;
    QTest::newRow("a zero width joiner") << QStringLiteral(u"a\u200db") << 2;
    QTest::newRow("half a surrogate pair") << QString(QChar(0xd800)) << 1;
    QTest::newRow("the first and the last of a range") << QStringLiteral(u"\u1100\u115f\u2329\u232a") << 8;
    QTest::newRow("beside a range") << QStringLiteral(u"\u10ff\u2328\u232b\u303f") << 4;
}

void TestTextTable::countsCells()
{
    QFETCH(const QString, text);
    QTEST(cellWidth(text), "cells");
}

void TestTextTable::cuts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("width");
    QTest::addColumn<QString>("expected");
    QTest::newRow("fits") << QStringLiteral(u"编号") << 4 << QStringLiteral(u"编号");
    QTest::newRow("half a character") << QStringLiteral(u"编号") << 3 << QStringLiteral(u"编");
    QTest::newRow("letters") << QStringLiteral(u"letters") << 3 << QStringLiteral(u"let");
    QTest::newRow("an accent stays with its letter") << QStringLiteral(u"e\u0301e\u0301") << 1 << QStringLiteral(u"e\u0301");
    QTest::newRow("a surrogate pair stays whole") << QStringLiteral(u"a😀b") << 2 << QStringLiteral(u"a");
    QTest::newRow("to nothing") << QStringLiteral(u"a") << 0 << QString();
}

void TestTextTable::cuts()
{
    QFETCH(const QString, text);
    QFETCH(const int, width);
    QTEST(cutToCells(text, width), "expected");
}

void TestTextTable::pads()
{
    QCOMPARE(leftPadded(QStringLiteral(u"完成"), 6), QStringLiteral(u"完成  "));
    QCOMPARE(rightPadded(QStringLiteral(u"完成"), 6), QStringLiteral(u"  完成"));
    QCOMPARE(leftPadded(QStringLiteral(u"完成"), 3), QStringLiteral(u"完成"));
}

void TestTextTable::columnsLineUp()
{
    const QString text = aligned(
        {
            {QStringLiteral(u"编号"), QStringLiteral(u"状态"), QStringLiteral(u"总数"), QStringLiteral(u"名称")},
            {QStringLiteral(u"8"), QStringLiteral(u"已结束"), QStringLiteral(u"12,000"), QStringLiteral(u"Checksums")},
            {QStringLiteral(u"12"), QStringLiteral(u"idle"), QStringLiteral(u"1"), QStringLiteral(u"照片")},
        },
        {0, 2});
    QCOMPARE(text,
        QStringLiteral(u"编号  状态      总数  名称\n"
                       u"   8  已结束  12,000  Checksums\n"
                       u"  12  idle         1  照片\n"));
}

void TestTextTable::leavesOutTheMiddle()
{
    QCOMPARE(shortened(QStringLiteral("0123456789"), 10), QStringLiteral("0123456789"));
    QCOMPARE(shortened(QStringLiteral("0123456789x"), 10), QStringLiteral(u"0123456…9x"));
    QCOMPARE(shortened(QString(100'000, u'x'), 200).size(), 200);
    const QString faces = QStringLiteral(u"😀").repeated(20);
    for (qsizetype most = 3; most < 30; ++most) {
        const QString shorter = shortened(faces, most);
        QVERIFY(shorter.size() <= most && QString::fromUtf8(shorter.toUtf8()) == shorter);
    }
}

QTEST_APPLESS_MAIN(TestTextTable)
#include "tst_texttable.moc"

// SPDX-License-Identifier: MIT
#include <procession/value.h>

#include <QtTest/QtTest>

using namespace procession;

class TestCodec : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void t() {
        QCOMPARE(decodeValue<int>(encodeValue(42)), 42);
        QCOMPARE((decodeValue<std::map<QString,std::vector<int>>>(encodeValue(std::map<QString,std::vector<int>>{{QStringLiteral("a"),{1,2}}}))).size(), 1U);
        try { decodeValue<QString>(encodeValue(QDateTime())); } catch (const DecodeError &e) { qDebug() << e.what(); }
        try { decodeValue<QString>(encodeValue(42)); } catch (const DecodeError &e) { qDebug() << e.what(); }
        QVERIFY((decodeValue<QVariant>(encodeValue(QVariant(QVariantList{1,QStringLiteral("x")}))) == QVariant(QVariantList{1,QStringLiteral("x")})));
        QVERIFY(!Encodable<int*>); QVERIFY(!Encodable<std::function<void()>>);
        struct P { const char *n; int a; }; QVERIFY(!Encodable<P>);
        struct O { double x; int a[3]; }; QVERIFY(Encodable<O>);
        QVERIFY(!Encodable<std::string_view>);
        int i=0; auto l=[&i]{}; QVERIFY(!Encodable<decltype(l)>);
    }
    void bench() {
        quint64 sum=0;
        QBENCHMARK { sum += static_cast<quint64>(decodeValue<int>(encodeValue(42))); }
    }
    void bench1() {
        quint64 sum=0;
        QBENCHMARK { sum += static_cast<quint64>(encodeValue(42).bytes.size()); }
    }
    void bench2() {
        std::vector<double> d(1000000);
        QBENCHMARK { decodeValue<std::vector<double>>(encodeValue(d)); }
    }
};
QTEST_GUILESS_MAIN(TestCodec)
#include "tst_codec.moc"

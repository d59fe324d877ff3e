// SPDX-License-Identifier: MIT
#include "hostilebytes.h"

#include <QtCore/QBitArray>
#include <QtCore/QEasingCurve>
#include <QtCore/QJsonObject>
#include <QtCore/QRegularExpression>
#include <QtCore/QUrl>
#include <QtTest/QtTest>

#include <random>

using namespace procession;

struct City
{
    QString name;
    int people = 0;
    bool operator==(const City &) const = default;
};
QDataStream &operator<<(QDataStream &stream, const City &city) { return stream << city.name << city.people; }
QDataStream &operator>>(QDataStream &stream, City &city) { return stream >> city.name >> city.people; }
Q_DECLARE_METATYPE(City)

struct Mute
{
    QString text;
};
Q_DECLARE_METATYPE(Mute)

class TestCodecVariant : public QObject
{
    Q_OBJECT

private:
    static QVariant everything()
    {
        const QVariantMap map{{QStringLiteral("a"), 1}, {QStringLiteral("b"), QVariantList{2.5, QStringLiteral("c")}}};
        return QVariantList{1, QStringLiteral("text"), map, QVariant(), QByteArray("bytes"), QDateTime::currentDateTime(),
            QVariant::fromValue(City{QStringLiteral("Rome"), 5}), QVariant(QMetaType::fromType<double>())};
    }

private Q_SLOTS:
    void valuesAndTypesComeBack_data()
    {
        QTest::addColumn<QVariant>("value");
        QTest::newRow("nothing") << QVariant();
        QTest::newRow("int") << QVariant(-5);
        QTest::newRow("uint") << QVariant(5U);
        QTest::newRow("bool") << QVariant(true);
        QTest::newRow("qint64") << QVariant(qint64(1) << 60);
        QTest::newRow("quint64") << QVariant(quint64(1) << 63);
        QTest::newRow("long") << QVariant::fromValue(5L);
        QTest::newRow("short") << QVariant::fromValue(short(5));
        QTest::newRow("char") << QVariant::fromValue('c');
        QTest::newRow("double") << QVariant(2.5);
        QTest::newRow("float") << QVariant(2.5F);
        QTest::newRow("QString") << QVariant(QStringLiteral("text"));
        QTest::newRow("empty QString") << QVariant(QString());
        QTest::newRow("QByteArray") << QVariant(QByteArray("a\0b", 3));
        QTest::newRow("QStringList") << QVariant(QStringList{QStringLiteral("a"), QStringLiteral("b")});
        QBitArray bits(11);
        bits.setBit(10);
        QTest::newRow("QBitArray") << QVariant(bits);
        QTest::newRow("empty QBitArray") << QVariant(QBitArray());
        QTest::newRow("QChar") << QVariant(QChar(u'c'));
        QTest::newRow("QDate") << QVariant(QDate(2020, 1, 2));
        QTest::newRow("QTime") << QVariant(QTime(1, 2, 3));
        QTest::newRow("QDateTime") << QVariant(QDateTime(QDate(2020, 1, 2), QTime(1, 2)));
        QTest::newRow("QUrl") << QVariant(QUrl(QStringLiteral("http://a/b")));
        QTest::newRow("QUuid") << QVariant(QUuid(QStringLiteral("{12345678-1234-1234-1234-123456789abc}")));
        QTest::newRow("QPoint") << QVariant(QPoint(1, 2));
        QTest::newRow("QRectF") << QVariant(QRectF(1, 2, 3, 4));
        QTest::newRow("QLine") << QVariant(QLine(1, 2, 3, 4));
        QTest::newRow("QRegularExpression") << QVariant(QRegularExpression(QStringLiteral("a+")));
        QTest::newRow("QJsonObject") << QVariant(QJsonObject{{QStringLiteral("a"), 1}});
        QTest::newRow("QVariantMap") << QVariant(QVariantMap{{QStringLiteral("a"), 1}});
        QTest::newRow("QVariantHash") << QVariant(QVariantHash{{QStringLiteral("a"), QVariantList{1}}});
        QTest::newRow("pair") << QVariant::fromValue(std::pair(QVariant(1), QVariant(QStringLiteral("a"))));
        QTest::newRow("typed, without a value") << QVariant(QMetaType::fromType<QString>());
        QTest::newRow("registered type") << QVariant::fromValue(City{QStringLiteral("Rome"), 5});
        QTest::newRow("registered list") << QVariant::fromValue(QList<City>{{QStringLiteral("Rome"), 5}});
        QTest::newRow("all of it") << everything();
    }
    void valuesAndTypesComeBack()
    {
        QFETCH(QVariant, value);
        const QVariant received = sentAndReceived(value);
        QCOMPARE(received.metaType().name(), value.metaType().name());
        QCOMPARE(received.isNull(), value.isNull());
        QCOMPARE(received, value);
    }

    void variantInAVariant()
    {
        const QVariant inner(5);
        const QVariant outer(QMetaType::fromType<QVariant>(), &inner);
        const QVariant received = sentAndReceived(outer);
        QCOMPARE(received.metaType(), QMetaType::fromType<QVariant>());
        QCOMPARE(*static_cast<const QVariant *>(received.constData()), inner);
    }

    void refusesToSend_data()
    {
        QTest::addColumn<QVariant>("value");
        QTest::addColumn<QByteArray>("named");
        QTest::newRow("QObject") << QVariant::fromValue<QObject *>(this) << QByteArray("QObject*");
        QTest::newRow("null QObject") << QVariant::fromValue<QObject *>(nullptr) << QByteArray("pointer");
        QTest::newRow("void*") << QVariant::fromValue<void *>(this) << QByteArray("pointer");
        QTest::newRow("QEasingCurve") << QVariant(QEasingCurve()) << QByteArray("address");
        QTest::newRow("no operators") << QVariant::fromValue(Mute()) << QByteArray("Mute");
        QTest::newRow("deep inside") << QVariant(QVariantMap{{QStringLiteral("a"), QVariantList{QVariant::fromValue(Mute())}}})
                                     << QByteArray("Mute");
    }
    void refusesToSend()
    {
        QFETCH(QVariant, value);
        QFETCH(QByteArray, named);
        try {
            encodeValue(value);
            QFAIL("it was sent");
        } catch (const EncodeError &error) {
            QVERIFY2(QByteArray(error.what()).contains(named), error.what());
        }
    }

    void refusesTypesUnknownHere()
    {
        Encoder encoder;
        encoder << quint16(0x7fff) << QByteArray("NeverRegistered") << quint32(0);
        encoder << quint16(0x6fff);
        Message message = encoder.take();
        Decoder decoder(message);
        const std::string text = decodeErrorOf([&] { decoder.read<QVariant>(); });
        QVERIFY2(text.find("NeverRegistered") != std::string::npos, text.c_str());
        Decoder number(QByteArrayView(message.bytes).last(2));
        QVERIFY(!decodeErrorOf([&] { number.read<QVariant>(); }).empty());
    }

    void refusesAddressesThatCome()
    {
        for (const int type :
            {int(QMetaType::QObjectStar), int(QMetaType::VoidStar), int(QMetaType::Void), int(QMetaType::QEasingCurve)}) {
            for (const int nullFlag : {0, 0x8000}) {
                Encoder encoder;
                encoder << static_cast<quint16>(type | nullFlag) << quint64(0x1234567812345678);
                Message message = encoder.take();
                Decoder decoder(message);
                QVERIFY(!decodeErrorOf([&] { decoder.read<QVariant>(); }).empty());
            }
        }
    }

    void refusesDeepNesting_data()
    {
        QTest::addColumn<int>("type");
        QTest::newRow("lists") << int(QMetaType::QVariantList);
        QTest::newRow("variants") << int(QMetaType::QVariant);
        QTest::newRow("pairs") << int(QMetaType::QVariantPair);
    }
    void refusesDeepNesting()
    {
        QFETCH(int, type);
        Encoder encoder;
        for (int i = 0; i < 1'000'000; ++i) {
            encoder << static_cast<quint16>(type);
            if (type == QMetaType::QVariantList)
                encoder.size(1);
        }
        Message message = encoder.take();
        Decoder decoder(message);
        const std::string text = decodeErrorOf([&] { decoder.read<QVariant>(); });
        QVERIFY2(text.find("nested") != std::string::npos, text.c_str());

        QVariant deep;
        for (int i = 0; i <= MaximumNesting; ++i)
            deep = QVariantList{deep};
        QVERIFY_THROWS_EXCEPTION(EncodeError, encodeValue(deep));
    }

    void survivesChangedBytes()
    {
        const QByteArray good = encodeValue(everything()).bytes;
        std::mt19937 random(20240501);
        int refused = 0;
        for (int round = 0; round < 20'000; ++round) {
            QByteArray bad = good;
            for (int changes = 1 + static_cast<int>(random() % 4); changes > 0; --changes)
                bad[static_cast<qsizetype>(random() % static_cast<quint32>(bad.size()))] = static_cast<char>(random());
            refused += decodeErrorOf([&] { decodeValue<QVariant>(bad); }).empty() ? 0 : 1;
        }
        QVERIFY(refused > 5'000);
    }
};

QTEST_GUILESS_MAIN(TestCodecVariant)
#include "tst_codecvariant.moc"

// SPDX-License-Identifier: MIT
#include "hostilebytes.h"

#include <QtCore/QUrl>
#include <QtTest/QtTest>

#include <functional>
#include <unistd.h>

using namespace procession;

namespace {

struct Point
{
    double x = 0;
    int scaled[3] = {};
    bool operator==(const Point &) const = default;
};
struct Text
{
    const char *text = nullptr;
    int size = 0;
};
struct Reference
{
    int &number;
};
struct NoOperators
{
    QString text;
};
enum class Colour : quint8 { Red, Green = 7 };

struct Person
{
    QString name;
    QList<int> marks;
    bool operator==(const Person &) const = default;
};
QDataStream &operator<<(QDataStream &stream, const Person &person) { return stream << person.name << person.marks; }
QDataStream &operator>>(QDataStream &stream, Person &person) { return stream >> person.name >> person.marks; }

/// Has operators although it could travel as bytes: they say more.
struct Handle
{
    int number = 0;
};
QDataStream &operator<<(QDataStream &stream, const Handle &handle) { return stream << handle.number + 1; }
QDataStream &operator>>(QDataStream &stream, Handle &handle) { return stream >> handle.number; }

/// Reads less than it writes.
struct Forgetful
{
    int number = 0;
};
QDataStream &operator<<(QDataStream &stream, const Forgetful &) { return stream << 1 << 2; }
QDataStream &operator>>(QDataStream &stream, Forgetful &forgetful) { return stream >> forgetful.number; }

struct Holder
{
    QVariant value;
};
QDataStream &operator<<(QDataStream &stream, const Holder &holder) { return stream << holder.value; }
QDataStream &operator>>(QDataStream &stream, Holder &holder) { return stream >> holder.value; }

struct Track
{
    Track(const QString &t, int s) : title(t), seconds(s) { }
    bool operator==(const Track &) const = default;
    QString title;
    int seconds;
};

template <typename T>
class Box
{
public:
    T content() const { return m_content; }

private:
    T m_content{};
};

struct Tree
{
    int number = 0;
    std::vector<Tree> branches;
    bool operator==(const Tree &) const = default;
};

} // namespace

template <>
inline constexpr bool procession::sentAsBytes<Box<double>> = true;

template <>
struct procession::Codec<Track>
{
    static void encode(Encoder &encoder, const Track &track) { encoder << track.title << track.seconds; }
    static Track decode(Decoder &decoder)
    {
        const auto title = decoder.read<QString>();
        return Track(title, decoder.read<int>());
    }
};

template <>
struct procession::Codec<Tree>
{
    static void encode(Encoder &encoder, const Tree &tree) { encoder << tree.number << tree.branches; }
    static Tree decode(Decoder &decoder)
    {
        const auto number = decoder.read<int>();
        return {number, decoder.read<std::vector<Tree>>()};
    }
};

class TestCodec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsWhatCanBeSent_data();
    void knowsWhatCanBeSent();

    void numbers()
    {
        QCOMPARE(sentAndReceived(42), 42);
        QCOMPARE(sentAndReceived(-1LL), -1LL);
        QCOMPARE(sentAndReceived(2.5), 2.5);
        QCOMPARE(sentAndReceived('c'), 'c');
        QCOMPARE(sentAndReceived(true), true);
        QCOMPARE(sentAndReceived(Colour::Green), Colour::Green);
        QCOMPARE(sentAndReceived(Qt::Alignment(Qt::AlignTop)), Qt::Alignment(Qt::AlignTop));
        QCOMPARE(sentAndReceived(std::chrono::milliseconds(5)), std::chrono::milliseconds(5));
    }

    void strings()
    {
        QCOMPARE(sentAndReceived(QStringLiteral("naïve \U0001F600")), QStringLiteral("naïve \U0001F600"));
        QCOMPARE(sentAndReceived(QString()), QString());
        QCOMPARE(sentAndReceived(QByteArray("a\0b", 3)), QByteArray("a\0b", 3));
        QCOMPARE(sentAndReceived(std::string("text")), std::string("text"));
        QCOMPARE(sentAndReceived(std::u16string(u"text")), std::u16string(u"text"));
        const std::filesystem::path path("/tmp/no \xff text");
        QCOMPARE(sentAndReceived(path), path);
        QCOMPARE(sentAndReceived(std::filesystem::path()), std::filesystem::path());
    }

    void sequences()
    {
        QCOMPARE(sentAndReceived(std::vector<int>{1, 2, 3}), (std::vector<int>{1, 2, 3}));
        QCOMPARE(sentAndReceived(std::vector<bool>{true, false}), (std::vector<bool>{true, false}));
        QCOMPARE(sentAndReceived(QList<bool>{true, false}), (QList<bool>{true, false}));
        QCOMPARE(sentAndReceived(QList<double>{}), QList<double>{});
        const QStringList texts{QStringLiteral("a"), QString(), QStringLiteral("b")};
        QCOMPARE(sentAndReceived(texts), texts);
        QCOMPARE(sentAndReceived(std::list<std::string>{"a", "b"}), (std::list<std::string>{"a", "b"}));
        QCOMPARE(sentAndReceived(std::deque<int>{1, 2}), (std::deque<int>{1, 2}));
        QCOMPARE(sentAndReceived(std::array<int, 3>{1, 2, 3}), (std::array<int, 3>{1, 2, 3}));
        const std::array<QString, 2> array{QStringLiteral("a"), QStringLiteral("b")};
        QCOMPARE(sentAndReceived(array), array);
        QCOMPARE(sentAndReceived(std::array<int, 0>{}), (std::array<int, 0>{}));
        QCOMPARE(sentAndReceived(std::vector<std::tuple<>>(3)).size(), 3U);
        QCOMPARE(sentAndReceived(std::forward_list<std::string>{"a", "b"}), (std::forward_list<std::string>{"a", "b"}));
        QCOMPARE(sentAndReceived(std::forward_list<int>{}), std::forward_list<int>{});
        QCOMPARE(sentAndReceived(QVarLengthArray<int, 4>{1, 2, 3, 4, 5}), (QVarLengthArray<int, 4>{1, 2, 3, 4, 5}));
        QCOMPARE(sentAndReceived(QVarLengthArray<QString>{QStringLiteral("a")}), QVarLengthArray<QString>{QStringLiteral("a")});
        QStack<QString> stack;
        stack.push(QStringLiteral("below"));
        stack.push(QStringLiteral("above"));
        QCOMPARE(sentAndReceived(stack).pop(), QStringLiteral("above"));
        QQueue<int> queue;
        queue.enqueue(1);
        queue.enqueue(2);
        QCOMPARE(sentAndReceived(queue).dequeue(), 1);
    }

    void maps()
    {
        const QMap<QString, int> map{{QStringLiteral("one"), 1}, {QStringLiteral("two"), 2}};
        QCOMPARE(sentAndReceived(map), map);
        const QHash<int, QStringList> hash{{1, {QStringLiteral("a")}}, {2, {}}};
        QCOMPARE(sentAndReceived(hash), hash);
        const std::map<std::string, std::vector<int>> standard{{"a", {1}}, {"b", {}}};
        QCOMPARE(sentAndReceived(standard), standard);
        const std::unordered_map<int, bool> unordered{{1, true}, {2, false}};
        QCOMPARE(sentAndReceived(unordered), unordered);
        const std::multimap<int, int> multi{{1, 1}, {1, 2}};
        QCOMPARE(sentAndReceived(multi), multi);
        const std::unordered_multimap<int, QString> unorderedMulti{{1, QStringLiteral("a")}, {1, QStringLiteral("b")}, {2, {}}};
        QCOMPARE(sentAndReceived(unorderedMulti), unorderedMulti);
        const std::multiset<int> multiset{1, 1, 2};
        QCOMPARE(sentAndReceived(multiset), multiset);
        const std::unordered_multiset<std::string> unorderedSet{"a", "a", "b"};
        QCOMPARE(sentAndReceived(unorderedSet), unorderedSet);
        QMultiMap<QString, int> qtMulti{{QStringLiteral("a"), 1}, {QStringLiteral("a"), 2}, {QStringLiteral("b"), 3}};
        QCOMPARE(sentAndReceived(qtMulti), qtMulti);
        QCOMPARE(sentAndReceived(qtMulti).values(QStringLiteral("a")), qtMulti.values(QStringLiteral("a")));
        QMultiHash<int, Track> qtMultiHash{{1, Track(QStringLiteral("x"), 1)}, {1, Track(QStringLiteral("y"), 2)}};
        QCOMPARE(sentAndReceived(qtMultiHash).values(1), qtMultiHash.values(1));
        QCOMPARE(sentAndReceived(QSet<int>{1, 2}), (QSet<int>{1, 2}));
        QCOMPARE(sentAndReceived(std::set<QString>{QStringLiteral("a")}), std::set<QString>{QStringLiteral("a")});
    }

    void choices()
    {
        const std::tuple tuple{1, QStringLiteral("a"), 2.5};
        QCOMPARE(sentAndReceived(tuple), tuple);
        const std::pair pair{QStringLiteral("a"), 1};
        QCOMPARE(sentAndReceived(pair), pair);
        QCOMPARE(sentAndReceived(std::optional(1)), std::optional(1));
        QCOMPARE(sentAndReceived(std::optional<QString>()), std::optional<QString>());
        using Choice = std::variant<int, QString, std::monostate>;
        QCOMPARE(sentAndReceived(Choice(QStringLiteral("a"))), Choice(QStringLiteral("a")));
        QCOMPARE(sentAndReceived(Choice(std::monostate())), Choice(std::monostate()));
        QCOMPARE(*sentAndReceived(std::make_unique<int>(5)), 5);
        QCOMPARE(sentAndReceived(std::unique_ptr<int>()), nullptr);
    }

    void classes()
    {
        const Point point{2.5, {1, 2, 3}};
        QCOMPARE(sentAndReceived(point), point);
        QCOMPARE(sentAndReceived(std::vector{point, point}), (std::vector{point, point}));
        const Person person{QStringLiteral("bob"), {1, 2}};
        QCOMPARE(sentAndReceived(person), person);
        QCOMPARE(sentAndReceived(QList{person, person}), (QList{person, person}));
        QCOMPARE(sentAndReceived(Handle{1}).number, 2);
        const Track track(QStringLiteral("song"), 180);
        QCOMPARE(sentAndReceived(track), track);
        const Tree tree{1, {{2, {}}, {3, {{4, {}}}}}};
        QCOMPARE(sentAndReceived(tree), tree);
        const QDateTime time = QDateTime::fromMSecsSinceEpoch(1234567890123);
        QCOMPARE(sentAndReceived(time), time);
        QCOMPARE(sentAndReceived(QUrl(QStringLiteral("http://a/b"))), QUrl(QStringLiteral("http://a/b")));
        QCOMPARE(sentAndReceived(QRect(1, 2, 3, 4)), QRect(1, 2, 3, 4));
    }

    void descriptorsTravelAlong()
    {
        auto [readEnd, writeEnd] = Descriptor::pipe();
        Message message = encodeValue(std::make_pair(std::string("end"), std::move(writeEnd)));
        QCOMPARE(message.descriptors.size(), 1U);
        const auto [name, received] = decodeValue<std::pair<std::string, Descriptor>>(std::move(message));
        QCOMPARE(::write(received.get(), "x", 1), 1);
        char byte = 0;
        QCOMPARE(readEnd.read({&byte, 1}), std::optional<std::size_t>(1));
        QVERIFY(!decodeValue<Descriptor>(encodeValue(Descriptor())).isValid());
    }

    void descriptorsAreCounted()
    {
        Message none = encodeValue(Descriptor(::dup(0)));
        none.descriptors.clear();
        QVERIFY(decodeErrorOf([&] { decodeValue<Descriptor>(std::move(none)); }).find("did not come") != std::string::npos);
        Message tooMany = encodeValue(1);
        tooMany.descriptors.emplace_back(::dup(0));
        QVERIFY(!decodeErrorOf([&] { decodeValue<int>(std::move(tooMany)); }).empty());
    }

    void errorNamesBothTypes()
    {
        const Message message = encodeValue(Person());
        const std::string text = decodeErrorOf([&] { decodeValue<std::vector<int>>(message.bytes); });
        QVERIFY2(text.find("std::vector<int>") != std::string::npos, text.c_str());
        QVERIFY2(text.find("Person") != std::string::npos, text.c_str());
    }

    void refusesOtherFormats_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("named");
        QTest::newRow("nothing") << QByteArray() << QByteArray("0 bytes");
        QTest::newRow("pickle") << QByteArray("\x80\x04K*.1234") << QByteArray("pickle");
        QTest::newRow("text") << QByteArray("hello world") << QByteArray("recvBytes");
        QTest::newRow("later version") << QByteArray("\xf2 1234 1234") << QByteArray("version");
        QTest::newRow("unknown type") << QByteArray("\xf1 1234 1234") << QByteArray("unknown here");
    }
    void refusesOtherFormats()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, named);
        const std::string text = decodeErrorOf([&] { decodeValue<int>(bytes); });
        QVERIFY2(text.find(named.toStdString()) != std::string::npos, text.c_str());
    }

    void refusesWhatNoValueIs()
    {
        Encoder encoder;
        encoder << quint8(2) << quint16(9);
        const Message message = encoder.take();
        Decoder asBool(message.bytes, {});
        QVERIFY(!decodeErrorOf([&] { asBool.read<bool>(); }).empty());
        Decoder asVariant(QByteArrayView(message.bytes).sliced(1), {});
        Decoder asBits(QByteArrayView("\x01\0\0\0\0", 5), {});
        QVERIFY(!decodeErrorOf([&] { asBits.read<QBitArray>(); }).empty());
        QVERIFY(!decodeErrorOf([&] { asVariant.read<std::variant<int, bool>>(); }).empty());
    }

    void refusesOperatorsThatDiffer()
    {
        const Message message = encodeValue(Forgetful());
        const std::string text = decodeErrorOf([&] { decodeValue<Forgetful>(message.bytes); });
        QVERIFY2(text.find("Forgetful") != std::string::npos, text.c_str());
    }

    void refusesFalseLengths_data();
    void refusesFalseLengths();

    void refusesDeepNesting()
    {
        Tree tree;
        for (int i = 0; i < MaximumNesting; ++i)
            tree = Tree{i, {std::move(tree)}};
        QVERIFY_THROWS_EXCEPTION(EncodeError, encodeValue(tree));
        tree = Tree(tree.branches.front());
        QCOMPARE(decodeValue<Tree>(encodeValue(tree)), tree);

        Encoder encoder;
        for (int i = 0; i < 1'000'000; ++i) {
            encoder << 1;
            encoder.size(1);
        }
        Message message = encoder.take();
        Decoder decoder(message);
        QVERIFY(!decodeErrorOf([&] { decoder.read<Tree>(); }).empty());
    }

    // Qt reads a QVariant within a QVariant without a bound.
    void refusesDeepNestingInAStream()
    {
        Encoder encoder;
        constexpr std::size_t Levels = 1'000'000;
        encoder.size(Levels * 9);
        const QByteArray listOfOne("\0\0\0\x09\0\0\0\0\x01", 9);
        for (std::size_t i = 0; i < Levels; ++i)
            encoder.raw(listOfOne.constData(), static_cast<std::size_t>(listOfOne.size()));
        Message message = encoder.take();
        Decoder decoder(message);
        const std::string text = decodeErrorOf([&] { decoder.read<Holder>(); });
        QVERIFY2(text.find("deep") != std::string::npos, text.c_str());
    }

    void takesLengthsAboveFourBytes()
    {
        Encoder encoder;
        encoder.size(0xffffffff);
        const Message message = encoder.take();
        QCOMPARE(message.bytes.size(), 12);
        QVERIFY(!decodeErrorOf([&] { Decoder(message.bytes, {}).size(); }).empty());
    }

    void encoderCanBeUsedAgain()
    {
        Encoder encoder(1);
        encoder << 1;
        encoder.take();
        encoder << 2;
        QCOMPARE(encoder.written(), sizeof(int));
        Message message = encoder.take();
        Decoder decoder(message);
        QCOMPARE(decoder.read<int>(), 2);
        decoder.finish();
    }

    void signatureFollowsSizes()
    {
        QVERIFY(typeSignature<int> != typeSignature<quint32>);
        QVERIFY(typeSignature<std::vector<int>> != typeSignature<QList<int>>);
        QVERIFY((typeSignature<std::array<int, 2>> != typeSignature<std::array<int, 3>>));
        QCOMPARE(std::string(typeName<std::vector<int>>()), std::string("std::vector<int>"));
        QCOMPARE(std::string(typeName<Colour>()).substr(std::string(typeName<Colour>()).rfind(':') + 1), std::string("Colour"));
    }
};

void TestCodec::knowsWhatCanBeSent_data()
{
    QTest::addColumn<bool>("is");
    QTest::addColumn<bool>("expected");
    int number = 0;
    const auto byReference = [&number] { return number; };
    const auto byValue = [number] { return number; };

    QTest::newRow("int") << Encodable<int> << true;
    QTest::newRow("bool") << Encodable<bool> << true;
    QTest::newRow("enum") << Encodable<Colour> << true;
    QTest::newRow("plain struct") << Encodable<Point> << true;
    QTest::newRow("class with operators") << Encodable<Person> << true;
    QTest::newRow("class with Codec") << Encodable<Track> << true;
    QTest::newRow("QVariant") << Encodable<QVariant> << true;
    QTest::newRow("containers") << Encodable<std::map<QString, QList<std::optional<Person>>>> << true;
    QTest::newRow("Descriptor") << Encodable<Descriptor> << true;

    QTest::newRow("pointer") << Encodable<int *> << false;
    QTest::newRow("text") << Encodable<const char *> << false;
    QTest::newRow("nullptr") << Encodable<std::nullptr_t> << false;
    QTest::newRow("member pointer") << Encodable<int Point::*> << false;
    QTest::newRow("function") << Encodable<void (*)()> << false;
    QTest::newRow("std::function") << Encodable<std::function<void()>> << false;
    QTest::newRow("array") << Encodable<char[4]> << false;
    QTest::newRow("reference") << Encodable<int &> << false;
    QTest::newRow("void") << Encodable<void> << false;
    QTest::newRow("QObject") << Encodable<QObject> << false;
    QTest::newRow("struct with a pointer") << Encodable<Text> << false;
    QTest::newRow("struct with a reference") << Encodable<Reference> << false;
    QTest::newRow("reference_wrapper") << Encodable<std::reference_wrapper<int>> << false;
    QTest::newRow("lambda by reference") << Encodable<decltype(byReference)> << false;
    QTest::newRow("lambda by value") << Encodable<decltype(byValue)> << false;
    QTest::newRow("string_view") << Encodable<std::string_view> << false;
    QTest::newRow("QStringView") << Encodable<QStringView> << false;
    QTest::newRow("QByteArrayView") << Encodable<QByteArrayView> << false;
    QTest::newRow("QLatin1String") << Encodable<QLatin1String> << false;
    QTest::newRow("span") << Encodable<std::span<int>> << false;
    QTest::newRow("iterator") << Encodable<QList<int>::iterator> << false;
    QTest::newRow("QModelIndex") << Encodable<QModelIndex> << false;
    QTest::newRow("struct of what can be sent") << Encodable<NoOperators> << true;
    QTest::newRow("container of pointers") << Encodable<std::vector<int *>> << false;
    QTest::newRow("array of pointers") << Encodable<std::array<int *, 2>> << false;
    QTest::newRow("optional pointer") << Encodable<std::optional<int *>> << false;
    QTest::newRow("pair with a pointer") << Encodable<std::pair<int, int *>> << false;
    QTest::newRow("tuple with a pointer") << Encodable<std::tuple<int, int *>> << false;
    QTest::newRow("variant with a pointer") << Encodable<std::variant<int, int *>> << false;
    QTest::newRow("template of pointers") << Encodable<Box<int *>> << false;
    QTest::newRow("template with private members") << Encodable<Box<int>> << false;
    QTest::newRow("the same, of which its author says that it may") << Encodable<Box<double>> << true;
    QTest::newRow("map of pointers") << Encodable<QMap<int, QObject *>> << false;
}

void TestCodec::knowsWhatCanBeSent()
{
    QFETCH(bool, is);
    QFETCH(bool, expected);
    QCOMPARE(is, expected);
}

namespace {
using Reader = void (*)(Decoder &);
template <typename T>
void readAs(Decoder &decoder)
{
    decoder.read<T>();
}
} // namespace
Q_DECLARE_METATYPE(Reader)

void TestCodec::refusesFalseLengths_data()
{
    QTest::addColumn<Reader>("read");
    QTest::addRow("QString") << Reader(readAs<QString>);
    QTest::addRow("QByteArray") << Reader(readAs<QByteArray>);
    QTest::addRow("std::string") << Reader(readAs<std::string>);
    QTest::addRow("vector of int") << Reader(readAs<std::vector<int>>);
    QTest::addRow("vector of strings") << Reader(readAs<std::vector<std::string>>);
    QTest::addRow("QList of QString") << Reader(readAs<QStringList>);
    QTest::addRow("list of nothing") << Reader(readAs<std::list<std::tuple<>>>);
    QTest::addRow("QSet") << Reader(readAs<QSet<int>>);
    QTest::addRow("QHash") << Reader(readAs<QHash<int, int>>);
    QTest::addRow("std::map") << Reader(readAs<std::map<int, int>>);
    QTest::addRow("std::forward_list") << Reader(readAs<std::forward_list<int>>);
    QTest::addRow("QVarLengthArray") << Reader(readAs<QVarLengthArray<int>>);
    QTest::addRow("QMultiHash") << Reader(readAs<QMultiHash<int, int>>);
    QTest::addRow("std::filesystem::path") << Reader(readAs<std::filesystem::path>);
    QTest::addRow("struct of what can be sent") << Reader(readAs<NoOperators>);
    QTest::addRow("class with operators") << Reader(readAs<Person>);
}

void TestCodec::refusesFalseLengths()
{
    QFETCH(Reader, read);
    for (const quint64 count : {quint64(5), quint64(0x7fffffff), quint64(0xffffffff), ~quint64(0), ~quint64(0) / 4 + 1}) {
        Encoder encoder;
        encoder.size(count);
        encoder << quint32(0xdead);
        Message message = encoder.take();
        Decoder decoder(message);
        QVERIFY(!decodeErrorOf([&] { read(decoder); }).empty());
    }
}

QTEST_GUILESS_MAIN(TestCodec)
#include "tst_codec.moc"

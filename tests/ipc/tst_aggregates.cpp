// SPDX-License-Identifier: MIT
#include "hostilebytes.h"

#include <procession/queue/queue.h>

#include <QtTest/QtTest>

#include <filesystem>
#include <memory>
#include <unistd.h>

using namespace procession;

// Structs that are written member by member.

namespace {

struct Track
{
    QString title;
    std::chrono::milliseconds length{};
    bool operator==(const Track &) const = default;
};
struct Album
{
    QString title;
    std::vector<Track> tracks;
    std::map<QString, std::optional<int>> prices;
    std::filesystem::path cover;
    std::tuple<int, QByteArray> extra;
    bool operator==(const Album &) const = default;
};
struct Empty
{
};
struct Based : Empty
{
    QString text;
    int number = 0;
};
struct Arrays
{
    QString names[2][2];
    int numbers[3] = {};
    bool flags[2] = {};
    std::array<QString, 2> more;
};
struct Bits
{
    QString text;
    unsigned low : 3;
    int high : 5;
};
struct Fixed
{
    const QString name;
    const int number = 0;
};
struct Moved
{
    std::unique_ptr<int> number;
    std::vector<std::unique_ptr<QString>> texts;
};
struct Tree
{
    int number = 0;
    std::vector<Tree> branches;
    std::map<QString, Tree> named;
    std::unique_ptr<Tree> next;
};
struct Person;
struct House
{
    QString street;
    std::vector<Person> people;
};
struct Person
{
    QString name;
    QList<House> houses;
};
struct Town
{
    std::list<House> houses;
    std::optional<Person> mayor;
};
struct BadTree
{
    std::vector<BadTree> branches;
    const char *text = nullptr;
};
struct BadHouse;
struct BadPerson
{
    std::vector<BadHouse> houses;
};
struct BadHouse
{
    std::vector<BadPerson> people;
    QObject *object = nullptr;
};
struct Ends
{
    QString what;
    Descriptor end;
    std::vector<Queue<int>> queues;
};
template <typename T>
struct Both
{
    T first;
    T second;
};
struct Sixty
{
    QString a1, a2, a3, a4, a5, a6, a7, a8, b1, b2, b3, b4, b5, b6, b7, b8, c1, c2, c3, c4, c5, c6, c7, c8, d1, d2, d3, d4, d5,
        d6, d7, d8;
    QString e1, e2, e3, e4, e5, e6, e7, e8, f1, f2, f3, f4, f5, f6, f7, f8, g1, g2, g3, g4, g5, g6, g7, g8, h1, h2, h3, h4, h5,
        h6, h7, h8;
};

static_assert(Encodable<Tree> && Encodable<std::vector<Tree>> && Encodable<House> && Encodable<Person> && Encodable<Town>);
static_assert(!Encodable<BadTree> && !Encodable<BadPerson> && !Encodable<BadHouse> && !Encodable<std::list<BadPerson>>);

} // namespace

class TestAggregates : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void containersAndTheLike()
    {
        const Album album{QStringLiteral("a"), {{QStringLiteral("one"), std::chrono::milliseconds(5)}, {}},
            {{QStringLiteral("EUR"), 9}, {QStringLiteral("USD"), {}}}, "covers/ü.png", {3, "bytes"}};
        QCOMPARE(sentAndReceived(album), album);
        QCOMPARE(sentAndReceived(std::vector{album, album}), (std::vector{album, album}));
    }

    void emptyBase()
    {
        Based based;
        based.text = QStringLiteral("t");
        based.number = 4;
        const Based received = sentAndReceived(based);
        QCOMPARE(received.text, based.text);
        QCOMPARE(received.number, 4);
    }

    void arrays()
    {
        const QString a = QStringLiteral("a");
        const Arrays received = sentAndReceived(Arrays{{{a, {}}, {{}, a}}, {1, 2, 3}, {false, true}, {{a, {}}}});
        QCOMPARE(received.names[0][0], a);
        QCOMPARE(received.names[1][1], a);
        QCOMPARE(received.names[0][1], QString());
        QCOMPARE(received.numbers[2], 3);
        QVERIFY(!received.flags[0] && received.flags[1]);
        QCOMPARE(received.more[0], a);
    }

    void bitFields()
    {
        const Bits received = sentAndReceived(Bits{QStringLiteral("t"), 5, -3});
        QCOMPARE(received.text, QStringLiteral("t"));
        QCOMPARE(received.low, 5U);
        QCOMPARE(static_cast<int>(received.high), -3);
    }

    void constantMembers()
    {
        const Fixed received = sentAndReceived(Fixed{QStringLiteral("n"), 7});
        QCOMPARE(received.name, QStringLiteral("n"));
        QCOMPARE(received.number, 7);
    }

    void whatCannotBeCopied()
    {
        Moved moved{std::make_unique<int>(5), {}};
        moved.texts.push_back(std::make_unique<QString>(QStringLiteral("x")));
        moved.texts.push_back(nullptr);
        const Moved received = sentAndReceived(moved);
        QCOMPARE(*received.number, 5);
        QCOMPARE(*received.texts.at(0), QStringLiteral("x"));
        QCOMPARE(received.texts.at(1), nullptr);
    }

    void recursive()
    {
        Tree tree{1, {}, {}, nullptr};
        tree.branches.push_back({2, {}, {}, std::make_unique<Tree>()});
        tree.named[QStringLiteral("n")].number = 3;
        const Tree received = sentAndReceived(tree);
        QCOMPARE(received.branches.at(0).number, 2);
        QVERIFY(received.branches.at(0).next);
        QCOMPARE(received.named.at(QStringLiteral("n")).number, 3);

        Town town{{{QStringLiteral("street"), {{QStringLiteral("bob"), {}}}}}, Person{QStringLiteral("ann"), {{}}}};
        const Town arrived = sentAndReceived(town);
        QCOMPARE(arrived.houses.front().people.at(0).name, QStringLiteral("bob"));
        QCOMPARE(arrived.mayor->houses.size(), 1);
    }

    void deepOnesAreRefused()
    {
        auto tree = std::make_unique<Tree>();
        for (int i = 0; i < MaximumNesting + 5; ++i) {
            auto above = std::make_unique<Tree>();
            above->next = std::move(tree);
            tree = std::move(above);
        }
        QVERIFY_THROWS_EXCEPTION(EncodeError, encodeValue(*tree));
    }

    void handles()
    {
        auto [readEnd, writeEnd] = Descriptor::pipe();
        Ends ends{QStringLiteral("end"), std::move(writeEnd), {Queue<int>()}};
        Message message = encodeValue(ends);
        const auto received = decodeValue<Ends>(std::move(message));
        QCOMPARE(::write(received.end.get(), "x", 1), 1);
        received.queues.at(0).put(5);
        QCOMPARE(ends.queues.at(0).get(), 5);
    }

    void templates()
    {
        const auto received = sentAndReceived(Both<QStringList>{{QStringLiteral("a")}, {}});
        QCOMPARE(received.first, QStringList{QStringLiteral("a")});
        QVERIFY(!Encodable<Both<char *>>);
        QVERIFY(sentAsBytes<Both<int>>);
    }

    void asManyMembersAsAreSeen()
    {
        Sixty sixty;
        sixty.a1 = QStringLiteral("first");
        sixty.h8 = QStringLiteral("last");
        const Sixty received = decodeValue<Sixty>(encodeValue(sixty));
        QCOMPARE(received.a1, sixty.a1);
        QCOMPARE(received.h8, sixty.h8);
        QCOMPARE(received.c4, QString());
    }
};

QTEST_GUILESS_MAIN(TestAggregates)
#include "tst_aggregates.moc"

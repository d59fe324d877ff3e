// SPDX-License-Identifier: MIT
#include "hostilebytes.h"

#include <procession/queue/queue.h>
#include <procession/sync/lock.h>

#include <QtCore/QUrl>
#include <QtTest/QtTest>

#include <complex>
#include <ctime>
#include <filesystem>
#include <functional>
#include <ranges>
#include <span>
#include <system_error>

using namespace procession;

// Which types can be sent, and which must not compile. The compiler decides; the test shows by name what it has decided.

namespace {

// Operators of a base.
struct Account
{
    QString owner;
    int number = 0;
};
QDataStream &operator<<(QDataStream &stream, const Account &account) { return stream << account.owner << account.number; }
QDataStream &operator>>(QDataStream &stream, Account &account) { return stream >> account.owner >> account.number; }
struct Savings : Account
{
    double rate = 0;
};
struct OwnSavings : Account
{
    double rate = 0;
};
QDataStream &operator<<(QDataStream &stream, const OwnSavings &savings)
{
    return stream << static_cast<const Account &>(savings) << savings.rate;
}
QDataStream &operator>>(QDataStream &stream, OwnSavings &savings)
{
    return stream >> static_cast<Account &>(savings) >> savings.rate;
}
struct Tagged : QStringList
{
    QString tag;
};
struct Alias : Account
{
};
struct Link : QUrl
{
    using QUrl::QUrl;
    int visits = 0;
};
class Celsius
{
public:
    operator double &() { return m_degrees; } // NOLINT
    operator double() const { return m_degrees; } // NOLINT

private:
    double m_degrees = 0;
    QString m_unit;
};
/// Operators of the class itself, as templates, by value, and as friends.
template <typename T>
struct Labelled
{
    explicit Labelled(T given = {}) : value(given) { }
    T value;
    template <typename U>
    friend QDataStream &operator<<(QDataStream &stream, Labelled<U> labelled);
};
template <typename U>
QDataStream &operator<<(QDataStream &stream, Labelled<U> labelled)
{
    return stream << labelled.value;
}
template <typename U>
QDataStream &operator>>(QDataStream &stream, Labelled<U> &labelled)
{
    return stream >> labelled.value;
}
class Befriended
{
public:
    explicit Befriended(int given = 0) : m_number(given) { }
    friend QDataStream &operator<<(QDataStream &stream, const Befriended &b) { return stream << b.m_number; }
    friend QDataStream &operator>>(QDataStream &stream, Befriended &b) { return stream >> b.m_number; }

private:
    int m_number;
};

// Handles with something beside.
struct NamedQueue : Queue<int>
{
    using Queue<int>::Queue;
    QString label;
};

// Addresses.
struct Inner
{
    int before = 0;
    const char *text = nullptr;
};
struct OneDown
{
    int number = 0;
    Inner inner;
};
struct TwoDown
{
    OneDown down[2];
};
struct WithBase : Inner
{
    int after = 0;
};
struct Wide
{
    int a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16, a17, a18, a19;
    int *last;
};
struct ViewInside
{
    int length = 0;
    std::string_view text;
};
struct SpanInside
{
    std::span<const int> numbers;
    int sum = 0;
};
struct QtViewInside
{
    QStringView text;
    int length = 0;
};
struct ArrayInside
{
    int count = 0;
    std::array<Inner, 2> items;
};
struct PointersInArray
{
    int count = 0;
    int *items[4];
};
struct FunctionInside
{
    void (*function)() = nullptr;
};
struct MemberInside
{
    int Inner::*member = nullptr;
};
struct UnionInside
{
    int kind = 0;
    union {
        int number;
        const char *text;
    };
};
struct ReferenceInside
{
    const int &number = *new int;
    int other = 0;
};
struct WrapperInside
{
    std::optional<std::reference_wrapper<int>> wrapped;
};
struct ContainerInside
{
    std::vector<Inner> items;
};
class Private
{
public:
    int number() const { return m_number; }

private:
    int m_number = 0;
    const char *m_text = nullptr;
};
class PrivateNumber
{
public:
    int number() const { return m_number; }

private:
    int m_number = 0;
};
struct WithPrivate
{
    PrivateNumber number;
};
class Money
{
public:
    Money() = default;
    explicit Money(qint64 given) : cents(given) { }
    qint64 cents = 0;
};
struct Wallet
{
    Money money;
    int cards = 0;
};
struct RichWallet : Money
{
    int cards = 0;
};
struct Nested
{
    double x = 0;
    struct
    {
        char name[16];
        bool flags[3][2];
    } part;
    std::array<int, 3> numbers{};
    std::chrono::seconds time{};
};
struct Plain2 : Nested
{
    int more = 0;
};
struct Bits
{
    unsigned low : 3;
    unsigned high : 5;
};
struct Many
{
    int a1, a2, a3, a4, a5, a6, a7, a8, b1, b2, b3, b4, b5, b6, b7, b8, c1, c2, c3, c4, c5, c6, c7, c8, d1, d2, d3, d4, d5, d6,
        d7, d8;
    int e1, e2, e3, e4, e5, e6, e7, e8, f1, f2, f3, f4, f5, f6, f7, f8, g1, g2, g3, g4, g5, g6, g7, g8, h1, h2, h3, h4, h5, h6,
        h7, h8;
};
struct TooMany : Many
{
    int i = 0;
};
struct Above
{
    Many many;
    int i = 0;
};
struct SixtyFive
{
    int a1, a2, a3, a4, a5, a6, a7, a8, b1, b2, b3, b4, b5, b6, b7, b8, c1, c2, c3, c4, c5, c6, c7, c8, d1, d2, d3, d4, d5, d6,
        d7, d8;
    int e1, e2, e3, e4, e5, e6, e7, e8, f1, f2, f3, f4, f5, f6, f7, f8, g1, g2, g3, g4, g5, g6, g7, g8, h1, h2, h3, h4, h5, h6,
        h7, h8;
    int i;
};
struct Greedy
{
    Greedy() = default;
    template <typename T>
    Greedy(T &&) // NOLINT
    {
    }
    const void *what = nullptr;
};
struct GreedyInside
{
    int number = 0;
    Greedy greedy;
};
struct GreedyBase : Greedy
{
    int number = 0;
};
struct HasOptional
{
    int number = 0;
    std::optional<int> maybe;
    std::variant<int, double> either;
};
struct HasAddressInOptional
{
    std::optional<const char *> maybe;
};

} // namespace

template <>
inline constexpr bool procession::sentAsBytes<Money> = true;

// What the concept says of types that are refused must not be an error.
static_assert(!Encodable<Savings> && !Encodable<Tagged> && !Encodable<Alias> && !Encodable<Link> && !Encodable<Celsius>);

class TestSendableTypes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refused_data()
    {
        QTest::addColumn<bool>("isEncodable");
        const auto row = [](const char *name, bool isEncodable) { QTest::newRow(name) << isEncodable; };
        row("operators of a base", Encodable<Savings>);
        row("operators of a list that is the base", Encodable<Tagged>);
        row("operators of a base, nothing added", Encodable<Alias>);
        row("operators of a Qt class that is the base", Encodable<Link>);
        row("operators behind a conversion", Encodable<Celsius>);
        row("a list of what has operators of a base", Encodable<QList<Savings>>);
        row("a map to it", Encodable<QMap<int, Savings>>);
        row("a pair with it", Encodable<std::pair<int, Savings>>);
        row("a class derived from a handle", Encodable<NamedQueue>);

        row("pointer one level down", Encodable<OneDown>);
        row("pointer two levels down, in an array", Encodable<TwoDown>);
        row("pointer in a base", Encodable<WithBase>);
        row("pointer as the twentieth member", Encodable<Wide>);
        row("pointers in an array", Encodable<PointersInArray>);
        row("pointers in a std::array", Encodable<ArrayInside>);
        row("pointers in a container in a struct", Encodable<ContainerInside>);
        row("pointer in an optional in a struct", Encodable<HasAddressInOptional>);
        row("pointer to a function", Encodable<FunctionInside>);
        row("pointer to a member", Encodable<MemberInside>);
        row("std::string_view in a struct", Encodable<ViewInside>);
        row("std::span in a struct", Encodable<SpanInside>);
        row("QStringView in a struct", Encodable<QtViewInside>);
        row("reference in a struct", Encodable<ReferenceInside>);
        row("std::reference_wrapper in an optional in a struct", Encodable<WrapperInside>);
        row("union", Encodable<UnionInside>);
        row("member that can be made from anything", Encodable<GreedyInside>);
        row("base that can be made from anything", Encodable<GreedyBase>);
        row("private pointer", Encodable<Private>);
        row("private number, which nobody can tell from a pointer", Encodable<PrivateNumber>);
        row("struct with such a member", Encodable<WithPrivate>);
        row("more than 64 members", Encodable<SixtyFive>);

        row("std::string_view", Encodable<std::string_view>);
        row("std::wstring_view", Encodable<std::wstring_view>);
        row("QStringView", Encodable<QStringView>);
        row("QByteArrayView", Encodable<QByteArrayView>);
        row("QLatin1String", Encodable<QLatin1String>);
        row("QAnyStringView", Encodable<QAnyStringView>);
        row("std::span", Encodable<std::span<int>>);
        row("std::span of fixed extent", Encodable<std::span<int, 4>>);
        row("std::reference_wrapper", Encodable<std::reference_wrapper<int>>);
        row("std::initializer_list", Encodable<std::initializer_list<int>>);
        row("a view", Encodable<decltype(std::views::iota(0, 9))>);
        row("a view of a container", Encodable<std::ranges::ref_view<std::vector<int>>>);
        row("an iterator", Encodable<std::vector<int>::iterator>);
        row("QModelIndex", Encodable<QModelIndex>);
        row("std::error_code, which has an address", Encodable<std::error_code>);
        row("std::tm, which has an address", Encodable<std::tm>);
        row("std::function", Encodable<std::function<int()>>);
        row("std::shared_ptr", Encodable<std::shared_ptr<int>>);
        row("list of std::string_view", Encodable<std::vector<std::string_view>>);
        row("map to std::string_view", Encodable<std::map<int, std::string_view>>);
    }
    void refused()
    {
        QFETCH(bool, isEncodable);
        QVERIFY(!isEncodable);
    }

    void accepted_data()
    {
        QTest::addColumn<bool>("isEncodable");
        const auto row = [](const char *name, bool isEncodable) { QTest::newRow(name) << isEncodable; };
        row("operators of exactly that type", Encodable<OwnSavings>);
        row("operators that are templates, and take a copy", Encodable<Labelled<int>>);
        row("operators that are friends", Encodable<Befriended>);
        row("operators of Qt", Encodable<QUrl>);
        row("QStringList", Encodable<QStringList>);
        row("handle", Encodable<Queue<int>>);
        row("handle in a struct", Encodable<std::pair<Lock, int>>);
        row("specialised", sentAsBytes<Money>);
        row("struct with a specialised member", sentAsBytes<Wallet>);
        row("struct with a specialised base", sentAsBytes<RichWallet>);
        row("struct of structs and arrays", sentAsBytes<Nested>);
        row("struct with a plain base", sentAsBytes<Plain2>);
        row("bit-fields", sentAsBytes<Bits>);
        row("64 members", sentAsBytes<Many>);
        row("more members in structs of their own", sentAsBytes<Above>);
        row("more members in a base", sentAsBytes<TooMany>);
        row("struct with an optional and a variant", Encodable<HasOptional>);
        row("std::complex", sentAsBytes<std::complex<double>>);
        row("std::chrono", sentAsBytes<std::chrono::system_clock::time_point>);
        row("QDeadlineTimer", sentAsBytes<QDeadlineTimer>);
        row("std::timespec", sentAsBytes<std::timespec>);
        row("empty class", Encodable<std::less<>>);
    }
    void accepted()
    {
        QFETCH(bool, isEncodable);
        QVERIFY(isEncodable);
    }

    void arriveWhole()
    {
        OwnSavings savings;
        savings.owner = QStringLiteral("ann");
        savings.rate = 2.5;
        QCOMPARE(sentAndReceived(savings).rate, 2.5);
        QCOMPARE(sentAndReceived(savings).owner, QStringLiteral("ann"));
        RichWallet wallet;
        wallet.cents = 7;
        wallet.cards = 3;
        QCOMPARE(sentAndReceived(wallet).cents, 7);
        QCOMPARE(sentAndReceived(wallet).cards, 3);
        HasOptional optional{1, 2, 2.5};
        QCOMPARE(sentAndReceived(optional).maybe, std::optional(2));
        QCOMPARE(std::get<double>(sentAndReceived(optional).either), 2.5);
        QCOMPARE(sentAndReceived(Labelled<int>(5)).value, 5);
        Bits bits{5, 9};
        QCOMPARE(sentAndReceived(bits).high, 9U);
    }
};

QTEST_GUILESS_MAIN(TestSendableTypes)
#include "tst_sendabletypes.moc"

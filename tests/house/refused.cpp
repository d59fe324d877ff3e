// SPDX-License-Identifier: MIT
// Each case does not compile, and the compiler says what to do; see CMakeLists.txt.
#include <procession/codec.h>

#include <functional>
#include <span>

using namespace procession;

namespace {

struct Account
{
    QString owner;
};
QDataStream &operator<<(QDataStream &stream, const Account &account) { return stream << account.owner; }
QDataStream &operator>>(QDataStream &stream, Account &account) { return stream >> account.owner; }

#if defined(CASE_BASE_OPERATORS)
struct Sent : Account
{
    double rate = 0;
};
#elif defined(CASE_BASE)
struct Above
{
    QString text;
};
struct Sent : Above
{
    double rate = 0;
};
#elif defined(CASE_POINTER)
struct Inner
{
    const char *text;
};
struct Sent
{
    int number = 0;
    std::vector<Inner> inner;
};
#elif defined(CASE_TEXT_VIEW)
struct Sent
{
    std::string_view text;
};
#elif defined(CASE_VIEW)
using Sent = std::span<int>;
#elif defined(CASE_REFERENCE)
struct Sent
{
    std::optional<std::reference_wrapper<int>> number;
};
#elif defined(CASE_PRIVATE)
class Sent
{
public:
    int cents() const { return m_cents; }

private:
    int m_cents = 0;
};
#elif defined(CASE_UNION)
struct Sent
{
    QString text;
    union {
        int number;
        double real;
    };
};
#elif defined(CASE_MANY)
struct Sent
{
    int a1, a2, a3, a4, a5, a6, a7, a8, b1, b2, b3, b4, b5, b6, b7, b8, c1, c2, c3, c4, c5, c6, c7, c8, d1, d2, d3, d4, d5, d6,
        d7, d8;
    int e1, e2, e3, e4, e5, e6, e7, e8, f1, f2, f3, f4, f5, f6, f7, f8, g1, g2, g3, g4, g5, g6, g7, g8, h1, h2, h3, h4, h5, h6,
        h7, h8;
    int i;
};
#else
using Sent = Account; // compiles: what the cases differ in is what is refused
#endif

} // namespace

Sent receive(Decoder &decoder) { return decoder.read<Sent>(); }

# SPDX-License-Identifier: MIT
"""What cannot be right is not compiled, and the message says what is wrong and what to do.

    test_refused.py COMPILER FLAG…
"""
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

COMMAND = sys.argv[1:]
SKIPPED = 77
HEAD = """#include <procession/pool.h>
#include <procession/process.h>
#include <atomic>
#include <cstdio>
#include <functional>
#include <mutex>
#include <span>
using namespace procession;
struct Account { QString owner; };
QDataStream &operator<<(QDataStream &stream, const Account &account) { return stream << account.owner; }
QDataStream &operator>>(QDataStream &stream, Account &account) { return stream >> account.owner; }
struct WithBasesOperators : Account { double rate = 0; };
struct Above { QString text; };
struct WithBase : Above { double rate = 0; };
struct Inner { const char *text; };
struct WithPointer { int number = 0; std::vector<Inner> inner; };
struct WithTextView { std::string_view text; };
struct WithReference { std::optional<std::reference_wrapper<int>> number; };
class WithPrivate { public: int cents() const { return m_cents; } private: int m_cents = 0; };
struct WithUnion { QString text; union { int number; double real; }; };
struct WithMany
{
    int a1, a2, a3, a4, a5, a6, a7, a8, b1, b2, b3, b4, b5, b6, b7, b8, c1, c2, c3, c4, c5, c6, c7, c8, d1, d2, d3, d4, d5, d6, d7, d8;
    int e1, e2, e3, e4, e5, e6, e7, e8, f1, f2, f3, f4, f5, f6, f7, f8, g1, g2, g3, g4, g5, g6, g7, g8, h1, h2, h3, h4, h5, h6, h7, h8;
    int i;
};
void changes(Queue<int> &) { }
void changesBoth(Queue<int> &, int) { }
int twice(int x) { return 2 * x; }
struct Counter
{
    int add(int x) { return x; }
};
void f(Pool &pool, Queue<int> &queue, const QList<int> &numbers, const QList<QString> &texts, Decoder &decoder,
    std::atomic<int> &atomic, std::vector<std::mutex> &mutexes)
{
"""
KEPT = "can be neither copied nor moved.*SharedValue"
VARIADIC, REFERENCE, ARGUMENTS, RANGE = "variable arguments", "non-const reference", "does not take what it is given", "must be a range"
# The compiler refuses the same call once, so that each has arguments of its own.
REFUSED = (
    (VARIADIC, 'Process a(&std::printf, "%s %d", "x", 7);'),
    (VARIADIC, 'Process b([](const char *, ...) { }, "x", 7);'),
    (VARIADIC, 'pool.apply(&std::printf, "%s %d", "x", 7u);'),
    (VARIADIC, 'pool.applyAsync(TaskOptions(), &std::printf, "%s %d", "x", 7l);'),
    (VARIADIC, 'pool.map(&std::printf, std::vector<const char *>{"x"});'),
    (VARIADIC, 'bind(&std::printf, "%s");'),
    (VARIADIC, 'PoolInitializer c(&std::printf, "%s", "x");'),
    (REFERENCE, 'Process d(&changes, queue);'),
    (REFERENCE, 'Process e({.daemon = true}, &changesBoth, queue, 1);'),
    (REFERENCE, 'pool.applyAsync(&changesBoth, queue, 1u);'),
    (REFERENCE, 'pool.map([](int &x) { ++x; }, numbers);'),
    (KEPT, 'Process j([](std::atomic<int> &) { }, atomic);'),
    (KEPT, 'pool.apply([](int) { }, atomic);'),
    (KEPT, 'pool.map([](std::mutex &) { }, mutexes);'),
    (ARGUMENTS, 'Process g(&twice, "text");'),
    (ARGUMENTS, 'Process h(&twice);'),
    (ARGUMENTS, 'pool.apply(&Counter::add, 1);'),
    (ARGUMENTS, 'Process i(bind(&twice, 1), 2);'),
    (ARGUMENTS, 'pool.map(&twice, texts);'),
    (ARGUMENTS, 'pool.mapAsync(&twice, numbers, numbers);'),
    (ARGUMENTS, 'pool.starmap(&twice, QList<std::pair<int, uint>>());'),
    (ARGUMENTS, 'pool.imap(&twice, QList<QByteArray>());'),
    (RANGE, 'pool.map(&twice, 1);'),
    (RANGE, 'pool.imapUnordered(&twice, 1u);'),
    ("of its base class.*operators << and >> of exactly this type", 'decoder.read<WithBasesOperators>();'),
    ("has a base with members.*make the base a member", 'decoder.read<WithBase>();'),
    ("a pointer is an address.*std::string for text", 'decoder.read<WithPointer>();'),
    ("a view of a text holds the address.*std::string", 'decoder.read<WithTextView>();'),
    ("holds the address of elements.*std::vector or QList", 'decoder.read<std::span<int>>();'),
    ("a reference is the address.*send the value", 'decoder.read<WithReference>();'),
    ("has private members or constructors.*specialise procession::sentAsBytes", 'decoder.read<WithPrivate>();'),
    ("which member of a union is in use.*std::variant", 'decoder.read<WithUnion>();'),
    ("more than 64 members.*a struct of their own", 'decoder.read<WithMany>();'),
)
TAKEN = (
    'Process a([](const Queue<int> &q) { q.put(1); }, queue);',
    'Process b({.name = QStringLiteral("b")}, [](Queue<int> q, const char *) { q.put(1); }, queue, "text");',
    'Process c(&Counter::add, Counter(), 1);',
    'Process d([](auto x) { return x; }, 1);',
    'Process e(bind(&twice, 1));',
    'Process g([](std::vector<int> &&) { }, std::vector<int>());',
    'pool.map(&twice, numbers);',
    'decoder.read<Account>();',
    'pool.map(&QString::size, texts);',
    'pool.starmap({.chunkSize = 1}, [](int, int) { }, std::vector<std::pair<int, int>>());',
)


def outputs_of(lines):
    """What the compiler says of these statements: the exit code and all lines."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "refused.cpp"
        source.write_text(HEAD + "".join("    %s\n" % line for line in lines) + "}\n", encoding="utf-8")
        done = subprocess.run(COMMAND + [str(source)], capture_output=True, text=True, check=False)
    return done.returncode, done.stderr.splitlines()


def refusals_in(lines):
    """{line of the source: the messages of the static assertions that it fails}"""
    found, line = {}, 0
    for text in lines:
        place = re.match(r".*refused\.cpp:(\d+):\d+:\s+(?:required from here|error)", text)
        if place:
            line = int(place.group(1))
        message = re.search(r"static assertion failed: (.*)", text)
        if message:
            found.setdefault(line, []).append(message.group(1))
    return found


class Refused(unittest.TestCase):
    def test_refused(self):
        first = HEAD.count("\n") + 1
        code, lines = outputs_of([statement for _, statement in REFUSED])
        self.assertNotEqual(code, 0)
        found = refusals_in(lines)
        for number, (word, statement) in enumerate(REFUSED, first):
            messages = found.get(number, [])
            self.assertEqual(len(messages), 1, "%s: %s\n%s" % (statement, messages, "\n".join(lines)))
            self.assertRegex(messages[0], word, statement)

    def test_taken(self):
        code, lines = outputs_of(TAKEN)
        self.assertEqual(code, 0, "\n".join(lines))


if __name__ == "__main__":
    version = subprocess.run(COMMAND[:1] + ["--version"], capture_output=True, text=True, check=False).stdout
    if "Free Software Foundation" not in version:
        print("only the messages of GCC are read")
        sys.exit(SKIPPED)
    unittest.main(argv=sys.argv[:1])

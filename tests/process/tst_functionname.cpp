// SPDX-License-Identifier: MIT
#include <procession/process/functions/bind.h>
#include <procession/process/functions/functionname.h>
#include <procession/process/functions/registeredfunction.h>

#include <QtTest/QtTest>

using namespace procession;

namespace {

void hidden(int, const QString &) { }

template <typename T>
std::vector<T> made(const std::map<int, T> &)
{
    return {};
}

struct Machine
{
    void turn(int) const { }
    virtual ~Machine() = default;
    virtual void stop() { }
    static void reset() { }
};

int twice(int number) { return 2 * number; }

} // namespace

void exportedOrNot() { }

/// What the directory says that a process does.
class TestFunctionName : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void names()
    {
        QCOMPARE(functionName(&hidden), QByteArray("hidden"));
        QCOMPARE(functionName(&exportedOrNot), QByteArray("exportedOrNot"));
        QCOMPARE(functionName(&made<int>), QByteArray("made<int>"));
        QCOMPARE(functionName(&Machine::turn), QByteArray("Machine::turn"));
        QCOMPARE(functionName(&Machine::reset), QByteArray("Machine::reset"));
        QCOMPARE(functionName(bind(&hidden, 3)), QByteArray("hidden"));
        QCOMPARE(functionName(std::plus<int>()), QByteArray("std::plus<int>"));
        registerFunction(QStringLiteral("double it"), &twice);
        QCOMPARE(functionName(registeredFunction(u"double it")), QByteArray("double it"));
    }

    void ofWhatHasNone()
    {
        QVERIFY(functionName(&Machine::stop).contains("Machine::*")); // which one is known when there is an object
        QVERIFY(functionName([] {}).contains("lambda"));
        int variable = 0;
        QCOMPARE(nameOfCode(&variable, typeid(void (*)(int))), QByteArray("void (*)(int)"));
    }
};

QTEST_GUILESS_MAIN(TestFunctionName)
#include "tst_functionname.moc"

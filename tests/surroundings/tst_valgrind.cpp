// SPDX-License-Identifier: MIT
#include "children.h"

#include <sanitizers.h>

#include <QtCore/QStandardPaths>

using namespace procession;

namespace {

int squared(int x) { return x * x; }

void use() { }

void act(const QByteArray &)
{
    const std::vector<int> expected{0, 1, 4};
    demand(resultsOfProcesses<squared>(3) == expected, "a process calculated wrongly");
    demand(resultsOfPool<squared>(3) == expected, "the pool calculated wrongly");
}

} // namespace

/// Valgrind 3.19 knows neither clone3() nor the system calls of pidfds.
class TestValgrind : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void watchesProgram_data() { addStartMethods(); }
    void watchesProgram() { check({}); }
    void watchesChildren_data();
    void watchesChildren() { check({QStringLiteral("--trace-children=yes")}); }

private:
    static void check(const QStringList &options);
};

void TestValgrind::initTestCase()
{
    SKIP_UNDER_SANITIZERS("valgrind does not run what sanitizers made");
    if (QStandardPaths::findExecutable(QStringLiteral("valgrind")).isEmpty())
        QSKIP("valgrind is not installed");
}

/// By the other methods each child takes valgrind some ten seconds.
void TestValgrind::watchesChildren_data()
{
    QTest::addColumn<StartMethod>("method");
    for (const StartMethod method : {StartMethod::ForkServer, StartMethod::Thread})
        QTest::newRow(qPrintable(nameOf(method))) << method;
}

void TestValgrind::check(const QStringList &options)
{
    QFETCH(StartMethod, method);
    const QStringList launcher = QStringList{QStringLiteral("valgrind"), QStringLiteral("-q")} + options;
    QCOMPARE(outcomeOf(QStringLiteral("all"), method, {.launcher = launcher, .patience = 6 * Patience}), QByteArray("right"));
}

PROCESSION_SURROUNDINGS_MAIN(TestValgrind, use, act)

#include "tst_valgrind.moc"

// SPDX-License-Identifier: MIT
#include "processtest.h"

#include <procession/pool/pool.h>
#include <procession/process/child/logging.h>
#include <procession/process/launch/freezesupport.h>

using namespace procession;

class TestContext : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void setsWhatTheProcessHas(); // the first: a fork server that runs already takes no more preloads
    void hasAMethodOfItsOwn_data() { addStartMethods(); }
    void hasAMethodOfItsOwn();
    void theDefaultOneIsThatOfTheProcess();
    void tellsOfTheProcess_data() { addStartMethods(); }
    void tellsOfTheProcess();
    void givesOptions();
};

void TestContext::hasAMethodOfItsOwn()
{
    QFETCH(const StartMethod, method);
    const Context context = procession::context(method);
    QCOMPARE(context.startMethod(), method);
    QCOMPARE(context.chosenStartMethod(), std::optional(method));
    VERIFY_CONTAINS(errorOf([&] { context.setStartMethod(StartMethod::Fork, true); }), nameOf(method).toStdString());
    QCOMPARE(context.startMethod(), method);
    QVERIFY(context.context(nameOf(method)) == context);
    QVERIFY(context.context() == Context());
    QVERIFY(context.context(StartMethod::Spawn) == Context(StartMethod::Spawn));
    QVERIFY_THROWS_EXCEPTION(ContextError, context.context(QStringLiteral("vfork")));
    QVERIFY(context.allStartMethods() == allStartMethods());
}

void TestContext::theDefaultOneIsThatOfTheProcess()
{
    const Context context;
    QCOMPARE(context.chosenStartMethod(), chosenStartMethod());
    context.setStartMethod(StartMethod::Spawn, true);
    QCOMPARE(startMethod(), StartMethod::Spawn);
    QCOMPARE(context.chosenStartMethod(), std::optional(StartMethod::Spawn));
    QVERIFY_THROWS_EXCEPTION(ContextError, context.setStartMethod(StartMethod::Fork));
    QCOMPARE(context.startMethod(), StartMethod::Spawn);
}

void TestContext::tellsOfTheProcess()
{
    QFETCH(const StartMethod, method);
    const Context context(method);
    QCOMPARE(context.currentProcess().name(), QStringLiteral("MainProcess"));
    QVERIFY(!context.parentProcess());
    QVERIFY(context.activeChildren().empty());
    QCOMPARE(context.cpuCount(), cpuCount());
    QCOMPARE(context.usableCpuCount(), usableCpuCount());
    const auto [ours, theirs] = context.pipe();
    Process process = context.process(
        [](const Connection &connection) {
            const Context same;
            connection.send(same.parentProcess()->name());
            connection.send(same.currentProcess().name());
            connection.recv<int>();
        },
        theirs);
    process.start();
    QCOMPARE(ours.recv<QString>(), QStringLiteral("MainProcess"));
    QCOMPARE(ours.recv<QString>(), process.name());
    QVERIFY(context.activeChildren() == std::vector{process.handle()});
    ours.send(0);
    QVERIFY(process.join());
    QVERIFY(context.activeChildren().empty());
}

void TestContext::setsWhatTheProcessHas()
{
    const Context context(StartMethod::Spawn);
    context.setExecutable("/proc/self/no such program");
    QVERIFY(!isAvailable(StartMethod::Spawn));
    context.setExecutable({});
    QVERIFY(isAvailable(StartMethod::Spawn));
    context.setForkServerPreload({});
    QVERIFY(&context.logger() == &logger());
    QVERIFY(!context.logger().isInfoEnabled());
    context.logToStderr(QtInfoMsg);
    QVERIFY(context.logger().isInfoEnabled());
    context.logToStderr(QtWarningMsg);
    QVERIFY(!logger().isInfoEnabled());
}

void TestContext::givesOptions()
{
    const Context threads(StartMethod::Thread);
    Process process = threads.process({.name = QStringLiteral("someone"), .context = Context(StartMethod::Spawn)}, [] {});
    QCOMPARE(process.name(), QStringLiteral("someone"));
    process.start();
    QCOMPARE(process.pid(), currentProcess().pid()); // a thread
    QVERIFY(process.join());
}

int main(int argc, char **argv)
{
    Context().freezeSupport(argc, argv);
    const QCoreApplication application(argc, argv);
    TestContext test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_context.moc"

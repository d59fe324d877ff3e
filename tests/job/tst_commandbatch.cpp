// SPDX-License-Identifier: MIT
#include "problem.h"

#include <procession/job/run/commandbatch.h>

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QRandomGenerator>
#include <QtTest/QTest>

using namespace procession;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

BatchDefinition definition(const QByteArray &command, std::vector<InputList> inputs)
{
    BatchDefinition result;
    result.name = u"a name ü"_s;
    result.command = command;
    result.inputs = InputTable(std::move(inputs));
    return result;
}

QJsonObject fullJson()
{
    BatchDefinition full = definition("a\xff '{}'", {});
    full.shell = "/bin/bash";
    full.job.workers = 7;
    full.job.maxAttempts = 3;
    full.job.retryDelay = 1500ms;
    full.job.maxRetryDelay = 9000ms;
    full.job.timeout = 2min;
    full.job.killGrace = 1s;
    full.job.delay = 5ms;
    full.job.halt = HaltRule::parse("now,fail=12.5%");
    full.job.maxLoad = 3.5;
    full.job.minFreeMemory = 1LL << 40;
    full.options.niceness = 10;
    full.options.workingDirectory = "/tmp/\xfe";
    full.options.environment = {"A=\xff", "B", "C=ü"};
    full.options.keepGrandchildren = true;
    full.options.memoryPerStream = 4096;
    full.spread = CommandTemplate::Spread::Repeated;
    return full.toJson();
}

} // namespace

class TestCommandBatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesACommandOfEachRow()
    {
        const CommandBatch batch(definition("cp {1} d/{2} {#} {%}", {InputList({"a b", "c"}), InputList({"1", "2"})}));
        QCOMPARE(batch.count(), 4);
        QCOMPARE(batch.title(1), QByteArray("a b 2"));
        QCOMPARE(batch.description(1), QByteArray("cp 'a b' d/2 2 {%}"));
        QCOMPARE(batch.arguments(1), (QByteArrayList{"a b", "2"}));
        QCOMPARE(batch.command(1, 3), (QByteArrayList{"cp", "a b", "d/2", "2", "3"}));
        QVERIFY(!batch.usesShell(1));
        QVERIFY(CommandBatch(definition("a | b {}", {InputList({"x"})})).usesShell(0));
    }

    void knowsColumnNames()
    {
        InputList sizes({"10"});
        sizes.setColumnNames({"size"});
        QCOMPARE(CommandBatch(definition("p {size}", {sizes})).command(0, 1), (QByteArrayList{"p", "10"}));
    }

    void runsWholeCommandLines()
    {
        const CommandBatch batch(definition({}, {InputList({"echo a 'b c'", "echo a | wc", "echo 'a", "find -name {}"})}));
        QCOMPARE(batch.command(0, 1), (QByteArrayList{"echo", "a", "b c"}));
        QVERIFY(!batch.usesShell(0));
        QCOMPARE(batch.command(1, 1), (QByteArrayList{"/bin/sh", "-c", "echo a | wc"}));
        QVERIFY(batch.usesShell(1));
        QCOMPARE(problemOf([&] { batch.command(2, 1); }), QByteArray("template.unclosed-quote"));
        QVERIFY(!batch.usesShell(2));
        QCOMPARE(batch.description(2), QByteArray("echo 'a"));
        QCOMPARE(batch.title(3), QByteArray("find -name {}"));
        QCOMPARE(batch.command(3, 1).last(), QByteArray("find -name {}"));
    }

    void refusesWhatNoTaskCouldRun()
    {
        QCOMPARE(problemOf([] { CommandBatch(definition("a '", {InputList({"x"})})); }), QByteArray("template.unclosed-quote"));
        QCOMPARE(problemOf([] { CommandBatch(definition("a {2}", {InputList({"x"})})); }), QByteArray("template.column"));
        const InputList nul({"x", QByteArray("a\0b", 3)});
        QCOMPARE(problemOf([&] { CommandBatch(definition("a {}", {nul})); }), QByteArray("template.nul"));
        QCOMPARE(problemOf([&] { CommandBatch(definition({}, {nul})); }), QByteArray("template.nul"));
    }

    void describesWhatCannotRun()
    {
        const CommandBatch batch(definition("echo $(({} * 2))", {InputList({"2", "x y"})}));
        QCOMPARE(batch.description(0), QByteArray("echo $((2 * 2))"));
        QCOMPARE(batch.description(1), QByteArray("echo $(({} * 2)) 'x y'"));
        QCOMPARE(problemOf([&] { batch.command(1, 1); }), QByteArray("template.number"));
    }

    void comesBackFromJson()
    {
        const QByteArray text = QJsonDocument(fullJson()).toJson();
        const QJsonObject json = QJsonDocument::fromJson(text).object();
        const InputTable inputs({InputList({"x"})});
        const BatchDefinition back = BatchDefinition::fromJson(json, inputs);
        QCOMPARE(back.toJson(), fullJson());
        QCOMPARE(back.name, u"a name ü"_s);
        QCOMPARE(back.command, QByteArray("a\xff '{}'"));
        QCOMPARE(back.shell, QByteArray("/bin/bash"));
        QCOMPARE(back.inputs.rowCount(), 1);
        QCOMPARE(back.job.workers, 7);
        QCOMPARE(back.job.maxAttempts, 3);
        QVERIFY(back.job.retryDelay == 1500ms);
        QVERIFY(back.job.maxRetryDelay == 9000ms);
        QVERIFY(back.job.timeout == 2min);
        QVERIFY(back.job.killGrace == 1s);
        QVERIFY(back.job.delay == 5ms);
        QVERIFY(back.job.halt == HaltRule::parse("now,fail=12.5%"));
        QCOMPARE(back.job.maxLoad, 3.5);
        QCOMPARE(back.job.minFreeMemory, 1LL << 40);
        QCOMPARE(back.options.niceness, 10);
        QCOMPARE(back.options.workingDirectory, QByteArray("/tmp/\xfe"));
        QCOMPARE(back.options.environment, (QByteArrayList{"A=\xff", "B", "C=ü"}));
        QVERIFY(back.options.keepGrandchildren);
        QCOMPARE(back.options.memoryPerStream, 4096);
    }

    void jsonIsReadableWhereItCanBe()
    {
        const QJsonObject json = definition("gzip {}", {}).toJson();
        QCOMPARE(json["command"_L1].toString(), u"gzip {}"_s);
        QCOMPARE(fullJson()["command"_L1].toObject()["base64"_L1].toString(),
            QString::fromLatin1(QByteArray("a\xff '{}'").toBase64()));
    }

    void missingMembersHaveDefaults()
    {
        const BatchDefinition bare = BatchDefinition::fromJson({{u"command"_s, u"a"_s}}, {});
        QCOMPARE(bare.toJson(), [] {
            BatchDefinition expected;
            expected.command = "a";
            return expected.toJson();
        }());
    }

    void refusesWrongMembers_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("member");
        const auto add
            = [](const char *json, const char *member) { QTest::newRow(json) << QByteArray(json) << QByteArray(member); };
        add("{}", "command");
        add("{\"command\":1}", "command");
        add("{\"command\":{\"base64\":\"?\"}}", "command");
        add("{\"command\":{\"base64\":7}}", "command");
        add("{\"command\":\"a\",\"name\":[]}", "name");
        add("{\"command\":\"a\",\"job\":7}", "job");
        add("{\"command\":\"a\",\"spread\":\"wide\"}", "spread");
        add("{\"command\":\"a\",\"spread\":2}", "spread");
        add("{\"command\":\"a\",\"job\":{\"workers\":0}}", "job.workers");
        add("{\"command\":\"a\",\"job\":{\"workers\":1.5}}", "job.workers");
        add("{\"command\":\"a\",\"job\":{\"workers\":1e10}}", "job.workers");
        add("{\"command\":\"a\",\"job\":{\"workers\":\"4\"}}", "job.workers");
        add("{\"command\":\"a\",\"job\":{\"timeoutMs\":-1}}", "job.timeoutMs");
        add("{\"command\":\"a\",\"job\":{\"timeoutMs\":1e300}}", "job.timeoutMs");
        add("{\"command\":\"a\",\"job\":{\"maxLoad\":true}}", "job.maxLoad");
        add("{\"command\":\"a\",\"options\":{\"niceness\":20}}", "options.niceness");
        add("{\"command\":\"a\",\"options\":{\"environment\":\"A=b\"}}", "options.environment");
        add("{\"command\":\"a\",\"options\":{\"environment\":[1]}}", "options.environment");
        add("{\"command\":\"a\",\"options\":{\"keepGrandchildren\":1}}", "options.keepGrandchildren");
    }

    void refusesWrongMembers()
    {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, member);
        try {
            BatchDefinition::fromJson(QJsonDocument::fromJson(json).object(), {});
            QFAIL("accepted");
        } catch (const InvalidInput &invalid) {
            QCOMPARE(QByteArray(invalid.problem()), QByteArray("definition.member"));
            QCOMPARE(invalid.input(), member);
        }
    }

    void refusesAWrongHaltRule()
    {
        const QJsonObject json{{u"command"_s, u"a"_s}, {u"job"_s, QJsonObject{{u"halt"_s, u"later"_s}}}};
        QCOMPARE(problemOf([&] { BatchDefinition::fromJson(json, {}); }), QByteArray("halt.rule"));
    }

    void survivesDamage()
    {
        const QByteArray text = QJsonDocument(fullJson()).toJson(QJsonDocument::Compact);
        QRandomGenerator random(5);
        for (int round = 0; round < 10'000; ++round) {
            QByteArray damaged = text;
            for (int flips = random.bounded(1, 4); flips > 0; --flips)
                damaged[random.bounded(damaged.size())] = static_cast<char>(random.bounded(32, 127));
            const QByteArray problem
                = problemOf([&] { BatchDefinition::fromJson(QJsonDocument::fromJson(damaged).object(), {}); });
            QVERIFY(problem.isEmpty() || problem == "definition.member" || problem == "halt.rule");
        }
    }
};

QTEST_GUILESS_MAIN(TestCommandBatch)
#include "tst_commandbatch.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "programrun.h"
#include "watchedprogram.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QRegularExpression>
#include <QtTest/QtTest>

#include <algorithm>

namespace {

QJsonObject withName(const QJsonArray &items, const QString &name)
{
    const auto item = std::find_if(items.begin(), items.end(),
        [&name](const QJsonValue &value) { return value.toObject().value(QStringLiteral("name")).toString() == name; });
    return item == items.end() ? QJsonObject() : item->toObject();
}

} // namespace

class TestAttachVerb : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lists()
    {
        const WatchedProgram program(QStringLiteral("locks"));
        const QByteArrayList lines = m_runner.attach({}).out.trimmed().split('\n');
        const auto line = std::find_if(lines.begin(), lines.end(),
            [&](const QByteArray &text) { return text.simplified().startsWith(QByteArray::number(program.pid()) + ' '); });
        QVERIFY2(line != lines.end(), lines.join('\n').constData());
        QVERIFY2(line->simplified().contains("watchedprogram 2 2"), line->constData());
        const QJsonArray programs = QJsonDocument::fromJson(m_runner.attach({"--json"}).out).array();
        const auto found = std::find_if(programs.begin(), programs.end(),
            [&](const QJsonValue &value) { return value.toObject().value(QStringLiteral("pid")).toInteger() == program.pid(); });
        QVERIFY(found != programs.end());
        QCOMPARE(found->toObject().value(QStringLiteral("processes")).toInt(), 2);
    }

    void showsATable()
    {
        const WatchedProgram program(QStringLiteral("locks"));
        for (const qint64 pid : {program.pid(), program.childPid()}) {
            const ProgramResult result = m_runner.attach({QByteArray::number(pid)}); // stdout is no terminal: once
            QCOMPARE(result.status, 0);
            QVERIFY2(result.out.contains("keeper") && result.out.contains("holdTwice"), result.out.constData());
            QVERIFY2(result.out.contains("cache äöü"), result.out.constData());
            const QByteArray owner = "held by keeper (" + QByteArray::number(program.childPid()) + "), 2 times";
            QVERIFY2(result.out.contains(owner), result.out.constData());
        }
    }

    void showsEachKind()
    {
        const WatchedProgram units(QStringLiteral("units"));
        const QByteArray text = m_runner.attach({QByteArray::number(units.pid())}).out;
        const auto person = [](const char *name, qint64 pid) { return name + (" (" + QByteArray::number(pid) + ')'); };
        const QByteArray slots = "free: 2, at first 5; acquired: 2 of " + person("MainProcess", units.pid()) + ", 1 of "
            + person("worker", units.childPid());
        QVERIFY2(text.contains(slots), text.constData());
        QVERIFY2(text.contains("its lock: Lock “guard”"), text.constData());
        QVERIFY2(text.contains("of 3") && text.contains("broken by " + person("MainProcess", units.pid())), text.constData());
        const QJsonArray objects = QJsonDocument::fromJson(m_runner.attach({QByteArray::number(units.pid()), "--json"}).out)
                                       .object()
                                       .value(QStringLiteral("objects"))
                                       .toArray();
        const QJsonArray acquired = withName(objects, QStringLiteral("slots")).value(QStringLiteral("acquired")).toArray();
        QCOMPARE(acquired.size(), 2);
        QCOMPARE(acquired.first().toObject().value(QStringLiteral("units")).toInt(), 2);
        QCOMPARE(withName(objects, QStringLiteral("condition")).value(QStringLiteral("lock")),
            withName(objects, QStringLiteral("guard")).value(QStringLiteral("id")));
        QVERIFY(withName(objects, QStringLiteral("done")).value(QStringLiteral("set")).toBool());
        QVERIFY(withName(objects, QStringLiteral("broken")).value(QStringLiteral("broken")).toBool());
    }

    void showsData()
    {
        const WatchedProgram program(QStringLiteral("data"));
        const QByteArray text = m_runner.attach({QByteArray::number(program.pid())}).out;
        for (const char *part :
            {"1 × int", "100,000 × double", "5,000 × std::byte", "found by its name", "items: 3", "items: 50"})
            QVERIFY2(text.contains(part), text.constData());
        const QJsonArray objects = QJsonDocument::fromJson(m_runner.attach({QByteArray::number(program.pid()), "--json"}).out)
                                       .object()
                                       .value(QStringLiteral("objects"))
                                       .toArray();
        const QJsonObject table = withName(objects, QStringLiteral("table"));
        QCOMPARE(table.value(QStringLiteral("type")).toString(), QStringLiteral("double"));
        QCOMPARE(table.value(QStringLiteral("bytes")).toInt(), 800'000);
        QCOMPARE(withName(objects, QStringLiteral("point")).value(QStringLiteral("elementSize")).toInt(), 16);
    }

    void showsPools()
    {
        const WatchedProgram program(QStringLiteral("pools"));
        const QByteArray pid = QByteArray::number(program.pid());
        QByteArray text;
        const QRegularExpression busy(QStringLiteral("Pool-1 worker [12]: render, item 2 of 2, [0-9.]+ s, 40 of 100, säule(;|$)"),
            QRegularExpression::MultilineOption);
        QTRY_VERIFY2((text = m_runner.attach({pid}).out, busy.match(QString::fromUtf8(text)).hasMatch()), text.constData());
        QVERIFY2(text.contains("open, workers: 2 of 2, waiting: 0, done: 4, failed: 1"), text.constData());
        QTRY_VERIFY2((text = m_runner.attach({pid}).out, text.contains("idle worker 3: idle")), text.constData());
        const QJsonArray objects
            = QJsonDocument::fromJson(m_runner.attach({pid, "--json"}).out).object().value(QStringLiteral("objects")).toArray();
        const QJsonObject pool = withName(objects, QStringLiteral("Pool-1"));
        QCOMPARE(pool.value(QStringLiteral("phase")).toString(), QStringLiteral("open"));
        QCOMPARE(pool.value(QStringLiteral("done")).toInt(), 4);
        const QJsonArray workers = pool.value(QStringLiteral("workers")).toArray();
        QCOMPARE(workers.size(), 2);
        int ended = 0;
        for (const QJsonValue &value : objects) {
            const QJsonObject worker = value.toObject();
            if (!workers.contains(worker.value(QStringLiteral("id"))))
                continue;
            const QJsonObject running = worker.value(QStringLiteral("running")).toObject();
            QCOMPARE(running.value(QStringLiteral("function")).toString(), QStringLiteral("render"));
            QVERIFY(running.value(QStringLiteral("begin")).toDouble() > 0);
            ended += static_cast<int>(worker.value(QStringLiteral("ended")).toArray().size());
        }
        QCOMPARE(ended, 5);
    }

    void showsJson()
    {
        const WatchedProgram program(QStringLiteral("locks"));
        const QJsonObject json
            = QJsonDocument::fromJson(m_runner.attach({QByteArray::number(program.pid()), "--json"}).out).object();
        QCOMPARE(json.value(QStringLiteral("ended")).toBool(true), false);
        const QJsonObject child = withName(json.value(QStringLiteral("processes")).toArray(), QStringLiteral("keeper"));
        QCOMPARE(child.value(QStringLiteral("pid")).toInteger(), program.childPid());
        QCOMPARE(child.value(QStringLiteral("state")).toString(), QStringLiteral("running"));
        const QJsonObject lock = withName(json.value(QStringLiteral("objects")).toArray(), QStringLiteral("database"));
        QCOMPARE(lock.value(QStringLiteral("kind")).toString(), QStringLiteral("Lock"));
        QCOMPARE(lock.value(QStringLiteral("owner")).toObject().value(QStringLiteral("pid")).toInteger(), program.pid());
    }

    void showsDeadlocks()
    {
        const WatchedProgram program(QStringLiteral("rlockDeadlock"));
        const QByteArray pid = QByteArray::number(program.pid());
        QTRY_VERIFY(m_runner.attach({pid, "--once"}).out.contains("Deadlock, certain:"));
        const QJsonArray deadlocks
            = QJsonDocument::fromJson(m_runner.attach({pid, "--json"}).out).object().value(QStringLiteral("deadlocks")).toArray();
        QCOMPARE(deadlocks.size(), 1);
        QCOMPARE(deadlocks.first().toObject().value(QStringLiteral("certain")).toBool(), true);
        const QJsonArray waits = deadlocks.first().toObject().value(QStringLiteral("waits")).toArray();
        QCOMPARE(waits.size(), 2);
        QVERIFY(waits.first().toObject().value(QStringLiteral("waitsForever")).toBool());
        const QString awaited = waits.first().toObject().value(QStringLiteral("waitingFor")).toString();
        QVERIFY2(awaited == QStringLiteral("0.1") || awaited == QStringLiteral("1.1"), qPrintable(awaited));
    }

    void looksAgainUntilTheProgramEnds()
    {
        auto program = std::make_unique<WatchedProgram>(QStringLiteral("locks"));
        QProcess process;
        m_runner.start(process, "exec \"$PROCESSION\" attach --json --interval 0.05 " + QByteArray::number(program->pid()));
        QByteArrayList lines;
        while (lines.size() < 3) {
            QVERIFY(process.canReadLine() || process.waitForReadyRead());
            if (process.canReadLine())
                lines.append(process.readLine());
        }
        program.reset();
        QVERIFY(process.waitForFinished());
        lines += process.readAllStandardOutput().trimmed().split('\n');
        QCOMPARE(process.exitCode(), 0);
        for (const QByteArray &line : lines) {
            const QJsonObject json = QJsonDocument::fromJson(line).object();
            QCOMPARE(json.value(QStringLiteral("ended")).toBool(), &line == &lines.last());
        }
    }

    void endsWhenNobodyReads()
    {
        const WatchedProgram program(QStringLiteral("locks"));
        const ProgramResult result = m_runner.shell(
            "\"$PROCESSION\" attach --interval 0.01 " + QByteArray::number(program.pid()) + " | head -n 1 > first; cat first");
        QCOMPARE(result.status, 0);
        QVERIFY2(result.out.contains("objects: 2"), result.out.constData());
    }

    void refusals_data()
    {
        QTest::addColumn<QByteArrayList>("arguments");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("no process") << QByteArrayList{"2147483647"} << QByteArray("there is no process 2147483647");
        QTest::newRow("larger than any") << QByteArrayList{"4294967297"} << QByteArray("there is no process 4294967297");
        QTest::newRow("nothing shared") << QByteArrayList{QByteArray::number(QCoreApplication::applicationPid())}
                                        << QByteArray("has nothing to show");
        QTest::newRow("no number") << QByteArrayList{"x7"} << QByteArray("\"x7\" is no number");
        QTest::newRow("negative") << QByteArrayList{"--", "-7"} << QByteArray("\"-7\" is no number");
        QTest::newRow("two") << QByteArrayList{"1", "2"} << QByteArray("give one process, not 2");
        QTest::newRow("option") << QByteArrayList{"--jsno"} << QByteArray("did you mean --json?");
        QTest::newRow("unlike any") << QByteArrayList{"--größe"} << QByteArray("--größe is no option");
        QTest::newRow("no UTF-8") << QByteArrayList{"--gr\xf6\x1b"} << QByteArray("--gr\\xf6\\x1b is no option");
        QTest::newRow("interval") << QByteArrayList{"--interval", "0", "1"} << QByteArray("--interval \"0\"");
        QTest::newRow("no interval") << QByteArrayList{"--interval", "nan", "1"} << QByteArray("--interval \"nan\"");
        QTest::newRow("both") << QByteArrayList{"--interval", "1", "--once", "1"} << QByteArray("contradict");
    }

    void refusals()
    {
        QFETCH(QByteArrayList, arguments);
        QFETCH(QByteArray, expected);
        const ProgramResult result = m_runner.attach(arguments);
        QCOMPARE(result.status, 255);
        QCOMPARE(result.out, QByteArray());
        QVERIFY2(result.err.startsWith("procession: attach: ") && result.err.contains(expected), result.err.constData());
    }

private:
    const ProgramRunner m_runner;
};

QTEST_GUILESS_MAIN(TestAttachVerb)
#include "tst_attachverb.moc"

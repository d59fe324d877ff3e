// SPDX-License-Identifier: MIT
#include "processtest.h"

#include <procession/process/child/logging.h>

#include <QtCore/QProcess>

#include <cstdio>

using namespace procession;

namespace {

constexpr char Role[] = "--log";

void logFromChild() { qCInfo(logger) << "doing something"; }

void logMuch()
{
    const QString text(300, QLatin1Char('x'));
    for (int i = 0; i < 200; ++i)
        qCWarning(logger).noquote() << text;
}

/// What this program does when the test starts it: logs, and has a child that logs.
int logAs(const QByteArray &what, StartMethod method)
{
    if (what == "level") {
        logToStderr(QtWarningMsg);
        qCInfo(logger) << "not to be seen";
        qCWarning(logger) << "to be seen";
        qWarning("of another category");
        return 0;
    }
    logToStderr(QtInfoMsg);
    std::vector<std::unique_ptr<Process>> processes;
    ProcessOptions options;
    options.context = context(method);
    if (what == "child") {
        options.name = QStringLiteral("worker");
        processes.push_back(std::make_unique<Process>(options, &logFromChild));
    } else {
        for (int i = 0; i < 4; ++i)
            processes.push_back(std::make_unique<Process>(options, &logMuch));
    }
    for (const auto &process : processes)
        process->start();
    for (const auto &process : processes)
        process->join();
    return 0;
}

QByteArrayList linesOf(const QStringList &arguments)
{
    QProcess program;
    program.setProgram(QCoreApplication::applicationFilePath());
    program.setArguments(QStringList{QString::fromLatin1(Role)} + arguments);
    program.start();
    if (!program.waitForFinished())
        return {"did not end"};
    return program.readAllStandardError().split('\n');
}

} // namespace

class TestLogging : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void formatAndInheritance_data() { addStartMethods(false); }
    void formatAndInheritance();
    void levels();
    void linesAreWhole_data() { addStartMethods(); }
    void linesAreWhole();
};

void TestLogging::formatAndInheritance()
{
    QFETCH(StartMethod, method);
    const QByteArrayList lines = linesOf({QStringLiteral("child"), nameOf(method)});
    const QByteArray all = lines.join('\n');
    QVERIFY2(lines.contains("[INFO/worker] child process calling run()"), all.constData());
    QVERIFY2(lines.contains("[INFO/worker] doing something"), all.constData());
    QVERIFY2(lines.contains("[INFO/worker] process exiting with exitcode 0"), all.constData());
    QVERIFY2(lines.contains("[INFO/MainProcess] process shutting down"), all.constData());
}

void TestLogging::levels()
{
    const QByteArrayList lines = linesOf({QStringLiteral("level"), QStringLiteral("fork")});
    QCOMPARE(lines, (QByteArrayList{"[WARNING/MainProcess] to be seen", "of another category", ""}));
}

void TestLogging::linesAreWhole()
{
    QFETCH(StartMethod, method);
    const QByteArray text(300, 'x');
    int whole = 0;
    for (const QByteArray &line : linesOf({QStringLiteral("much"), nameOf(method)})) {
        if (!line.startsWith("[WARNING/"))
            continue;
        QVERIFY2(line.startsWith("[WARNING/Process-") && line.endsWith("] " + text), line.constData());
        ++whole;
    }
    QCOMPARE(whole, 800);
}

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);
    if (argc == 4 && qstrcmp(argv[1], Role) == 0)
        return logAs(argv[2], *startMethodNamed(QString::fromLatin1(argv[3])));
    QCoreApplication app(argc, argv);
    TestLogging test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_logging.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "programrun.h"

#include <procession/job/template/commandtemplate.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtCore/QProcessEnvironment>
#include <QtTest/QtTest>

using namespace procession;

namespace {

/// Milliseconds for a program; in time to say so before the test's own limit ends it.
int timeLimit()
{
    bool isSet = false;
    const int ofFunction = qEnvironmentVariableIntValue("QTEST_FUNCTION_TIMEOUT", &isSet);
    return (isSet ? ofFunction : 300'000) * 9 / 10;
}

} // namespace

QByteArray ProgramRunner::program()
{
    return QFile::encodeName(QCoreApplication::applicationDirPath() + QStringLiteral("/procession"));
}

void ProgramRunner::write(const QString &name, const QByteArray &bytes) const
{
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(name));
}

QByteArray ProgramRunner::read(const QString &name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(no such file)");
}

ProgramResult ProgramRunner::run(const QByteArrayList &arguments, const QByteArray &input) const
{
    return programAndArguments(QByteArrayList{program(), "run"} + arguments, input);
}

ProgramResult ProgramRunner::jobs(const QByteArrayList &arguments) const
{
    return programAndArguments(QByteArrayList{program(), "jobs"} + arguments, {});
}

ProgramResult ProgramRunner::attach(const QByteArrayList &arguments) const
{
    return programAndArguments(QByteArrayList{program(), "attach"} + arguments, {});
}

ProgramResult ProgramRunner::parallel(const QByteArrayList &arguments, const QByteArray &input) const
{
    return programAndArguments(QByteArrayList{"parallel", "--will-cite"} + arguments, input);
}

// By way of a shell, since QProcess takes no arguments that are not UTF-8.
ProgramResult ProgramRunner::programAndArguments(const QByteArrayList &words, const QByteArray &input) const
{
    QByteArrayList quoted;
    for (const QByteArray &word : words)
        quoted.append(shellQuoted(word));
    return shell("exec " + quoted.join(' '), input);
}

QString ProgramRunner::writeScript(const QByteArray &script) const
{
    QFile file(path(QStringLiteral(".script")));
    if (!file.open(QIODevice::WriteOnly) || file.write(script) != script.size())
        qFatal("cannot write the script");
    return file.fileName();
}

QMap<QString, QString> ProgramRunner::variables() const
{
    return {
        {QStringLiteral("PROCESSION_STORE"), store()},
        {QStringLiteral("PROCESSION"), QFile::decodeName(program())},
        {QStringLiteral("SHELL"), QStringLiteral("/bin/sh")},
        {QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8")},
        {m_marked.name(), m_marked.value()},
    };
}

QByteArrayList ProgramRunner::command(const QByteArray &script) const
{
    QByteArrayList words{"/usr/bin/env", "--chdir=" + QFile::encodeName(folder())};
    const QMap<QString, QString> all = variables();
    for (auto variable = all.begin(); variable != all.end(); ++variable)
        words.append(QFile::encodeName(variable.key() + QLatin1Char('=') + variable.value()));
    return words << "/bin/sh" << QFile::encodeName(writeScript(script));
}

void ProgramRunner::start(QProcess &process, const QByteArray &script) const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const QMap<QString, QString> all = variables();
    for (auto variable = all.begin(); variable != all.end(); ++variable)
        environment.insert(variable.key(), variable.value());
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(folder());
    process.start(QStringLiteral("/bin/sh"), {writeScript(script)});
}

ProgramResult ProgramRunner::bash(const QByteArray &script) const
{
    write(QStringLiteral("test.bash"), script + '\n');
    return shell("bash test.bash");
}

ProgramResult ProgramRunner::shell(const QByteArray &script, const QByteArray &input) const
{
    QProcess process;
    start(process, script);
    process.write(input);
    process.closeWriteChannel();
    ProgramResult result;
    if (!process.waitForFinished(timeLimit()))
        return result;
    result.out = process.readAllStandardOutput();
    result.err = process.readAllStandardError();
    result.status = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : 128 + process.exitCode();
    return result;
}

BashRows::BashRows()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QByteArray>("expected");
}

void BashRows::operator()(const char *title, const char *script, const char *expected) const
{
    QTest::newRow(title) << QByteArray(script) << QByteArray(expected);
}

void BashRows::check(const QByteArray &start)
{
    QFETCH(QByteArray, script);
    QFETCH(QByteArray, expected);
    const ProgramResult result = ProgramRunner().bash("P=\"" + start + "\"; " + script);
    QCOMPARE(result.err, QByteArray());
    QCOMPARE(result.out, expected);
}

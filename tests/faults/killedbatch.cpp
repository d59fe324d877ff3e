// SPDX-License-Identifier: MIT
#include "killedbatch.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QProcess>
#include <QtCore/QThread>

namespace procession {

namespace {

constexpr int LongOutput = 200'000;
constexpr int LongestRun = 100'000; // milliseconds

const char *const TaskScript = R"(number=$1
echo $number >> runs.log
[ $((number % 5)) = 2 ] && sleep 0.05
[ $((number % 50)) = 3 ] && sleep 300 > /dev/null 2>&1 &
[ $((number % 97)) = 5 ] && head -c 200000 /dev/zero | tr '\0' x
echo "result of $number"
[ $((number % 10)) != 9 ] || exit 3
)";

void writeFile(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(path));
}

QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

KilledBatch::KilledBatch(int tasks) : m_tasks(tasks)
{
    QByteArray inputs;
    for (int number = 1; number <= tasks; ++number)
        inputs += QByteArray::number(number) + '\n';
    writeFile(m_folder.filePath(QStringLiteral("inputs")), inputs);
    writeFile(m_folder.filePath(QStringLiteral("task.sh")), TaskScript);
}

void KilledBatch::start(QProcess &process)
{
    QStringList arguments{QStringLiteral("run"), QStringLiteral("-j4"), QStringLiteral("--store"), storePath(),
        QStringLiteral("--results"), m_folder.filePath(QStringLiteral("results")), QStringLiteral("-a"),
        QStringLiteral("inputs")};
    if (m_begun)
        arguments.append(QStringLiteral("--resume"));
    m_begun = true;
    arguments.append({QStringLiteral("sh"), QStringLiteral("task.sh"), QStringLiteral("{}")});
    process.setWorkingDirectory(m_folder.path());
    process.setEnvironment(QProcess::systemEnvironment() << m_processes.variable());
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(m_folder.filePath(QStringLiteral("errors")), QIODevice::Append);
    process.start(QCoreApplication::applicationDirPath() + QStringLiteral("/procession"), arguments);
    if (!process.waitForStarted())
        qFatal("%s", qPrintable(process.errorString()));
}

KilledBatch::End KilledBatch::runAndKill(std::chrono::milliseconds life)
{
    QProcess process;
    start(process);
    if (process.waitForFinished(static_cast<int>(life.count())))
        return End::Finished;
    process.kill();
    process.waitForFinished();
    return End::Killed;
}

int KilledBatch::finish()
{
    QProcess process;
    start(process);
    if (!process.waitForFinished(LongestRun)) {
        process.kill();
        process.waitForFinished();
    }
    const QByteArray errors = readFile(m_folder.filePath(QStringLiteral("errors")));
    if (!errors.isEmpty())
        qInfo().noquote() << "stderr:" << errors;
    return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
}

int KilledBatch::failingTasks() const
{
    int count = 0;
    for (int number = 1; number <= m_tasks; ++number)
        count += fails(number) ? 1 : 0;
    return count;
}

std::map<int, int> KilledBatch::runs() const
{
    std::map<int, int> runs;
    for (const QByteArray &line : readFile(m_folder.filePath(QStringLiteral("runs.log"))).split('\n')) {
        if (!line.isEmpty())
            ++runs[line.toInt()];
    }
    return runs;
}

QByteArray KilledBatch::resultFile(int number) const
{
    return readFile(m_folder.filePath(QStringLiteral("results/1/%1/stdout").arg(number)));
}

int KilledBatch::resultFolders() const
{
    return static_cast<int>(
        QDir(m_folder.filePath(QStringLiteral("results/1"))).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size());
}

QByteArray KilledBatch::expectedOutput(int number)
{
    return QByteArray(number % 97 == 5 ? LongOutput : 0, 'x') + "result of " + QByteArray::number(number) + '\n';
}

} // namespace procession

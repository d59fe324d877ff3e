// SPDX-License-Identifier: MIT
// What happens where `ulimit -v` and `ulimit -f` leave little: this program is run again with such limits, before it has shared memory.
#include <procession/process/launch/freezesupport.h>
#include <procession/process/process.h>
#include <procession/shared/rawarray.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QProcess>
#include <QtTest/QtTest>

#include <cstdio>
#include <cstring>
#include <sys/resource.h>

using namespace procession;

namespace {

constexpr qint64 MiB = 1 << 20;
constexpr char LimitedArgument[] = "--limited";

void writeLast(const RawArray<char> &array) { array[array.size() - 1] = 'x'; }

/// "yes" when shared memory of that size can be had and written by a child, or what the error says.
QByteArray tryArray(qint64 size, StartMethod method)
{
    try {
        const RawArray<char> array(static_cast<std::size_t>(size));
        Process process = context(method).process(&writeLast, array);
        process.start();
        process.join();
        return array[array.size() - 1] == 'x' ? "yes" : "the child did not write";
    } catch (const SharedMemoryError &error) {
        return QByteArray("SharedMemoryError: ") + error.what();
    } catch (const std::exception &error) {
        return QByteArray("another error: ") + error.what();
    }
}

/// The part of this program that runs with limits.
int runLimited(char **arguments)
{
    const bool ofSpace = std::strcmp(arguments[0], "space") == 0;
    rlimit limit{};
    limit.rlim_cur = std::strtoull(arguments[1], nullptr, 10);
    limit.rlim_max = std::strcmp(arguments[2], "hard") == 0 ? limit.rlim_cur : RLIM_INFINITY;
    if (::setrlimit(ofSpace ? RLIMIT_AS : RLIMIT_FSIZE, &limit) != 0)
        return 1;
    const qint64 size = std::strtoll(arguments[3], nullptr, 10);
    for (const StartMethod method : {StartMethod::Spawn, StartMethod::ForkServer, StartMethod::Fork})
        std::printf("%s\n", tryArray(size, method).constData());
    return 0;
}

} // namespace

class TestSharedLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void limits_data();
    void limits();
};

void TestSharedLimits::limits_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<qint64>("limit");
    QTest::addColumn<QString>("hardness");
    QTest::addColumn<qint64>("size");
    QTest::addColumn<QByteArray>("answer");
    const QString space = QStringLiteral("space");
    const QString file = QStringLiteral("file");
    const QString hard = QStringLiteral("hard");
    const QString soft = QStringLiteral("soft");
    QTest::newRow("space for some") << space << 3072 * MiB << hard << 100 * MiB << QByteArray("yes");
    QTest::newRow("space for less") << space << 3072 * MiB << hard << 2048 * MiB
                                    << QByteArray("SharedMemoryError: no shared memory of 2147483648 bytes");
    QTest::newRow("space for none") << space << 512 * MiB << hard << MiB
                                    << QByteArray("SharedMemoryError: this program may not have");
    QTest::newRow("short files, which may be longer") << file << MiB << soft << 100 * MiB << QByteArray("yes");
    QTest::newRow("short files") << file << MiB << hard << MiB << QByteArray("SharedMemoryError: this program may not have");
    QTest::newRow("files for some") << file << 2048 * MiB << hard << 100 * MiB << QByteArray("yes");
    QTest::newRow("files for less") << file << 2048 * MiB << hard << 1024 * MiB
                                    << QByteArray("SharedMemoryError: no shared memory of 1073741824 bytes");
}

void TestSharedLimits::limits()
{
    QFETCH(QString, what);
    QFETCH(qint64, limit);
    QFETCH(QString, hardness);
    QFETCH(qint64, size);
    QFETCH(QByteArray, answer);
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    if (what == QStringLiteral("space"))
        QSKIP("sanitizers need more address space than that");
#endif
    QProcess limited;
    limited.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    limited.start(QCoreApplication::applicationFilePath(),
        {QString::fromLatin1(LimitedArgument), what, QString::number(limit), hardness, QString::number(size)});
    QVERIFY(limited.waitForFinished(60'000));
    QCOMPARE(limited.exitStatus(), QProcess::NormalExit); // neither SIGBUS nor SIGXFSZ
    QCOMPARE(limited.exitCode(), 0);
    const QByteArrayList lines = limited.readAllStandardOutput().trimmed().split('\n');
    QCOMPARE(lines.size(), 3);
    for (const QByteArray &line : lines)
        QVERIFY2(line.startsWith(answer), line.constData());
}

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);
    const QCoreApplication application(argc, argv);
    if (argc == 6 && std::strcmp(argv[1], LimitedArgument) == 0)
        return runLimited(argv + 2);
    TestSharedLimits test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_sharedlimits.moc"

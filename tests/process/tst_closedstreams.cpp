// SPDX-License-Identifier: MIT
// Programs that were started with standard streams closed, as some services are: the next files that are opened get their numbers.
#include "processtest.h"
#include "programrole.h"

#include <procession/ipc/pipe.h>
#include <procession/pool/pool.h>
#include <procession/queue/queue.h>

#include <QtCore/QTemporaryDir>

#include <array>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

using namespace procession;

namespace {

int sayTwice(int x)
{
    std::printf("out %d\n", x);
    std::fprintf(stderr, "err %d\n", x);
    return 2 * x;
}

void sendTwice(const Connection &connection, int x) { connection.send(sayTwice(x)); }

void putTwice(const Queue<int> &queue, int x) { queue.put(sayTwice(x)); }

int usePipe()
{
    const auto [receiver, sender] = pipe();
    Process process(&sendTwice, sender, 1);
    process.start();
    const int received = receiver.recv<int>();
    process.join();
    return received + process.exitCode().value_or(-9);
}

int useQueue()
{
    const Queue<int> queue;
    Process process(&putTwice, queue, 1);
    process.start();
    const int received = queue.get();
    process.join();
    return received + process.exitCode().value_or(-9);
}

int usePool()
{
    Pool pool(1);
    return pool.apply(&sayTwice, 1);
}

/// All of it, made before anything is started; and a file of the program, which gets none of what is written to streams.
int useAll(const QString &path)
{
    const int file = ::open(QFile::encodeName(path).constData(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    const bool isAside = file > STDERR_FILENO;
    const auto [receiver, sender] = pipe();
    const Queue<int> queue;
    const int all = usePipe() + useQueue() + usePool();
    ::close(file);
    return isAside && QFile(path).size() == 0 ? all : -1;
}

int tellWhatComesOfIt(const char *path)
{
    const QByteArray result = QByteArray::number(usePipe() + useAll(QString::fromUtf8(path) + QStringLiteral(".file")));
    QFile file(QString::fromUtf8(path));
    return file.open(QIODevice::WriteOnly) && file.write(result) > 0 ? 0 : 1;
}

constexpr std::array Roles{ProgramRole{"--tell", tellWhatComesOfIt}};

QByteArray redirections(int closed)
{
    QByteArray all = "exec \"$@\"";
    for (int stream = 0; stream <= STDERR_FILENO; ++stream) {
        if ((closed & (1 << stream)) != 0)
            all += ' ' + QByteArray::number(stream) + (stream == 0 ? "<&-" : ">&-");
    }
    return all;
}

} // namespace

class TestClosedStreams : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCombination_data();
    void everyCombination();
    void withoutFreezeSupport_data();
    void withoutFreezeSupport();

private:
    static void addCombinations(const QList<StartMethod> &methods);
    static void check(const char *role);
};

void TestClosedStreams::addCombinations(const QList<StartMethod> &methods)
{
    QTest::addColumn<StartMethod>("method");
    QTest::addColumn<int>("closed"); // a bit for each stream
    for (const StartMethod method : methods) {
        for (int closed = 0; closed < 8; ++closed)
            QTest::addRow("%s, %s", qPrintable(nameOf(method)), redirections(closed).sliced(9).constData()) << method << closed;
    }
}

void TestClosedStreams::everyCombination_data()
{
    const auto methods = allStartMethods();
    addCombinations({methods.begin(), methods.end()});
}

void TestClosedStreams::check(const char *role)
{
    QFETCH(StartMethod, method);
    QFETCH(int, closed);
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("result"));
    const ProgramResult result = runRole(role, method, redirections(closed), path);
    QCOMPARE(result.status, 0);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("8"));
    QCOMPARE(result.out, (closed & 2) != 0 ? QByteArray() : QByteArray("out 1\n").repeated(4));
    QCOMPARE(result.err, (closed & 4) != 0 ? QByteArray() : QByteArray("err 1\n").repeated(4));
}

void TestClosedStreams::everyCombination() { check("--tell"); }

void TestClosedStreams::withoutFreezeSupport_data() { addCombinations({StartMethod::Fork, StartMethod::Thread}); }

void TestClosedStreams::withoutFreezeSupport() { check("--tell-unprepared"); }

int main(int argc, char **argv)
{
    if (argc == 3 && std::strcmp(argv[1], "--tell-unprepared") == 0) {
        // As programs do that only fork: what the library opens by itself is in no stream's place.
        // It opens no file of its own before, since that would be in a stream's place by its own doing.
        const QByteArray result = QByteArray::number(usePipe() + useQueue() + usePool() + usePipe());
        QFile file(QString::fromUtf8(argv[2]));
        return file.open(QIODevice::WriteOnly) && file.write(result) > 0 ? 0 : 1;
    }
    freezeSupport(argc, argv);
    return runRoleOrTest<TestClosedStreams>(argc, argv, Roles);
}
#include "tst_closedstreams.moc"

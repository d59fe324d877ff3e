// SPDX-License-Identifier: MIT
#include "pooltest.h"

#include <procession/ipc/pipe.h>

#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace procession;
using namespace std::chrono_literals;

namespace {

using FolderId = std::pair<quint64, quint64>;

/// The folder that this process is in, whether or not it has a path.
FolderId ownFolderId()
{
    struct stat here
    {
    };
    ::fstatat(AT_FDCWD, "", &here, AT_EMPTY_PATH);
    return {here.st_dev, here.st_ino};
}

FolderId idOf(int) { return ownFolderId(); }
void answerId(const Connection &answer) { answer.send(ownFolderId()); }

FolderId idOfChild(StartMethod method)
{
    auto [ours, theirs] = pipe();
    Process process = context(method).process(&answerId, theirs);
    process.start();
    theirs.close();
    if (!ours.poll(QDeadlineTimer(20s)))
        return {};
    const auto id = ours.recv<FolderId>();
    process.join();
    return id;
}

/// What this program does when the test starts it in a folder that is root's alone; its exit code is 0 when that went well.
int startWithoutPrivileges(StartMethod method)
{
    constexpr id_t Nobody = 65'534;
    if (::setgid(Nobody) != 0 || ::setuid(Nobody) != 0)
        return 2;
    const std::string error = errorOf([&] {
        if (idOfChild(method) != ownFolderId())
            throw ProcessError("the child is somewhere else");
    });
    if (error == "no error")
        return 0;
    std::fprintf(stderr, "%s\n", error.c_str());
    return 1;
}

/// Makes this program go back to its folder.
class Excursion
{
public:
    explicit Excursion(const QString &folder) : m_home(::open(".", O_PATH | O_DIRECTORY | O_CLOEXEC))
    {
        if (::chdir(QFile::encodeName(folder).constData()) != 0)
            qFatal("cannot go to %s", qPrintable(folder));
    }
    ~Excursion()
    {
        if (::fchdir(m_home) != 0)
            qFatal("cannot go back");
        ::close(m_home);
    }
    Q_DISABLE_COPY_MOVE(Excursion)

private:
    int m_home;
};

} // namespace

/// Children start in the folder that their parent is in at that moment.
class TestWorkingFolder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isTheParents_data() { addStartMethods(); }
    void isTheParents();
    void deleted_data() { addStartMethods(); }
    void deleted();
    void replaced_data() { addStartMethods(); }
    void replaced();
    void mayNotBeEntered_data() { addStartMethods(false); }
    void mayNotBeEntered();

private:
    /// What a process and a pool of that method see.
    static void compare(StartMethod method, const FolderId &expected)
    {
        QCOMPARE(idOfChild(method), expected);
        Pool pool(options(method));
        QCOMPARE(pool.map(&idOf, std::vector{1, 2}), (std::vector{expected, expected}));
    }
};

void TestWorkingFolder::isTheParents()
{
    QFETCH(StartMethod, method);
    const FolderId before = ownFolderId();
    compare(method, before);
    const QTemporaryDir folder;
    const Excursion excursion(folder.path());
    QVERIFY(ownFolderId() != before);
    compare(method, ownFolderId());
}

void TestWorkingFolder::deleted()
{
    QFETCH(StartMethod, method);
    QTemporaryDir folder;
    const Excursion excursion(folder.path());
    QVERIFY(folder.remove());
    compare(method, ownFolderId());
}

void TestWorkingFolder::replaced()
{
    QFETCH(StartMethod, method);
    const QTemporaryDir folder;
    const QDir dir(folder.path());
    QVERIFY(dir.mkdir(QStringLiteral("a")));
    const Excursion excursion(folder.filePath(QStringLiteral("a")));
    QVERIFY(QDir(folder.path()).rename(QStringLiteral("a"), QStringLiteral("b")));
    QVERIFY(dir.mkdir(QStringLiteral("a")));
    compare(method, ownFolderId());
}

/// As after giving up privileges: the program is in a folder that it could not enter.
void TestWorkingFolder::mayNotBeEntered()
{
    QFETCH(StartMethod, method);
    if (::geteuid() != 0)
        QSKIP("only root can give up privileges");
    const QTemporaryDir folder;
    QVERIFY(::chmod(QFile::encodeName(folder.path()).constData(), S_IRWXU) == 0);
    QProcess program;
    program.setProcessChannelMode(QProcess::MergedChannels);
    program.setWorkingDirectory(folder.path());
    program.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--unprivileged"), nameOf(method)});
    QVERIFY(program.waitForFinished());
    QCOMPARE(program.readAll(), QByteArray());
    QCOMPARE(program.exitCode(), 0);
}

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);
    if (argc == 3 && qstrcmp(argv[1], "--unprivileged") == 0)
        return startWithoutPrivileges(startMethodNamed(QString::fromLatin1(argv[2])).value());
    const QCoreApplication application(argc, argv);
    TestWorkingFolder test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_workingfolder.moc"

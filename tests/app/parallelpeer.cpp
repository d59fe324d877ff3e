// SPDX-License-Identifier: GPL-3.0-or-later
#include "parallelpeer.h"

#include <procession/job/template/commandtemplate.h>

#include <QtCore/QDir>
#include <QtCore/QDirIterator>
#include <QtCore/QStandardPaths>
#include <QtTest/QtTest>

#include <algorithm>
#include <iterator>

using namespace procession;

namespace {

constexpr int TimeLimit = 60'000;

// INIT runs when Perl has compiled the program that it was started with, before it runs it. A line is the words of a command line in
// hexadecimal; the answer is the exit statuses of the two programs.
constexpr char Server[] = R"(package ParallelServer;
sub begin {
    my ($folder, $input) = @_;
    chdir $folder or die; open STDIN, "<", $input or die; open STDOUT, ">", "$folder.out" or die; open STDERR, ">", "$folder.err" or die;
}
sub status { my $status = $_[0]; return $status & 127 ? 128 + ($status & 127) : $status >> 8; }
INIT {
    local $| = 1;
    open(my $requests, "<&", \*STDIN) or die; # what had been read from STDIN itself would be remembered
    print "ready\n";
    while (defined(my $line = <$requests>)) {
        chomp $line;
        my ($ours, $theirs, $input, $program, @arguments) = map { pack("H*", $_) } split / /, $line;
        my $first = fork;
        if (!$first) { begin($ours, $input); exec { $program } $program, "run", @arguments; die; }
        my $second = fork;
        if (!$second) { begin($theirs, $input); @ARGV = ("--will-cite", @arguments); last; }
        waitpid $first, 0; my $one = status($?);
        waitpid $second, 0; my $other = status($?);
        print "$one $other\n";
    }
    exit 0 if !@ARGV;
}
1;
)";

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(no such file)");
}

/// A job log without times, its lines in the order of the tasks: in which order they end is chance.
QByteArray withoutTimes(const QByteArray &log)
{
    QByteArrayList kept;
    for (const QByteArray &line : log.split('\n')) {
        const QByteArrayList cells = line.split('\t');
        kept.append(cells.mid(0, 2).join(' ') + ' ' + cells.mid(4).join(' '));
    }
    std::sort(std::next(kept.begin()), kept.end());
    return kept.join('\n');
}

QMap<QByteArray, QByteArray> filesIn(const QByteArray &folder)
{
    QMap<QByteArray, QByteArray> files;
    const QString top = QFile::decodeName(folder);
    QDirIterator all(top, QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden, QDirIterator::Subdirectories);
    while (all.hasNext()) {
        const QString path = all.next();
        QByteArray bytes = all.fileInfo().isDir() ? QByteArray("(a folder)") : contents(path);
        files.insert(QFile::encodeName(path.mid(top.size() + 1)), bytes.startsWith("Seq\t") ? withoutTimes(bytes) : bytes);
    }
    return files;
}

} // namespace

ParallelPeer::~ParallelPeer()
{
    m_server.closeWriteChannel();
    m_server.waitForFinished(TimeLimit);
}

bool ParallelPeer::start()
{
    const QByteArray parallel = QFile::encodeName(QStandardPaths::findExecutable(QStringLiteral("parallel")));
    if (parallel.isEmpty() || !m_runner.parallel({"--version"}).out.startsWith("GNU parallel"))
        return false;
    m_runner.write(QStringLiteral("ParallelServer.pm"), Server);
    m_server.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_runner.start(m_server, "unset PARALLEL; PARALLEL_SHELL=/bin/sh exec perl -I. -MParallelServer " + shellQuoted(parallel));
    return m_server.waitForReadyRead(TimeLimit) && m_server.readLine() == "ready\n";
}

bool ParallelPeer::readsCsv() const { return m_runner.shell("perl -MText::CSV -e 1").status == 0; }

QByteArray ParallelPeer::folder(const char *whose) const
{
    return QFile::encodeName(m_runner.path(QString::number(m_count))) + '/' + whose;
}

ParallelPeer::Done ParallelPeer::run(const QByteArrayList &arguments, const QByteArray &input)
{
    ++m_count;
    for (const char *whose : {"ours", "theirs"}) {
        const QDir own(QFile::decodeName(folder(whose)));
        own.mkpath(QStringLiteral("."));
        for (auto file = m_files.cbegin(); file != m_files.cend(); ++file) {
            QFile copy(own.filePath(file.key()));
            if (!copy.open(QIODevice::WriteOnly) || copy.write(file.value()) != file.value().size())
                qFatal("cannot write %s", qPrintable(copy.fileName()));
        }
    }
    m_runner.write(QStringLiteral("input"), input);
    QByteArrayList words{
        folder("ours"), folder("theirs"), QFile::encodeName(m_runner.path(QStringLiteral("input"))), ProgramRunner::program()};
    words += arguments;
    for (QByteArray &word : words)
        word = word.toHex();
    m_server.write(words.join(' ') + '\n');

    Done done;
    while (!m_server.canReadLine()) {
        if (!m_server.waitForReadyRead(TimeLimit))
            return done;
    }
    const QByteArrayList statuses = m_server.readLine().trimmed().split(' ');
    for (ProgramResult *result : {&done.ours, &done.theirs}) {
        const bool isOurs = result == &done.ours;
        const QString beginning = QFile::decodeName(folder(isOurs ? "ours" : "theirs"));
        result->status = statuses.value(isOurs ? 0 : 1).toInt();
        result->out = contents(beginning + QStringLiteral(".out"));
        result->err = contents(beginning + QStringLiteral(".err"));
    }
    done.ourFiles = filesIn(folder("ours"));
    done.theirFiles = filesIn(folder("theirs"));
    return done;
}

ProgramResult ParallelPeer::runAgain(const QByteArrayList &arguments, bool afterTheirs)
{
    QByteArrayList words{ProgramRunner::program(), "run"};
    words += arguments;
    for (QByteArray &word : words)
        word = shellQuoted(word);
    return m_runner.shell("cd " + shellQuoted(folder(afterTheirs ? "theirs" : "ours")) + " && exec " + words.join(' '));
}

void ParallelTest::initTestCase()
{
    if (!m_peer.start())
        QSKIP("GNU parallel is not installed");
    m_peer.write(QStringLiteral("A"), "a\nb\n");
    m_peer.write(QStringLiteral("B"), "1\n2\n");
    m_peer.write(QStringLiteral("E"), "");
    m_peer.write(QStringLiteral("S"), "a;b;c");
    m_peer.write(QStringLiteral("T"), "name\tsize\nred\t3\nblue\t4\n");
    m_peer.write(QStringLiteral("Z"), QByteArray("x y\0p\nq\0", 8));
}

void ParallelTest::addColumns()
{
    QTest::addColumn<QByteArrayList>("arguments");
    QTest::addColumn<QByteArray>("input");
}

void ParallelTest::row(const char *title, const QByteArrayList &arguments, const QByteArray &input)
{
    QTest::newRow(title) << arguments << input;
}

void ParallelTest::compare()
{
    QFETCH(QByteArrayList, arguments);
    QFETCH(QByteArray, input);
    const ParallelPeer::Done done = m_peer.run(arguments, input);
    QVERIFY(done.theirs.status >= 0);
    if (done.ours.status != done.theirs.status || done.ours.out != done.theirs.out)
        qWarning("%s%s", done.ours.err.constData(), done.theirs.err.constData());
    // It prints its usage on stdout when it refuses an option.
    if (done.theirs.status != 255)
        QCOMPARE(done.ours.out, done.theirs.out);
    QCOMPARE(done.ours.status, done.theirs.status);
    QCOMPARE(done.ourFiles.keys(), done.theirFiles.keys());
    for (auto file = done.ourFiles.cbegin(); file != done.ourFiles.cend(); ++file)
        QVERIFY2(*file == done.theirFiles.value(file.key()),
            (file.key() + ":\n" + *file + "\n" + done.theirFiles.value(file.key())).constData());
}

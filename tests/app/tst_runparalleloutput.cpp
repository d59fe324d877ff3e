// SPDX-License-Identifier: GPL-3.0-or-later
// What is printed, and what is kept in files, beside the installed GNU parallel.
#include "parallelpeer.h"

#include <QtTest/QtTest>

class TestRunParallelOutput : public ParallelTest
{
    Q_OBJECT

private Q_SLOTS:
    void order_data()
    {
        addColumns();
        row("in order", {"-k", "-j4", "sleep 0.$((4 - {})); echo {}", ":::", "1", "2", "3"});
        row("in order, long name", {"--keep-order", "-j2", "echo", ":::", "a", "b"});
        row("order taken back", {"-k", "--no-keep-order", "-j1", "echo", ":::", "a", "b"});
        row("large output", {"-k", "seq", ":::", "200000", "3", "100000"});
        row("no newline at the end", {"-k", "printf", ":::", "a", "b"});
        row("no output", {"-k", "true", ":::", "a", "b"});
        row("NUL bytes", {"-k", "printf 'a\\0b{}'", ":::", "1", "2"});
        row("errors apart", {"-k", "echo e{} >&2; echo o{}", ":::", "1", "2"});
        row("of failing tasks", {"-k", "echo {}; exit {}", ":::", "0", "1", "2"});
        row("of a killed task", {"-k", "echo {}; kill -9 $$", ":::", "a"});
        row("group", {"-k", "--group", "echo", ":::", "a", "b"});
        row("plain", {"--plain", "-k", "echo", ":::", "a"});
        row("gnu", {"--gnu", "-k", "echo", ":::", "a"});
        row("silent", {"--silent", "-k", "echo", ":::", "a", "b"});
        row("will-cite", {"--will-cite", "-k", "echo", ":::", "a"});
        row("compact options", {"-kj2", "echo", ":::", "a", "b"});
        row("jobs plus", {"-j+1", "-k", "echo", ":::", "a"});
        row("jobs percent", {"-j", "50%", "-k", "echo", ":::", "a"});
        row("jobs minus", {"-j-1", "-k", "echo", ":::", "a"});
        row("jobs unlimited", {"-j0", "-k", "echo", ":::", "a", "b"});
        row("jobs, other names", {"--jobs=1", "echo", ":::", "a", "b"});
        row("procs", {"-P", "1", "echo", ":::", "a", "b"});
        row("max-procs", {"--max-procs", "1", "echo", ":::", "a", "b"});
        row("delay", {"-k", "--delay", "0.05", "echo", ":::", "a", "b"});
        row("shuffled", {"--shuf", "-j1", "echo", ":::", "a", "a", "a"});
        row("load", {"-k", "--load", "10000", "echo", ":::", "a"});
        row("memfree", {"-k", "--memfree", "1k", "echo", ":::", "a"});
    }

    void order() { compare(); }

    void tags_data()
    {
        addColumns();
        row("tag", {"-k", "--tag", "printf 'a\\n\\nb'", ":::", "x", "y"});
        row("tag of a long line", {"-k", "--tag", "head -c 700000 /dev/zero | tr '\\0' {}", ":::", "x"});
        row("tag without output", {"-k", "--tag", "true", ":::", "x"});
        row("tag of columns", {"-k", "--tag", "echo", ":::", "x", "y", ":::", "1"});
        row("tag of an empty value", {"-k", "--tag", "echo x", ":::", ""});
        row("tag of quotes", {"-k", "--tag", "echo", ":::", "it's", "a  b", "$x"});
        row("tag of whole commands", {"-k", "--tag", ":::", "echo a; echo b"});
        row("tag without newline", {"-k", "--tag", "printf {}", ":::", "a", "b"});
        row("tagstring", {"-k", "--tagstring", "{#}:{/.}", "echo", ":::", "d/x.y", "z"});
        row("tagstring of columns", {"-k", "--tagstring", "{2}-{-1}-{3}", "echo", ":::", "x", "y", ":::", "1"});
        row("tagstring without replacement", {"-k", "--tagstring", "x", "echo", ":::", "a"});
        row("tagstring with a tab", {"-k", "--tagstring", "x\\t", "echo", ":::", "a"});
        row("tagstring with a tab inside", {"-k", "--tagstring", "{}\\ty", "printf '%s\\n' x", ":::", "a\\tb"});
        row("tagstring with other escapes", {"-k", "--tagstring", "\\x41\\101\\e\\r\\\\t", "echo", ":::", "a"});
        row("tagstring with a newline", {"-k", "--tagstring", "x\\n", "echo", ":::", "a"});
        row("tagstring with a backslash at the end", {"-k", "--tagstring", "a\\", "echo", ":::", "a"});
        row("tagstring of nothing", {"-k", "--tagstring", "", "echo", ":::", "a"});
        row("tag-string", {"-k", "--tag-string", "{}>", "echo", ":::", "a"});
        row("tag and tagstring", {"-k", "--tag", "--tagstring", "Q{}", "echo", ":::", "a"});
        row("tagstring of the worker", {"-j1", "--tagstring", "{%}", "echo", ":::", "a", "b"});
    }

    void tags() { compare(); }

    void lines_data()
    {
        addColumns();
        row("lines", {"-k", "--line-buffer", "echo a{}; printf b{}; echo c", ":::", "1", "2"});
        row("tagged lines", {"-k", "--lb", "--tag", "printf 'a\\nb'; printf 'c\\n\\nd\\n'; : ", ":::", "1", "2"});
        row("lines without newline", {"-k", "--lb", "printf {}", ":::", "a", "b"});
    }

    void lines() { compare(); }

    void retries_data()
    {
        addColumns();
        const QByteArray once = "echo o{}; mkdir d{} 2>/dev/null && exit 1; true";
        row("second try, in order", {"-k", "--retries", "2", once, ":::", "1", "2"});
        row("second try, one by one", {"-j1", "--retries", "2", once, ":::", "1"});
        row("second try, tagged", {"-k", "--retries", "2", "--tag", once, ":::", "1", "2"});
        row("second try, job log", {"-k", "-j1", "--retries", "2", "--joblog", "log", once, ":::", "1"});
        row("second try, results",
            {"-k", "--retries", "2", "--results", "tree", "mkdir d{} 2>/dev/null && exit 1; true", ":::", "1", "2"});
        row("third try", {"-k", "--retries", "3", "echo x >>f{}; cat f{}; test $(wc -l <f{}) = 3", ":::", "1", "2"});
        row("in vain", {"-k", "--retries", "3", "echo x >>f{}; cat f{}; exit 1", ":::", "1", "2"});
        row("some again",
            {"-k", "--retries", "2", "echo o{}; test {} = 2 && mkdir d 2>/dev/null && exit 1; true", ":::", "1", "2", "3"});
        row("the last again",
            {"-k", "--retries", "2", "echo o{}; test {} = 3 && mkdir d 2>/dev/null && exit 1; true", ":::", "1", "2", "3"});
        row("large output again", {"-k", "--retries", "2", "seq 50000; mkdir d{} 2>/dev/null && exit 1; true", ":::", "1", "2"});
        row("other output again",
            {"-k", "--retries", "2", "mkdir d{} 2>/dev/null && { echo first; exit 1; }; echo second{}", ":::", "1", "2"});
        row("timed out and again",
            {"-k", "--retries", "2", "--timeout", "1", "echo o{}; mkdir d{} 2>/dev/null && sleep 30; true", ":::", "1"});
        row("no try", {"-k", "--retries", "0", once, ":::", "1"});
        row("one try", {"-k", "--retries", "1", once, ":::", "1"});
    }

    void retries() { compare(); }

    void files_data()
    {
        addColumns();
        row("job log", {"-k", "-j1", "--joblog", "log", "echo {}; exit {}", ":::", "0", "3", "0"});
        row("job log of a signal", {"-j1", "--joblog", "log", "kill -9 $$; : {}", ":::", "a"});
        row("job log of a newline", {"-j1", "--joblog", "log", "echo a\necho b; : {}", ":::", "x"});
        row("job log of nothing", {"-j1", "--joblog", "log", "echo", "::::", "E"});
        row("job log in no folder", {"-j1", "--joblog", "absent/log", "echo", ":::", "a"});
        row("job log that is a folder", {"-j1", "--joblog", "/tmp", "echo", ":::", "a"});
        row("results", {"--results", "tree", "echo {1} >&2; : {2}", ":::", "a/b", "c d", ":::", "1", "2"});
        row("results of one", {"--result", "tree", "echo {} >&2", ":::", "a\\b", "c\td", "$x"});
        row("results, deep", {"--results", "a/b/c", "true", ":::", "x"});
        row("folder", {"--wd", "/usr", "pwd; : {}", ":::", "a"});
        row("folder here", {"--wd", ".", "basename \"$(pwd)\" | wc -l; : {}", ":::", "a"});
        row("folder that is made", {"--wd", "new/deep", "basename \"$(pwd)\"; : {}", ":::", "a", "b"});
        row("folder that is made, other names", {"--workdir", "new", "touch {}", ":::", "a"});
        row("folder that is made for nothing", {"--work-dir", "new", "touch {}", "::::", "E"});
        row("folder that cannot be made", {"--wd", "/proc/new", "pwd; : {}", ":::", "a"});
        row("folder that is a file", {"--wd", "A", "pwd; : {}", ":::", "a"});
    }

    void files() { compare(); }

    void errorsOfTasksComeTagged()
    {
        const ParallelPeer::Done done = m_peer.run({"-k", "--tag", "echo e >&2; : {}", ":::", "a", "b"});
        QCOMPARE(done.ours.err, done.theirs.err);
    }

    void jobLogsAreAddedTo()
    {
        m_peer.write(QStringLiteral("old"),
            "Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\tSignal\tCommand\n"
            "1\t:\t1669845600.000\t     0.001\t0\t0\t0\t0\techo old\n");
        const ParallelPeer::Done done = m_peer.run({"-j1", "--joblog", "+old", "echo", ":::", "a", "b"});
        QCOMPARE(done.ourFiles.value("old").count('\n'), 4);
        QCOMPARE(done.ourFiles.value("old"), done.theirFiles.value("old"));
        QCOMPARE(m_peer.run({"-j1", "--joblog", "+new", "echo", ":::", "a"}).ourFiles.value("new").count('\n'), 2);
    }
};

QTEST_GUILESS_MAIN(TestRunParallelOutput)
#include "tst_runparalleloutput.moc"

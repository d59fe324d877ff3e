// SPDX-License-Identifier: GPL-3.0-or-later
// What a command line becomes with each input, and how it is run, beside the installed GNU parallel.
#include "parallelpeer.h"

#include <QtTest/QtTest>

class TestRunParallelCommand : public ParallelTest
{
    Q_OBJECT

private Q_SLOTS:
    void replacements_data()
    {
        addColumns();
        row("replacements", {"-k", "echo", "{} {.} {/} {//} {/.} {#}", ":::", "a/b.c", "d", "/x/y.tar.gz", "./.h"});
        row("column replacements", {"-k", "echo", "{1.} {2/} {1//} {2/.}", ":::", "a/b.c", ":::", "d/e.f"});
        row("column replacements from the end", {"-k", "echo", "{-1.} {-2/} {-1//}", ":::", "a/b.c", ":::", "d/e.f"});
        row("without extension", {"-k", "echo", "{.}", ":::", "a", "a.", ".a", "a.b.c", "a.b/c", "a/.b", "a.b/c.d"});
        row("without folder", {"-k", "echo", "[{/}]", ":::", "a", "/a", "a/", "a//b", "/", "../a"});
        row("folder", {"-k", "echo", "{//}", ":::", "a", "/a", "/", "a/", "a//b", "a/b/", "../a"});
        row("name only", {"-k", "echo", "[{/.}]", ":::", "a/b.c", "a.b/c", ".a", "/a.", "a.tar.gz"});
        row("several columns at once", {"-k", "echo", "{/}", ":::", "a/b", ":::", "c/d"});
        row("extensions of several columns", {"-k", "echo", "{.}", ":::", "a.b", ":::", "c.d"});
        row("number", {"-k", "echo", "{#}", ":::", "a", "b", "c"});
        row("number alone", {"-k", "echo {#}", ":::", "a", "b"});
        row("worker's number", {"-k", "-j1", "echo {%} {}", ":::", "a", "b"});
        row("not replaced", {"-k", "echo", "'{x}'", "'{1,2}'", "'{ }'", "'{}'", ":::", "a"});
        row("twice", {"-k", "echo", "{}{}", "{}-{}", ":::", "a b", "c"});
        row("none", {"-k", "echo x", ":::", "a", "b"});
        row("in front", {"-k", "echo", "{}", "x", ":::", "a b"});
    }

    void replacements() { compare(); }

    void words_data()
    {
        addColumns();
        row("quote", {"-k", "-q", "printf", "%s  %s|", "a;b", "{}", ":::", "x", "y z"});
        row("quote, long", {"-k", "--quote", "echo", "$HOME", "a  b", "'", "\"", ":::", "x"});
        row("quote inside of a word", {"-k", "-q", "echo", "a  {}  b", ":::", "x  y", "it's"});
        row("quote of awk", {"-k", "-q", "awk", "BEGIN { print \"{}\", 1 * 2 }", ":::", "x"});
        row("shell", {"-k", "echo {} | tr a-z A-Z", ":::", "abc", "d e"});
        row("two commands", {"-k", "echo a; echo {}", ":::", "x y"});
        row("and, or", {"-k", "test {} = a && echo yes || echo no", ":::", "a", "b"});
        row("group", {"-k", "{ echo {}; echo b; } | cat -n", ":::", "a"});
        row("subshell", {"-k", "(cd / && pwd); echo {}", ":::", "a"});
        row("substitution", {"-k", "echo $(echo {})x", ":::", "a", "b  c"});
        row("back-quotes elsewhere", {"-k", "echo `echo a` {}", ":::", "b"});
        row("variable", {"-k", "v={}; echo \"$v\"", ":::", "a  b", "it's"});
        row("variable before a command", {"-k", "V={} sh -c 'echo \"$V\"'", ":::", "a  b"});
        row("arithmetic", {"-k", "echo $(({} * 2))", ":::", "2", "10"});
        row("redirection", {"-k", "echo {} > out{#}; cat out{#}", ":::", "a b", "c"});
        row("redirection to a name", {"-k", "echo x > {}; cat {}", ":::", "a b", "$c"});
        row("error redirected", {"-k", "echo {} 2>&1 >&2 | wc -c", ":::", "a"});
        row("loop", {"-k", "for i in 1 2; do echo $i {}; done", ":::", "a"});
        row("case", {"-k", "case {} in a) echo A;; *) echo other;; esac", ":::", "a", "b c"});
        row("if", {"-k", "if test -n {}; then echo {}; fi", ":::", "a", ""});
        row("pattern", {"-k", "echo [AB] {}", ":::", "x"});
        row("tilde", {"-k", "test ~ = \"$HOME\" && echo {}", ":::", "~"});
        row("white space of the template", {"-k", "echo  a   b\tc", ":::", "x"});
        row("empty word", {"-k", "printf '<%s>' '' {}", ":::", "x"});
        row("double quotes", {"-k", "echo \"a  b\" {}", ":::", "x"});
        row("backslashes in double quotes", {"-k", "printf '%s\\n' \"a\\tb \\\\ \\$ \\\"\" {}", ":::", "x"});
        row("comment at the end of a line", {"-k", "echo {} # a\necho b", ":::", "x"});
        row("several lines", {"-k", "echo {}\necho b", ":::", "x"});
        row("leading dash", {"-k", "-q", "echo", "-x{}", ":::", "a"});
        row("exit status of a pipe", {"-k", "false | echo {}", ":::", "a"});
        row("stdin of commands", {"-k", "cat; echo {}", ":::", "a", "b"});
    }

    void words() { compare(); }

    void wholeCommands_data()
    {
        addColumns();
        row("whole commands", {"-k"}, "echo x; echo y\nexit 3\nprintf z\n");
        row("whole commands as values", {"-k", ":::", "echo a", "(exit 3)", "false"});
        row("whole commands of a file", {"-k", "-a", "A"});
        row("whole commands with quotes", {"-k", ":::", "echo 'a  b' \"c  d\"", "echo it\\'s"});
        row("whole commands like replacement strings", {"-k", ":::", "echo {} {1}"});
        row("whole commands, combined", {"-k", ":::", "echo", "printf %s", ":::", "a", "b"});
        row("whole commands, comments", {"-k"}, "# nothing\necho a # b\n");
        row("whole commands, empty", {"-k", ":::", "", "echo a"});
        row("input first", {"-k", "{}", ":::", "echo a", "echo \"b  c\"; echo d"});
        row("input first, failing", {"-k", "{}", ":::", "exit 3", "false", "true"});
        row("input first, empty", {"-k", "{}", ":::", "", "echo a"});
        row("input first and words", {"-k", "{} x 'y  z'", ":::", "echo a", "printf %s,"});
        row("input first and another command", {"-k", "{}; echo {#}", ":::", "echo a"});
        row("input first, in a pipe", {"-k", "{} | tr a-z A-Z", ":::", "echo a; echo b"});
        row("input first, redirected", {"-k", "{} >out{#}; cat out{#}", ":::", "echo a", "printf b"});
        row("input first, expanded", {"-k", "{1}", ":::", "echo $((1 + 2))", "echo [AB]", "echo `echo c`", "echo ${UNSET-d}"});
        row("input first, with a comment", {"-k", "{} x", ":::", "echo a #"});
        row("input first, column", {"-k", "{2} {1}", ":::", "a", "b", ":::", "echo", "printf '%s\\n'"});
        row("input first, column from the end", {"-k", "{-1} {1}", ":::", "a", "b", ":::", "echo x"});
        row("input first, columns", {"-k", "{1} {2}", ":::", "echo a", ":::", "b", "c"});
        row("input first, all columns", {"-k", "{}", ":::", "echo a", ":::", "b"});
        row("input first, name of a program", {"-k", "{/} x", ":::", "/bin/echo", "/a b/echo"});
        row("input first, without extension", {"-k", "{.}", ":::", "echo a.b"});
        row("input first, with text behind", {"-k", "{}x", ":::", "echo a"});
        row("input first, header", {"-k", "--header", ":", "{x} {y}", ":::", "x", "echo a", ":::", "y", "b"});
        row("input first, tag", {"-k", "--tag", "{}", ":::", "echo a"});
        row("input first, dry-run", {"-k", "--dry-run", "{}", ":::", "echo a", "echo  'b'"});
        row("input first, N", {"-k", "-N2", "{} z", ":::", "echo a", "b", "echo d"});
        row("input first, N columns", {"-k", "-N2", "{1} z {2}", ":::", "echo a", "b", "echo d"});
        row("input first, X", {"-k", "-j1", "-X", "{} z", ":::", "echo a", "b", "c"});
        row("input first, job log", {"-k", "-j1", "--joblog", "log", "{} x", ":::", "echo a", "exit 3;"});
        row("input first, quoted", {"-k", "-q", "{}", ":::", "echo a"});
        row("input after a space", {"-k", " {}", ":::", "echo a", "true"});
        row("input in quotes first", {"-k", "\"{}\"", ":::", "echo a", "true"});
        row("input in a later command", {"-k", "echo x; {}", ":::", "echo a", "true"});
    }

    void wholeCommands() { compare(); }

    void dryRuns_data()
    {
        addColumns();
        row("dry-run", {"-k", "--dry-run", "echo", "{}", ">", "x{#}", ":::", "a", "b c"});
        row("dry-run, long and short", {"-k", "--dryrun", "echo", ":::", "a"});
        row("dry-run of whole commands", {"-k", "--dry-run", ":::", "echo 'a  b'; exit 3"});
        row("dry-run with quote", {"-k", "--dry-run", "-q", "echo", "a  b", ":::", "c"});
        row("dry-run of columns", {"-k", "--dry-run", "echo", "{2}", "{1}", ":::", "a", "b", ":::", "c d"});
        row("dry-run with job log", {"-k", "--dry-run", "echo", "{.}", ":::", "a.b"});
    }

    void dryRuns() { compare(); }
};

QTEST_GUILESS_MAIN(TestRunParallelCommand)
#include "tst_runparallelcommand.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// Inputs that are cut into columns, and columns that have names, beside the installed GNU parallel.
#include "parallelpeer.h"

#include <QtTest/QtTest>

class TestRunParallelColumns : public ParallelTest
{
    Q_OBJECT

private Q_SLOTS:
    void separators_data()
    {
        addColumns();
        row("colsep", {"-k", "--colsep", ",", "echo", "{2} {1}"}, "a,b\nc,d\n");
        row("colsep together", {"-k", "-C,", "echo", "{2} {1}"}, "a,b\nc,d\n");
        row("colsep tab", {"-k", "-C", "\\t", "echo", "{2} {1}"}, "a\tb c\n");
        row("colsep regexp", {"-k", "-C", "[ ,]+", "echo", "{3}{1}"}, "a, b,,c\n");
        row("colsep of several characters", {"-k", "-C", "::", "echo", "{2}{1}"}, "a::b:c\n");
        row("colsep alternatives", {"-k", "-C", ";|,", "echo", "{3}{2}{1}"}, "a;b,c\n");
        row("colsep escaped", {"-k", "-C", "\\.", "echo", "{2}{1}"}, "a.b\n");
        row("colsep class", {"-k", "-C", "\\s+", "echo", "{2}{1}"}, "a \t b\n");
        row("colsep of values", {"-k", "-C", ",", "echo", "{2}{1}", ":::", "a,b", "c,d"});
        row("colsep trims", {"-k", "-C", ",", "echo", "[{1}][{2}]", ":::", " a , b ", "\tc,d"});
        row("colsep, empty columns", {"-k", "-C", ",", "echo", "[{1}][{2}][{3}]", ":::", "a,,c", ",b,", ",,"});
        row("colsep, all columns", {"-k", "-C", ",", "echo", ":::", "a,b c", "d,e"});
        row("colsep not there", {"-k", "-C", ",", "echo", "[{1}]", ":::", "a", "b c"});
        row("colsep combined", {"-k", "-C", ",", "echo", "{1}{2}{3}{4}", ":::", "a,b", "c,d", ":::", "1,2", "3,4"});
        row("colsep linked", {"-k", "-C,", "echo", "{3}-{1}", ":::", "1,2", "3,4", ":::+", "m", "n"});
        row("colsep and null", {"-k", "-0", "-C", ",", "echo", "{2}{1}"}, QByteArray("a,b\nc\0d,e\0", 10));
        row("column parts", {"-k", "-C", ",", "echo", "{1.} {2/} {1//} {2/.}", ":::", "a/b.c,d/e.f"});
        row("tag of columns", {"-k", "-C", ",", "--tag", "echo", "{1}", ":::", "a,b", "c,d"});
    }

    void separators() { compare(); }

    void rowsOfDifferentLength_data()
    {
        addColumns();
        const QByteArray rows = "a,b,c\nd\n\ne,f\n";
        const QByteArrayList columns{"-k", "-C", ","};
        const auto cut = [&](const char *title, const QByteArrayList &rest) { row(title, columns + rest, rows); };
        cut("last column", {"echo", "[{-1}]"});
        cut("last but one", {"-r", "echo", "[{2}]"});
        cut("missing column", {"echo", "[{2}][{3}]"});
        cut("missing column alone", {"echo", "x", "{3}", "y"});
        cut("missing column as a word", {"printf", "<%s>", "{2}", "{1}"});
        cut("all columns", {"printf", "<%s>"});
        cut("all columns with text around", {"printf", "<%s>", "x{}y"});
        cut("all columns for a shell", {"printf '<%s>' {} | cat"});
        cut("all columns in quotes", {"-q", "echo", "x {} y"});
        cut("parts", {"echo", "[{2.}][{3/}]"});
        cut("tag", {"--tag", "echo", "{1}"});
        cut("tagstring", {"--tagstring", "{-1}:{2}", "echo", "{1}"});
        cut("dry-run", {"--dry-run", "echo", "{1}", "{2}", "{-1}x"});
        cut("results", {"-r", "--results", "tree", "echo {1} >/dev/null"});
        cut("job log", {"-j1", "--joblog", "log", "echo {} {3}x"});
        cut("N", {"-N2", "echo", "[{}]"});
        cut("N by columns", {"-N2", "echo", "[{4}][{1}][{-1}]"});
        cut("N parts of words", {"-N2", "--dry-run", "echo", "x{}y{3}"});
        cut("N results", {"-r", "-N2", "--results", "tree", "echo {1} >/dev/null"});
        cut("n", {"-n2", "echo", "x{}y"});
        cut("X", {"-j1", "-X", "echo", "x{}y"});
        cut("m", {"-j1", "-m", "echo", "x{}y"});
        cut("xargs", {"-j1", "--xargs", "echo"});
        cut("whole commands", {"-N2"});
        row("combined",
            {"-k", "-C", ",", "echo", "1{1}", "2{2}", "3{3}", "4{4}", "-1{-1}", ":::", "1,2", "3", ":::", "a", "b,c"});
        row("linked", {"-k", "-C", ",", "echo", "1{1}", "2{2}", "3{3}", "-1{-1}", ":::", "1,2", "3", ":::+", "a", "b,c"});
        row("combined, all columns", {"-k", "-C", ",", "echo", "x{}y", ":::", "1,2", "3", ":::", "a", "b,c"});
        row("combined, X", {"-k", "-j1", "-C", ",", "-X", "echo", "x{}y", ":::", "1,2", "3", ":::", "a", "b,c"});
        row("header", {"-k", "-C", ",", "--header", ":", "echo", "[{x}][{y}][{-1}]"}, "x,y\na,b\nc\nd,e,f\n");
        row("header wider than all", {"-k", "-C", ",", "--header", ":", "echo", "[{x}][{y}][{z}]"}, "x,y,z\na,b\nc\n");
        row("with an empty source", {"-k", "-C", ",", "echo", "[{1}][{2}]", "::::", "E", ":::", "1,2", "2"});
        row("one column on top", {"-k", "-C", ",", "echo", "[{2}]", ":::", "a", "b,c"});
    }

    void rowsOfDifferentLength() { compare(); }

    void headers_data()
    {
        addColumns();
        row("header", {"-k", "--colsep", ",", "--header", ":", "echo", "{n}-{m}"}, "n,m\nc,d\n");
        row("header of values", {"-k", "--header", ":", "echo", "{f}={g}", ":::", "f", "1", "2", ":::", "g", "a"});
        row("header of tabs", {"-k", "--header", ":", "-a", "T", "echo", "{size} {name}"});
        row("linked header", {"-k", "--header", ":", "echo", "{n}-{m}", ":::", "n", "1", "2", ":::+", "m", "3", "4"});
        row("header by number", {"-k", "--header", ":", "echo", "{2}{1}", ":::", "f", "1", "2", ":::", "g", "a"});
        row("header without use", {"-k", "--header", ":", "echo", ":::", "f", "1", "2"});
        row("header alone", {"-k", "--header", ":", "echo", "{}", ":::", "f"});
        row("header alone beside values", {"-k", "--header", ":", "echo", "[{x}{y}]", ":::", "x", ":::", "y", "1"});
        row("header and an empty file", {"-k", "--header", ":", "echo", "[{x}][{2}]", ":::", "x", "1", "::::", "E"});
        row("header of parts", {"-k", "--header", ":", "echo", "{f/} {f.} {f//} {f/.}", ":::", "f", "a/b.c"});
        row("header with spaces", {"-k", "--header", ":", "echo", "{a b}", ":::", "a b", "1"});
        row("header with a dot", {"-k", "--header", ":", "echo", "{a.b}", ":::", "a.b", "1"});
        row("unknown name", {"-k", "--header", ":", "echo", "x{f}", "'{g}'", ":::", "f", "1"});
        row("header and tagstring", {"-k", "--header", ":", "--tagstring", "{f}", "echo", ":::", "f", "1", "2"});
        row("header and results",
            {"-k", "--header", ":", "--results", "tree", "true", "{b}{a}", ":::", "b", "1", "2", ":::", "a", "x"});
        row("header and N", {"-k", "--header", ":", "-N2", "echo", "{f} {}", ":::", "f", "1", "2", "3"});
    }

    void headers() { compare(); }

    void csv_data()
    {
        addColumns();
        row("csv", {"-k", "--csv", "echo", "[{2}][{1}]"}, "a,b\n\"c,d\",\"e \"\"f\"\"\"\n");
        row("csv of values", {"-k", "--csv", "echo", "[{1}][{2}]", ":::", "\"a \"\"b\"\"\",c", "d"});
        row("csv of values, empty ones", {"-k", "--csv", "echo", "[{1}][{2}]", ":::", "a,", ",b", ",", ""});
        row("csv keeps white space", {"-k", "--csv", "echo", "[{1}][{2}]", ":::", " a , b "});
        row("csv, all columns", {"-k", "--csv", "printf", "<%s>", ":::", "a,\"b,c\""});
        row("csv combined", {"-k", "--csv", "echo", "{2}", "{1}", "{-1}", ":::", "a,b", "c", ":::", "1,2,3"});
        row("csv with another separator", {"-k", "--csv", "--colsep", ";", "echo", "{2}{1}", ":::", "a;\"b;c\""});
        row("csv with header", {"-k", "--csv", "--header", ":", "echo", "{n}{m}", ":::", "n,m", "a,\"b c\""});
        row("csv of a newline", {"-k", "--csv", "echo", "[{2}][{1}]"}, "\"a\nb\",c\nd,\"e\"\n");
        row("csv of short rows", {"-k", "--csv", "echo", "[{2}][{1}][{-1}]"}, "a,b\nc\n");
        row("csv with N", {"-k", "--csv", "-N2", "echo", "{4}{3}{2}{1}", ":::", "a,b", "c,d"});
        row("csv with a delimiter", {"-k", "--csv", "-d", ";", "echo", "[{1}][{2}]", ":::", "a,b;c,d"});
        row("csv for a shell", {"-k", "--csv", "echo {1} {2} | tr a z", ":::", "a b,'c'"});
        row("csv with results", {"-k", "--csv", "--results", "tree", "true", "{1}", ":::", "a,b", "c"});
    }

    void csv()
    {
        if (!m_peer.readsCsv())
            QSKIP("GNU parallel has no Text::CSV here");
        compare();
    }
};

QTEST_GUILESS_MAIN(TestRunParallelColumns)
#include "tst_runparallelcolumns.moc"

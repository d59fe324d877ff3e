// SPDX-License-Identifier: GPL-3.0-or-later
// Where inputs come from, and how sources go together, beside the installed GNU parallel.
#include "parallelpeer.h"

#include <QtTest/QtTest>

class TestRunParallelSources : public ParallelTest
{
    Q_OBJECT

private Q_SLOTS:
    void values_data()
    {
        addColumns();
        row("values", {"-k", "echo", ":::", "a", "b c", "d'e", "f\"g", "$h", "*"});
        row("invalid utf-8", {"-k", "echo", ":::", "\xff\xfe", "\xc3"});
        row("utf-8", {"-k", "echo", ":::", "\xc3\xa4 \xe2\x82\xac", "\xf0\x9f\x98\x80"});
        row("leading dash", {"-k", "echo", "x{}", ":::", "-n", "--help"});
        row("empty value", {"-k", "echo", "[{}]", ":::", "a", "", "c"});
        row("white space", {"-k", "echo", "[{}]", ":::", " a ", "\tb", " "});
        row("backslashes", {"-k", "printf", "%s|", ":::", "\\", "\\\\", "a\\nb", "\\0"});
        row("shell characters",
            {"-k", "echo", ":::", "a;b", "a&b", "a|b", "a>b", "(a)", "`a`", "~", "#a", "!a", "a=b", "[a]", "{a}"});
        row("like replacement strings", {"-k", "echo", ":::", "{}", "{1}", "{#}", "{.}"});
        row("many", QByteArrayList{"-k", "echo", ":::"} + QByteArrayList(QByteArray("a b c d e f g h").split(' ')));
        row("no value", {"-k", "echo", ":::"});
        row("no values in two sources", {"-k", "echo", ":::", ":::"});
        row("one without values", {"-k", "echo", "[{1}][{2}]", ":::", "a", "b", ":::"});
        row("first without values", {"-k", "echo", "[{1}][{2}]", ":::", ":::", "a", "b"});
        row("combinations", {"-k", "echo", ":::", "a", "b", ":::", "1", "2", "3"});
        row("three sources", {"-k", "echo", ":::", "a", "b", ":::", "1", "2", ":::", "x", "y"});
        row("columns", {"-k", "echo", "{2}-{1}", ":::", "a", "b", ":::", "1", "2"});
        row("columns from the end", {"-k", "echo", "{-1}-{-2}", ":::", "a", "b", ":::", "1", "2"});
        row("a column twice", {"-k", "echo", "{2}{2}{1}", ":::", "a", "b", ":::", "1", "2"});
        row("one column of two", {"-k", "echo", "{2}", ":::", "a", "b", ":::", "1", "2"});
        row("options end at the command", {"-k", "echo", "-k", ":::", "a"});
        row("end of options", {"-k", "--", "echo", ":::", "a"});
    }

    void values() { compare(); }

    void files_data()
    {
        addColumns();
        row("files", {"-k", "echo", "::::", "A", "B"});
        row("file twice", {"-k", "echo", "::::", "A", "A"});
        row("files apart", {"-k", "echo", "{2}{1}", "::::", "A", "::::", "B"});
        row("arg-files", {"-k", "-a", "A", "-a", "B", "echo"});
        row("arg-file, long", {"-k", "--arg-file", "A", "echo"});
        row("arg-file with =", {"-k", "--arg-file=A", "echo"});
        row("arg-file together", {"-k", "-aA", "echo"});
        row("file and values", {"-k", "-a", "A", "echo", "{1}{2}", ":::", "x", "y"});
        row("files and values", {"-k", "echo", "{1}{2}", "::::", "A", ":::", "x", "y"});
        row("values and files", {"-k", "echo", "{1}{2}", ":::", "x", "y", "::::", "A"});
        row("empty file", {"-k", "echo", "::::", "E"});
        row("empty arg-file", {"-k", "-a", "E", "echo"});
        row("empty file and values", {"-k", "echo", "[{1}][{2}]", "::::", "E", ":::", "1", "2"});
        row("values and empty file", {"-k", "echo", "[{1}][{2}]", ":::", "1", "2", "::::", "E"});
        row("empty file between", {"-k", "echo", "[{1}{2}{3}]", ":::", "1", "2", "::::", "E", ":::", "a", "b"});
        row("empty arg-file and values", {"-k", "-a", "E", "echo", "[{1}][{2}]", ":::", "1", "2"});
        row("empty file and a file", {"-k", "echo", "::::", "E", "A"});
        row("two empty files", {"-k", "echo", "::::", "E", "E"});
        row("empty file, without a template", {"-k", "echo", "::::", "E", ":::", "1", "2"});
        row("missing file", {"-k", "echo", "::::", "absent"});
        row("stdin", {"-k", "echo"}, "one\ntwo words\nthree");
        row("stdin as file", {"-k", "-a", "-", "echo"}, "one\ntwo\n");
        row("stdin as source", {"-k", "echo", "::::", "-"}, "one\ntwo\n");
        row("stdin and values", {"-k", "echo", "{2}{1}", "::::", "-", ":::", "x", "y"}, "one\ntwo\n");
        row("stdin of one newline", {"-k", "echo", "[{}]"}, "\n");
        row("carriage returns", {"-k", "echo {} | od -c"}, "a\r\nb\r\n");
        row("empty stdin", {"-k", "echo"}, "");
        row("empty lines", {"-k", "echo", "[{}]"}, "a\n\nb\n");
        row("white space in lines", {"-k", "echo", "[{}]"}, "  a  \n\tb\n");
        row("a long line", {"-k", "printf %s {} | wc -c"}, QByteArray(50'000, 'x') + "\n");
    }

    void files() { compare(); }

    void linked_data()
    {
        addColumns();
        row("linked values", {"-k", "echo", ":::", "a", "b", "c", ":::+", "1", "2"});
        row("linked twice", {"-k", "echo", ":::", "a", "b", ":::+", "1", "2", ":::+", "x", "y", "z"});
        row("linked first", {"-k", "echo", ":::", "a", "b", ":::+", "1", "2", ":::", "x", "y"});
        row("linked last", {"-k", "echo", "{1}{3}{2}", ":::", "a", "b", ":::", "1", "2", ":::+", "x", "y"});
        row("linked both", {"-k", "echo", ":::", "a", "b", ":::+", "1", "2", ":::", "x", "y", ":::+", "p", "q"});
        row("linked files", {"-k", "echo", "::::", "A", "::::+", "B", "A"});
        row("linked values and file", {"-k", "echo", ":::", "x", "y", "::::", "A", "::::+", "B", ":::+", "p", "q"});
        row("linked without one before", {"-k", "echo", ":::+", "a", "b"});
        row("linked after a file option", {"-k", "-a", "A", "echo", ":::+", "1", "2"});
        row("linked, the first shorter", {"-k", "echo", ":::", "a", ":::+", "1", "2", "3"});
        row("linked with an empty file", {"-k", "echo", "[{1}][{2}]", ":::", "1", "2", "::::+", "E"});
        row("linked to an empty file", {"-k", "echo", "[{1}][{2}]", "::::", "E", ":::+", "1", "2"});
        row("two empty ones linked", {"-k", "echo", "[{1}][{2}]", "::::", "E", "::::+", "E"});
        row("two empty ones linked, and values", {"-k", "echo", "[{1}{2}{3}]", "::::", "E", "::::+", "E", ":::", "a", "b"});
    }

    void linked() { compare(); }

    void separators_data()
    {
        addColumns();
        row("null file", {"-k", "-0", "-a", "Z", "echo", "[{}]"});
        row("null stdin", {"-k", "--null", "echo", "[{}]"}, QByteArray("a\nb\0c\0", 6));
        row("null and values", {"-k", "-0", "echo", ":::", "a", "b"});
        row("delimiter", {"-k", "-d", ",", "echo"}, "a,b");
        row("delimiter at the end", {"-k", "-d", ",", "echo", "[{}]"}, "a,b,");
        row("delimiter twice", {"-k", "-d", ",", "echo", "[{}]"}, "a,,b");
        row("delimiter and newline", {"-k", "-d", ",", "echo", "[{}]"}, "a,b\n");
        row("delimiter, long", {"-k", "--delimiter", ";", "-a", "S", "echo"});
        row("delimiter together", {"-k", "-d;", "-a", "S", "echo"});
        row("delimiter tab", {"-k", "-d", "\\t", "echo"}, "a\tb");
        row("delimiter newline", {"-k", "-d", "\\n", "echo"}, "a b\nc\n");
        row("delimiter null", {"-k", "-d", "\\0", "-a", "Z", "echo", "[{}]"});
        row("delimiter in octal", {"-k", "-d", "\\054", "echo"}, "a,b");
        row("delimiter space", {"-k", "-d", " ", "echo", "[{}]"}, "a b  c");
        row("delimiter cuts values", {"-k", "-d", ",", "echo", ":::", "a,b", "c,d"});
        row("delimiter at the end of a value", {"-k", "-d", ",", "echo", "[{}]", ":::", "a,", "b"});
        row("delimiter at the beginning of a value", {"-k", "-d", ",", "echo", "[{}]", ":::", ",a", "b"});
        row("values of delimiters", {"-k", "-d", ",", "echo", "[{}]", ":::", ",", "", ",,"});
        row("delimiter newline cuts values", {"-k", "-d", "\\n", "echo", "[{}]", ":::", "a\nb", "c"});
        row("delimiter cuts combined values", {"-k", "-d", ",", "echo", ":::", "a,b", ":::", "1,2", "3"});
        row("delimiter cuts linked values", {"-k", "-d", "x", "echo", ":::", "axb", ":::+", "1x2", "3"});
        row("delimiter and header", {"-k", "-d", ",", "--header", ":", "echo", "{a}", ":::", "a,b,c"});
        row("delimiter and columns", {"-k", "-d", ";", "-C", ",", "echo", "{2}{1}", ":::", "1,2;3,4", "5,6"});
        row("delimiter and N", {"-k", "-d", ",", "-N2", "echo", "{2}{1}", ":::", "a,b,c"});
    }

    void separators() { compare(); }

    void empties_data()
    {
        addColumns();
        row("no-run-if-empty", {"-k", "-r", "echo", "[{}]"}, "a\n\nb\n");
        row("no-run-if-empty of nothing", {"-k", "-r", "echo", "[{}]"}, "");
        row("no-run-if-empty of white space", {"-k", "-r", "echo", "[{}]"}, " \n\t\n");
        row("no-run-if-empty of values", {"-k", "-r", "echo", "[{}]", ":::", "a", "", " ", "b"});
        row("no-run-if-empty, long", {"-k", "--no-run-if-empty", "echo", "[{}]", ":::", "", "b"});
        row("no-run-if-empty, combined", {"-k", "-r", "echo", "[{}]", ":::", "a", "", ":::", "1", "2"});
        row("no-run-if-empty, one source empty", {"-k", "-r", "echo", "[{}]", ":::", "", " ", ":::", "", "2"});
        row("no-run-if-empty, empty file", {"-k", "-r", "echo", "[{}]", "::::", "E", ":::", "1", "2"});
        row("no-run-if-empty, linked", {"-k", "-r", "echo", "[{}]", ":::", "a", "", "b", ":::+", "1", "2", "3"});
        row("no-run-if-empty, both linked", {"-k", "-r", "echo", "[{}]", ":::", "", "", "b", ":::+", "1", "", "3"});
        row("no-run-if-empty, empty columns", {"-k", "-r", "-C", ",", "echo", "[{1}{2}]", ":::", "a,", ",b", ",", " ,", "", " "});
        row("no-run-if-empty, header", {"-k", "-r", "--header", ":", "echo", "[{x}]", ":::", "x", "", "a"});
        row("no-run-if-empty, whole commands", {"-k", "-r", ":::", "", "echo a"});
    }

    void empties() { compare(); }
};

QTEST_GUILESS_MAIN(TestRunParallelSources)
#include "tst_runparallelsources.moc"

// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/template/replacement.h>

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayList>

#include <optional>
#include <vector>

namespace procession {

struct ParsedTemplate;
struct TemplateValues;

/// A command line with replacement strings, and the commands that inputs make of it.
///
/// \code
/// const auto gzip = CommandTemplate::parse("gzip -k9 {}");
/// gzip.arguments({"my file.txt"}, 1, 1);      // {"gzip", "-k9", "my file.txt"}
/// gzip.text({"my file.txt"}, 1);              // gzip -k9 'my file.txt'
/// \endcode
///
/// Replacement strings, as in GNU parallel: `{}` the input, `{.}` without its extension, `{/}` without its folder, `{//}` its
/// folder, `{/.}` without folder and extension, `{#}` the task's number, `{%}` the worker's number, `{2}` the second column,
/// `{-1}` the last one, `{name}` the column of that name, and `{2.}` `{2/}` `{2//}` `{2/.}` `{name.}` … of one column. `{}` with several columns is all
/// of them with a space between. A template without any gets ` {}` appended.
///
/// A replacement string at the beginning of the template is not quoted: its value is a command line, or the beginning of one, which is
/// read as parseWhole() reads it. `{}` with the input `echo a` runs `echo a`. All others are quoted, also beside such a string.
/// **When a shell is used.** Only where the template needs one, which is when
/// - outside of quotes it has one of `| & ; < > ( ) $ * ? [ ] ~ { }`, a back-quote or a newline (a replacement string does not
///   count, another text in braces does: `{a,b}`), or `#` or `!` at the beginning of a word, or `=` in the first word;
/// - inside double quotes it has `$` or a back-quote;
/// - its first word is a shell's keyword, or one of its built-in commands that is no program (`cd`, `exit`, `export`, …).
///
/// Otherwise it is split into words as a shell would, and the program is started directly; CommandExecutor leaves it to the shell where
/// there is no such program, or the shell has a function of that name. Either way inputs stay exactly what
/// they are, byte for byte: with a shell they are quoted as their place demands (bare, in double quotes, in single quotes, also
/// inside `$( )`). In arithmetic, `$(( {} * 2 ))`, only numbers are taken. Where no quoting is right in every shell parse()
/// refuses and names the remedy: inside back-quotes, `${ }`, `$'…'` and comments, and with here-documents.
/// A backslash keeps a replacement string from being one where it would quote any character: `\{}`.
///
/// A plain value; const functions may be called from any thread.
class CommandTemplate
{
public:
    /// What `{}` becomes where it stands for several values.
    enum class Spread : quint8 {
        Joined, ///< the values with spaces between: `x{}y` becomes `xa by`
        Repeated, ///< its word for each value, as one would type it: `x{}y` becomes `xay xby`
        Nothing, ///< inputs are left out; they only say how often the command runs
    };

    struct Options
    {
        QByteArrayList columnNames; ///< what `{name}` may name
        QByteArray shell = "/bin/sh"; ///< runs `SHELL -c COMMAND` where a shell is needed
        bool appendInput = true; ///< whether a template without replacement string gets ` {}` appended
        Spread spread = Spread::Joined;
        bool shortRows = false; ///< whether a row may lack columns that the template names, which then stand for nothing
    };

    CommandTemplate() = default;

    /// \throws InvalidInput "template.empty", "template.unclosed-quote", "template.unclosed-bracket", "template.back-quotes",
    ///         "template.here-document", "template.dollar-quote", "template.parameter", "template.arithmetic", "template.comment",
    ///         "template.case", "template.perl"
    static CommandTemplate parse(const QByteArray &text, const Options &options);
    static CommandTemplate parse(const QByteArray &text) { return parse(text, Options()); }
    /// A whole command line, in which nothing is a replacement string and nothing is appended. Whether what needs a shell is
    /// right is left to the shell. An empty line needs a shell, which does nothing.
    /// \throws InvalidInput "template.unclosed-quote", "template.nul"
    static CommandTemplate parseWhole(const QByteArray &commandLine, const QByteArray &shell = "/bin/sh");

    /// Includes templates where only a value at the beginning may need one.
    bool usesShell() const { return m_usesShell; }
    const QByteArray &source() const { return m_source; }

    /// \throws InvalidInput "template.column" when rows of `columns` columns lack one that the template names
    void checkColumns(qsizetype columns) const;

    /// The argument vector to run: words of the template, or {shell, "-c", text}.
    /// \param row     the input's columns
    /// \param number  the task's number, from 1
    /// \param worker  the worker's number, from 1
    /// \throws InvalidInput "template.column" (naming the replacement and how many columns there are), "template.nul",
    ///         "template.number" (arithmetic with something else than a number)
    QByteArrayList arguments(const QByteArrayList &row, qint64 number, int worker) const;
    /// As arguments(), with a shell even where the template needs none: {shell, "-c", text}.
    QByteArrayList shellArguments(const QByteArrayList &row, qint64 number, int worker) const;
    /// The command as one would type it into a shell: what people see, what is logged and compared. `{%}` stays as it is.
    /// \throws InvalidInput as arguments()
    QByteArray text(const QByteArrayList &row, qint64 number) const;

private:
    static CommandTemplate make(const QByteArray &source, const Options &options, ParsedTemplate parsed);
    QByteArray expand(const TemplateValues &values) const;
    QByteArrayList inShell(const TemplateValues &values) const;
    TemplateValues valuesOf(const QByteArrayList &row, qint64 number, std::optional<int> worker) const;

    QByteArray m_source;
    QByteArray m_shell;
    bool m_usesShell = false;
    bool m_beginsWithInput = false;
    bool m_shortRows = false;
    Spread m_spread = Spread::Joined;
    std::vector<TemplatePiece> m_pieces; // as a shell takes it
    std::vector<std::vector<TemplatePiece>> m_words; // without quotes, where no shell is needed
};

/// `bytes` as one word for a POSIX shell: unchanged where nothing needs quoting, otherwise in single quotes.
QByteArray shellQuoted(const QByteArray &bytes);

} // namespace procession

// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayList>

#include <vector>

namespace procession {

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
/// `{name}` the column of that name, and `{2.}` `{2/}` `{2//}` `{2/.}` `{name.}` … of one column. `{}` with several columns is all
/// of them with a space between. A template without any gets ` {}` appended.
///
/// **When a shell is used.** Only where the template needs one: when, outside of quotes, it has a character that means something to a
/// shell (`| & ; < > ( ) $ ` ` * ? [ ] # ~ = { } !` or a newline; `$` and the back-quote inside double quotes too), or when its
/// first word is a shell's keyword or a built-in command that is no program (`cd`, `exit`, `export`, …). Otherwise it is split
/// into words as a shell would, and the program is started directly. Either way inputs stay exactly what they are, byte for byte:
/// with a shell they are quoted as their place demands (bare, in double quotes, in single quotes). Where no quoting is right (inside
/// back-quotes, a here-document, or `$'…'`) parse() refuses and names the remedy.
///
/// A plain value; const functions may be called from any thread.
class CommandTemplate
{
public:
    struct Options
    {
        QByteArrayList columnNames; ///< what `{name}` may name
        QByteArray shell = "/bin/sh"; ///< runs `SHELL -c COMMAND` where a shell is needed
        bool appendInput = true; ///< whether a template without replacement string gets ` {}` appended
    };

    CommandTemplate() = default;

    /// \throws InvalidInput "template.empty", "template.unclosed-quote", "template.back-quotes", "template.here-document",
    ///         "template.dollar-quote", "template.column" (a column that the inputs do not have is found by text()/arguments())
    static CommandTemplate parse(const QByteArray &text, const Options &options);
    static CommandTemplate parse(const QByteArray &text) { return parse(text, Options()); }

    bool usesShell() const { return m_usesShell; }
    const QByteArray &source() const { return m_source; }

    /// The argument vector to run: words of the template, or {shell, "-c", text}.
    /// \param row     the input's columns
    /// \param number  the task's number, from 1
    /// \param worker  the worker's number, from 1
    QByteArrayList arguments(const QByteArrayList &row, qint64 number, int worker) const;
    /// The command as one would type it into a shell: what people see, what is logged and compared. `{%}` stays as it is.
    QByteArray text(const QByteArrayList &row, qint64 number) const;

private:
    // Left to the implementation: a list of literal pieces and replacements, each with its quoting context.
    QByteArray m_source;
    bool m_usesShell = false;
};

/// `bytes` as one word for a POSIX shell: unchanged where nothing needs quoting, otherwise in single quotes.
QByteArray shellQuoted(const QByteArray &bytes);

} // namespace procession

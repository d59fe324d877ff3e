// SPDX-License-Identifier: MIT
#include <procession/commandtemplate.h>

#include <procession/invalidinput.h>
#include <procession/templateparser.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace procession {

namespace {

using Place = Replacement::Place;
using Subject = Replacement::Subject;

/// Words that are no command where a command is expected unless they are quoted.
constexpr std::array<std::string_view, 19> ReservedWords{"case", "coproc", "do", "done", "elif", "else", "esac", "fi", "for",
    "function", "if", "in", "namespace", "select", "then", "time", "until", "while", "repeat"};

bool isSafe(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
        || std::string_view("_@%+:,./-").find(c) != std::string_view::npos;
}

bool needsNoQuotes(const QByteArray &bytes)
{
    const std::string_view word(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    return !word.empty() && std::all_of(word.begin(), word.end(), isSafe)
        && std::find(ReservedWords.begin(), ReservedWords.end(), word) == ReservedWords.end();
}

QByteArray insideSingleQuotes(QByteArray value) { return value.replace('\'', "'\\''"); }

QByteArray singleQuoted(const QByteArray &value) { return '\'' + insideSingleQuotes(value) + '\''; }

/// Backslashes would do inside double quotes but for locales in which a backslash can be the second byte of a character.
QByteArray insideDoubleQuotes(const QByteArray &value, bool apart)
{
    const bool isPlain = std::none_of(
        value.begin(), value.end(), [](char c) { return std::string_view("$`\"\\").find(c) != std::string_view::npos; });
    return isPlain && !apart ? value : "\"" + singleQuoted(value) + "\"";
}

QByteArray insideArithmetic(const QByteArray &value, const Replacement &replacement)
{
    const bool isNegative = value.startsWith('-');
    const QByteArray digits = isNegative ? value.mid(1) : value;
    const bool isNumber = !digits.isEmpty() && std::isdigit(static_cast<unsigned char>(digits.front()))
        && std::all_of(digits.begin(), digits.end(), [](unsigned char c) { return std::isalnum(c) || c == '.'; });
    if (!isNumber)
        throw InvalidInput("template.number", value, replacement.source,
            "\"" + value + "\" is no number, but " + replacement.source + " stands in arithmetic, where only numbers can");
    return isNegative ? '(' + value + ')' : value;
}

QByteArray quotedFor(const Replacement &replacement, const QByteArrayList &values)
{
    switch (replacement.place) {
    case Place::SingleQuotes:
        return insideSingleQuotes(values.join(' '));
    case Place::DoubleQuotes:
        return insideDoubleQuotes(values.join(' '), replacement.apart);
    case Place::Arithmetic:
        return insideArithmetic(values.join(' '), replacement);
    case Place::Bare:
        break;
    }
    QByteArrayList quoted;
    for (const QByteArray &value : values)
        quoted += replacement.apart ? singleQuoted(value) : shellQuoted(value);
    return quoted.join(' ');
}

/// Appends the words that one word of a template becomes: several where a bare `{}` stands for several columns.
void appendWords(
    QByteArrayList &words, const std::vector<TemplatePiece> &word, const QByteArrayList &row, qint64 number, int worker)
{
    words += QByteArray();
    for (const TemplatePiece &piece : word) {
        if (!piece.replacement) {
            words.last() += piece.literal;
            continue;
        }
        QByteArrayList values = piece.replacement->values(row, number, worker);
        if (piece.replacement->place != Place::Bare)
            values = {values.join(' ')};
        words.last() += values.takeFirst();
        words += values;
    }
}

ParsedTemplate parseWithInput(const QByteArray &text, const CommandTemplate::Options &options)
{
    ParsedTemplate parsed = TemplateParser(text, options.columnNames).parse();
    if (parsed.hasReplacements || !options.appendInput)
        return parsed;
    qsizetype end = text.size();
    while (end > 1 && text.at(end - 1) == '\n' && text.at(end - 2) != '\\')
        --end;
    return TemplateParser(text.left(end) + " {}", options.columnNames).parse();
}

void expectNoNul(const QByteArray &text)
{
    if (text.contains('\0'))
        throw InvalidInput("template.nul", text, {}, "the command has a NUL byte, which no command can have");
}

} // namespace

CommandTemplate CommandTemplate::parse(const QByteArray &text, const Options &options)
{
    expectNoNul(text);
    if (text.trimmed().isEmpty())
        throw InvalidInput("template.empty", text, {}, "the command is empty: give a program to run, as in gzip {}");
    return make(text, options.shell, parseWithInput(text, options));
}

CommandTemplate CommandTemplate::parseWhole(const QByteArray &commandLine, const QByteArray &shell)
{
    expectNoNul(commandLine);
    ParsedTemplate parsed = TemplateParser(commandLine).parse();
    parsed.usesShell |= parsed.words.empty();
    return make(commandLine, shell, parsed);
}

CommandTemplate CommandTemplate::make(const QByteArray &source, const QByteArray &shell, const ParsedTemplate &parsed)
{
    CommandTemplate result;
    result.m_source = source;
    result.m_shell = shell;
    result.m_usesShell = parsed.usesShell;
    result.m_pieces = parsed.pieces;
    if (!parsed.usesShell)
        result.m_words = parsed.words;
    return result;
}

void CommandTemplate::checkColumns(qsizetype columns) const
{
    for (const TemplatePiece &piece : m_pieces) {
        if (piece.replacement)
            piece.replacement->checkColumn(columns);
    }
}

QByteArrayList CommandTemplate::arguments(const QByteArrayList &row, qint64 number, int worker) const
{
    if (m_usesShell) {
        QByteArray command = expand(row, number, worker);
        // A shell would take a command that begins like this for one of its own options.
        if (command.startsWith('-') || command.startsWith('+'))
            command.prepend(' ');
        return {m_shell, "-c", command};
    }
    QByteArrayList words;
    for (const auto &word : m_words)
        appendWords(words, word, row, number, worker);
    return words;
}

QByteArray CommandTemplate::text(const QByteArrayList &row, qint64 number) const { return expand(row, number, std::nullopt); }

QByteArray CommandTemplate::expand(const QByteArrayList &row, qint64 number, std::optional<int> worker) const
{
    QByteArray result;
    for (const TemplatePiece &piece : m_pieces) {
        const auto &replacement = piece.replacement;
        if (!replacement)
            result += piece.literal;
        else if (replacement->subject == Subject::WorkerNumber && !worker)
            result += replacement->source;
        else
            result += quotedFor(*replacement, replacement->values(row, number, worker.value_or(0)));
    }
    return result;
}

QByteArray shellQuoted(const QByteArray &bytes) { return needsNoQuotes(bytes) ? bytes : singleQuoted(bytes); }

} // namespace procession

// SPDX-License-Identifier: MIT
#include <procession/job/template/templatevalues.h>

#include <procession/job/template/commandtemplate.h>
#include <procession/platform/base/invalidinput.h>

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
    case Place::Command:
        return values.join(' ');
    case Place::Bare:
        break;
    }
    QByteArrayList quoted;
    for (const QByteArray &value : values)
        quoted += replacement.apart ? singleQuoted(value) : shellQuoted(value);
    return quoted.join(' ');
}

} // namespace

QByteArrayList TemplateValues::of(const Replacement &replacement) const
{
    return replacement.values(replacement.takesAll() ? all : row, number, worker.value_or(0));
}

bool takesAll(std::span<const TemplatePiece> pieces)
{
    return std::any_of(pieces.begin(), pieces.end(),
        [](const TemplatePiece &piece) { return piece.replacement && piece.replacement->takesAll(); });
}

QByteArray quotedText(std::span<const TemplatePiece> pieces, const TemplateValues &values)
{
    QByteArray result;
    for (const TemplatePiece &piece : pieces) {
        const auto &replacement = piece.replacement;
        if (!replacement)
            result += piece.literal;
        else if (replacement->subject == Subject::WorkerNumber && !values.worker)
            result += replacement->source;
        else
            result += quotedFor(*replacement, values.of(*replacement));
    }
    return result;
}

void appendWords(QByteArrayList &words, std::span<const TemplatePiece> word, const TemplateValues &values)
{
    words += QByteArray();
    bool isWord = word.empty(); // quotes with nothing inside
    for (const TemplatePiece &piece : word) {
        QByteArrayList parts{piece.literal};
        if (piece.replacement)
            parts = values.of(*piece.replacement);
        if (piece.replacement && piece.replacement->place != Place::Bare)
            parts = {parts.join(' ')};
        if (parts.isEmpty())
            continue;
        isWord = true;
        words.last() += parts.takeFirst();
        words += parts;
    }
    if (!isWord)
        words.removeLast();
}

QByteArray shellQuoted(const QByteArray &bytes) { return needsNoQuotes(bytes) ? bytes : singleQuoted(bytes); }

} // namespace procession

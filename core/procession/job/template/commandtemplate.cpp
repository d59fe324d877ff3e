// SPDX-License-Identifier: MIT
#include <procession/job/template/commandtemplate.h>

#include <procession/job/template/templateparser.h>
#include <procession/job/template/templatevalues.h>
#include <procession/platform/base/invalidinput.h>

#include <algorithm>
#include <span>
#include <utility>

namespace procession {

namespace {

ParsedTemplate parseWithInput(const QByteArray &text, const CommandTemplate::Options &options)
{
    ParsedTemplate parsed = TemplateParser(text, options.columnNames).parse();
    if (parsed.hasReplacements || !options.appendInput || options.spread == CommandTemplate::Spread::Nothing)
        return parsed;
    qsizetype end = text.size();
    while (end > 1 && text.at(end - 1) == '\n' && text.at(end - 2) != '\\')
        --end;
    return TemplateParser(text.left(end) + " {}", options.columnNames).parse();
}

/// Literals in one piece again: only where words are repeated does it matter which word they are of.
std::vector<TemplatePiece> withoutWords(const std::vector<TemplatePiece> &pieces)
{
    std::vector<TemplatePiece> joined;
    for (const TemplatePiece &piece : pieces) {
        if (!piece.replacement && !joined.empty() && !joined.back().replacement)
            joined.back().literal += piece.literal;
        else
            joined.push_back({piece.literal, piece.replacement});
    }
    return joined;
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
    return make(text, options, parseWithInput(text, options));
}

CommandTemplate CommandTemplate::parseWhole(const QByteArray &commandLine, const QByteArray &shell)
{
    expectNoNul(commandLine);
    ParsedTemplate parsed = TemplateParser(commandLine).parse();
    parsed.usesShell |= parsed.words.empty();
    Options options;
    options.shell = shell;
    return make(commandLine, options, std::move(parsed));
}

CommandTemplate CommandTemplate::make(const QByteArray &source, const Options &options, ParsedTemplate parsed)
{
    CommandTemplate result;
    result.m_source = source;
    result.m_shell = options.shell;
    result.m_spread = options.spread;
    result.m_shortRows = options.shortRows;
    result.m_usesShell = parsed.usesShell;
    result.m_beginsWithInput = parsed.beginsWithInput;
    result.m_pieces = options.spread == Spread::Repeated ? std::move(parsed.pieces) : withoutWords(parsed.pieces);
    if (!parsed.usesShell)
        result.m_words = std::move(parsed.words);
    return result;
}

void CommandTemplate::checkColumns(qsizetype columns) const
{
    for (const TemplatePiece &piece : m_pieces) {
        if (piece.replacement)
            piece.replacement->checkColumn(columns);
    }
}

TemplateValues CommandTemplate::valuesOf(const QByteArrayList &row, qint64 number, std::optional<int> worker) const
{
    if (m_spread == Spread::Nothing)
        return {{}, {}, number, worker};
    if (!m_shortRows)
        checkColumns(row.size());
    return {row, row, number, worker};
}

QByteArrayList CommandTemplate::arguments(const QByteArrayList &row, qint64 number, int worker) const
{
    const TemplateValues values = valuesOf(row, number, worker);
    if (m_beginsWithInput)
        return parseWhole(expand(values), m_shell).arguments({}, number, worker);
    if (m_usesShell)
        return inShell(values);
    QByteArrayList words;
    for (const auto &word : m_words) {
        if (m_spread == Spread::Repeated && takesAll(word))
            values.forEach([&](const TemplateValues &one) { appendWords(words, word, one); });
        else
            appendWords(words, word, values);
    }
    return words;
}

QByteArrayList CommandTemplate::shellArguments(const QByteArrayList &row, qint64 number, int worker) const
{
    return inShell(valuesOf(row, number, worker));
}

QByteArrayList CommandTemplate::inShell(const TemplateValues &values) const
{
    QByteArray command = expand(values);
    // A shell would take a command that begins like this for one of its own options.
    if (command.startsWith('-') || command.startsWith('+'))
        command.prepend(' ');
    return {m_shell, "-c", command};
}

QByteArray CommandTemplate::text(const QByteArrayList &row, qint64 number) const
{
    return expand(valuesOf(row, number, std::nullopt));
}

QByteArray CommandTemplate::expand(const TemplateValues &values) const
{
    if (m_spread != Spread::Repeated)
        return quotedText(m_pieces, values);
    QByteArray result;
    for (auto begin = m_pieces.begin(); begin != m_pieces.end();) {
        const auto end = begin->word == 0
            ? begin + 1
            : std::find_if(begin, m_pieces.end(), [begin](const TemplatePiece &piece) { return piece.word != begin->word; });
        const std::span<const TemplatePiece> word(begin, end);
        if (begin->word != 0 && takesAll(word)) {
            QByteArrayList repeated;
            values.forEach([&](const TemplateValues &one) { repeated += quotedText(word, one); });
            result += repeated.join(' ');
        } else {
            result += quotedText(word, values);
        }
        begin = end;
    }
    return result;
}

} // namespace procession

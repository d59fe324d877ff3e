// SPDX-License-Identifier: MIT
#include <procession/job/template/templateparser.h>

#include <procession/platform/base/invalidinput.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace procession {

namespace {

/// First words that mean something to a shell and are not, or not the same as, a program.
constexpr std::array<std::string_view, 69> ShellWords{".", ":", "[[", "alias", "bg", "bind", "break", "builtin", "caller", "case",
    "cd", "command", "compgen", "complete", "continue", "coproc", "declare", "dirs", "disown", "do", "done", "elif", "else",
    "enable", "esac", "eval", "exec", "exit", "export", "fc", "fg", "fi", "for", "function", "getopts", "hash", "history", "if",
    "in", "jobs", "let", "local", "logout", "mapfile", "popd", "pushd", "read", "readarray", "readonly", "return", "select",
    "set", "shift", "shopt", "source", "suspend", "then", "time", "times", "trap", "type", "typeset", "ulimit", "umask",
    "unalias", "unset", "until", "wait", "while"};

} // namespace

TemplateParser::TemplateParser(const QByteArray &text, const QByteArrayList &columnNames)
    : m_text(text), m_columnNames(columnNames)
{
}

TemplateParser::TemplateParser(const QByteArray &commandLine) : m_text(commandLine), m_replaces(false) { }

ParsedTemplate TemplateParser::parse()
{
    while (m_at < m_text.size()) {
        step();
        if (m_parsed.usesShell && !m_replaces) {
            m_literal += m_text.mid(m_at);
            endPiece();
            return m_parsed;
        }
    }
    checkEnd();
    endWord();
    endPlainWord();
    checkFirstWord();
    return m_parsed;
}

void TemplateParser::step()
{
    switch (m_frames.back()) {
    case Frame::Command:
    case Frame::Group:
    case Frame::Substitution:
        return stepCommand();
    case Frame::SingleQuotes:
        return stepSingleQuotes();
    case Frame::DoubleQuotes:
        return stepDoubleQuotes();
    case Frame::DollarQuotes:
        return stepDollarQuotes();
    case Frame::BackQuotes:
        return stepBackQuotes();
    case Frame::Parameter:
    case Frame::QuotedParameter:
        return stepParameter();
    case Frame::Arithmetic:
    case Frame::ArithmeticGroup:
        return stepArithmetic();
    case Frame::Comment:
        return stepComment();
    }
}

char TemplateParser::at(qsizetype distance) const
{
    const qsizetype position = m_at + distance;
    return position < m_text.size() ? m_text.at(position) : '\0';
}

void TemplateParser::take(qsizetype count)
{
    m_literal += m_text.mid(m_at, count);
    m_at = std::min(m_at + count, m_text.size());
}

void TemplateParser::takeQuoted(qsizetype count)
{
    cook(QByteArrayView(m_text).sliced(m_at, count));
    take(count);
}

void TemplateParser::open(Frame frame, qsizetype count)
{
    m_frames.push_back(frame);
    take(count);
}

void TemplateParser::close(qsizetype count)
{
    m_frames.pop_back();
    take(count);
}

void TemplateParser::cook(QByteArrayView bytes)
{
    m_inWord = true;
    if (m_word.empty() || m_word.back().replacement)
        m_word.emplace_back();
    m_word.back().literal += bytes;
}

void TemplateParser::endWord()
{
    if (m_inWord)
        m_parsed.words.push_back(std::exchange(m_word, {}));
    m_inWord = false;
}

void TemplateParser::endPiece()
{
    if (!m_literal.isEmpty())
        m_parsed.pieces.push_back({std::exchange(m_literal, {}), std::nullopt});
}

void TemplateParser::beginPlainWord()
{
    endPiece();
    m_wordBegin = m_parsed.pieces.size();
    m_wordFrames = m_frames;
}

void TemplateParser::endPlainWord()
{
    endPiece();
    if (m_wordFrames != m_frames)
        return; // it holds only a part of some quotes or brackets
    ++m_wordNumber;
    for (std::size_t i = m_wordBegin; i < m_parsed.pieces.size(); ++i)
        m_parsed.pieces[i].word = m_wordNumber;
}

bool TemplateParser::isInside(Frame frame) const { return std::find(m_frames.begin(), m_frames.end(), frame) != m_frames.end(); }

void TemplateParser::checkEnd() const
{
    switch (m_frames.back()) {
    case Frame::Command:
    case Frame::Comment:
        return;
    case Frame::SingleQuotes:
    case Frame::DollarQuotes:
        return refuse("template.unclosed-quote", "a single quote is opened and not closed");
    case Frame::DoubleQuotes:
        return refuse("template.unclosed-quote", "a double quote is opened and not closed");
    case Frame::BackQuotes:
        return refuse("template.unclosed-quote", "a back-quote is opened and not closed");
    case Frame::Group:
    case Frame::Substitution:
    case Frame::Arithmetic:
    case Frame::ArithmeticGroup:
        return refuse("template.unclosed-bracket", "a parenthesis is opened and not closed");
    case Frame::Parameter:
    case Frame::QuotedParameter:
        return refuse("template.unclosed-bracket", "${ is opened and not closed");
    }
}

void TemplateParser::checkFirstWord()
{
    if (m_parsed.usesShell || m_parsed.words.empty())
        return;
    const auto &first = m_parsed.words.front();
    if (first.empty() || first.front().replacement)
        return;
    const QByteArray &word = first.front().literal;
    const std::string_view name(word.constData(), static_cast<std::size_t>(word.size()));
    if (first.size() == 1 && std::find(ShellWords.begin(), ShellWords.end(), name) != ShellWords.end())
        needShell();
}

void TemplateParser::refuse(const char *problem, const char *reason) const
{
    throw InvalidInput(problem, m_text, reason, "command \"" + m_text + "\": " + reason);
}

} // namespace procession

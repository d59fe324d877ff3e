// SPDX-License-Identifier: MIT
#include <procession/templateparser.h>

#include <procession/invalidinput.h>

#include <algorithm>
#include <array>
#include <cstring>
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

bool isBlank(char c) { return c == ' ' || c == '\t'; }

bool isNameCharacter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

bool isOneOf(char c, const char *characters) { return c != '\0' && std::strchr(characters, c) != nullptr; }

constexpr const char *AssignRemedy = ": put it into a variable first, as in v={}; echo \"$v\"";

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
    endPiece();
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

void TemplateParser::stepCommand()
{
    if (stepReplacement(Replacement::Place::Bare))
        return;
    const char c = at();
    if (isBlank(c)) {
        endWord();
        take(1);
        m_atWordStart = true;
        return;
    }
    if (isOneOf(c, "\n;&|<>()"))
        return stepOperator();
    if (m_atWordStart && c == '#') {
        needShell();
        return open(Frame::Comment, 1);
    }
    if (m_atWordStart && isInside(Frame::Substitution) && m_text.mid(m_at, 4) == "case" && !isNameCharacter(at(4)) && m_replaces)
        refuse("template.case", "\"case\" inside $( ) hides where it ends: put the case into a script");
    const bool isFirstOfWord = std::exchange(m_atWordStart, false);
    switch (c) {
    case '\'':
        m_inWord = true;
        return open(Frame::SingleQuotes, 1);
    case '"':
        m_inWord = true;
        return open(Frame::DoubleQuotes, 1);
    case '\\':
        return stepEscape();
    case '`':
        needShell();
        return open(Frame::BackQuotes, 1);
    case '$':
        return stepDollar();
    default:
        break;
    }
    if (m_replaces && c == '{' && at(1) == '=' && m_text.indexOf("=}", m_at + 2) > 0)
        refuse("template.perl", "{= =} with Perl inside is not supported: use $( ) with sed or another program");
    const bool isFirstWord = m_parsed.words.empty();
    if (isOneOf(c, "*?[]~{}") || (c == '!' && isFirstOfWord) || (c == '=' && isFirstWord))
        needShell();
    cook({&c, 1});
    take(1);
}

void TemplateParser::stepOperator()
{
    needShell();
    const char c = at();
    if (c == '(')
        return stepOpeningParenthesis();
    if (c == ')')
        return stepClosingParenthesis();
    m_atWordStart = true;
    if (c != '<' || at(1) != '<')
        return take(1);
    if (at(2) == '<')
        return take(3);
    if (m_replaces)
        refuse("template.here-document", "inputs cannot be put right with a here-document (<<): use printf '%s\\n' {} | …");
    take(2);
}

void TemplateParser::stepOpeningParenthesis()
{
    if (at(1) == '(')
        return open(Frame::Arithmetic, 2);
    open(Frame::Group, 1);
    m_atWordStart = true;
}

void TemplateParser::stepClosingParenthesis()
{
    // One that closes nothing belongs to a pattern of "case".
    m_atWordStart = m_frames.back() != Frame::Substitution;
    if (m_frames.back() == Frame::Command)
        return take(1);
    close(1);
}

void TemplateParser::stepSingleQuotes()
{
    if (stepReplacement(Replacement::Place::SingleQuotes))
        return;
    if (at() == '\'')
        return close(1);
    takeQuoted(1);
}

void TemplateParser::stepDoubleQuotes()
{
    if (stepReplacement(Replacement::Place::DoubleQuotes))
        return;
    switch (at()) {
    case '"':
        return close(1);
    case '\\':
        return stepEscape();
    case '`':
        needShell();
        return open(Frame::BackQuotes, 1);
    case '$':
        return stepDollar();
    default:
        return takeQuoted(1);
    }
}

void TemplateParser::stepDollarQuotes()
{
    expectNoReplacement("template.dollar-quote", "inside $'…'");
    if (at() == '\\' && at(1) == '\'')
        refuse("template.dollar-quote", "shells differ about \\' inside $'…': write \"'\" instead");
    if (at() == '\'')
        return close(1);
    take(at() == '\\' ? 2 : 1);
}

void TemplateParser::stepBackQuotes()
{
    expectNoReplacement("template.back-quotes", "inside back-quotes");
    if (at() == '`')
        return close(1);
    take(at() == '\\' ? 2 : 1);
}

void TemplateParser::stepParameter()
{
    expectNoReplacement("template.parameter", "inside ${ }");
    const bool isQuoted = m_frames.back() == Frame::QuotedParameter;
    const char c = at();
    if (isQuoted && isOneOf(c, "'\"`"))
        refuse("template.parameter", "shells differ about quotes inside \"${ }\": put that value into a variable first");
    switch (c) {
    case '}':
        return close(1);
    case '\'':
        return open(Frame::SingleQuotes, 1);
    case '"':
        return open(Frame::DoubleQuotes, 1);
    case '`':
        return open(Frame::BackQuotes, 1);
    case '$':
        return stepDollar();
    default:
        return take(c == '\\' ? 2 : 1);
    }
}

void TemplateParser::stepArithmetic()
{
    if (stepReplacement(Replacement::Place::Arithmetic))
        return;
    const char c = at();
    if (isOneOf(c, "'\"`\\;\n"))
        refuse("template.arithmetic",
            "(( is read as the beginning of arithmetic, where quotes and commands cannot stand: put a space between the "
            "parentheses if commands were meant");
    if (c == '$')
        return stepDollar();
    if (c == '(')
        return open(Frame::ArithmeticGroup, 1);
    if (c != ')')
        return take(1);
    if (m_frames.back() == Frame::ArithmeticGroup)
        return close(1);
    if (at(1) != ')')
        refuse(
            "template.arithmetic", "(( without )) is not arithmetic: put a space between the parentheses if a command was meant");
    close(2);
}

void TemplateParser::stepComment()
{
    expectNoReplacement("template.comment", "in a comment");
    if (at() == '\n')
        return close(0);
    take(1);
}

void TemplateParser::stepEscape()
{
    const char next = at(1);
    if (m_frames.back() != Frame::DoubleQuotes) {
        if (m_at + 1 >= m_text.size())
            refuse("template.unclosed-quote", "the backslash at the end quotes nothing: write \\\\ for a backslash");
        if (next != '\n') {
            m_inWord = true;
            cook({&next, 1});
        }
        return take(2);
    }
    if (isOneOf(next, "$`\"\\")) {
        cook({&next, 1});
        return take(2);
    }
    if (next == '\n')
        return take(2);
    // It stands for itself, and must go on to do so before a value, whatever that begins with.
    cook("\\");
    take(1);
    m_literal += '\\';
}

void TemplateParser::stepDollar()
{
    needShell();
    const Frame frame = m_frames.back();
    const bool isQuoted = frame == Frame::DoubleQuotes || frame == Frame::QuotedParameter || frame == Frame::Arithmetic
        || frame == Frame::ArithmeticGroup;
    const char next = at(1);
    if (next == '(' && at(2) == '(')
        return open(Frame::Arithmetic, 3);
    if (next == '(') {
        open(Frame::Substitution, 2);
        m_atWordStart = true;
        return;
    }
    if (next == '{') {
        if (at(2) == '}')
            refuse("template.parameter", "${} is no parameter of a shell: write \\${} for a dollar sign before the input");
        return open(isQuoted ? Frame::QuotedParameter : Frame::Parameter, 2);
    }
    if (next == '\'' && !isQuoted)
        return open(Frame::DollarQuotes, 2);
    if (next == '[' && m_replaces)
        refuse("template.arithmetic", "shells differ about $[: write $(( )) for arithmetic, or \\$[ for a dollar sign");
    if (isOneOf(next, "$#?!@*-"))
        return take(2);
    qsizetype size = 1;
    while (isNameCharacter(at(size)))
        ++size;
    take(size);
    if (size > 1)
        m_variableEnd = m_at;
}

bool TemplateParser::stepReplacement(Replacement::Place place)
{
    if (!m_replaces || at() != '{')
        return false;
    auto replacement = Replacement::match(QByteArrayView(m_text).sliced(m_at), m_columnNames);
    if (!replacement)
        return false;
    endPiece();
    m_parsed.hasReplacements = true;
    replacement->place = place;
    const qsizetype end = m_at + replacement->source.size();
    const char next = end < m_text.size() ? m_text.at(end) : '\0';
    // $NAME would go on in a value that begins with a letter; 2> is another thing than > after a word "2".
    replacement->apart = m_variableEnd == m_at || (place == Replacement::Place::Bare && isOneOf(next, "<>"));
    m_at = end;
    m_inWord = true;
    m_atWordStart = false;
    m_word.push_back({{}, *replacement});
    m_parsed.pieces.push_back({{}, std::move(replacement)});
    return true;
}

void TemplateParser::expectNoReplacement(const char *problem, const char *where)
{
    if (at() != '{' || !m_replaces)
        return;
    if (const auto found = Replacement::match(QByteArrayView(m_text).sliced(m_at), m_columnNames))
        refuse(problem, (found->source + " cannot be quoted rightly " + where + AssignRemedy).constData());
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

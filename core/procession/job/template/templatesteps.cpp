// SPDX-License-Identifier: MIT
// The steps of TemplateParser: what each kind of frame makes of its next characters.
#include <procession/job/template/templateparser.h>

#include <cstring>
#include <utility>

namespace procession {

namespace {

bool isNameCharacter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

bool isOneOf(char c, const char *characters) { return c != '\0' && std::strchr(characters, c) != nullptr; }

constexpr const char *AssignRemedy = ": put it into a variable first, as in v={}; echo \"$v\"";

} // namespace

void TemplateParser::stepCommand()
{
    if (stepReplacement(Replacement::Place::Bare))
        return;
    const char c = at();
    if (isOneOf(c, " \t\n;&|<>()"))
        return stepBetweenWords();
    if (m_atWordStart && c == '#') {
        needShell();
        return open(Frame::Comment, 1);
    }
    if (m_atWordStart && isInside(Frame::Substitution) && m_text.mid(m_at, 4) == "case" && !isNameCharacter(at(4)) && m_replaces)
        refuse("template.case", "\"case\" inside $( ) hides where it ends: put the case into a script");
    const bool isFirstOfWord = std::exchange(m_atWordStart, false);
    if (c == '\\')
        return stepEscape();
    if (stepQuote() || stepSubstitution())
        return;
    if (m_replaces && c == '{' && at(1) == '=' && m_text.indexOf("=}", m_at + 2) > 0)
        refuse("template.perl", "{= =} with Perl inside is not supported: use $( ) with sed or another program");
    const bool isFirstWord = m_parsed.words.empty();
    if (isOneOf(c, "*?[]~{}") || (c == '!' && isFirstOfWord) || (c == '=' && isFirstWord))
        needShell();
    cook({&c, 1});
    take(1);
}

void TemplateParser::stepBetweenWords()
{
    endPlainWord();
    if (isOneOf(at(), " \t")) {
        endWord();
        take(1);
        m_atWordStart = true;
    } else {
        stepOperator();
    }
    beginPlainWord();
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
    if (at() == '"')
        return close(1);
    if (at() == '\\')
        return stepEscape();
    if (!stepSubstitution())
        takeQuoted(1);
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
    if (c == '}')
        return close(1);
    if (!stepQuote() && !stepSubstitution())
        take(c == '\\' ? 2 : 1);
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

bool TemplateParser::stepQuote()
{
    if (!isOneOf(at(), "'\""))
        return false;
    m_inWord = true;
    open(at() == '"' ? Frame::DoubleQuotes : Frame::SingleQuotes, 1);
    return true;
}

bool TemplateParser::stepSubstitution()
{
    if (!isOneOf(at(), "`$"))
        return false;
    needShell();
    if (at() == '`')
        open(Frame::BackQuotes, 1);
    else
        stepDollar();
    return true;
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
    if (m_at == 0 && replacement->subject == Replacement::Subject::Input) {
        replacement->place = Replacement::Place::Command;
        m_parsed.beginsWithInput = true;
        needShell();
    }
    const qsizetype end = m_at + replacement->source.size();
    const char next = end < m_text.size() ? m_text.at(end) : '\0';
    // $NAME would go on in a value that begins with a letter; 2> is another thing than > after a word "2".
    replacement->apart = m_variableEnd == m_at || (replacement->place == Replacement::Place::Bare && isOneOf(next, "<>"));
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

} // namespace procession

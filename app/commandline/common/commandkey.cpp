// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/common/commandkey.h>

#include <cstring>
#include <optional>
#include <utility>

namespace procession {

namespace {

bool isOneOf(char c, const char *characters) { return c != '\0' && std::strchr(characters, c) != nullptr; }

bool isNameCharacter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

constexpr const char *Separators = " \t\n;&|<>()";
constexpr const char *Meaningful = " \t\n;&|<>()*?~#=!^]}'\"\\$"; // without quotes around
constexpr const char *Obscure = "`[{"; // what these begin is not looked into

/// Writes a command line anew: what means something to a shell as it is, and all else behind backslashes where it would mean something.
class CommandReader
{
public:
    explicit CommandReader(const QByteArray &text) : m_text(text) { }

    /// Nothing when it has what is not looked into.
    std::optional<QByteArray> read()
    {
        while (m_at < m_text.size() && m_isClear)
            step();
        endWord();
        return m_isClear ? std::optional(m_key) : std::nullopt;
    }

private:
    void step()
    {
        const char c = m_text.at(m_at++);
        const bool followsDigit = std::exchange(m_followsDigit, false);
        if (c == '\'')
            return readSingleQuotes();
        if (c == '"')
            return readDoubleQuotes();
        if (c == '\\')
            return readEscape();
        if (c == '$')
            return readDollar(false);
        if (isOneOf(c, Obscure) || (c == '<' && next() == '<')) {
            m_isClear = false;
        } else if (isOneOf(c, Separators)) {
            endWord();
            if (followsDigit && isOneOf(c, "<>")) // the number of a descriptor
                m_key += '\1';
            m_key += c;
        } else {
            m_isWord = true;
            m_key += c;
            m_followsDigit = c >= '0' && c <= '9';
        }
    }

    void readEscape()
    {
        if (m_at == m_text.size()) {
            m_isClear = false;
            return;
        }
        const char c = m_text.at(m_at++);
        if (c != '\n') // which only continues the line
            addLiteral(c);
    }

    void readSingleQuotes()
    {
        m_hasQuotes = true;
        const qsizetype end = m_text.indexOf('\'', m_at);
        if (end < 0) {
            m_isClear = false;
            return;
        }
        while (m_at < end)
            addLiteral(m_text.at(m_at++));
        ++m_at;
    }

    void readDoubleQuotes()
    {
        m_hasQuotes = true;
        while (m_at < m_text.size() && m_isClear) {
            const char c = m_text.at(m_at++);
            if (c == '"')
                return;
            if (c == '`')
                m_isClear = false;
            else if (c == '$')
                readDollar(true);
            else if (c == '\\' && isOneOf(next(), "$`\"\\"))
                addLiteral(m_text.at(m_at++));
            else if (c == '\\' && next() == '\n')
                ++m_at;
            else
                addLiteral(c);
        }
        m_isClear = false; // they do not end
    }

    /// A variable, or a command in the place of a word.
    void readDollar(bool isQuoted)
    {
        m_isWord = true;
        if (next() == '(' && !isQuoted) {
            m_key += '$';
            return;
        }
        if (isOneOf(next(), "({'\"")) {
            m_isClear = false;
            return;
        }
        qsizetype end = m_at;
        while (end < m_text.size() && isNameCharacter(m_text.at(end)))
            ++end;
        if (end == m_at && isOneOf(next(), "@*#?-$!"))
            ++end;
        if (end == m_at)
            return addLiteral('$');
        m_key += isQuoted ? "\"${" : "${";
        m_key += m_text.mid(m_at, end - m_at);
        m_key += isQuoted ? "}\"" : "}";
        m_at = end;
    }

    void addLiteral(char c)
    {
        m_isWord = true;
        if (isOneOf(c, Meaningful) || isOneOf(c, Obscure))
            m_key += '\\';
        m_key += c;
    }

    void endWord()
    {
        if (m_hasQuotes && !m_isWord)
            m_key += "''";
        m_hasQuotes = false;
        m_isWord = false;
    }

    char next() const { return m_at < m_text.size() ? m_text.at(m_at) : '\0'; }

    const QByteArray &m_text;
    qsizetype m_at = 0;
    QByteArray m_key;
    bool m_isClear = true;
    bool m_isWord = false; // the word at hand has anything
    bool m_hasQuotes = false; // the word at hand has quotes
    bool m_followsDigit = false;
};

} // namespace

QByteArray commandKey(const QByteArray &commandLine)
{
    const std::optional<QByteArray> key = CommandReader(commandLine).read();
    return key ? *key : '\0' + commandLine;
}

} // namespace procession

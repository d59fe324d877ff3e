// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/template/replacement.h>

#include <vector>

namespace procession {

/// What a command line is made of, as TemplateParser finds it.
struct ParsedTemplate
{
    bool usesShell = false; ///< whether it means something only to a shell
    bool hasReplacements = false;
    bool beginsWithInput = false; ///< whether what is run depends on the input
    std::vector<TemplatePiece> pieces; ///< the command line as it is written
    std::vector<std::vector<TemplatePiece>> words; ///< without quotes; only where no shell is needed
};

/// Reads a command line as a POSIX shell would, as far as it takes to know what is quoted and how.
///
/// \code
/// const ParsedTemplate parsed = TemplateParser("gzip -k '{}'", {}).parse();
/// \endcode
///
/// CommandTemplate documents the rules. An object parses once.
class TemplateParser
{
public:
    TemplateParser(const QByteArray &text, const QByteArrayList &columnNames);
    /// A parser to which nothing is a replacement string, and which leaves what needs a shell wholly to the shell.
    explicit TemplateParser(const QByteArray &commandLine);

    /// \throws InvalidInput as CommandTemplate::parse
    ParsedTemplate parse();

private:
    /// What the text at hand is inside of.
    enum class Frame : quint8 {
        Command, ///< the command line itself
        Group, ///< `( … )`
        Substitution, ///< `$( … )`
        SingleQuotes,
        DoubleQuotes,
        DollarQuotes, ///< `$'…'`
        BackQuotes,
        Parameter, ///< `${ … }`
        QuotedParameter, ///< `${ … }` inside double quotes, where shells differ about quotes
        Arithmetic, ///< `$(( … ))`, `(( … ))`
        ArithmeticGroup, ///< `( … )` inside of that
        Comment,
    };

    void step();
    void stepCommand();
    void stepBetweenWords();
    void stepOperator();
    void stepOpeningParenthesis();
    void stepClosingParenthesis();
    void stepSingleQuotes();
    void stepDoubleQuotes();
    void stepDollarQuotes();
    void stepBackQuotes();
    void stepParameter();
    void stepArithmetic();
    void stepComment();
    bool stepQuote();
    bool stepSubstitution();
    void stepEscape();
    void stepDollar();
    bool stepReplacement(Replacement::Place place);
    void expectNoReplacement(const char *problem, const char *where);

    char at(qsizetype distance = 0) const;
    void take(qsizetype count);
    void takeQuoted(qsizetype count);
    void open(Frame frame, qsizetype count);
    void close(qsizetype count);
    void cook(QByteArrayView bytes);
    void endWord();
    void endPiece();
    void beginPlainWord();
    void endPlainWord();
    void needShell() { m_parsed.usesShell = true; }
    bool isInside(Frame frame) const;
    void checkEnd() const;
    void checkFirstWord();
    [[noreturn]] void refuse(const char *problem, const char *reason) const;

    QByteArray m_text;
    QByteArrayList m_columnNames;
    bool m_replaces = true;
    qsizetype m_at = 0;
    std::vector<Frame> m_frames{Frame::Command};
    ParsedTemplate m_parsed;
    QByteArray m_literal; // of the piece at hand
    std::vector<TemplatePiece> m_word; // the word at hand, without quotes
    bool m_inWord = false; // a word may be empty: ''
    bool m_atWordStart = true; // in any command, also a substituted one
    qsizetype m_variableEnd = -1; // where the latest $NAME ended
    std::size_t m_wordBegin = 0; // the piece with which the word at hand begins, in any command
    std::vector<Frame> m_wordFrames = m_frames; // inside of which it begins
    int m_wordNumber = 0;
};

} // namespace procession

// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/processerror.h>

namespace procession {

/// Something that a person or a file gave cannot be used.
///
/// Carries the three parts of a useful message apart, so that a program can word it in the person's language:
/// the `input` as it was given, the `problem` as a stable key ("halt.rule", "template.unclosed-quote"), and `detail`,
/// what else the message names (what is allowed, the position, the nearest right word).
class InvalidInput : public ProcessError
{
public:
    /// \param problem  a stable key, CONCEPT.PROBLEM, in lower case
    /// \param input    what was given, the bytes as they are
    /// \param detail   depends on the problem; may be empty
    /// \param message  the whole message in English: input, reason and remedy
    InvalidInput(const char *problem, const QByteArray &input, const QByteArray &detail, const QByteArray &message)
        : ProcessError(message.toStdString()), m_problem(problem), m_input(input), m_detail(detail)
    {
    }

    const char *problem() const noexcept { return m_problem.constData(); }
    const QByteArray &input() const noexcept { return m_input; }
    const QByteArray &detail() const noexcept { return m_detail; }

private:
    QByteArray m_problem; ///< its own: it may have come from another process
    QByteArray m_input;
    QByteArray m_detail;
};

} // namespace procession

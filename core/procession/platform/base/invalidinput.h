// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/processerror.h>

namespace procession {

/// Input from a user or a file cannot be used.
///
/// Carries the three parts of a useful message separately, so that a program can word it in the
/// user's language: the `input` as given, the `problem` as a stable key ("halt.rule",
/// "template.unclosed-quote"), and `detail`, whatever else the message names (allowed values, the
/// position, the nearest valid word).
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
    QByteArray m_problem; ///< a copy, since the error may come from another process
    QByteArray m_input;
    QByteArray m_detail;
};

} // namespace procession

// SPDX-License-Identifier: MIT
#include <procession/platform/base/processerror.h>

#include <cstring>

namespace procession {

namespace {
std::string describe(const char *call, const QByteArray &subject, int number)
{
    std::string text = call;
    if (!subject.isEmpty())
        text += " \"" + subject.toStdString() + '"';
    return text + ": " + std::strerror(number) + " (errno " + std::to_string(number) + ')';
}
} // namespace

SystemError::SystemError(const char *call, const QByteArray &subject, int number)
    : ProcessError(describe(call, subject, number)), m_call(call), m_subject(subject), m_number(number)
{
}

} // namespace procession

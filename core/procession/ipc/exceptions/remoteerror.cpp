// SPDX-License-Identifier: MIT
#include <procession/ipc/exceptions/remoteerror.h>

namespace procession {

namespace {
std::string describe(const std::string &typeName, const std::string &message, const QByteArray &processName)
{
    std::string text = typeName;
    if (!processName.isEmpty())
        text += " in process " + processName.toStdString();
    return message.empty() ? text : text + ": " + message;
}
} // namespace

RemoteError::RemoteError(const std::string &typeName, const std::string &message, const RemoteTrace &trace)
    : ProcessError(describe(typeName, message, trace.processName())), RemoteTrace(trace), m_typeName(typeName), m_message(message)
{
}

} // namespace procession

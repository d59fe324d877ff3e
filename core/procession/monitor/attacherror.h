// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/exceptions/exceptioncodec.h>
#include <procession/platform/base/processerror.h>

#include <QtCore/qglobal.h>

namespace procession {

/// A process cannot be watched by a Monitor.
class AttachError : public ProcessError
{
public:
    enum class Reason : quint8 {
        NoProcess, ///< there is none of that number
        NotPermitted, ///< it is another user's, or the system forbids looking into it
        NothingShared, ///< it has no arena: it is no program of Procession, or has shared nothing yet
        OtherVersion, ///< its arena was made by another version
        Ended, ///< while it was being attached to
    };

    AttachError(Reason reason, qint64 pid);

    Reason reason() const noexcept { return m_reason; }
    qint64 pid() const noexcept { return m_pid; }

private:
    Reason m_reason;
    qint64 m_pid;
};
template <>
struct ExceptionCodec<AttachError>
{
    static void encode(Encoder &encoder, const AttachError &error) { encoder << error.reason() << error.pid(); }
    static AttachError decode(Decoder &decoder, const std::string &)
    {
        const auto reason = decoder.read<AttachError::Reason>();
        if (reason > AttachError::Reason::Ended)
            throw DecodeError("an AttachError in a message has a reason that there is not");
        return {reason, decoder.read<qint64>()};
    }
};
inline const KnownException<AttachError> attachErrorIsKnown{"procession::AttachError"};

/// "noProcess", "notPermitted", …
const char *nameOf(AttachError::Reason reason);

} // namespace procession

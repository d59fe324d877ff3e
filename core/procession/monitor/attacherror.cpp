// SPDX-License-Identifier: MIT
#include <procession/monitor/attacherror.h>

namespace procession {

namespace {

std::string describe(AttachError::Reason reason)
{
    switch (reason) {
    case AttachError::Reason::NoProcess:
        return "there is no such process: Monitor::programs() tells those that can be attached to";
    case AttachError::Reason::NotPermitted:
        return "it belongs to another user, or may not be looked into: attach as the user that runs it";
    case AttachError::Reason::NothingShared:
        return "it has no shared memory of Procession: it is another kind of program, or has started no process and made nothing "
               "shared yet";
    case AttachError::Reason::OtherVersion:
        return "its shared memory was made by another version of Procession: attach with the version that it was built with";
    case AttachError::Reason::Ended:
        return "it has ended in this moment";
    }
    return {};
}

} // namespace

AttachError::AttachError(Reason reason, qint64 pid)
    : ProcessError("process " + std::to_string(pid) + " cannot be attached to: " + describe(reason)), m_reason(reason), m_pid(pid)
{
}

const char *nameOf(AttachError::Reason reason)
{
    switch (reason) {
    case AttachError::Reason::NoProcess:
        return "noProcess";
    case AttachError::Reason::NotPermitted:
        return "notPermitted";
    case AttachError::Reason::NothingShared:
        return "nothingShared";
    case AttachError::Reason::OtherVersion:
        return "otherVersion";
    case AttachError::Reason::Ended:
        return "ended";
    }
    return "";
}

} // namespace procession

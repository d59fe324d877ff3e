// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/exceptions/exceptioncodec.h>
#include <procession/platform/base/processerror.h>

#include <QtCore/qglobal.h>

namespace procession {

/// There is no element of that index. (Reference: IndexError)
class IndexError : public ProcessError
{
public:
    using ProcessError::ProcessError;
    /// \param what  "an Array", say
    IndexError(const char *what, quint64 index, quint64 size);
};
inline const KnownException<IndexError> indexErrorIsKnown{"procession::IndexError"};

} // namespace procession

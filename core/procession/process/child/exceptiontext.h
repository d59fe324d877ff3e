// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>

#include <exception>

namespace procession {

/// The text that reports an uncaught exception on stderr:
///
/// \code
/// Process Process-1:2:
/// std::runtime_error: the image is damaged
///   caused by std::out_of_range: row 17
/// \endcode
QByteArray exceptionText(const std::exception_ptr &exception, const QString &processName);

} // namespace procession

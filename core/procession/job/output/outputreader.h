// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/task/attempt.h>

#include <QtCore/QByteArrayView>

#include <functional>

namespace procession {

/// Gives the bytes of a stream to `take`, in pieces of bounded size, wherever they are kept.
/// \param from  how many bytes to leave out at the beginning
/// \throws SystemError when its file cannot be read, and what `take` throws
void readStream(const CapturedStream &stream, const std::function<void(QByteArrayView)> &take, qint64 from = 0);

} // namespace procession

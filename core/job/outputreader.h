// SPDX-License-Identifier: MIT
#pragma once

#include <procession/attempt.h>

#include <QtCore/QByteArrayView>

#include <functional>

namespace procession {

/// Gives all bytes of a stream to `take`, in pieces of bounded size, wherever they are kept.
/// \throws SystemError when its file cannot be read, and what `take` throws
void readStream(const CapturedStream &stream, const std::function<void(QByteArrayView)> &take);

} // namespace procession

// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

#include <chrono>

namespace procession {

/// How much of the output of tasks stays in the store, and for how long.
///
/// \code
/// OutputRule::parse("10G,90d");   // 10 GiB, for 90 days
/// OutputRule::parse("all,7d");    // any number of bytes, for a week
/// OutputRule::parse("none");
/// \endcode
struct OutputRule
{
    static constexpr qint64 All = -1;

    qint64 size = All; ///< bytes
    std::chrono::milliseconds age{0}; ///< 0: for ever

    /// SIZE, or SIZE,TIME: SIZE as parseSize() takes it, or `all`, or `none`; TIME as parseDuration() takes it.
    /// \throws InvalidInput as those
    static OutputRule parse(const QByteArray &text);
    /// What parse() takes.
    QByteArray toText() const;

    friend bool operator==(const OutputRule &, const OutputRule &) = default;
};

} // namespace procession

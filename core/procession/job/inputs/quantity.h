// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

#include <chrono>

namespace procession {

/// A time as people write it: seconds (`30`, `1.5`), or numbers with units (`500ms`, `2m`, `1h30m`, `1d`), in either case.
/// \throws InvalidInput "quantity.duration"
std::chrono::milliseconds parseDuration(const QByteArray &text);

/// How long a task may run: a time, or a part of the time that tasks usually take.
struct TimeLimit
{
    std::chrono::milliseconds time{0}; ///< 0 when `percent` counts
    double percent = 0; ///< of the median run time

    friend bool operator==(const TimeLimit &, const TimeLimit &) = default;
};

/// A duration, or a percentage as in `200%`.
/// \throws InvalidInput "quantity.time-limit"
TimeLimit parseTimeLimit(const QByteArray &text);

/// A number of workers, as after GNU parallel's `-j`: `4`, `+2` and `-1` (more and fewer than `cpus`), `150%` (of `cpus`, rounded
/// up), `0` for `unlimited`. Never less than 1.
/// \throws InvalidInput "quantity.workers"
int parseWorkerCount(const QByteArray &text, int cpus, int unlimited);

/// A number of bytes, as GNU parallel reads it: `K M G T P E` and `Ki ki Mi mi …` are powers of 1024, `k m g t p e` powers of 1000.
/// \throws InvalidInput "quantity.size"
qint64 parseSize(const QByteArray &text);

} // namespace procession

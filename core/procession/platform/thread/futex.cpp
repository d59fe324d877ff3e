// SPDX-License-Identifier: MIT
#include <procession/platform/thread/futex.h>

#include <procession/platform/base/kernelclock.h>
#include <procession/platform/base/systemcall.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <linux/futex.h>
#include <optional>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_futex_waitv
#define SYS_futex_waitv 449
#endif

namespace procession {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t MostWords = 128;
constexpr auto Slice = 10ms;

// struct futex_waitv of the kernel, which older headers lack.
struct WaitedWord
{
    quint64 value;
    quint64 address;
    quint32 flags;
    quint32 reserved;
};
constexpr quint32 WordOf32Bits = 2;

timespec toTimespec(std::chrono::nanoseconds time)
{
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time);
    return {static_cast<time_t>(seconds.count()), static_cast<long>((time - seconds).count())};
}

/// When the deadline is by the kernel's clock; empty for never.
std::optional<timespec> monotonic(QDeadlineTimer deadline)
{
    if (deadline.isForever())
        return std::nullopt;
    const auto left = std::max(0ns, deadline.remainingTimeAsDuration());
    return toTimespec(kernelNow().time_since_epoch() + left);
}

FutexWait outcome(long result, const char *call)
{
    if (result >= 0 || errno == EINTR)
        return FutexWait::Woken;
    if (errno == EAGAIN)
        return FutexWait::Changed;
    if (errno == ETIMEDOUT)
        return FutexWait::TimedOut;
    throw SystemError(call, {}, errno);
}

bool hasChanged(std::span<const FutexExpectation> words)
{
    return std::any_of(words.begin(), words.end(),
        [](const FutexExpectation &one) { return one.word->load(std::memory_order_acquire) != one.expected; });
}

FutexWait waitInSlices(std::span<const FutexExpectation> words, QDeadlineTimer deadline)
{
    for (;;) {
        if (hasChanged(words))
            return FutexWait::Changed;
        const QDeadlineTimer slice = std::min(deadline, QDeadlineTimer(Slice));
        const FutexWait wait = waitFutex(*words.front().word, words.front().expected, slice);
        if (wait != FutexWait::TimedOut || deadline.hasExpired())
            return wait;
    }
}

} // namespace

FutexWait waitFutex(const FutexWord &word, std::uint32_t expected, QDeadlineTimer deadline)
{
    const std::optional<timespec> until = monotonic(deadline);
    return outcome(
        syscall(SYS_futex, &word, FUTEX_WAIT_BITSET, expected, until ? &*until : nullptr, nullptr, FUTEX_BITSET_MATCH_ANY),
        "futex");
}

FutexWait waitFutexes(std::span<const FutexExpectation> words, QDeadlineTimer deadline)
{
    if (words.empty() || words.size() > MostWords)
        throw SystemError("futex_waitv", QByteArray::number(qsizetype(words.size())) + " words", EINVAL);
    std::array<WaitedWord, MostWords> waited;
    for (std::size_t i = 0; i < words.size(); ++i)
        waited[i] = {words[i].expected, reinterpret_cast<quintptr>(words[i].word), WordOf32Bits, 0};
    const std::optional<timespec> until = monotonic(deadline);
    const long result = syscall(SYS_futex_waitv, waited.data(), words.size(), 0, until ? &*until : nullptr, CLOCK_MONOTONIC);
    if (result < 0 && (errno == ENOSYS || errno == EPERM))
        return waitInSlices(words, deadline);
    return outcome(result, "futex_waitv");
}

int wakeFutex(const FutexWord &word, int count)
{
    return static_cast<int>(checked("futex", syscall(SYS_futex, &word, FUTEX_WAKE, count)));
}

} // namespace procession

// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

#include <exception>
#include <optional>
#include <ranges>

namespace procession {

/// The outcome of reading a part of a range.
struct RangeRead
{
    quint64 count = 0; ///< elements; fewer than requested at the end of the range
    std::exception_ptr error{}; ///< what the range threw; the range is at its end then
};

/// Reads a range step by step, never an element more than requested. One thread at a time.
template <typename Range>
class RangeReader
{
public:
    explicit RangeReader(Range range) : m_range(std::move(range)) { }

    /// Calls `take` with each of the next elements, at most that many.
    template <typename Take>
    void read(quint64 most, Take take)
    {
        if (most > 0 && !m_at)
            m_at.emplace(std::ranges::begin(m_range));
        for (quint64 i = 0; i < most; ++i) {
            if (m_isUsed)
                ++*m_at;
            m_isUsed = false;
            if (*m_at == std::ranges::end(m_range))
                return;
            take(**m_at);
            m_isUsed = true;
        }
    }

private:
    Range m_range;
    std::optional<std::ranges::iterator_t<Range>> m_at;
    bool m_isUsed = false; ///< whether the present element was read
};

} // namespace procession

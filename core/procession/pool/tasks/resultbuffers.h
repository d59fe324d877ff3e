// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/wire/decoder.h>
#include <procession/platform/system/largepages.h>
#include <procession/queue/queuevalue.h>

#include <algorithm>
#include <exception>
#include <map>

namespace procession {

/// Memory for large results in flight: allocating it takes longer than copying into it, and can
/// overlap with the worker's copying.
/// \tparam Result  what a call returns; only rows of numbers and the like are announced
template <typename Result>
class ResultBuffers
{
public:
    /// Allocates memory for a result, unless it would be very much: the size is not verified yet.
    void expect(quint64 call, quint64 bytes)
    {
        if constexpr (detail::SentAsRow<Result>) {
            using Element = std::ranges::range_value_t<Result>;
            if (bytes % sizeof(Element) != 0 || bytes > Most - std::min(m_bytes, Most) || m_rows.contains(call))
                return;
            const auto size = static_cast<typename Result::size_type>(bytes / sizeof(Element));
            try {
                Result row;
                row.reserve(size);
                if (!prepareLargePages(static_cast<void *>(std::ranges::data(row)), bytes))
                    return;
                row.resize(size);
                m_rows.emplace(call, std::move(row));
                m_bytes += bytes;
            } catch (const std::exception &) { // no memory, or more than a row can have: read() reports it if the result comes
            }
        }
    }
    void forget(quint64 call) { take(call); }

    /// \throws what a Codec throws
    Result read(quint64 call, Decoder &decoder)
    {
        if constexpr (detail::SentAsRow<Result>) {
            if (auto row = take(call)) {
                using Element = std::ranges::range_value_t<Result>;
                const std::size_t count = decoder.size(sizeof(Element));
                row.mapped().resize(static_cast<typename Result::size_type>(count));
                decoder.raw(static_cast<void *>(std::ranges::data(row.mapped())), count * sizeof(Element));
                return std::move(row.mapped());
            }
        }
        return decoder.read<Result>();
    }

private:
    using Rows = std::map<quint64, Result>;

    static constexpr quint64 Most = quint64(1) << 30; ///< bytes

    typename Rows::node_type take(quint64 call)
    {
        auto row = m_rows.extract(call);
        if constexpr (detail::SentAsRow<Result>) {
            if (row)
                m_bytes -= std::ranges::size(row.mapped()) * sizeof(std::ranges::range_value_t<Result>);
        }
        return row;
    }

    Rows m_rows; ///< by the call
    quint64 m_bytes = 0; ///< their size
};

} // namespace procession

// SPDX-License-Identifier: MIT
#pragma once

#include <procession/monitor/describe/describe.h>
#include <procession/monitor/describe/settled.h>
#include <procession/pool/shared/taskevent.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace procession {

/// The outcome of a pool's task, from a ring of events. \returns nothing when the record is impossible
std::optional<EndedPoolTask> describeTask(const Surroundings &surroundings, const TaskEventRecord &event, ObjectId pool);

/// The events of a ring, the oldest first, without those that were being written during the copy.
/// \param records   a copy of the ring
/// \param again     a second copy, made after the first
/// \param describe  converts a record, or returns nothing
template <typename Records, typename Describe>
auto describeRing(const Records &records, const Records &again, Describe describe)
{
    using Described = typename decltype(describe(records[0]))::value_type;
    std::vector<std::pair<quint64, Described>> numbered;
    for (const std::size_t place : settledPlaces(records, again)) {
        if (auto described = describe(records[place]))
            numbered.emplace_back(records[place].number.load(std::memory_order_relaxed), std::move(*described));
    }
    std::sort(numbered.begin(), numbered.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    std::vector<Described> all;
    for (auto &[number, described] : numbered)
        all.push_back(std::move(described));
    return all;
}

} // namespace procession

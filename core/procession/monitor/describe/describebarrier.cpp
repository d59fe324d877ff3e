// SPDX-License-Identifier: MIT
#include <procession/monitor/describe/describe.h>

#include <procession/sync/state/barrierstate.h>

#include <algorithm>

namespace procession {

namespace {

BarrierDetails::State stateOf(std::uint32_t word)
{
    switch (word & BarrierState::StatusBits) {
    case BarrierState::Acting:
        return BarrierDetails::State::Acting;
    case BarrierState::Passed:
        return BarrierDetails::State::Passing;
    case BarrierState::Resetting:
        return BarrierDetails::State::Resetting;
    case BarrierState::Broken:
    case BarrierState::BrokenPassed:
        return BarrierDetails::State::Broken;
    default:
        return BarrierDetails::State::Filling;
    }
}

/// Does not count dead processes whose slots still say that they wait: the next caller breaks the barrier.
int arrivedAt(const DescribedObject &object, quint32 parties)
{
    const auto places = object.memory<BarrierPlace>(parties);
    return asCount(static_cast<quint64>(std::count_if(places.begin(), places.end(), [&](const BarrierPlace &place) {
        const ThreadWord thread = place.thread.load(std::memory_order_relaxed);
        return thread != 0 && !object.surroundings.nameThread(thread).hasDied;
    })));
}

} // namespace

const char *nameOf(BarrierDetails::State state)
{
    switch (state) {
    case BarrierDetails::State::Filling:
        return "filling";
    case BarrierDetails::State::Acting:
        return "acting";
    case BarrierDetails::State::Passing:
        return "passing";
    case BarrierDetails::State::Resetting:
        return "resetting";
    case BarrierDetails::State::Broken:
        return "broken";
    }
    return "";
}

BarrierDetails describeBarrier(const DescribedObject &object)
{
    const auto &state = object.payload<BarrierState>();
    const quint32 parties = std::min(state.parties.load(std::memory_order_relaxed), BarrierState::MostParties);
    BarrierDetails details;
    details.parties = asCount(parties);
    details.state = stateOf(state.word.load(std::memory_order_relaxed));
    if (details.state == BarrierDetails::State::Filling || details.state == BarrierDetails::State::Acting)
        details.arrived = arrivedAt(object, parties);
    if (details.state == BarrierDetails::State::Broken) {
        details.culprit = QString::fromUtf8(state.culpritName.get());
        details.culpritPid = state.culpritPid.load(std::memory_order_relaxed);
    }
    return details;
}

} // namespace procession

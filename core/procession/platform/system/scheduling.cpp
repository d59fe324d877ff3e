// SPDX-License-Identifier: MIT
#include <procession/platform/system/scheduling.h>

#include <procession/platform/base/systemcall.h>

#include <algorithm>
#include <array>
#include <sched.h>
#include <sys/resource.h>

namespace procession {

namespace {

constexpr int LowestNiceness = -20;
constexpr int HighestNiceness = 19;

/// Of as many CPUs as a kernel may know.
class CpuSet
{
public:
    static constexpr int MostCpus = 8192; // what Linux can be built for

    CpuSet() { CPU_ZERO_S(size(), set()); }

    cpu_set_t *set() { return m_sets.data(); }
    static std::size_t size() { return CPU_ALLOC_SIZE(MostCpus); }

private:
    std::array<cpu_set_t, MostCpus / CPU_SETSIZE> m_sets;
};

} // namespace

QList<int> usableCpus()
{
    CpuSet cpus;
    checked("sched_getaffinity", ::sched_getaffinity(0, CpuSet::size(), cpus.set()));
    QList<int> usable;
    for (int cpu = 0; cpu < CpuSet::MostCpus; ++cpu) {
        if (CPU_ISSET_S(static_cast<std::size_t>(cpu), CpuSet::size(), cpus.set()))
            usable << cpu;
    }
    return usable;
}

int currentCpu() { return checked("sched_getcpu", ::sched_getcpu()); }

void bindToCpu(int cpu)
{
    CpuSet cpus;
    if (cpu >= 0 && cpu < CpuSet::MostCpus)
        CPU_SET_S(static_cast<std::size_t>(cpu), CpuSet::size(), cpus.set());
    checked("sched_setaffinity", ::sched_setaffinity(0, CpuSet::size(), cpus.set()),
        [&] { return "CPU " + QByteArray::number(cpu); });
}

void addNiceness(int more)
{
    const int wanted = std::clamp(niceness() + more, LowestNiceness, HighestNiceness);
    checked("setpriority", ::setpriority(PRIO_PROCESS, 0, wanted), [&] { return "niceness " + QByteArray::number(wanted); });
}

int niceness()
{
    errno = 0; // -1 is a niceness as well
    const int found = ::getpriority(PRIO_PROCESS, 0);
    if (found == -1 && errno != 0)
        throw SystemError("getpriority", {}, errno);
    return found;
}

} // namespace procession

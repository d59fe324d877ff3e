// SPDX-License-Identifier: MIT
#include <procession/platform/system/processsettings.h>

#include <procession/platform/base/descriptor.h>
#include <procession/platform/base/systemcall.h>
#include <procession/platform/system/scheduling.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <string_view>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

extern "C" char **environ;

namespace procession {

namespace {

QByteArray currentEnvironment()
{
    QByteArray all;
    for (char **variable = environ; variable && *variable; ++variable)
        all.append(*variable, static_cast<qsizetype>(std::strlen(*variable)) + 1);
    return all;
}

/// The only system call that reads the mask also changes it, for a moment in which another thread may create a file.
std::optional<int> currentFileModeMask()
{
    const Descriptor file(::open("/proc/self/status", O_RDONLY | O_CLOEXEC));
    std::array<char, 512> text; // it is the second line
    const ssize_t size = file.isValid() ? ::read(file.get(), text.data(), text.size()) : 0;
    const std::string_view status(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
    constexpr std::string_view Key = "\nUmask:\t";
    const std::size_t at = status.find(Key);
    if (at == std::string_view::npos)
        return std::nullopt;
    int mask = 0;
    const char *begin = status.data() + at + Key.size();
    const auto [end, error] = std::from_chars(begin, status.data() + status.size(), mask, 8);
    return error == std::errc() && end != begin ? std::optional(mask) : std::nullopt;
}

std::optional<QByteArray> currentProcessors()
{
    constexpr qsizetype Most = 1024; // bytes: what Linux can be built for
    QByteArray bits(Most, '\0');
    // The C library's function would fill up what the kernel does not know of.
    const long size = syscall(SYS_sched_getaffinity, 0, bits.size(), bits.data());
    if (size < 0)
        return std::nullopt;
    bits.truncate(size);
    return bits;
}

std::vector<ProcessSettings::Limit> currentLimits()
{
    std::vector<ProcessSettings::Limit> limits;
    limits.reserve(RLIM_NLIMITS);
    for (int resource = 0; resource < RLIM_NLIMITS; ++resource) {
        rlimit64 limit{};
        if (::getrlimit64(static_cast<__rlimit_resource>(resource), &limit) == 0)
            limits.push_back({resource, limit.rlim_cur, limit.rlim_max});
    }
    return limits;
}

/// The text stays: variables point into it.
void replaceEnvironment(const QByteArray &environment)
{
    ::clearenv();
    auto *text = static_cast<char *>(std::malloc(static_cast<std::size_t>(environment.size())));
    if (!text)
        throw SystemError("malloc", "the environment", ENOMEM);
    std::memcpy(text, environment.constData(), static_cast<std::size_t>(environment.size()));
    for (char *variable = text; variable < text + environment.size(); variable += std::strlen(variable) + 1) {
        if (std::strchr(variable, '='))
            ::putenv(variable);
    }
}

} // namespace

ProcessSettings ProcessSettings::current()
{
    return {currentEnvironment(), currentFileModeMask(), procession::niceness(), currentProcessors(), currentLimits()};
}

bool ProcessSettings::isEmpty() const { return !environment && !fileModeMask && !niceness && !processors && limits.empty(); }

ProcessSettings ProcessSettings::changesSince(const ProcessSettings &base) const
{
    ProcessSettings changes = *this;
    const auto keepOther = [](auto &now, const auto &before) {
        if (now == before)
            now.reset();
    };
    keepOther(changes.environment, base.environment);
    keepOther(changes.fileModeMask, base.fileModeMask);
    keepOther(changes.niceness, base.niceness);
    keepOther(changes.processors, base.processors);
    std::erase_if(changes.limits,
        [&base](const Limit &limit) { return std::find(base.limits.begin(), base.limits.end(), limit) != base.limits.end(); });
    return changes;
}

bool ProcessSettings::needRights(const ProcessSettings &base) const
{
    const auto isRaised = [&base](const Limit &limit) {
        return std::any_of(base.limits.begin(), base.limits.end(),
            [&limit](const Limit &before) { return before.resource == limit.resource && before.hard < limit.hard; });
    };
    return (niceness && base.niceness && *niceness < *base.niceness) || std::any_of(limits.begin(), limits.end(), isRaised);
}

void ProcessSettings::apply() const
{
    if (environment)
        replaceEnvironment(*environment);
    if (fileModeMask)
        ::umask(static_cast<mode_t>(*fileModeMask));
    if (processors) {
        checked("sched_setaffinity", syscall(SYS_sched_setaffinity, 0, processors->size(), processors->constData()),
            "the processors of the parent");
    }
    if (niceness) {
        checked("setpriority", ::setpriority(PRIO_PROCESS, 0, *niceness),
            [&] { return "niceness " + QByteArray::number(*niceness); });
    }
    for (const Limit &limit : limits) {
        const rlimit64 wanted{limit.soft, limit.hard};
        checked("setrlimit", ::setrlimit64(static_cast<__rlimit_resource>(limit.resource), &wanted),
            [&] { return "limit " + QByteArray::number(limit.resource); });
    }
}

ProcessRights ProcessRights::current()
{
    ProcessRights rights;
    auto &ids = rights.identities;
    checked("getresuid", ::getresuid(&ids[0], &ids[1], &ids[2]));
    checked("getresgid", ::getresgid(&ids[3], &ids[4], &ids[5]));
    rights.groups.resize(static_cast<std::size_t>(checked("getgroups", ::getgroups(0, nullptr))));
    checked("getgroups", ::getgroups(static_cast<int>(rights.groups.size()), rights.groups.data()));
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    static_assert(sizeof rights.capabilities == 2 * sizeof(__user_cap_data_struct));
    syscall(SYS_capget, &header, rights.capabilities.data()); // all 0 where it is refused
    rights.restrictions = ::prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) << 2 | ::prctl(PR_GET_SECCOMP, 0, 0, 0, 0);
    struct stat root
    {
    };
    if (::stat("/", &root) == 0)
        rights.root = {root.st_dev, root.st_ino};
    return rights;
}

} // namespace procession

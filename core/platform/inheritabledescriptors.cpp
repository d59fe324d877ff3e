// SPDX-License-Identifier: MIT
#include <procession/inheritabledescriptors.h>

#include <procession/standardstreams.h>

#include <algorithm>
#include <charconv>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <string_view>

namespace procession {

namespace {

struct FolderCloser
{
    void operator()(DIR *folder) const { ::closedir(folder); }
};

} // namespace

std::vector<int> inheritableDescriptors()
{
    std::vector<int> descriptors;
    const std::unique_ptr<DIR, FolderCloser> folder(::opendir("/proc/self/fd")); // closed on exec, so it does not list itself
    if (!folder)
        return descriptors;
    while (const dirent *entry = ::readdir(folder.get())) { // NOLINT(concurrency-mt-unsafe): the folder is our own
        const std::string_view name = entry->d_name;
        int descriptor = -1;
        std::from_chars(name.data(), name.data() + name.size(), descriptor);
        if (descriptor <= StandardError)
            continue;
        const int flags = ::fcntl(descriptor, F_GETFD);
        if (flags >= 0 && (flags & FD_CLOEXEC) == 0)
            descriptors.push_back(descriptor);
    }
    std::sort(descriptors.begin(), descriptors.end());
    return descriptors;
}

} // namespace procession

// SPDX-License-Identifier: MIT
#include <procession/numberedentries.h>

#include <procession/processerror.h>

#include <cerrno>
#include <charconv>
#include <dirent.h>
#include <memory>
#include <string_view>

namespace procession {

namespace {

struct Closer
{
    void operator()(DIR *folder) const { ::closedir(folder); }
};

} // namespace

std::vector<qint64> numberedEntries(const QByteArray &path)
{
    const std::unique_ptr<DIR, Closer> folder(::opendir(path.constData())); // closed on exec
    if (!folder)
        throw SystemError("opendir", path, errno);
    std::vector<qint64> numbers;
    while (const dirent *entry = ::readdir(folder.get())) { // NOLINT(concurrency-mt-unsafe): the folder is our own
        const std::string_view name = entry->d_name;
        qint64 number = 0;
        const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
        if (error == std::errc() && end == name.data() + name.size())
            numbers.push_back(number);
    }
    return numbers;
}

} // namespace procession

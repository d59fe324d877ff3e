// SPDX-License-Identifier: MIT
#include <procession/platform/base/numberedentries.h>

#include <procession/platform/base/descriptor.h>
#include <procession/platform/base/systemcall.h>

#include <fcntl.h>

namespace procession {

std::vector<qint64> numberedEntries(const QByteArray &path)
{
    const Descriptor folder(checked("open", ::open(path.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC), path));
    std::vector<qint64> numbers;
    forEachNumberedEntry(folder.get(), [&numbers](int number) { numbers.push_back(number); });
    return numbers;
}

} // namespace procession

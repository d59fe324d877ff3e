// SPDX-License-Identifier: MIT
#include <procession/platform/processes/childlist.h>

#include <procession/platform/base/descriptor.h>
#include <procession/platform/processes/processtable.h>

#include <array>

namespace procession {

namespace {

/// \returns false where the system does not list them
bool appendChildrenOfThread(int pid, int thread, std::vector<int> &children)
{
    char name[48] = {'t', 'a', 's', 'k', '/'};
    char *at = detail::appendNumber(name + 5, static_cast<unsigned>(thread));
    __builtin_memcpy(at, "/children", sizeof "/children");
    const Descriptor list(detail::openOfProcess(pid, name));
    if (!list.isValid())
        return errno != ENOENT;
    appendListedChildren(list.get(), children);
    return true;
}

bool areChildrenListed()
{
    static const bool areListed = [] {
        std::vector<int> none;
        return appendChildrenOfThread(::getpid(), ::getpid(), none);
    }();
    return areListed;
}

} // namespace

void appendChildren(int pid, std::vector<int> &children)
{
    if (!areChildrenListed()) {
        forEachProcess([&](int other) {
            ProcessLinks links;
            if (readLinks(other, links) && links.parent == pid)
                children.push_back(other);
        });
        return;
    }
    const Descriptor threads(detail::openOfProcess(pid, "task", O_DIRECTORY));
    if (threads.isValid())
        forEachNumberedEntry(threads.get(), [&](int thread) { appendChildrenOfThread(pid, thread, children); });
}

void appendListedChildren(int list, std::vector<int> &children)
{
    std::array<char, 4096> text;
    int number = 0;
    off_t at = 0;
    bool isMore = true; // a list that fills less than half is whole
    for (ssize_t size = 0; isMore && (size = ::pread(list, text.data(), text.size(), at)) > 0; at += size) {
        isMore = size > static_cast<ssize_t>(text.size() / 2);
        for (ssize_t i = 0; i < size; ++i) {
            const char c = text[static_cast<std::size_t>(i)];
            if (c >= '0' && c <= '9') {
                number = 10 * number + (c - '0');
            } else if (number > 0) {
                children.push_back(number);
                number = 0;
            }
        }
    }
}

} // namespace procession

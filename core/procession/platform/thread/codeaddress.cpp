// SPDX-License-Identifier: MIT
#include <procession/platform/thread/codeaddress.h>

#include <procession/platform/base/processerror.h>
#include <procession/platform/child/forkmutex.h>

#include <dlfcn.h>
#include <elf.h>
#include <link.h>

#include <cstring>
#include <optional>
#include <string>
#include <vector>

namespace procession {

namespace {

struct Module
{
    struct Segment
    {
        quint64 begin;
        quint64 end;
    };

    QByteArray path; // empty for the executable
    QByteArray buildId;
    quintptr base = 0;
    std::vector<Segment> segments; // that are loaded, relative to the base

    bool contains(quint64 offset) const
    {
        for (const Segment &segment : segments) {
            if (offset >= segment.begin && offset < segment.end)
                return true;
        }
        return false;
    }
};

constexpr quint64 padded(quint64 size) { return (size + 3) & ~quint64(3); }

/// The build-id among the notes from `at` on, empty when it is not there.
QByteArray buildIdIn(const char *at, quint64 size)
{
    constexpr quint64 HeaderSize = sizeof(ElfW(Nhdr));
    while (size >= HeaderSize) {
        ElfW(Nhdr) note;
        std::memcpy(&note, at, HeaderSize);
        const quint64 whole = HeaderSize + padded(note.n_namesz) + padded(note.n_descsz);
        if (whole > size)
            return {};
        const char *name = at + HeaderSize;
        if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 && std::memcmp(name, "GNU", 4) == 0)
            return {name + 4, static_cast<qsizetype>(note.n_descsz)};
        at += whole;
        size -= whole;
    }
    return {};
}

Module moduleOf(const dl_phdr_info &info)
{
    Module module;
    module.path = info.dlpi_name;
    module.base = info.dlpi_addr;
    for (int i = 0; i < info.dlpi_phnum; ++i) {
        const ElfW(Phdr) &header = info.dlpi_phdr[i];
        if (header.p_type == PT_LOAD)
            module.segments.push_back({header.p_vaddr, header.p_vaddr + header.p_memsz});
        else if (header.p_type == PT_NOTE && module.buildId.isEmpty())
            module.buildId = buildIdIn(reinterpret_cast<const char *>(info.dlpi_addr + header.p_vaddr), header.p_filesz);
    }
    return module;
}

/// The first loaded module that `matches`.
template <typename Predicate>
std::optional<Module> findModule(Predicate matches)
{
    struct Search
    {
        Predicate *matches;
        std::optional<Module> found;
    } search{&matches, {}};
    dl_iterate_phdr(
        [](dl_phdr_info *info, std::size_t, void *data) {
            auto *state = static_cast<Search *>(data);
            Module module = moduleOf(*info);
            if (!(*state->matches)(module))
                return 0;
            state->found = std::move(module);
            return 1;
        },
        &search);
    return search.found;
}

QByteArray nameOf(const QByteArray &path) { return path.isEmpty() ? QByteArray("the executable") : path; }

/// Modules that were looked at, so that reading the notes again costs nothing. Libraries with functions are not unloaded.
std::optional<Module> moduleAround(quintptr pointer)
{
    constinit static ForkMutex mutex;
    static auto &known = *new std::vector<Module>; // never deleted: a copy of this process may be the first to use it
    const auto surrounds
        = [pointer](const Module &module) { return pointer >= module.base && module.contains(pointer - module.base); };
    const std::scoped_lock lock(mutex);
    for (const Module &module : known) {
        if (surrounds(module))
            return module;
    }
    std::optional<Module> found = findModule(surrounds);
    if (found)
        known.push_back(*found);
    return found;
}

} // namespace

CodeAddress CodeAddress::of(const void *pointer)
{
    const auto number = reinterpret_cast<quintptr>(pointer);
    const std::optional<Module> module = moduleAround(number);
    if (!module)
        throw ProcessError(
            "a pointer is in no module of this program: only functions and constants of the executable and of shared "
            "libraries are the same in another process");
    if (module->buildId.isEmpty())
        throw ProcessError(nameOf(module->path).toStdString()
            + " has no build-id, without which another process could run a different build of it: link it with -Wl,--build-id");
    return {module->buildId, module->path, number - module->base};
}

void *CodeAddress::resolve() const
{
    const auto isIt = [this](const Module &candidate) { return candidate.buildId == buildId; };
    std::optional<Module> found = findModule(isIt);
    if (!found && !module.isEmpty() && ::dlopen(module.constData(), RTLD_NOW | RTLD_GLOBAL))
        found = findModule(isIt);
    if (!found) {
        const char *reason = module.isEmpty() ? nullptr : ::dlerror();
        throw ProcessError("a function of " + nameOf(module).toStdString() + " with build-id " + buildId.toHex().toStdString()
            + " is not in this program: " + (reason ? reason : "the file was built anew or replaced since it was started")
            + "; start all processes from the same build");
    }
    if (!found->contains(offset))
        throw ProcessError("offset " + std::to_string(offset) + " lies outside of " + nameOf(found->path).toStdString());
    return reinterpret_cast<void *>(found->base + offset);
}

} // namespace procession

// SPDX-License-Identifier: MIT
#include <procession/platform/child/forkhandlers.h>

#include <procession/platform/base/systemcall.h>

#include <csignal>
#include <cstring>
#include <gnu/libc-version.h>
#include <link.h>
#include <span>
#include <string_view>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace procession {

namespace {

constexpr std::string_view Registration = "__register_atfork"; // what pthread_atfork() calls, wherever it is linked

struct Code
{
    void *begin;
    std::size_t size;
};

struct Modules
{
    bool ownRegisters = true; // whether the module that this file is linked into could register handlers
    std::vector<Code> others; // the code of all other modules that may have handlers
};

/// Where the loaded part of a module is, for pointers of the dynamic section.
template <typename T>
const T *loaded(const dl_phdr_info &info, ElfW(Addr) address)
{
    // The C library has relocated the pointers already in most modules, but not in those that it maps read-only.
    return reinterpret_cast<const T *>(address < info.dlpi_addr ? info.dlpi_addr + address : address);
}

/// Whether a relocation of the module refers to the function by which handlers are registered.
bool refersToRegistration(const dl_phdr_info &info)
{
    const auto headers = std::span(info.dlpi_phdr, info.dlpi_phnum);
    const ElfW(Dyn) *dynamic = nullptr;
    for (const ElfW(Phdr) & header : headers) {
        if (header.p_type == PT_DYNAMIC)
            dynamic = reinterpret_cast<const ElfW(Dyn) *>(info.dlpi_addr + header.p_vaddr);
    }
    if (!dynamic) // linked statically
        return true;
    const ElfW(Sym) *symbols = nullptr;
    const char *names = nullptr;
    const ElfW(Rela) * tables[2] = {};
    std::size_t sizes[2] = {};
    for (; dynamic->d_tag != DT_NULL; ++dynamic) {
        switch (dynamic->d_tag) {
        case DT_SYMTAB:
            symbols = loaded<ElfW(Sym)>(info, dynamic->d_un.d_ptr);
            break;
        case DT_STRTAB:
            names = loaded<char>(info, dynamic->d_un.d_ptr);
            break;
        case DT_RELA:
            tables[0] = loaded<ElfW(Rela)>(info, dynamic->d_un.d_ptr);
            break;
        case DT_RELASZ:
            sizes[0] = dynamic->d_un.d_val;
            break;
        case DT_JMPREL:
            tables[1] = loaded<ElfW(Rela)>(info, dynamic->d_un.d_ptr);
            break;
        case DT_PLTRELSZ:
            sizes[1] = dynamic->d_un.d_val;
            break;
        case DT_REL:
            return true; // of an architecture that is not known here
        default:
            break;
        }
    }
    if (!symbols || !names)
        return true;
    for (int i = 0; i < 2; ++i) {
        for (const ElfW(Rela) & relocation : std::span(tables[i], tables[i] ? sizes[i] / sizeof(ElfW(Rela)) : 0)) {
            const auto symbol = relocation.r_info >> (sizeof relocation.r_info == 8 ? 32 : 8);
            if (symbol != 0 && names + symbols[symbol].st_name == Registration)
                return true;
        }
    }
    return false;
}

bool contains(const dl_phdr_info &info, quintptr address)
{
    for (const ElfW(Phdr) & header : std::span(info.dlpi_phdr, info.dlpi_phnum)) {
        const auto begin = info.dlpi_addr + header.p_vaddr;
        if (header.p_type == PT_LOAD && address >= begin && address < begin + header.p_memsz)
            return true;
    }
    return false;
}

int addModule(dl_phdr_info *info, std::size_t, void *data)
{
    auto &modules = *static_cast<Modules *>(data);
    if (contains(*info, reinterpret_cast<quintptr>(&addModule))) {
        modules.ownRegisters = refersToRegistration(*info);
        return 0;
    }
    const auto inLibrary = reinterpret_cast<quintptr>(::gnu_get_libc_version()); // a function's address may be in the executable
    for (const quintptr system : {inLibrary, quintptr(::getauxval(AT_BASE)), quintptr(::getauxval(AT_SYSINFO_EHDR))}) {
        if (contains(*info, system)) // the C library, the loader and the kernel's page
            return 0;
    }
    const auto page = static_cast<quintptr>(::sysconf(_SC_PAGESIZE));
    for (const ElfW(Phdr) & header : std::span(info->dlpi_phdr, info->dlpi_phnum)) {
        if (header.p_type != PT_LOAD || (header.p_flags & PF_X) == 0)
            continue;
        const quintptr begin = (info->dlpi_addr + header.p_vaddr) / page * page;
        modules.others.push_back({reinterpret_cast<void *>(begin), info->dlpi_addr + header.p_vaddr + header.p_memsz - begin});
    }
    return 0;
}

constexpr int Found = 1;
constexpr int ForkPatience = 5; // seconds for a fork() that stands still

/// In a copy of the process: ends with 0 when fork() calls none of the code.
[[noreturn]] void tryFork(std::span<const Code> forbidden)
{
    struct sigaction action
    {
    };
    action.sa_handler = [](int) { ::_exit(Found); };
    for (const int signal : {SIGSEGV, SIGBUS, SIGILL, SIGABRT, SIGALRM})
        ::sigaction(signal, &action, nullptr);
    for (const Code &code : forbidden) {
        if (::mprotect(code.begin, code.size, PROT_READ) != 0)
            ::_exit(Found);
    }
    ::alarm(ForkPatience);
    const pid_t copy = ::fork();
    if (copy == 0)
        ::_exit(0);
    int status = Found;
    if (copy < 0 || ::waitpid(copy, &status, 0) != copy)
        ::_exit(Found);
    ::_exit(status == 0 ? 0 : Found);
}

} // namespace

int threadCount()
{
    struct stat tasks
    {
    };
    return ::stat("/proc/self/task", &tasks) == 0 ? static_cast<int>(tasks.st_nlink) - 2 : 1; // a folder for each
}

bool hasForkHandlers()
{
    Modules modules;
    dl_iterate_phdr(&addModule, &modules);
    if (modules.ownRegisters)
        return true;
    const auto copy = static_cast<pid_t>(syscall(SYS_clone, SIGCHLD, nullptr, nullptr, nullptr, nullptr));
    if (copy == 0)
        tryFork(modules.others);
    int status = Found;
    return copy < 0 || retryOnInterrupt([&] { return ::waitpid(copy, &status, 0); }) != copy || status != 0;
}

} // namespace procession

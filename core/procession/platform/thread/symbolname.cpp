// SPDX-License-Identifier: MIT
#include <procession/platform/thread/symbolname.h>

#include <procession/platform/base/processerror.h>
#include <procession/platform/child/forkmutex.h>
#include <procession/platform/thread/codeaddress.h>

#include <QtCore/QFile>

#include <dlfcn.h>
#include <elf.h>
#include <link.h>

#include <cstring>
#include <map>
#include <optional>
#include <string_view>

namespace procession {

namespace {

using Header = ElfW(Ehdr);
using Section = ElfW(Shdr);
using Symbol = ElfW(Sym);

/// An ELF file, which is looked at with bounds: it may be another by now than the one that was loaded.
class ElfFile
{
public:
    explicit ElfFile(const QString &path) : m_file(path)
    {
        if (!m_file.open(QIODevice::ReadOnly))
            return;
        if (const uchar *begin = m_file.map(0, m_file.size()))
            m_bytes = {reinterpret_cast<const char *>(begin), static_cast<std::size_t>(m_file.size())};
    }

    QByteArray nameOf(quint64 address) const
    {
        const auto header = at<Header>(0);
        if (!header || std::memcmp(header->e_ident, ELFMAG, SELFMAG) != 0 || header->e_shentsize != sizeof(Section))
            return {};
        for (quint64 i = 0; i < header->e_shnum; ++i) {
            const auto symbols = at<Section>(header->e_shoff + i * sizeof(Section));
            if (!symbols || symbols->sh_type != SHT_SYMTAB)
                continue;
            if (const auto names = at<Section>(header->e_shoff + quint64(symbols->sh_link) * sizeof(Section)))
                return nameAmong(*symbols, *names, address);
        }
        return {};
    }

private:
    template <typename T>
    std::optional<T> at(quint64 offset) const
    {
        if (offset > m_bytes.size() || m_bytes.size() - offset < sizeof(T))
            return std::nullopt;
        T value;
        std::memcpy(&value, m_bytes.data() + offset, sizeof value);
        return value;
    }

    QByteArray nameAmong(const Section &symbols, const Section &names, quint64 address) const
    {
        for (quint64 i = 0; i < symbols.sh_size / sizeof(Symbol); ++i) {
            const auto symbol = at<Symbol>(symbols.sh_offset + i * sizeof(Symbol));
            if (!symbol)
                break;
            const bool isFunction = ELF64_ST_TYPE(symbol->st_info) == STT_FUNC && symbol->st_shndx != SHN_UNDEF;
            if (isFunction && symbol->st_value == address)
                return textAt(names.sh_offset + symbol->st_name);
        }
        return {};
    }

    QByteArray textAt(quint64 offset) const
    {
        if (offset >= m_bytes.size())
            return {};
        const std::string_view text = m_bytes.substr(offset);
        const std::size_t size = text.find('\0');
        return size == std::string_view::npos ? QByteArray() : QByteArray(text.data(), static_cast<qsizetype>(size));
    }

    QFile m_file;
    std::string_view m_bytes;
};

QByteArray findName(const void *function)
{
    Dl_info info{};
    if (::dladdr(function, &info) != 0 && info.dli_sname && info.dli_saddr == function)
        return info.dli_sname;
    try {
        const CodeAddress address = CodeAddress::of(function);
        const QString path = address.module.isEmpty() ? QStringLiteral("/proc/self/exe") : QFile::decodeName(address.module);
        return ElfFile(path).nameOf(address.offset);
    } catch (const ProcessError &) { // it lies in no module, or in one without a build-id
        return {};
    }
}

} // namespace

QByteArray symbolName(const void *function)
{
    constinit static ForkMutex mutex;
    static auto &known
        = *new std::map<const void *, QByteArray>; // never deleted: a copy of this process may be the first to use it
    {
        const std::scoped_lock lock(mutex);
        if (const auto name = known.find(function); name != known.end())
            return name->second;
    }
    const QByteArray name = findName(function);
    const std::scoped_lock lock(mutex);
    return known.emplace(function, name).first->second;
}

} // namespace procession

// SPDX-License-Identifier: MIT
#include <procession/shared/data/typecode.h>

#include <procession/shared/data/numbervariant.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

namespace procession {

struct TypecodeRecord
{
    char letter;
    const char *name;
    ElementType (*type)();
    QVariant (*read)(const void *address);
    bool (*write)(void *address, const QVariant &value); ///< false: it cannot be
    std::string (*range)();
};

namespace {

template <typename T>
using Widest = std::conditional_t<std::is_signed_v<T>, qlonglong, qulonglong>;

template <typename T>
struct WholeType
{
    static QVariant read(const void *address) { return static_cast<Widest<T>>(*static_cast<const T *>(address)); }
    static bool write(void *address, const QVariant &value)
    {
        const auto number = detail::wholeNumber(value);
        return number
            && std::visit(
                [&](auto each) {
                    if (!std::in_range<T>(each))
                        return false;
                    *static_cast<T *>(address) = static_cast<T>(each);
                    return true;
                },
                *number);
    }
    static std::string range()
    {
        return "a whole number from " + std::to_string(std::numeric_limits<T>::min()) + " to "
            + std::to_string(std::numeric_limits<T>::max());
    }
};

template <typename T>
struct RealType
{
    static QVariant read(const void *address) { return static_cast<double>(*static_cast<const T *>(address)); }
    static bool write(void *address, const QVariant &value)
    {
        const auto number = detail::realNumber(value);
        if (!number || (std::isfinite(*number) && std::abs(*number) > static_cast<double>(std::numeric_limits<T>::max())))
            return false;
        *static_cast<T *>(address) = static_cast<T>(*number);
        return true;
    }
    static std::string range() { return "a number up to " + std::to_string(std::numeric_limits<T>::max_exponent10) + " digits"; }
};

struct CharType
{
    static QVariant read(const void *address) { return QByteArray(1, *static_cast<const char *>(address)); }
    static bool write(void *address, const QVariant &value)
    {
        const int type = value.metaType().id();
        if (type == QMetaType::QByteArray || type == QMetaType::QString) {
            const QByteArray bytes = type == QMetaType::QString ? value.toString().toUtf8() : value.toByteArray();
            if (bytes.size() == 1)
                *static_cast<char *>(address) = bytes[0];
            return bytes.size() == 1;
        }
        unsigned char byte = 0;
        if (!WholeType<unsigned char>::write(&byte, value))
            return false;
        *static_cast<char *>(address) = static_cast<char>(byte);
        return true;
    }
    static std::string range() { return "one byte, or a number from 0 to 255"; }
};

struct WideCharType
{
    static QVariant read(const void *address)
    {
        const auto character = static_cast<char32_t>(*static_cast<const wchar_t *>(address));
        return QString::fromUcs4(&character, 1);
    }
    static bool write(void *address, const QVariant &value)
    {
        if (value.metaType().id() != QMetaType::QString && value.metaType().id() != QMetaType::QChar)
            return false;
        const auto characters = value.toString().toUcs4();
        if (characters.size() == 1)
            *static_cast<wchar_t *>(address) = static_cast<wchar_t>(characters[0]);
        return characters.size() == 1;
    }
    static std::string range() { return "a string of one character"; }
};

template <typename T, typename Behaviour>
constexpr TypecodeRecord record(char letter, const char *name)
{
    return {letter, name, &elementType<T>, &Behaviour::read, &Behaviour::write, &Behaviour::range};
}

template <typename T>
constexpr TypecodeRecord whole(char letter, const char *name)
{
    return record<T, WholeType<T>>(letter, name);
}

constexpr TypecodeRecord Records[] = {
    record<char, CharType>('c', "char"),
    record<wchar_t, WideCharType>('u', "wchar_t"),
    whole<signed char>('b', "signed char"),
    whole<unsigned char>('B', "unsigned char"),
    whole<short>('h', "short"),
    whole<unsigned short>('H', "unsigned short"),
    whole<int>('i', "int"),
    whole<unsigned int>('I', "unsigned int"),
    whole<long>('l', "long"),
    whole<unsigned long>('L', "unsigned long"),
    whole<long long>('q', "long long"),
    whole<unsigned long long>('Q', "unsigned long long"),
    record<float, RealType<float>>('f', "float"),
    record<double, RealType<double>>('d', "double"),
};

const TypecodeRecord *recordOf(char letter)
{
    const auto *found = std::ranges::find(Records, letter, &TypecodeRecord::letter);
    if (found == std::end(Records))
        throw ValueError(std::string("there is no typecode '") + letter + "'; there are " + Typecode::known());
    return found;
}

} // namespace

Typecode::Typecode(char letter) : m_record(recordOf(letter)) { }

std::optional<Typecode> Typecode::ofSignature(quint32 signature)
{
    const auto *found = std::ranges::find(Records, signature, [](const TypecodeRecord &each) { return each.type().signature; });
    if (found == std::end(Records))
        return std::nullopt;
    return Typecode(found);
}

std::string Typecode::known()
{
    std::string all;
    for (const TypecodeRecord &each : Records)
        all += std::string(all.empty() ? "" : ", ") + each.letter + " (" + each.name + ")";
    return all;
}

char Typecode::letter() const { return m_record->letter; }

const char *Typecode::typeName() const { return m_record->name; }

ElementType Typecode::elementType() const { return m_record->type(); }

QVariant Typecode::read(const void *address) const { return m_record->read(address); }

void Typecode::write(void *address, const QVariant &value) const
{
    if (!m_record->write(address, value))
        throw ValueError(detail::described(value) + " is no value of the typecode '" + letter() + "' (" + typeName()
            + "), which takes " + m_record->range());
}

} // namespace procession

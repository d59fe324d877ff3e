// SPDX-License-Identifier: MIT
#include <procession/shared/data/charelements.h>

#include <procession/shared/data/valueerror.h>

#include <algorithm>

namespace procession::detail {

QByteArray textOf(std::span<const char> characters)
{
    const auto end = std::find(characters.begin(), characters.end(), '\0');
    return {characters.data(), end - characters.begin()};
}

void setBytes(std::span<char> characters, QByteArrayView bytes)
{
    if (static_cast<std::size_t>(bytes.size()) > characters.size())
        throw ValueError("a string of " + std::to_string(bytes.size()) + " bytes is too long for a shared array of "
            + std::to_string(characters.size()) + ": make the array larger, or the string shorter");
    std::copy(bytes.begin(), bytes.end(), characters.begin());
}

void setText(std::span<char> characters, QByteArrayView text)
{
    setBytes(characters, text);
    if (const auto length = static_cast<std::size_t>(text.size()); length < characters.size())
        characters[length] = '\0';
}

} // namespace procession::detail

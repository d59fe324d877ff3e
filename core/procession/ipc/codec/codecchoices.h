// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/codecbytes.h>
#include <procession/ipc/codec/codecstream.h>

#include <memory>
#include <optional>
#include <tuple>
#include <utility>
#include <variant>

namespace procession {

template <Encodable First, Encodable Second>
struct Codec<std::pair<First, Second>>
{
    static void encode(Encoder &encoder, const std::pair<First, Second> &pair) { encoder << pair.first << pair.second; }
    static std::pair<First, Second> decode(Decoder &decoder)
    {
        auto first = decoder.read<First>();
        return {std::move(first), decoder.read<Second>()};
    }
};

template <Encodable... Parts>
struct Codec<std::tuple<Parts...>>
{
    static void encode(Encoder &encoder, const std::tuple<Parts...> &tuple)
    {
        if constexpr (sizeof...(Parts) == 0)
            encoder << false;
        else
            std::apply([&](const Parts &...part) { (encoder << ... << part); }, tuple);
    }
    static std::tuple<Parts...> decode(Decoder &decoder)
    {
        if constexpr (sizeof...(Parts) == 0)
            decoder.read<bool>();
        return std::tuple<Parts...>{decoder.read<Parts>()...}; // braces read from left to right
    }
};

template <Encodable T>
struct Codec<std::optional<T>>
{
    static void encode(Encoder &encoder, const std::optional<T> &value)
    {
        encoder << value.has_value();
        if (value)
            encoder << *value;
    }
    static std::optional<T> decode(Decoder &decoder)
    {
        if (!decoder.read<bool>())
            return std::nullopt;
        return decoder.read<T>();
    }
};

template <Encodable T>
struct Codec<std::unique_ptr<T>>
{
    static void encode(Encoder &encoder, const std::unique_ptr<T> &value)
    {
        const Encoder::Level level(encoder);
        encoder << (value != nullptr);
        if (value)
            encoder << *value;
    }
    static std::unique_ptr<T> decode(Decoder &decoder)
    {
        const Decoder::Level level(decoder);
        return decoder.read<bool>() ? std::make_unique<T>(decoder.read<T>()) : nullptr;
    }
};

template <Encodable... Choices>
struct Codec<std::variant<Choices...>>
{
    using Variant = std::variant<Choices...>;

    static void encode(Encoder &encoder, const Variant &variant)
    {
        if (variant.valueless_by_exception())
            throw EncodeError("a std::variant that an exception has left without a value cannot be sent");
        encoder << static_cast<quint16>(variant.index());
        std::visit([&](const auto &value) { encoder << value; }, variant);
    }
    static Variant decode(Decoder &decoder)
    {
        const auto index = decoder.read<quint16>();
        if (index >= sizeof...(Choices))
            throw DecodeError("a std::variant of " + std::to_string(sizeof...(Choices)) + " types has number "
                + std::to_string(index) + " in a message");
        return decodeAt(decoder, index, std::index_sequence_for<Choices...>());
    }

private:
    template <std::size_t... At>
    static Variant decodeAt(Decoder &decoder, std::size_t index, std::index_sequence<At...>)
    {
        using Function = Variant (*)(Decoder &);
        static constexpr Function functions[] = {[](Decoder &from) -> Variant {
            return Variant(std::in_place_index<At>, from.read<std::variant_alternative_t<At, Variant>>());
        }...};
        return functions[index](decoder);
    }
};

} // namespace procession

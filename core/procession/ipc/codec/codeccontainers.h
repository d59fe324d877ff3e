// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/codecchoices.h>
#include <procession/ipc/codec/codecstrings.h>

#include <QtCore/QHash>
#include <QtCore/QList>
#include <QtCore/QMap>
#include <QtCore/QQueue>
#include <QtCore/QSet>
#include <QtCore/QStack>
#include <QtCore/QVarLengthArray>

#include <algorithm>
#include <array>
#include <deque>
#include <forward_list>
#include <list>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace procession {

namespace detail {

/// Number of elements to reserve: no more than the remaining bytes can hold, so that a false length
/// allocates no more than a few times the bytes received.
template <typename T>
std::size_t reserved(std::size_t count, const Decoder &decoder)
{
    return std::min(count, 1 + decoder.remaining() / sizeof(T));
}

template <typename T, typename Sequence>
void encodeSequence(Encoder &encoder, const Sequence &sequence)
{
    const auto count = static_cast<std::size_t>(sequence.size());
    encoder.size(count);
    if constexpr (CopiedInBulk<T> && std::ranges::contiguous_range<Sequence>) {
        encoder.raw(std::ranges::data(sequence), count * sizeof(T));
    } else {
        const Encoder::Level level(encoder);
        for (auto &&item : sequence)
            encoder << static_cast<const T &>(item);
    }
}

/// \tparam Sequence  has resize() if its elements are contiguous, else push_back()
template <typename T, typename Sequence>
Sequence decodeSequence(Decoder &decoder)
{
    Sequence sequence;
    if constexpr (CopiedInBulk<T> && std::ranges::contiguous_range<Sequence>) {
        const std::size_t count = decoder.size(sizeof(T));
        sequence.reserve(static_cast<typename Sequence::size_type>(count));
        preferLargePages(static_cast<void *>(sequence.data()), count * sizeof(T));
        sequence.resize(static_cast<typename Sequence::size_type>(count));
        decoder.raw(static_cast<void *>(sequence.data()), count * sizeof(T));
    } else {
        const Decoder::Level level(decoder);
        const std::size_t count = decoder.size();
        if constexpr (requires { sequence.reserve(0); })
            sequence.reserve(static_cast<typename Sequence::size_type>(reserved<T>(count, decoder)));
        for (std::size_t i = 0; i < count; ++i)
            sequence.push_back(decoder.read<T>());
    }
    return sequence;
}

template <typename T, typename Set>
Set decodeSet(Decoder &decoder)
{
    const Decoder::Level level(decoder);
    Set set;
    const std::size_t count = decoder.size();
    for (std::size_t i = 0; i < count; ++i)
        set.insert(decoder.read<T>());
    return set;
}

/// For maps that insert a new item before those of the same key: inserts from the last to the
/// first, so that the order is kept.
template <typename Key, typename T, typename Map>
Map decodeMultiMap(Decoder &decoder)
{
    auto items = decodeSequence<std::pair<Key, T>, std::vector<std::pair<Key, T>>>(decoder);
    Map map;
    for (auto item = items.rbegin(); item != items.rend(); ++item)
        map.insert(std::move(item->first), std::move(item->second));
    return map;
}

template <typename Map>
void encodeMap(Encoder &encoder, const Map &map)
{
    const Encoder::Level level(encoder);
    encoder.size(static_cast<std::size_t>(map.size()));
    if constexpr (requires { map.constKeyValueBegin(); }) {
        for (auto item = map.cbegin(); item != map.cend(); ++item)
            encoder << item.key() << item.value();
    } else {
        for (const auto &[key, value] : map)
            encoder << key << value;
    }
}

template <typename Key, typename T, typename Map>
Map decodeMap(Decoder &decoder)
{
    const Decoder::Level level(decoder);
    Map map;
    const std::size_t count = decoder.size();
    for (std::size_t i = 0; i < count; ++i) {
        auto key = decoder.read<Key>();
        auto value = decoder.read<T>();
        if constexpr (requires { map.constKeyValueBegin(); })
            map.insert(std::move(key), std::move(value));
        else
            map.emplace(std::move(key), std::move(value));
    }
    return map;
}

template <typename T, typename Sequence>
struct SequenceCodec
{
    static void encode(Encoder &encoder, const Sequence &sequence) { encodeSequence<T>(encoder, sequence); }
    static Sequence decode(Decoder &decoder) { return decodeSequence<T, Sequence>(decoder); }
};
template <typename T, typename Set>
struct SetCodec
{
    static void encode(Encoder &encoder, const Set &set) { encodeSequence<T>(encoder, set); }
    static Set decode(Decoder &decoder) { return decodeSet<T, Set>(decoder); }
};
template <typename Key, typename T, typename Map>
struct MapCodec
{
    static void encode(Encoder &encoder, const Map &map) { encodeMap(encoder, map); }
    static Map decode(Decoder &decoder) { return decodeMap<Key, T, Map>(decoder); }
};
template <typename Key, typename T, typename Map>
struct MultiMapCodec
{
    static void encode(Encoder &encoder, const Map &map) { encodeMap(encoder, map); }
    static Map decode(Decoder &decoder) { return decodeMultiMap<Key, T, Map>(decoder); }
};

} // namespace detail

template <Encodable T>
struct Codec<std::vector<T>> : detail::SequenceCodec<T, std::vector<T>>
{
};
template <Encodable T>
struct Codec<std::deque<T>> : detail::SequenceCodec<T, std::deque<T>>
{
};
template <Encodable T>
struct Codec<std::list<T>> : detail::SequenceCodec<T, std::list<T>>
{
};
template <Encodable T>
struct Codec<QList<T>> : detail::SequenceCodec<T, QList<T>>
{
};

template <Encodable T>
struct Codec<QStack<T>> : detail::SequenceCodec<T, QStack<T>>
{
};
template <Encodable T>
struct Codec<QQueue<T>> : detail::SequenceCodec<T, QQueue<T>>
{
};
template <Encodable T, qsizetype InPlace>
struct Codec<QVarLengthArray<T, InPlace>> : detail::SequenceCodec<T, QVarLengthArray<T, InPlace>>
{
};
template <Encodable T>
struct Codec<std::forward_list<T>>
{
    static void encode(Encoder &encoder, const std::forward_list<T> &list)
    {
        const Encoder::Level level(encoder);
        encoder.size(static_cast<std::size_t>(std::distance(list.begin(), list.end())));
        for (const T &item : list)
            encoder << item;
    }
    static std::forward_list<T> decode(Decoder &decoder)
    {
        const Decoder::Level level(decoder);
        std::forward_list<T> list;
        auto last = list.before_begin();
        const std::size_t count = decoder.size();
        for (std::size_t i = 0; i < count; ++i)
            last = list.insert_after(last, decoder.read<T>());
        return list;
    }
};

template <Encodable T>
struct Codec<QSet<T>> : detail::SetCodec<T, QSet<T>>
{
};
template <Encodable T, typename Less>
struct Codec<std::set<T, Less>> : detail::SetCodec<T, std::set<T, Less>>
{
};
template <Encodable T, typename Less>
struct Codec<std::multiset<T, Less>> : detail::SetCodec<T, std::multiset<T, Less>>
{
};
template <Encodable T, typename Hash, typename Equal>
struct Codec<std::unordered_set<T, Hash, Equal>> : detail::SetCodec<T, std::unordered_set<T, Hash, Equal>>
{
};
template <Encodable T, typename Hash, typename Equal>
struct Codec<std::unordered_multiset<T, Hash, Equal>> : detail::SetCodec<T, std::unordered_multiset<T, Hash, Equal>>
{
};

template <Encodable Key, Encodable T>
struct Codec<QMap<Key, T>> : detail::MapCodec<Key, T, QMap<Key, T>>
{
};
template <Encodable Key, Encodable T>
struct Codec<QHash<Key, T>> : detail::MapCodec<Key, T, QHash<Key, T>>
{
};
template <Encodable Key, Encodable T>
struct Codec<QMultiMap<Key, T>> : detail::MultiMapCodec<Key, T, QMultiMap<Key, T>>
{
};
template <Encodable Key, Encodable T>
struct Codec<QMultiHash<Key, T>> : detail::MultiMapCodec<Key, T, QMultiHash<Key, T>>
{
};
template <Encodable Key, Encodable T, typename Less>
struct Codec<std::map<Key, T, Less>> : detail::MapCodec<Key, T, std::map<Key, T, Less>>
{
};
template <Encodable Key, Encodable T, typename Less>
struct Codec<std::multimap<Key, T, Less>> : detail::MapCodec<Key, T, std::multimap<Key, T, Less>>
{
};
template <Encodable Key, Encodable T, typename Hash, typename Equal>
struct Codec<std::unordered_map<Key, T, Hash, Equal>> : detail::MapCodec<Key, T, std::unordered_map<Key, T, Hash, Equal>>
{
};
template <Encodable Key, Encodable T, typename Hash, typename Equal>
struct Codec<std::unordered_multimap<Key, T, Hash, Equal>>
    : detail::MapCodec<Key, T, std::unordered_multimap<Key, T, Hash, Equal>>
{
};

template <Encodable T, std::size_t Size>
struct Codec<std::array<T, Size>>
{
    static void encode(Encoder &encoder, const std::array<T, Size> &array)
    {
        // Writes at least one byte, since a length is checked against the bytes that are there.
        if constexpr (Size == 0)
            encoder << false;
        else if constexpr (CopiedInBulk<T>)
            encoder.raw(array.data(), sizeof(T) * Size);
        else
            for (const T &item : array)
                encoder << item;
    }
    static std::array<T, Size> decode(Decoder &decoder)
    {
        if constexpr (Size == 0) {
            decoder.read<bool>();
            return {};
        } else if constexpr (CopiedInBulk<T>) {
            std::array<T, Size> array;
            decoder.raw(static_cast<void *>(array.data()), sizeof(T) * Size);
            return array;
        } else {
            return [&]<std::size_t... At>(std::index_sequence<At...>)
            {
                return std::array<T, Size>{(static_cast<void>(At), decoder.read<T>())...};
            }
            (std::make_index_sequence<Size>());
        }
    }
};

} // namespace procession

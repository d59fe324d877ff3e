// SPDX-License-Identifier: MIT
#pragma once

#include "undertest.h"

#include <procession/ipc/codec/codec.h>
#include <procession/ipc/wire/errors.h>
#include <procession/sync/event.h>

#include <cstddef>
#include <iterator>
#include <stdexcept>
#include <vector>

// What the tasks of the pools' suites are.

inline int squared(int x) { return x * x; }

inline int product(int x, int y) { return x * y; }

/// A square that is not there before it may be.
inline int squaredAfter(const mp::Event &event, int x)
{
    event.wait();
    return x * x;
}

inline std::vector<int> firstNumbers(int count)
{
    std::vector<int> numbers;
    for (int i = 0; i < count; ++i)
        numbers.push_back(i);
    return numbers;
}

inline std::vector<int> firstSquares(int count)
{
    std::vector<int> squares;
    for (int i = 0; i < count; ++i)
        squares.push_back(squared(i));
    return squares;
}

/// A value that can be sent, or refuses.
struct Stubborn
{
    bool refuses = false;
};

inline bool isStubborn(Stubborn value) { return value.refuses; }

template <>
struct procession::Codec<Stubborn>
{
    static void encode(Encoder &encoder, const Stubborn &value)
    {
        if (value.refuses)
            throw EncodeError("this value does not want to be sent");
        encoder << value.refuses;
    }
    static Stubborn decode(Decoder &decoder) { return {decoder.read<bool>()}; }
};

class SayWhenError : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// The first numbers; but when it comes to `when`, it throws.
class ThrowingRange
{
public:
    ThrowingRange(int total, int when) : m_total(total), m_when(when) { }

    struct Iterator
    {
        using difference_type = std::ptrdiff_t;
        using value_type = int;

        int at = 0;
        int total = 0;
        int when = 0;

        int operator*() const { return at; }
        Iterator &operator++()
        {
            throwAt(++at);
            return *this;
        }
        void operator++(int) { ++*this; }
        bool operator==(std::default_sentinel_t) const { return at == total; }

        void throwAt(int number) const
        {
            if (number == when)
                throw SayWhenError("somebody said when");
        }
    };
    Iterator begin() const
    {
        const Iterator first{0, m_total, m_when};
        first.throwAt(0);
        return first;
    }
    std::default_sentinel_t end() const { return {}; }

private:
    int m_total;
    int m_when;
};

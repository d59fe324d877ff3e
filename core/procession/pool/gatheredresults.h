// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

#include <deque>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace procession {

/// The results of a map(), which come in any order, on their way into the list that it returns. Numbers and the like are put where they
/// belong in that list, and need no memory beside it but a bit each. Of others the list grows as far as all before have come; only what
/// comes earlier than its turn waits beside it.
template <typename Result>
class GatheredResults
{
    /// Making one costs nothing and has no effect, and a result can take its place.
    static constexpr bool IsInPlace
        = std::is_trivially_copyable_v<
              Result> && std::is_nothrow_default_constructible_v<Result> && std::is_move_assignable_v<Result>;

public:
    explicit GatheredResults(quint64 size)
    {
        if constexpr (IsInPlace) {
            m_list.resize(size);
            m_isThere.resize(size);
        } else {
            m_list.reserve(size);
        }
    }

    /// \pre there was none of that index
    void add(quint64 index, Result &&result)
    {
        if constexpr (IsInPlace) {
            m_list[index] = std::move(result);
            m_isThere[index] = true;
        } else if (index == m_next && m_early.empty()) {
            m_list.push_back(std::move(result));
            ++m_next;
        } else {
            const quint64 place = index - m_next;
            if (place >= m_early.size())
                m_early.resize(place + 1);
            m_early[place].emplace(std::move(result));
            takeEarly();
        }
    }

    /// Calls `function` with each that is there, and its index.
    template <typename Function>
    void forEach(Function function) const
    {
        if constexpr (IsInPlace) {
            for (quint64 i = 0; i < m_isThere.size(); ++i) {
                if (m_isThere[i])
                    function(m_list[i], i);
            }
        } else {
            for (quint64 i = 0; i < m_list.size(); ++i)
                function(m_list[i], i);
            for (quint64 i = 0; i < m_early.size(); ++i) {
                if (m_early[i])
                    function(*m_early[i], m_next + i);
            }
        }
    }

    /// The list. \pre all are there
    std::vector<Result> take()
    {
        m_isThere = std::vector<bool>();
        return std::move(m_list);
    }
    /// Gives back the memory.
    void clear() { *this = GatheredResults(0); }

private:
    void takeEarly()
    {
        while (!m_early.empty() && m_early.front()) {
            m_list.push_back(std::move(*m_early.front()));
            m_early.pop_front();
            ++m_next;
        }
    }

    std::vector<Result> m_list;
    std::vector<bool> m_isThere; ///< of those in place
    quint64 m_next = 0; ///< how many are in the list otherwise
    std::deque<std::optional<Result>> m_early; ///< those after
};

} // namespace procession

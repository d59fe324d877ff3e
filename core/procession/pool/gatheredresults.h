// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

#include <deque>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace procession {

/// Gathers the results of a map(), which arrive in any order, into the list it returns. Numbers and
/// other trivial results go straight to their place, with one bit each beside the list. For other
/// types the list grows as far as it is complete, and results that are early wait beside it.
template <typename Result>
class GatheredResults
{
    /// Whether results go straight to their place: default construction has no cost and no effect.
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

    /// \pre no result with that index was added
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

    /// Calls `function` with each result that has arrived, and its index.
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

    /// The complete list. \pre all results have arrived
    std::vector<Result> take()
    {
        m_isThere = std::vector<bool>();
        return std::move(m_list);
    }
    /// Frees the memory.
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
    std::vector<bool> m_isThere; ///< of results that go straight to their place
    quint64 m_next = 0; ///< otherwise: how many are in the list
    std::deque<std::optional<Result>> m_early; ///< results that wait for earlier ones
};

} // namespace procession

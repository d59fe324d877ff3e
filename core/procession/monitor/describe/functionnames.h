// SPDX-License-Identifier: MIT
#pragma once

#include <procession/monitor/describe/describe.h>

#include <map>
#include <unordered_map>

namespace procession {

/// The names of the functions whose numbers the workers of pools publish. Reads the names of each pool once, and again for an unknown
/// number.
class FunctionNames
{
public:
    /// \param surroundings  must last as long as this
    explicit FunctionNames(const Surroundings &surroundings) : m_surroundings(&surroundings) { }

    /// Empty when it is not known.
    QString nameOf(ObjectId pool, quint32 number);

private:
    using Names = std::map<quint64, QString>; // by their numbers

    void read(ObjectId pool, Names &names) const;

    const Surroundings *m_surroundings;
    std::unordered_map<quint64, Names> m_pools; ///< by ObjectId::packed()
};

} // namespace procession

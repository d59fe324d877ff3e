// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>

#include <utility>

struct sqlite3;
struct sqlite3_stmt;

namespace procession {

/// A prepared statement of SQLite. Places and columns count from 0. Functions return SQLite's result code, for StoreConnection to judge.
class StoreStatement
{
public:
    /// \param result  SQLite's result code; without SQLITE_OK nothing else may be called
    StoreStatement(sqlite3 *database, const char *sql, bool isKept, int &result);
    StoreStatement(StoreStatement &&other) noexcept : m_statement(std::exchange(other.m_statement, nullptr)) { }
    StoreStatement &operator=(StoreStatement &&) = delete;
    ~StoreStatement();

    /// Bytes are not copied, and so must live until reset(). Null bytes and null text become NULL.
    void bind(int place, qint64 value);
    void bind(int place, const QByteArray &bytes);
    void bind(int place, const QString &text);
    void bind(int place, QLatin1StringView word);

    int step();
    /// Ends it, so that no read transaction stays open.
    void reset();

    qint64 integer(int column) const;
    QByteArray bytes(int column) const;
    QString text(int column) const;
    bool isNull(int column) const;

    const char *sql() const;

private:
    sqlite3_stmt *m_statement = nullptr;
};

} // namespace procession

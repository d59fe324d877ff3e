// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/store/jobstoreerror.h>
#include <procession/job/store/storestatement.h>

#include <chrono>
#include <string_view>
#include <unordered_map>

namespace procession {

class StoreConnection;

/// The rows that a statement gives. Ends the statement when it is destroyed, so that no read transaction stays open.
class StoreRows
{
public:
    StoreRows(StoreConnection &connection, StoreStatement &statement) : m_connection(connection), m_statement(statement) { }
    Q_DISABLE_COPY_MOVE(StoreRows)
    ~StoreRows() { m_statement.reset(); }

    /// \throws JobStoreError
    bool next();
    qint64 integer(int column) const { return m_statement.integer(column); }
    QByteArray bytes(int column) const { return m_statement.bytes(column); }
    QString text(int column) const { return m_statement.text(column); }
    bool isNull(int column) const { return m_statement.isNull(column); }

private:
    StoreConnection &m_connection;
    StoreStatement &m_statement;
};

/// The bytes as SQLite keeps them in a column that is never NULL: null bytes would be NULL.
inline QByteArray notNull(const QByteArray &bytes) { return bytes.isNull() ? QByteArray("") : bytes; }

inline QString notNull(const QString &text) { return text.isNull() ? QLatin1StringView("") : text; }

/// One connection to the database of jobs with its prepared statements. One thread uses it at a time.
class StoreConnection
{
public:
    /// Opens the file, creating it and its folder for this user alone if they are missing.
    explicit StoreConnection(const QString &path, std::chrono::milliseconds busyTimeout = std::chrono::seconds(30));
    Q_DISABLE_COPY_MOVE(StoreConnection)
    ~StoreConnection();

    const QString &path() const { return m_path; }

    /// Runs one statement that is prepared once and kept. \param sql  a string literal
    template <typename... Values>
    void run(const char *sql, const Values &...values)
    {
        execute(bound(sql, values...));
    }
    /// As run(), for a statement that gives rows. The same statement cannot be asked again before the rows are destroyed. The values must
    /// live as long as the rows.
    template <typename... Values>
    StoreRows rows(const char *sql, const Values &...values)
    {
        return StoreRows(*this, bound(sql, values...));
    }
    /// A kept statement, for the callers that bind many values. To be run by execute().
    StoreStatement &statement(const char *sql);
    void execute(StoreStatement &statement);
    /// Runs a statement that is not kept and gives the text of its first value, if any.
    QString evaluate(const QString &sql);
    /// Gives the space of what was deleted back to the disk.
    void shrink();
    /// Of the statement that was run last.
    qint64 lastInsertId() const;
    qint64 changedRows() const;

    /// \param doing  empty: what the statement is for
    [[noreturn]] void throwError(int result, const char *sql, const QString &doing = {}) const;

private:
    template <typename... Values>
    StoreStatement &bound(const char *sql, const Values &...values)
    {
        StoreStatement &prepared = statement(sql);
        int place = 0;
        (prepared.bind(place++, values), ...);
        return prepared;
    }

    void close();

    QString m_path;
    sqlite3 *m_database = nullptr;
    std::unordered_map<std::string_view, StoreStatement> m_statements;
};

/// A transaction that may write; undone unless commit() was reached.
class StoreTransaction
{
public:
    explicit StoreTransaction(StoreConnection &connection);
    Q_DISABLE_COPY_MOVE(StoreTransaction)
    ~StoreTransaction();

    void commit();

private:
    StoreConnection &m_connection;
    bool m_open = true;
};

} // namespace procession

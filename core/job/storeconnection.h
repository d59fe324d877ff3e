// SPDX-License-Identifier: MIT
#pragma once

#include <procession/jobstoreerror.h>

#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlQuery>

#include <chrono>
#include <string_view>
#include <unordered_map>

namespace procession {

/// The rows that a statement gives. Ends the statement when it is destroyed, so that no read transaction stays open.
class StoreRows
{
public:
    StoreRows(QSqlQuery &query, const QString &path) : m_query(query), m_path(path) { }
    Q_DISABLE_COPY_MOVE(StoreRows)
    ~StoreRows() { m_query.finish(); }

    /// \throws JobStoreError
    bool next();
    qint64 integer(int column) const { return m_query.value(column).toLongLong(); }
    QByteArray bytes(int column) const { return m_query.value(column).toByteArray(); }
    QString text(int column) const { return m_query.value(column).toString(); }
    bool isNull(int column) const { return m_query.isNull(column); }

private:
    QSqlQuery &m_query;
    const QString &m_path;
};

/// The bytes as SQLite keeps them in a column that is never NULL: Qt would make NULL of null bytes.
inline QByteArray notNull(const QByteArray &bytes) { return bytes.isNull() ? QByteArray("") : bytes; }

inline QString notNull(const QString &text) { return text.isNull() ? QLatin1StringView("") : text; }

/// One connection to the database of jobs with its prepared statements; belongs to the thread that made it.
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
    /// As run(), for a statement that gives rows. The same statement cannot be asked again before the rows are destroyed.
    template <typename... Values>
    StoreRows rows(const char *sql, const Values &...values)
    {
        QSqlQuery &query = bound(sql, values...);
        execute(query);
        return StoreRows(query, m_path);
    }
    /// A kept statement, for the callers that bind many values. To be run by execute().
    QSqlQuery &statement(const char *sql);
    void execute(QSqlQuery &query);
    /// Runs a statement that is not kept and gives its first value, if any.
    QVariant evaluate(const QString &sql);
    /// Gives the space of what was deleted back to the disk.
    void shrink();
    qint64 lastInsertId(const char *sql) { return statement(sql).lastInsertId().toLongLong(); }

private:
    [[noreturn]] void throwError(const QSqlQuery &query) const;

    template <typename... Values>
    QSqlQuery &bound(const char *sql, const Values &...values)
    {
        QSqlQuery &query = statement(sql);
        int place = 0;
        (query.bindValue(place++, QVariant(values)), ...);
        return query;
    }

    QString m_path;
    QString m_name;
    QSqlDatabase m_database;
    std::unordered_map<std::string_view, QSqlQuery> m_statements;
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

// SPDX-License-Identifier: MIT
#include <procession/job/store/jobstorefile.h>
#include <procession/job/store/storeconnection.h>

#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QScopeGuard>

#include <sqlite3.h>

namespace procession {

namespace {

constexpr qint64 LongestLogLeft = 512 * 1024;

QString errorText(sqlite3 *database, int result)
{
    return QString::fromUtf8(database ? sqlite3_errmsg(database) : sqlite3_errstr(result));
}

} // namespace

bool StoreRows::next()
{
    const int result = m_statement.step();
    if (result == SQLITE_ROW)
        return true;
    if (result != SQLITE_DONE)
        m_connection.throwError(result, m_statement.sql(), QStringLiteral("read"));
    return false;
}

StoreConnection::StoreConnection(const QString &path, std::chrono::milliseconds busyTimeout)
    : m_path(QFileInfo(path).absoluteFilePath())
{
    makeStoreFile(m_path);
    // Locks and outputs are named after the file, so all its names must lead to one.
    if (const QString canonical = QFileInfo(m_path).canonicalFilePath(); !canonical.isEmpty())
        m_path = canonical;
    // No mutex, since one thread uses it at a time.
    const int result = sqlite3_open_v2(QFile::encodeName(m_path).constData(), &m_database,
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    if (result != SQLITE_OK) {
        const JobStoreError error(m_path, QStringLiteral("open it"), result, errorText(m_database, result));
        close();
        throw error;
    }
    sqlite3_busy_timeout(m_database, static_cast<int>(busyTimeout.count()));
}

StoreConnection::~StoreConnection() { close(); }

void StoreConnection::close()
{
    m_statements.clear();
    // Emptying the log waits for the disk twice. The next program that opens the file reads a short log in less time than that.
    const bool isShort = QFileInfo(m_path + QLatin1StringView("-wal")).size() <= LongestLogLeft;
    if (m_database && isShort)
        sqlite3_db_config(m_database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    sqlite3_close(m_database);
}

void StoreConnection::throwError(int result, const char *sql, const QString &doing) const
{
    const QString detail = errorText(m_database, result);
    if (!doing.isEmpty())
        throw JobStoreError(m_path, doing, result, detail);
    // Which statement it was matters only where the program is to blame.
    const bool ownFault = JobStoreError(m_path, {}, result, detail).reason() == JobStoreError::Reason::Internal;
    throw JobStoreError(m_path,
        ownFault ? QStringLiteral("run \"%1\"").arg(QString::fromUtf8(sql)) : QStringLiteral("read or write it"), result, detail);
}

StoreStatement &StoreConnection::statement(const char *sql)
{
    const auto known = m_statements.find(sql);
    if (known != m_statements.end())
        return known->second;
    int result = SQLITE_OK;
    StoreStatement prepared(m_database, sql, true, result);
    if (result != SQLITE_OK)
        throwError(result, sql);
    return m_statements.emplace(sql, std::move(prepared)).first->second;
}

void StoreConnection::execute(StoreStatement &statement)
{
    int result = statement.step();
    while (result == SQLITE_ROW)
        result = statement.step();
    if (result != SQLITE_DONE) {
        const auto end = qScopeGuard([&statement] { statement.reset(); }); // which changes SQLite's message
        throwError(result, statement.sql());
    }
    statement.reset();
}

QString StoreConnection::evaluate(const QString &sql)
{
    const QByteArray utf8 = sql.toUtf8();
    int result = SQLITE_OK;
    StoreStatement once(m_database, utf8.constData(), false, result);
    if (result != SQLITE_OK)
        throwError(result, utf8.constData());
    QString value;
    if ((result = once.step()) == SQLITE_ROW)
        value = once.text(0);
    while (result == SQLITE_ROW)
        result = once.step();
    if (result != SQLITE_DONE)
        throwError(result, utf8.constData());
    return value;
}

void StoreConnection::shrink()
{
    StoreTransaction transaction(*this);
    run("PRAGMA incremental_vacuum");
    transaction.commit();
}

qint64 StoreConnection::lastInsertId() const { return sqlite3_last_insert_rowid(m_database); }

qint64 StoreConnection::changedRows() const { return sqlite3_changes(m_database); }

// Immediate: a transaction that starts by reading and then cannot write would have to start again.
StoreTransaction::StoreTransaction(StoreConnection &connection) : m_connection(connection) { connection.run("BEGIN IMMEDIATE"); }

StoreTransaction::~StoreTransaction()
{
    if (!m_open)
        return;
    try {
        m_connection.run("ROLLBACK");
    } catch (const JobStoreError &) {
        // Some errors, a full disk for one, make SQLite undo the transaction by itself.
    }
}

void StoreTransaction::commit()
{
    m_connection.run("COMMIT");
    m_open = false;
}

} // namespace procession

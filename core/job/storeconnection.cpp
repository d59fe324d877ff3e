// SPDX-License-Identifier: MIT
#include <procession/storeconnection.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QUuid>
#include <QtSql/QSqlError>

namespace procession {

namespace {

constexpr QFile::Permissions OwnFile = QFile::ReadOwner | QFile::WriteOwner;
constexpr QFile::Permissions OwnFolder = OwnFile | QFile::ExeOwner;

void makeFolder(const QString &folder)
{
    if (folder.isEmpty() || QFileInfo(folder).isDir())
        return;
    makeFolder(QFileInfo(folder).path());
    if (!QDir().mkdir(folder, OwnFolder) && !QFileInfo(folder).isDir())
        throw JobStoreError(JobStoreError::Reason::NoAccess, folder, QStringLiteral("create the folder"),
            QStringLiteral("the system refused it"));
}

// SQLite would create the file with the mode that the umask allows; its companions (-wal, -shm) get the mode of the file.
void makeFile(const QString &path)
{
    if (QFile::exists(path))
        return;
    QFile file(path);
    if (!file.open(QIODevice::ReadWrite | QIODevice::NewOnly, OwnFile) && !QFile::exists(path))
        throw JobStoreError(JobStoreError::Reason::NoAccess, path, QStringLiteral("create the file"), file.errorString());
}

} // namespace

bool StoreRows::next()
{
    if (m_query.next())
        return true;
    if (m_query.lastError().isValid())
        throw JobStoreError(m_path, QStringLiteral("read"), m_query.lastError());
    return false;
}

StoreConnection::StoreConnection(const QString &path, std::chrono::milliseconds busyTimeout)
    : m_path(QFileInfo(path).absoluteFilePath()),
      m_name(QStringLiteral("procession-") + QUuid::createUuid().toString(QUuid::WithoutBraces))
{
    makeFolder(QFileInfo(m_path).path());
    makeFile(m_path);
    // Locks and outputs are named after the file, so all its names must lead to one.
    if (const QString canonical = QFileInfo(m_path).canonicalFilePath(); !canonical.isEmpty())
        m_path = canonical;
    m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_name);
    m_database.setDatabaseName(m_path);
    m_database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=%1").arg(busyTimeout.count()));
    if (!m_database.open()) {
        const QSqlError error = m_database.lastError();
        m_database = QSqlDatabase();
        QSqlDatabase::removeDatabase(m_name);
        throw JobStoreError(m_path, QStringLiteral("open it"), error);
    }
}

StoreConnection::~StoreConnection()
{
    m_statements.clear();
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_name);
}

void StoreConnection::throwError(const QSqlQuery &query) const
{
    // Which statement it was matters only where the program is to blame.
    const bool ownFault = JobStoreError(m_path, {}, query.lastError()).reason() == JobStoreError::Reason::Internal;
    throw JobStoreError(m_path,
        ownFault ? QStringLiteral("run \"%1\"").arg(query.lastQuery()) : QStringLiteral("read or write it"), query.lastError());
}

QSqlQuery &StoreConnection::statement(const char *sql)
{
    const auto known = m_statements.find(sql);
    if (known != m_statements.end())
        return known->second;
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.prepare(QString::fromLatin1(sql)))
        throwError(query);
    return m_statements.emplace(sql, std::move(query)).first->second;
}

void StoreConnection::execute(QSqlQuery &query)
{
    if (!query.exec())
        throwError(query);
}

QVariant StoreConnection::evaluate(const QString &sql)
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.exec(sql))
        throwError(query);
    return query.next() ? query.value(0) : QVariant();
}

void StoreConnection::shrink()
{
    StoreTransaction transaction(*this);
    // The pragma frees one page a step, and Qt takes one step of a statement without columns.
    QSqlQuery &freePage = statement("PRAGMA incremental_vacuum");
    for (int pages = evaluate(QStringLiteral("PRAGMA freelist_count")).toInt(); pages > 0; --pages) {
        execute(freePage);
        freePage.finish();
    }
    transaction.commit();
}

// Immediate, since a transaction that begins by reading and then cannot write would have to be begun again.
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

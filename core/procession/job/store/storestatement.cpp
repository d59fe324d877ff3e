// SPDX-License-Identifier: MIT
#include <procession/job/store/storestatement.h>

#include <sqlite3.h>

namespace procession {

namespace {

qsizetype size(sqlite3_stmt *statement, int column) { return sqlite3_column_bytes(statement, column); }

} // namespace

StoreStatement::StoreStatement(sqlite3 *database, const char *sql, bool isKept, int &result)
{
    result = sqlite3_prepare_v3(database, sql, -1, isKept ? SQLITE_PREPARE_PERSISTENT : 0U, &m_statement, nullptr);
}

StoreStatement::~StoreStatement() { sqlite3_finalize(m_statement); }

void StoreStatement::bind(int place, qint64 value) { sqlite3_bind_int64(m_statement, place + 1, value); }

void StoreStatement::bind(int place, const QByteArray &bytes)
{
    if (bytes.isNull())
        sqlite3_bind_null(m_statement, place + 1);
    else
        sqlite3_bind_blob64(m_statement, place + 1, bytes.constData(), static_cast<sqlite3_uint64>(bytes.size()), SQLITE_STATIC);
}

void StoreStatement::bind(int place, const QString &text)
{
    if (text.isNull()) {
        sqlite3_bind_null(m_statement, place + 1);
        return;
    }
    const QByteArray utf8 = text.toUtf8();
    sqlite3_bind_text64(
        m_statement, place + 1, utf8.constData(), static_cast<sqlite3_uint64>(utf8.size()), SQLITE_TRANSIENT, SQLITE_UTF8);
}

void StoreStatement::bind(int place, QLatin1StringView word)
{
    sqlite3_bind_text64(
        m_statement, place + 1, word.data(), static_cast<sqlite3_uint64>(word.size()), SQLITE_TRANSIENT, SQLITE_UTF8);
}

int StoreStatement::step() { return sqlite3_step(m_statement); }

void StoreStatement::reset() { sqlite3_reset(m_statement); }

qint64 StoreStatement::integer(int column) const { return sqlite3_column_int64(m_statement, column); }

QByteArray StoreStatement::bytes(int column) const
{
    const auto *begin = static_cast<const char *>(sqlite3_column_blob(m_statement, column));
    return begin ? QByteArray(begin, size(m_statement, column)) : QByteArray();
}

QString StoreStatement::text(int column) const
{
    const auto *begin = reinterpret_cast<const char *>(sqlite3_column_text(m_statement, column));
    return begin ? QString::fromUtf8(begin, size(m_statement, column)) : QString();
}

bool StoreStatement::isNull(int column) const { return sqlite3_column_type(m_statement, column) == SQLITE_NULL; }

const char *StoreStatement::sql() const { return sqlite3_sql(m_statement); }

} // namespace procession

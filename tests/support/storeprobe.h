// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/store/jobstore.h>

#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>

namespace procession {

inline qint64 count(const StoredJob &job, TaskState state) { return job.tasks.at(static_cast<std::size_t>(state)); }

/// Runs a statement past the store, as another program would.
inline QVariant sql(const QString &path, const QString &statement)
{
    QVariant value;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("past"));
        database.setDatabaseName(path);
        QSqlQuery query(database);
        if (!database.open() || !query.exec(statement))
            qWarning() << statement << query.lastError();
        else if (query.next())
            value = query.value(0);
    }
    QSqlDatabase::removeDatabase(QStringLiteral("past"));
    return value;
}

template <typename Call>
std::optional<JobStoreError::Reason> reasonOf(Call call)
{
    try {
        call();
    } catch (const JobStoreError &error) {
        qInfo() << error.what();
        return error.reason();
    }
    return std::nullopt;
}

} // namespace procession

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/job/run/commandbatch.h>
#include <procession/job/store/jobstore.h>

#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>

namespace procession {

// What `procession jobs` prints, as text in the person's language and locale, and as JSON for scripts.

QString jobsText(const QList<StoredJob> &jobs);
QString jobText(const StoredJob &job, const BatchDefinition &definition, qint64 heldOutput);
/// A line for each task, without the header.
QString taskLine(const TaskSource &source, TaskIndex task, const TaskRecord &record);
QString taskHeader();
/// A task with its attempts and their output.
QString taskText(const TaskSource &source, TaskIndex task, const QList<Attempt> &attempts);

QJsonObject jobJson(const StoredJob &job);
QJsonObject taskJson(const TaskSource &source, TaskIndex task, const TaskRecord &record);
QJsonArray attemptsJson(const QList<Attempt> &attempts);

} // namespace procession

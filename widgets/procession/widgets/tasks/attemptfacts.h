// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/job/task/attempt.h>

#include <QtCore/QByteArrayList>
#include <QtWidgets/QWidget>

#include <array>

class QLabel;

namespace procession {

/// The figures of a task and of one of its attempts, a line each; lines without a value are left out.
class AttemptFacts : public QWidget
{
    Q_OBJECT

public:
    enum Fact { State, Exit, Cause, Worker, Pid, Started, Duration, CpuTime, PeakMemory, Attempts, Arguments, LeftProcesses };
    static constexpr int FactCount = 12;

    explicit AttemptFacts(QWidget *parent = nullptr);

    /// Shows the task and, as far as the record has it, its last attempt.
    void setRecord(const TaskRecord &record, const QByteArrayList &arguments);
    /// Of this attempt in place of the last.
    void setAttempt(const Attempt &attempt);
    QString text(Fact fact) const;

protected:
    void changeEvent(QEvent *event) override;

private:
    void set(Fact fact, const QString &text);
    void retranslate();

    std::array<QLabel *, FactCount> m_names{};
    std::array<QLabel *, FactCount> m_values{};
};

} // namespace procession

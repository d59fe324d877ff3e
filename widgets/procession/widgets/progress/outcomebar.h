// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/job/task/states.h>

#include <QtWidgets/QWidget>

#include <array>

namespace procession {

/// A progress bar with a part for each outcome: done, failed, cancelled, lost, running.
class OutcomeBar : public QWidget
{
    Q_OBJECT

public:
    explicit OutcomeBar(QWidget *parent = nullptr);

    /// \param tasks  how many there are in each state, by TaskState
    void setCounts(const std::array<qint64, TaskStateCount> &tasks);
    const std::array<qint64, TaskStateCount> &counts() const { return m_tasks; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::array<qint64, TaskStateCount> m_tasks{};
};

} // namespace procession

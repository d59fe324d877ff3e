// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/attempt.h>
#include <procession/taskmodel.h>

#include <QtCore/QFuture>
#include <QtCore/QPointer>
#include <QtWidgets/QWidget>

#include <functional>
#include <optional>

class QComboBox;
class QFormLayout;
class QLabel;
class QPlainTextEdit;
class QStackedWidget;
class QTabWidget;
class QTimer;

namespace procession {

class OutputPane;

/// Everything about one task: the command, its arguments, how each attempt went, and what it wrote.
class TaskDetails : public QWidget
{
    Q_OBJECT

public:
    /// Answers later with the attempts of a task that ended.
    using AttemptsQuestion = std::function<QFuture<QList<Attempt>>(TaskIndex)>;
    /// Answers later with what a running task has written so far.
    using OutputQuestion = std::function<QFuture<TaskOutput>(TaskIndex)>;

    explicit TaskDetails(QWidget *parent = nullptr);
    ~TaskDetails() override;

    /// Shows nothing until showTask().
    /// \param model     not owned; null for no job
    /// \param attempts  normally JobHistory::attempts of the job
    /// \param output    normally Job::runningOutput; may be empty for a job that has ended
    void setJob(TaskModel *model, const AttemptsQuestion &attempts, const OutputQuestion &output);
    /// \param task  -1 for none
    void showTask(qint64 task);
    qint64 task() const { return m_task; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void build();
    void retranslate();
    void askAttempts();
    void askOutput();
    void takeAttempts(const QList<Attempt> &attempts);
    void takeChanges(const std::vector<TaskIndex> &tasks);
    void showAttempt(int index);
    void showRecord();
    void showFacts(const Attempt *attempt);

    TaskModel *m_model = nullptr;
    AttemptsQuestion m_askAttempts;
    OutputQuestion m_askOutput;
    qint64 m_task = -1;
    QList<Attempt> m_attempts; // ended ones that are known
    bool m_asking = false;
    bool m_askAgain = false;
    QStackedWidget *m_stack = nullptr;
    QLabel *m_empty = nullptr;
    QLabel *m_title = nullptr;
    QPlainTextEdit *m_command = nullptr;
    QComboBox *m_attemptBox = nullptr;
    QFormLayout *m_facts = nullptr;
    QTabWidget *m_tabs = nullptr;
    OutputPane *m_out = nullptr;
    OutputPane *m_err = nullptr;
    QTimer *m_poll = nullptr;
};

} // namespace procession

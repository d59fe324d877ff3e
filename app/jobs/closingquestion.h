// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <app/jobs/sessionsmodel.h>

#include <QtCore/QPointer>
#include <QtWidgets/QMessageBox>

namespace procession {

/// What is to become of the jobs that run when a person closes the window; asked without holding anything up.
class ClosingQuestion : public QObject
{
    Q_OBJECT

public:
    /// \param window    is closed when the jobs have ended as wished; not owned
    /// \param sessions  not owned
    ClosingQuestion(QWidget *window, const SessionsModel *sessions);

    /// Whether no job runs.
    bool mayClose() const;
    void ask();

public Q_SLOTS:
    /// Closes the window if that was wished and no job runs any more.
    void closeWhenFinished();

private:
    void stopAll(StopMode mode);
    QPushButton *addButton(const QString &text, QMessageBox::ButtonRole role, const char *name);

    QWidget *m_window;
    const SessionsModel *m_sessions;
    QPointer<QMessageBox> m_box;
    bool m_isClosing = false;
};

} // namespace procession

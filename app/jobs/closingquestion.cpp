// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/jobs/closingquestion.h>

#include <app/jobs/jobsession.h>

#include <QtWidgets/QPushButton>

namespace procession {

ClosingQuestion::ClosingQuestion(QWidget *window, const SessionsModel *sessions)
    : QObject(window), m_window(window), m_sessions(sessions)
{
}

bool ClosingQuestion::mayClose() const
{
    const auto &sessions = m_sessions->sessions();
    return std::none_of(sessions.begin(), sessions.end(), [](const JobSession *session) { return session->isActive(); });
}

void ClosingQuestion::ask()
{
    if (m_box) {
        m_box->raise();
        return;
    }
    m_box = new QMessageBox(QMessageBox::Question, tr("Close Procession"),
        tr("Jobs are still running. What is left of them is kept, and can run another time."), QMessageBox::NoButton, m_window);
    m_box->setObjectName(QStringLiteral("closeQuestion"));
    m_box->setAttribute(Qt::WA_DeleteOnClose);
    const QPushButton *stop = addButton(tr("&Stop Them and Close"), QMessageBox::DestructiveRole, "stopAndClose");
    const QPushButton *finish = addButton(tr("Close When Running Tasks &End"), QMessageBox::AcceptRole, "finishAndClose");
    QPushButton *cancel = addButton(tr("&Do Not Close"), QMessageBox::RejectRole, "doNotClose");
    m_box->setDefaultButton(cancel);
    m_box->setEscapeButton(cancel);
    connect(stop, &QPushButton::clicked, this, [this] { stopAll(StopMode::Terminate); });
    connect(finish, &QPushButton::clicked, this, [this] { stopAll(StopMode::Finish); });
    connect(cancel, &QPushButton::clicked, this, [this] { m_isClosing = false; });
    m_box->open();
}

QPushButton *ClosingQuestion::addButton(const QString &text, QMessageBox::ButtonRole role, const char *name)
{
    QPushButton *button = m_box->addButton(text, role);
    button->setObjectName(QString::fromLatin1(name));
    return button;
}

void ClosingQuestion::stopAll(StopMode mode)
{
    m_isClosing = true;
    for (const JobSession *session : m_sessions->sessions()) {
        if (session->isActive())
            session->job()->stop(mode);
    }
    closeWhenFinished();
}

void ClosingQuestion::closeWhenFinished()
{
    if (m_isClosing && mayClose())
        m_window->close();
}

} // namespace procession

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <app/common/appearance.h>

#include <QtCore/QObject>

class QAction;
class QActionGroup;
class QWidget;

namespace procession {

/// The actions of the window itself: new job, close, quit, and what is seen.
class WindowActions : public QObject
{
    Q_OBJECT

public:
    explicit WindowActions(QWidget *parent);

    QAction *newBatch() const { return m_newBatch; }
    QAction *showStart() const { return m_showStart; }
    QAction *closeJob() const { return m_closeJob; }
    QAction *quit() const { return m_quit; }
    QAction *find() const { return m_find; }
    /// Workers, Tasks, Queues.
    const QList<QAction *> &tabs() const { return m_tabs; }
    QAction *showDetails() const { return m_showDetails; }
    QAction *about() const { return m_about; }
    const QList<QAction *> &schemes() const { return m_schemes; }
    const QList<QAction *> &languages() const { return m_languages; }

    void setScheme(Appearance::Scheme scheme);
    void setLanguage(const QString &language);
    void retranslate();

Q_SIGNALS:
    void tabRequested(int tab);
    void schemeRequested(procession::Appearance::Scheme scheme);
    void languageRequested(const QString &language);

private:
    QAction *add(const QString &name, const char *icon, const QKeySequence &shortcut);
    void addTabs();
    void addSchemes();
    void addLanguages();

    QAction *m_newBatch;
    QAction *m_showStart;
    QAction *m_closeJob;
    QAction *m_quit;
    QAction *m_find;
    QAction *m_showDetails;
    QAction *m_about;
    QList<QAction *> m_tabs;
    QList<QAction *> m_schemes;
    QList<QAction *> m_languages;
};

} // namespace procession

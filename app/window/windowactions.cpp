// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/window/windowactions.h>

#include <app/common/icons.h>

#include <QtGui/QAction>
#include <QtGui/QActionGroup>
#include <QtWidgets/QWidget>

namespace procession {

WindowActions::WindowActions(QWidget *parent)
    : QObject(parent),
      m_newBatch(add(QStringLiteral("newBatchAction"), "document-new", QKeySequence::New)),
      m_showStart(add(QStringLiteral("showStart"), "go-home", Qt::CTRL | Qt::Key_Home)),
      m_closeJob(add(QStringLiteral("closeJob"), "window-close", Qt::CTRL | Qt::Key_W)),
      m_quit(add(QStringLiteral("quit"), "application-exit", Qt::CTRL | Qt::Key_Q)),
      m_find(add(QStringLiteral("find"), "edit-find", QKeySequence::Find)),
      m_showDetails(add(QStringLiteral("showDetails"), "view-list-details", Qt::Key_F8)),
      m_about(add(QStringLiteral("about"), "help-about", {}))
{
    m_quit->setMenuRole(QAction::QuitRole);
    m_about->setMenuRole(QAction::AboutRole);
    m_showDetails->setCheckable(true);
    m_showDetails->setChecked(true);
    addTabs();
    addSchemes();
    addLanguages();
    retranslate();
}

QAction *WindowActions::add(const QString &name, const char *icon, const QKeySequence &shortcut)
{
    auto *action = new QAction(this);
    action->setObjectName(name);
    if (icon)
        action->setIcon(themedIcon(icon));
    action->setShortcut(shortcut);
    return action;
}

void WindowActions::addTabs()
{
    for (int i = 0; i < 3; ++i) {
        QAction *action
            = add(QStringLiteral("tab%1").arg(i), nullptr, QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + i)));
        connect(action, &QAction::triggered, this, [this, i] { Q_EMIT tabRequested(i); });
        m_tabs.append(action);
    }
}

void WindowActions::addSchemes()
{
    auto *group = new QActionGroup(this);
    for (const auto scheme : {Appearance::Scheme::System, Appearance::Scheme::Light, Appearance::Scheme::Dark}) {
        QAction *action = add(QStringLiteral("scheme%1").arg(static_cast<int>(scheme)), nullptr, {});
        action->setCheckable(true);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, scheme] { Q_EMIT schemeRequested(scheme); });
        m_schemes.append(action);
    }
    setScheme(Appearance::Scheme::System);
}

void WindowActions::addLanguages()
{
    auto *group = new QActionGroup(this);
    for (const QString &language : {QString(), QStringLiteral("en"), QStringLiteral("zh_CN")}) {
        QAction *action = add(QStringLiteral("language_") + language, nullptr, {});
        action->setCheckable(true);
        action->setData(language);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, language] { Q_EMIT languageRequested(language); });
        m_languages.append(action);
    }
    setLanguage({});
}

void WindowActions::setScheme(Appearance::Scheme scheme) { m_schemes[static_cast<int>(scheme)]->setChecked(true); }

void WindowActions::setLanguage(const QString &language)
{
    for (QAction *action : m_languages) {
        if (action->data().toString() == language)
            action->setChecked(true);
    }
}

void WindowActions::retranslate()
{
    m_newBatch->setText(tr("&New Batch…"));
    m_newBatch->setIconText(tr("New Job"));
    m_newBatch->setToolTip(tr("Run a command or a function for each of many inputs"));
    m_showStart->setText(tr("&Start Page"));
    m_closeJob->setText(tr("&Close Job"));
    m_closeJob->setToolTip(tr("Take a finished job out of the window; it stays in the history"));
    m_quit->setText(tr("&Quit"));
    m_find->setText(tr("&Find Tasks"));
    m_showDetails->setText(tr("Task &Details"));
    m_about->setText(tr("&About Procession"));
    m_tabs[0]->setText(tr("&Workers"));
    m_tabs[1]->setText(tr("&Tasks"));
    m_tabs[2]->setText(tr("&Backlog"));
    m_schemes[0]->setText(tr("&System"));
    m_schemes[1]->setText(tr("&Light"));
    m_schemes[2]->setText(tr("&Dark"));
    m_languages[0]->setText(tr("&System"));
    m_languages[1]->setText(QStringLiteral("&English")); // languages are named in themselves
    m_languages[2]->setText(QStringLiteral("简体中文(&C)"));
}

} // namespace procession

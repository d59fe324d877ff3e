// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/batch/commandfield.h>

#include <QtGui/QFontDatabase>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QToolButton>

namespace procession {

CommandField::CommandField(QWidget *parent)
    : QWidget(parent), m_edit(new QLineEdit), m_insert(new QToolButton), m_menu(new QMenu(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_edit, 1);
    layout->addWidget(m_insert);
    setFocusProxy(m_edit);
    m_edit->setObjectName(QStringLiteral("command"));
    m_edit->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_edit->setClearButtonEnabled(true);
    m_insert->setObjectName(QStringLiteral("insertReplacement"));
    m_insert->setMenu(m_menu);
    m_insert->setPopupMode(QToolButton::InstantPopup);
    m_insert->setFocusPolicy(Qt::StrongFocus);
    connect(m_edit, &QLineEdit::textChanged, this, &CommandField::changed);
    connect(m_menu, &QMenu::aboutToShow, this, &CommandField::fillMenu);
    retranslate();
}

QString CommandField::command() const { return m_edit->text(); }

void CommandField::setCommand(const QString &command) { m_edit->setText(command); }

void CommandField::setColumns(const QByteArrayList &names) { m_columns = names; }

void CommandField::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void CommandField::retranslate()
{
    m_edit->setAccessibleName(tr("Command"));
    m_edit->setPlaceholderText(tr("For example: gzip -k9 {}"));
    m_insert->setText(tr("Insert"));
    m_insert->setToolTip(tr("What stands for the input of each task"));
    m_insert->setAccessibleName(tr("Insert a replacement string"));
}

void CommandField::fillMenu()
{
    m_menu->clear();
    addReplacement(QStringLiteral("{}"), tr("the input, for example photos/cat.jpg"));
    addReplacement(QStringLiteral("{.}"), tr("without its extension: photos/cat"));
    addReplacement(QStringLiteral("{/}"), tr("without its folder: cat.jpg"));
    addReplacement(QStringLiteral("{//}"), tr("its folder: photos"));
    addReplacement(QStringLiteral("{/.}"), tr("without folder and extension: cat"));
    m_menu->addSeparator();
    addReplacement(QStringLiteral("{#}"), tr("the number of the task"));
    addReplacement(QStringLiteral("{%}"), tr("the number of the worker"));
    if (m_columns.size() < 2 && m_columns.join().isEmpty())
        return;
    m_menu->addSeparator();
    for (qsizetype i = 0; i < m_columns.size(); ++i) {
        const QString name = QString::fromUtf8(m_columns[i]);
        if (name.isEmpty())
            addReplacement(QStringLiteral("{%1}").arg(i + 1), tr("column %1").arg(i + 1));
        else
            addReplacement(u'{' + name + u'}', tr("column %1, %2").arg(i + 1).arg(name));
    }
}

void CommandField::addReplacement(const QString &replacement, const QString &meaning)
{
    QString label = replacement + u'\t' + meaning;
    label.replace(u'&', QStringLiteral("&&"));
    connect(m_menu->addAction(label), &QAction::triggered, this, [this, replacement] {
        m_edit->insert(replacement);
        m_edit->setFocus();
    });
}

} // namespace procession

// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/common/pathfield.h>

#include <QtCore/QDir>
#include <QtCore/QMimeData>
#include <QtGui/QDragEnterEvent>
#include <QtGui/QDropEvent>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QToolButton>

namespace procession {

PathField::PathField(Kind kind, QWidget *parent) : QWidget(parent), m_kind(kind), m_edit(new QLineEdit), m_browse(new QToolButton)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_edit, 1);
    layout->addWidget(m_browse);
    setFocusProxy(m_edit);
    setAcceptDrops(true);
    m_edit->setAcceptDrops(false); // dropped on, it would append the URL's text
    m_edit->setClearButtonEnabled(true);
    m_browse->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_browse->setFocusPolicy(Qt::StrongFocus);
    connect(m_edit, &QLineEdit::textChanged, this, [this] {
        if (!m_setting) // textEdited() would miss the clear button
            Q_EMIT changed();
    });
    connect(m_browse, &QToolButton::clicked, this, &PathField::pick);
    retranslate();
}

QString PathField::path() const
{
    const QString path = m_edit->text();
    return path == QLatin1StringView("~") || path.startsWith(QLatin1StringView("~/")) ? QDir::homePath() + path.sliced(1) : path;
}

void PathField::setPath(const QString &path)
{
    m_setting = true;
    m_edit->setText(path);
    m_setting = false;
}

void PathField::setPlaceholder(const QString &text) { m_edit->setPlaceholderText(text); }

void PathField::setAccessibleTitle(const QString &title) { m_edit->setAccessibleName(title); }

void PathField::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void PathField::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls() && event->mimeData()->urls().constFirst().isLocalFile())
        event->acceptProposedAction();
}

void PathField::dropEvent(QDropEvent *event)
{
    take(event->mimeData()->urls().constFirst().toLocalFile());
    event->acceptProposedAction();
}

void PathField::pick()
{
    auto *dialog = new QFileDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(m_kind == Kind::Folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
    dialog->setOption(QFileDialog::ShowDirsOnly, m_kind == Kind::Folder);
    dialog->setWindowTitle(m_kind == Kind::Folder ? tr("Choose a folder") : tr("Choose a file"));
    if (!path().isEmpty())
        dialog->selectFile(path());
    connect(dialog, &QFileDialog::fileSelected, this, &PathField::take);
    dialog->open();
}

void PathField::retranslate()
{
    m_browse->setText(tr("Browse…"));
    m_browse->setToolTip(m_kind == Kind::Folder ? tr("Choose a folder") : tr("Choose a file"));
    m_browse->setAccessibleName(m_browse->toolTip());
}

void PathField::take(const QString &path)
{
    setPath(path);
    Q_EMIT changed();
}

} // namespace procession

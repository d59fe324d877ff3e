// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/inputs/filepages.h>

#include <procession/widgets/common/pathfield.h>

#include <QtCore/QMimeData>
#include <QtGui/QDragEnterEvent>
#include <QtGui/QDropEvent>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPushButton>

namespace procession {

FolderPage::FolderPage(QWidget *parent)
    : InputPage(parent),
      m_folder(new PathField(PathField::Kind::Folder)),
      m_pattern(new QLineEdit),
      m_recursive(new QCheckBox),
      m_folderLabel(new QLabel),
      m_patternLabel(new QLabel)
{
    auto *form = new QFormLayout(this);
    form->setContentsMargins({});
    form->addRow(m_folderLabel, m_folder);
    auto *second = new QHBoxLayout;
    second->addWidget(m_pattern, 1);
    second->addWidget(m_recursive);
    form->addRow(m_patternLabel, second);
    m_folderLabel->setBuddy(m_folder);
    m_patternLabel->setBuddy(m_pattern);
    m_folder->setObjectName(QStringLiteral("folder"));
    m_pattern->setObjectName(QStringLiteral("pattern"));
    m_recursive->setObjectName(QStringLiteral("recursive"));
    connect(m_folder, &PathField::changed, this, &InputPage::changed);
    connect(m_pattern, &QLineEdit::textEdited, this, &InputPage::changed);
    connect(m_recursive, &QCheckBox::clicked, this, &InputPage::changed);
    FolderPage::retranslate();
}

void FolderPage::setSource(const InputSource &source)
{
    m_folder->setPath(source.folder);
    m_pattern->setText(source.pattern);
    m_recursive->setChecked(source.recursive);
}

void FolderPage::store(InputSource &source) const
{
    source.folder = m_folder->path();
    source.pattern = m_pattern->text();
    source.recursive = m_recursive->isChecked();
}

void FolderPage::retranslate()
{
    m_folderLabel->setText(tr("&Folder:"));
    m_patternLabel->setText(tr("&Pattern:"));
    m_folder->setAccessibleTitle(tr("Folder"));
    m_folder->setPlaceholder(tr("Type, drop or choose a folder"));
    m_pattern->setToolTip(tr("Which file names match: * stands for any text, ? for one character.\nSeveral patterns are "
                             "separated by spaces, for example: *.jpg *.png"));
    m_recursive->setText(tr("And its &subfolders"));
}

FilesPage::FilesPage(QWidget *parent)
    : InputPage(parent), m_list(new QListWidget), m_add(new QPushButton), m_remove(new QPushButton)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_list, 1);
    auto *buttons = new QVBoxLayout;
    buttons->addWidget(m_add);
    buttons->addWidget(m_remove);
    buttons->addStretch();
    layout->addLayout(buttons);
    m_list->setObjectName(QStringLiteral("files"));
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setUniformItemSizes(true);
    m_list->setMinimumHeight(72);
    setAcceptDrops(true);
    m_remove->setEnabled(false);
    connect(
        m_list, &QListWidget::itemSelectionChanged, this, [this] { m_remove->setEnabled(!m_list->selectedItems().isEmpty()); });
    connect(m_add, &QPushButton::clicked, this, &FilesPage::pick);
    connect(m_remove, &QPushButton::clicked, this, &FilesPage::removeSelected);
    FilesPage::retranslate();
}

void FilesPage::setSource(const InputSource &source)
{
    m_list->clear();
    m_list->addItems(source.files);
}

void FilesPage::store(InputSource &source) const
{
    source.files.clear();
    for (int row = 0; row < m_list->count(); ++row)
        source.files.append(m_list->item(row)->text());
}

void FilesPage::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void FilesPage::dropEvent(QDropEvent *event)
{
    QStringList files;
    for (const QUrl &url : event->mimeData()->urls()) {
        if (url.isLocalFile())
            files.append(url.toLocalFile());
    }
    event->acceptProposedAction();
    add(files);
}

void FilesPage::retranslate()
{
    m_list->setAccessibleName(tr("Files"));
    m_list->setToolTip(tr("Files can be dropped here"));
    m_add->setText(tr("&Add files…"));
    m_remove->setText(tr("R&emove"));
}

void FilesPage::pick()
{
    auto *dialog = new QFileDialog(this, tr("Choose files"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &FilesPage::add);
    dialog->open();
}

void FilesPage::add(const QStringList &files)
{
    m_list->addItems(files);
    Q_EMIT changed();
}

void FilesPage::removeSelected()
{
    qDeleteAll(m_list->selectedItems());
    Q_EMIT changed();
}

} // namespace procession

// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/inputs/textfilepages.h>

#include <procession/widgets/common/pathfield.h>

#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLabel>

namespace procession {

LinesPage::LinesPage(QWidget *parent) : InputPage(parent), m_file(new PathField(PathField::Kind::File)), m_label(new QLabel)
{
    auto *form = new QFormLayout(this);
    form->setContentsMargins({});
    form->addRow(m_label, m_file);
    m_label->setBuddy(m_file);
    m_file->setObjectName(QStringLiteral("linesFile"));
    connect(m_file, &PathField::changed, this, &InputPage::changed);
    LinesPage::retranslate();
}

void LinesPage::setSource(const InputSource &source) { m_file->setPath(source.file); }

void LinesPage::store(InputSource &source) const { source.file = m_file->path(); }

void LinesPage::retranslate()
{
    m_label->setText(tr("&File:"));
    m_file->setAccessibleTitle(tr("File with one input a line"));
    m_file->setPlaceholder(tr("Type, drop or choose a file with one input a line"));
}

TablePage::TablePage(QWidget *parent)
    : InputPage(parent),
      m_file(new PathField(PathField::Kind::File)),
      m_separator(new QComboBox),
      m_header(new QCheckBox),
      m_fileLabel(new QLabel),
      m_separatorLabel(new QLabel)
{
    auto *form = new QFormLayout(this);
    form->setContentsMargins({});
    form->addRow(m_fileLabel, m_file);
    auto *second = new QHBoxLayout;
    second->addWidget(m_separator);
    second->addWidget(m_header);
    second->addStretch();
    form->addRow(m_separatorLabel, second);
    m_fileLabel->setBuddy(m_file);
    m_separatorLabel->setBuddy(m_separator);
    m_file->setObjectName(QStringLiteral("tableFile"));
    m_separator->setObjectName(QStringLiteral("separator"));
    m_header->setObjectName(QStringLiteral("header"));
    for (const char character : {',', ';', '\t', '|', ' '})
        m_separator->addItem(QString(), QChar::fromLatin1(character));
    connect(m_file, &PathField::changed, this, &InputPage::changed);
    connect(m_separator, &QComboBox::activated, this, &InputPage::changed);
    connect(m_header, &QCheckBox::clicked, this, &InputPage::changed);
    TablePage::retranslate();
}

void TablePage::setSource(const InputSource &source)
{
    m_file->setPath(source.file);
    m_separator->setCurrentIndex(m_separator->findData(QChar::fromLatin1(source.separator)));
    m_header->setChecked(source.header);
}

void TablePage::store(InputSource &source) const
{
    source.file = m_file->path();
    source.separator = m_separator->currentData().toChar().toLatin1();
    source.header = m_header->isChecked();
}

void TablePage::retranslate()
{
    m_fileLabel->setText(tr("&File:"));
    m_file->setAccessibleTitle(tr("CSV file"));
    m_file->setPlaceholder(tr("Type, drop or choose a CSV file"));
    m_separatorLabel->setText(tr("Se&parator:"));
    const QStringList names{tr("Comma ,"), tr("Semicolon ;"), tr("Tab"), tr("Bar |"), tr("Space")};
    for (int i = 0; i < names.size(); ++i)
        m_separator->setItemText(i, names[i]);
    m_header->setText(tr("The first line &names the columns"));
    m_header->setToolTip(tr("The command can then say {name} for the column of that name"));
}

} // namespace procession

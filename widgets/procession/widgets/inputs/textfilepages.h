// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/widgets/inputs/inputpage.h>

class QCheckBox;
class QComboBox;
class QLabel;

namespace procession {

class PathField;

/// Each line of a file.
class LinesPage : public InputPage
{
    Q_OBJECT

public:
    explicit LinesPage(QWidget *parent = nullptr);
    void setSource(const InputSource &source) override;
    void store(InputSource &source) const override;

private:
    void retranslate() override;

    PathField *m_file;
    QLabel *m_label;
};

/// Each record of a CSV file, by columns.
class TablePage : public InputPage
{
    Q_OBJECT

public:
    explicit TablePage(QWidget *parent = nullptr);
    void setSource(const InputSource &source) override;
    void store(InputSource &source) const override;

private:
    void retranslate() override;

    PathField *m_file;
    QComboBox *m_separator;
    QCheckBox *m_header;
    QLabel *m_fileLabel;
    QLabel *m_separatorLabel;
};

} // namespace procession

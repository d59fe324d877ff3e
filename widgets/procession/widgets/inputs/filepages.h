// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/widgets/inputs/inputpage.h>

class QCheckBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace procession {

class PathField;

/// The files of a folder that match a pattern.
class FolderPage : public InputPage
{
    Q_OBJECT

public:
    explicit FolderPage(QWidget *parent = nullptr);
    void setSource(const InputSource &source) override;
    void store(InputSource &source) const override;

private:
    void retranslate() override;

    PathField *m_folder;
    QLineEdit *m_pattern;
    QCheckBox *m_recursive;
    QLabel *m_folderLabel;
    QLabel *m_patternLabel;
};

/// Files picked or dropped one by one.
class FilesPage : public InputPage
{
    Q_OBJECT

public:
    explicit FilesPage(QWidget *parent = nullptr);
    void setSource(const InputSource &source) override;
    void store(InputSource &source) const override;

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void retranslate() override;
    void pick();
    void add(const QStringList &files);
    void removeSelected();

    QListWidget *m_list;
    QPushButton *m_add;
    QPushButton *m_remove;
};

} // namespace procession

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtWidgets/QTableView>

class QLabel;

namespace procession {

/// A table as all of the workbench's: rows of one height that cost nothing to lay out, columns that can be moved and hidden, the
/// selection by rows, and a friendly text where there are none.
class TableView : public QTableView
{
    Q_OBJECT

public:
    explicit TableView(QWidget *parent = nullptr);

    /// Shown in the middle while it is not empty.
    void setEmptyText(const QString &text);
    QString emptyText() const;

    /// Width by what such a text needs.
    void setColumnWidthFor(int column, const QString &text);

    void setSelectionModel(QItemSelectionModel *selectionModel) override;

protected:
    void changeEvent(QEvent *event) override;

private:
    void adoptFont();
    void renewSelectionOfAll();
    void showColumnMenu(const QPoint &position);

    QLabel *m_emptyLabel;
    QItemSelectionModel *m_headerSelection = nullptr;
};

} // namespace procession

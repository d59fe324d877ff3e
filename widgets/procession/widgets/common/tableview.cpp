// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/common/tableview.h>

#include <QtCore/QEvent>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QProxyStyle>
#include <QtWidgets/QVBoxLayout>

namespace procession {

namespace {

/// Keeps the text of neighbouring columns apart, where one is aligned to the right and the next to the left.
class RoomyStyle : public QProxyStyle
{
public:
    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override
    {
        constexpr int Margin = 6;
        if (metric == PM_FocusFrameHMargin || metric == PM_HeaderMargin)
            return Margin;
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
};

} // namespace

TableView::TableView(QWidget *parent) : QTableView(parent), m_emptyLabel(new QLabel(viewport()))
{
    auto *style = new RoomyStyle;
    style->setParent(this);
    setStyle(style);
    horizontalHeader()->setStyle(style);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setAlternatingRowColors(true);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setTextElideMode(Qt::ElideMiddle);

    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setSectionsMovable(true);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(horizontalHeader(), &QWidget::customContextMenuRequested, this, &TableView::showColumnMenu);

    m_emptyLabel->setAlignment(Qt::AlignCenter);
    m_emptyLabel->setWordWrap(true);
    m_emptyLabel->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_emptyLabel->setForegroundRole(QPalette::Text);
    m_emptyLabel->hide();
    auto *layout = new QVBoxLayout(viewport());
    layout->addWidget(m_emptyLabel);
    adoptFont();
}

void TableView::setEmptyText(const QString &text)
{
    m_emptyLabel->setText(text);
    m_emptyLabel->setVisible(!text.isEmpty());
}

QString TableView::emptyText() const { return m_emptyLabel->text(); }

void TableView::setColumnWidthFor(int column, const QString &text)
{
    constexpr int Padding = 20;
    setColumnWidth(column, fontMetrics().horizontalAdvance(text) + Padding);
}

void TableView::setSelectionModel(QItemSelectionModel *selectionModel)
{
    QTableView::setSelectionModel(selectionModel);
    // A header that knows of the selection looks at every row of it whenever it is drawn.
    QItemSelectionModel *const old = m_headerSelection;
    m_headerSelection = new QItemSelectionModel(selectionModel->model(), this);
    horizontalHeader()->setSelectionModel(m_headerSelection);
    verticalHeader()->setSelectionModel(m_headerSelection);
    delete old;
    connect(
        selectionModel->model(), &QAbstractItemModel::rowsRemoved, this, &TableView::renewSelectionOfAll, Qt::UniqueConnection);
}

/// A selection model sorts at once where every row is selected, but only until rows go: then it notes each selected row by itself,
/// which takes tens of milliseconds for a million. Selecting the same rows anew brings the short way back.
void TableView::renewSelectionOfAll()
{
    const QItemSelection selection = selectionModel()->selection();
    if (selection.count() == 1 && selection.constFirst().height() == model()->rowCount())
        selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
}

void TableView::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        adoptFont();
}

void TableView::adoptFont()
{
    constexpr int Padding = 8;
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + Padding);
}

void TableView::showColumnMenu(const QPoint &position)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (int column = 0; column < model()->columnCount(); ++column) {
        QAction *action = menu->addAction(model()->headerData(column, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column));
        const bool isLast = horizontalHeader()->count() - horizontalHeader()->hiddenSectionCount() == 1;
        action->setEnabled(isColumnHidden(column) || !isLast);
        connect(action, &QAction::toggled, this, [this, column](bool on) { setColumnHidden(column, !on); });
    }
    menu->popup(horizontalHeader()->mapToGlobal(position));
}

} // namespace procession

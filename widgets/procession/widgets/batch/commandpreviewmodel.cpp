// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/batch/commandpreviewmodel.h>

#include <QtCore/QLocale>

namespace procession {

void CommandPreviewModel::setBatch(std::shared_ptr<const JobBatch> batch, BatchDraft::Kind kind)
{
    beginResetModel();
    m_batch = std::move(batch);
    m_kind = kind;
    endResetModel();
}

void CommandPreviewModel::retranslate() { Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1); }

int CommandPreviewModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_batch ? 0 : static_cast<int>(std::min<qsizetype>(m_batch->count(), MostRows));
}

int CommandPreviewModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant CommandPreviewModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (role == Qt::TextAlignmentRole && index.column() == Number)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && !(role == Qt::ToolTipRole && index.column() == Command))
        return {};
    if (index.column() == Number)
        return QLocale().toString(index.row() + 1);
    // Bytes that are no UTF-8 show as replacement characters here; the command itself keeps them.
    return QString::fromUtf8(m_batch->description(static_cast<TaskIndex>(index.row())));
}

QVariant CommandPreviewModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant((section == Number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    if (section == Number)
        return tr("#", "number of a task");
    return m_kind == BatchDraft::Kind::Function ? tr("Call", "of a function") : tr("Command");
}

} // namespace procession

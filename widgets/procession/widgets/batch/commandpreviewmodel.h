// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/widgets/batch/batchdraft.h>

#include <QtCore/QAbstractTableModel>

namespace procession {

/// The first commands or calls of a batch, exactly as they will run; each is made when it is looked at.
class CommandPreviewModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Number, Command, ColumnCount };
    static constexpr int MostRows = 1000;

    using QAbstractTableModel::QAbstractTableModel;

    /// \param batch  of that kind, or null for none
    void setBatch(std::shared_ptr<const JobBatch> batch, BatchDraft::Kind kind);
    /// The words of the headers changed.
    void retranslate();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    std::shared_ptr<const JobBatch> m_batch;
    BatchDraft::Kind m_kind = BatchDraft::Kind::Command;
};

} // namespace procession

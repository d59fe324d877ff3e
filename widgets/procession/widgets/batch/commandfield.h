// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QByteArrayList>
#include <QtWidgets/QWidget>

class QLineEdit;
class QMenu;
class QToolButton;

namespace procession {

/// The field for a command template, with a menu that explains the replacement strings and puts them in.
class CommandField : public QWidget
{
    Q_OBJECT

public:
    explicit CommandField(QWidget *parent = nullptr);

    QString command() const;
    void setCommand(const QString &command);
    /// The columns that the inputs have; they are offered by number and by name.
    void setColumns(const QByteArrayList &names);

Q_SIGNALS:
    void changed();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void fillMenu();
    void addReplacement(const QString &replacement, const QString &meaning);

    QLineEdit *m_edit;
    QToolButton *m_insert;
    QMenu *m_menu;
    QByteArrayList m_columns;
};

} // namespace procession

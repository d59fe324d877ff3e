// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtWidgets/QWidget>

class QLineEdit;
class QToolButton;

namespace procession {

/// A field for the path of a file or a folder, typed, dropped or picked.
class PathField : public QWidget
{
    Q_OBJECT

public:
    enum class Kind { File, Folder };
    explicit PathField(Kind kind, QWidget *parent = nullptr);

    QString path() const;
    /// Emits no changed().
    void setPath(const QString &path);
    void setPlaceholder(const QString &text);
    void setAccessibleTitle(const QString &title);

Q_SIGNALS:
    /// A person changed the path.
    void changed();

protected:
    void changeEvent(QEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void pick();
    void retranslate();
    void take(const QString &path);

    Kind m_kind;
    QLineEdit *m_edit;
    QToolButton *m_browse;
    bool m_setting = false;
};

} // namespace procession

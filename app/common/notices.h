// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtWidgets/QWidget>

#include <functional>
#include <map>

class QLabel;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace procession {

/// Messages above the window's content that wait for the person without being in the way: each a text, at most one thing to do
/// about it, and a way to dismiss it.
class Notices : public QWidget
{
    Q_OBJECT

public:
    explicit Notices(QWidget *parent = nullptr);

    /// Texts are asked for again when the language changes.
    struct Notice
    {
        QString key; ///< another notice with this key takes the place of the first
        std::function<QString()> text;
        std::function<QString()> actionText; ///< may be empty: nothing to do but to dismiss it
        std::function<void()> action;
        std::function<void()> dismissed = {}; ///< may be empty
    };
    void add(const Notice &notice);
    void remove(const QString &key);
    int count() const { return static_cast<int>(m_rows.size()); }

Q_SIGNALS:
    void countChanged(int count);

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Row
    {
        Notice notice;
        QWidget *frame;
        QLabel *label;
        QPushButton *button;
        QToolButton *dismiss;
    };
    Row makeRow(const Notice &notice);
    void colour(QWidget *frame);
    void retranslate(const Row &row);

    QVBoxLayout *m_layout;
    std::map<QString, Row> m_rows;
};

} // namespace procession

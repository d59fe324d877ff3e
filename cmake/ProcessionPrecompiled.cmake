# SPDX-License-Identifier: MIT
# Sets of precompiled headers. Each set is compiled once and shared by all targets that name it: making one takes
# five to ten seconds, using one saves each file two to four.

# procession_precompiled(SET USES target... HEADERS header... [OFFERED]), OFFERED as for procession_layer()
function(procession_precompiled set)
    cmake_parse_arguments(PARSE_ARGV 1 arg "OFFERED" "" "USES;HEADERS")
    set(empty "${PROJECT_BINARY_DIR}/precompiled.cpp")
    file(CONFIGURE OUTPUT "${empty}" CONTENT "// A target needs a source.\n")
    set(target "procession_precompiled_${set}")
    add_library(${target} OBJECT "${empty}")
    target_link_libraries(${target} PRIVATE procession_settings ${arg_USES})
    target_precompile_headers(${target} PRIVATE ${arg_HEADERS})
    if(arg_OFFERED)
        procession_offer(${target})
    endif()
endfunction()

# Compiles a target so that its functions can be offered to libraries of tasks.
function(procession_offer target)
    set_target_properties(${target} PROPERTIES CXX_VISIBILITY_PRESET default)
    # Nobody puts functions of his own in place of these, so the compiler may inline them.
    target_compile_options(${target} PRIVATE -fno-semantic-interposition)
endfunction()

function(procession_use_precompiled target set)
    if(PROCESSION_PRECOMPILED_HEADERS)
        target_precompile_headers(${target} REUSE_FROM procession_precompiled_${set})
    endif()
endfunction()

# What most files of a layer include. A file still includes all that it uses: `dev lint` reads it without these.
set(core_headers
    <algorithm> <chrono> <functional> <memory> <mutex> <optional> <string> <unordered_map> <vector>
    <QtCore/QByteArray> <QtCore/QByteArrayList> <QtCore/QCoreApplication> <QtCore/QDateTime> <QtCore/QDeadlineTimer>
    <QtCore/QDebug> <QtCore/QDir> <QtCore/QElapsedTimer> <QtCore/QFile> <QtCore/QFuture> <QtCore/QHash>
    <QtCore/QJsonArray> <QtCore/QJsonDocument> <QtCore/QJsonObject> <QtCore/QObject> <QtCore/QString> <QtCore/QThread>
    <QtCore/QTimer>)
# What most programs include of Procession itself: tests, examples and benchmarks.
set(program_headers <procession/pipe.h> <procession/pool.h> <procession/queue.h>)
set(widgets_headers
    <QtCore/QAbstractItemModel> <QtCore/QSettings> <QtCore/QSortFilterProxyModel> <QtGui/QAction> <QtGui/QPainter>
    <QtWidgets/QApplication> <QtWidgets/QBoxLayout> <QtWidgets/QCheckBox> <QtWidgets/QComboBox> <QtWidgets/QDialog>
    <QtWidgets/QDialogButtonBox> <QtWidgets/QDockWidget> <QtWidgets/QFileDialog> <QtWidgets/QFormLayout>
    <QtWidgets/QGridLayout> <QtWidgets/QGroupBox> <QtWidgets/QHeaderView> <QtWidgets/QLabel> <QtWidgets/QLineEdit>
    <QtWidgets/QMainWindow> <QtWidgets/QMenu> <QtWidgets/QMenuBar> <QtWidgets/QMessageBox> <QtWidgets/QPlainTextEdit>
    <QtWidgets/QProgressBar> <QtWidgets/QPushButton> <QtWidgets/QSpinBox> <QtWidgets/QSplitter> <QtWidgets/QStackedWidget>
    <QtWidgets/QStatusBar> <QtWidgets/QStyledItemDelegate> <QtWidgets/QTabWidget> <QtWidgets/QTableView>
    <QtWidgets/QToolBar> <QtWidgets/QToolButton> <QtWidgets/QTreeView>)

if(PROCESSION_PRECOMPILED_HEADERS)
    procession_precompiled(core USES Qt6::Core HEADERS ${core_headers})
    procession_precompiled(offered OFFERED USES Qt6::Core HEADERS ${core_headers})
    if(PROCESSION_BUILD_WORKBENCH)
        procession_precompiled(widgets USES Qt6::Widgets HEADERS ${core_headers} ${widgets_headers})
    endif()
endif()

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>Attach</name>
    <message>
        <source>attach: &quot;%1&quot; is no number of a process; &quot;procession attach&quot; lists what can be attached to</source>
        <translation>attach: &quot;%1&quot; 不是进程号; &quot;procession attach&quot; 会列出可以附加的程序</translation>
    </message>
    <message>
        <source>attach: --interval &quot;%1&quot; is no number of seconds above 0 and up to a day, as in --interval 0.5</source>
        <translation>attach: --interval &quot;%1&quot; 不是大于 0 且不超过一天的秒数; 例如 --interval 0.5</translation>
    </message>
    <message>
        <source>attach: --once and --interval contradict each other: give one of them</source>
        <translation>attach: --once 与 --interval 相互矛盾: 请只给出其中一个</translation>
    </message>
    <message>
        <source>attach: give one process, not %1</source>
        <translation>attach: 请给出一个进程, 而不是 %1 个</translation>
    </message>
    <message>
        <source>there is no process %1; &quot;procession attach&quot; lists what can be attached to</source>
        <translation>没有进程 %1; &quot;procession attach&quot; 会列出可以附加的程序</translation>
    </message>
    <message>
        <source>process %1 is another user&apos;s, or may not be looked into: attach as the user that runs it</source>
        <translation>进程 %1 属于其他用户, 或者不允许查看: 请以运行它的用户身份附加</translation>
    </message>
    <message>
        <source>process %1 has nothing to show: its program does not use Procession&apos;s library, or has started no process and shared nothing yet; &quot;procession attach&quot; lists what can be attached to</source>
        <translation>进程 %1 没有可显示的内容: 其程序没有使用 Procession 的库, 或者还没有启动进程、也没有共享任何东西; &quot;procession attach&quot; 会列出可以附加的程序</translation>
    </message>
    <message>
        <source>process %1 was built with another version of Procession: attach with the procession of that version</source>
        <translation>进程 %1 是用另一个版本的 Procession 构建的: 请用那个版本的 procession 附加</translation>
    </message>
    <message>
        <source>process %1 has just ended</source>
        <translation>进程 %1 刚刚结束</translation>
    </message>
    <message>
        <source>… and more lines: %1; see --once</source>
        <translation>……还有 %1 行; 参见 --once</translation>
    </message>
    <message>
        <source>The program has ended.
</source>
        <translation>程序已结束。
</translation>
    </message>
    <message>
        <source>attach: %1</source>
        <translation>attach: %1</translation>
    </message>
</context>
<context>
    <name>AttachHelp</name>
    <message>
        <source>Usage: procession attach [--json]        lists the programs that can be watched
       procession attach PID [OPTIONS]   shows a program: its processes, locks and queues, and who waits for whom

PID is the number of any process of a program of yours that uses Procession&apos;s library. Nothing in it is changed or
delayed, and it may be stopped or hang.

Options:
      --interval SECONDS  Look again after so many seconds; 1 if not given, on a terminal.
      --once              Look once. So it is where stdout is no terminal and no interval is given.
      --json              Print JSON, with times in UTC: one document, or with --interval one in each line.
  -h, --help              Show this help.

It ends when the program does. The exit status is 0, or 255 after an error.

Examples:
  procession attach
  procession attach 4711
  procession attach 4711 --json --interval 0.5
</source>
        <translation>用法: procession attach [--json]        列出可以观察的程序
      procession attach PID [选项]      显示一个程序: 它的进程、锁和队列, 以及谁在等待谁

PID 是您的某个使用 Procession 库的程序中任一进程的进程号。程序中的任何东西都不会被改变或拖慢,
即使它已停止或没有响应也可以查看。

选项:
      --interval SECONDS  每隔这么多秒重新查看; 在终端上默认为 1。
      --once              只查看一次。标准输出不是终端且没有给出间隔时也是如此。
      --json              输出 JSON, 时间为 UTC: 一个文档; 与 --interval 一起则每行一个。
  -h, --help              显示此帮助。

程序结束时它也结束。退出状态为 0, 出错后为 255。

示例:
  procession attach
  procession attach 4711
  procession attach 4711 --json --interval 0.5
</translation>
    </message>
</context>
<context>
    <name>AttachReport</name>
    <message>
        <source>Starting</source>
        <translation>启动中</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>a process that is no more</source>
        <translation>已不存在的进程</translation>
    </message>
    <message>
        <source>%1, thread %2</source>
        <translation>%1, 线程 %2</translation>
    </message>
    <message>
        <source>%1 · processes: %2 · objects: %3 · shared memory: %4
</source>
        <translation>%1 · 进程: %2 · 对象: %3 · 共享内存: %4
</translation>
    </message>
    <message>
        <source>PID</source>
        <translation>进程号</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>CPU time</source>
        <translation>CPU 时间</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>工作</translation>
    </message>
    <message>
        <source>Thread</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Held by</source>
        <translation>持有进程</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待者</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Waits for</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>已等待</translation>
    </message>
    <message>
        <source>Waits</source>
        <translation>等待情况</translation>
    </message>
    <message>
        <source>Waits for a lock whose owner has died, and nobody takes it over:</source>
        <translation>等待一个拥有者已死亡、且无人接管的锁:</translation>
    </message>
    <message>
        <source>Deadlock, certain:</source>
        <translation>死锁, 确定:</translation>
    </message>
    <message>
        <source>Deadlock, suspected, since others may release the locks or the wait may end:</source>
        <translation>疑似死锁, 因为其他线程可能释放这些锁, 或者等待可能自行结束:</translation>
    </message>
    <message>
        <source>  %1 waits for %2, %3
</source>
        <translation>  %1 等待 %2, %3
</translation>
    </message>
    <message>
        <source>No program of yours can be watched: none that runs has started a process or shared anything with the library.
</source>
        <translation>没有可以观察的程序: 正在运行的程序都没有用这个库启动进程或共享任何东西。
</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
</context>
<context>
    <name>Console</name>
    <message>
        <source>%1 (the working folder %2 has been deleted)</source>
        <translation>%1 (工作文件夹 %2 已被删除)</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>Usage: procession                opens the window
       procession run …          runs a command for many inputs: procession help run
       procession jobs …         shows what ran, and runs it again: procession help jobs
       procession attach …       watches a program: procession help attach
       procession help [VERB]    shows this, or the help of a verb
       procession version        shows the version
</source>
        <translation>用法: procession                打开窗口
      procession run …          对众多输入运行一条命令: procession help run
      procession jobs …         显示运行过什么, 并再次运行: procession help jobs
      procession attach …       观察一个程序: procession help attach
      procession help [动词]    显示本帮助, 或某个动词的帮助
      procession version        显示版本
</translation>
    </message>
    <message>
        <source>help: there is no verb &quot;%1&quot;; the verbs are run, jobs, attach, help and version</source>
        <translation>help: 没有动词 &quot;%1&quot;; 动词有 run、jobs、attach、help 和 version</translation>
    </message>
</context>
<context>
    <name>Inputs</name>
    <message>
        <source>reading inputs from the terminal, one a line, until Ctrl-D</source>
        <translation>从终端读取输入, 每行一个, 按 Ctrl-D 结束</translation>
    </message>
    <message>
        <source>cannot read inputs from stdin: %1</source>
        <translation>无法从标准输入读取输入: %1</translation>
    </message>
    <message>
        <source>cannot read inputs from %1: %2</source>
        <translation>无法从 %1 读取输入: %2</translation>
    </message>
</context>
<context>
    <name>Jobs</name>
    <message>
        <source>%1 &quot;%2&quot; is no number from 1</source>
        <translation>%1 &quot;%2&quot; 不是从 1 起的数字</translation>
    </message>
    <message>
        <source>there is no job %1 in %2; &quot;procession jobs&quot; lists those that are there</source>
        <translation>%2 中没有作业 %1; &quot;procession jobs&quot; 会列出已有的作业</translation>
    </message>
    <message>
        <source>jobs %1: give the number of a job; &quot;procession jobs&quot; lists them</source>
        <translation>jobs %1: 请给出作业编号; &quot;procession jobs&quot; 会列出作业</translation>
    </message>
    <message>
        <source>the job</source>
        <translation>作业</translation>
    </message>
    <message>
        <source>job %1 has %2 tasks: there is no task %3</source>
        <translation>作业 %1 有 %2 个任务: 没有任务 %3</translation>
    </message>
    <message>
        <source>task %1 of job %2 has not run: there is no output</source>
        <translation>作业 %2 的任务 %1 尚未运行: 没有输出</translation>
    </message>
    <message>
        <source>--output and --errors are of one task: give its number after --task</source>
        <translation>--output 和 --errors 针对一个任务: 请在 --task 之后给出其编号</translation>
    </message>
    <message>
        <source>jobs %1 runs the command and the inputs of the job: give only options after its number</source>
        <translation>jobs %1 运行该作业的命令和输入: 编号之后只能给选项</translation>
    </message>
    <message>
        <source>there is no record of jobs: %1 Give --store FILE, or set PROCESSION_STORE.</source>
        <translation>没有作业记录: %1 请给出 --store 文件, 或设置 PROCESSION_STORE。</translation>
    </message>
    <message>
        <source>this output of %1 is kept no longer; see --keep-output of &quot;procession run&quot;</source>
        <translation>%1 的这份输出已不再保留; 见 &quot;procession run&quot; 的 --keep-output</translation>
    </message>
    <message>
        <source>only the first %1 of %2 are kept</source>
        <translation>只保留了 %2 中的前 %1</translation>
    </message>
    <message>
        <source>--keep-output: %1</source>
        <translation>--keep-output: %1</translation>
    </message>
    <message>
        <source>jobs: &quot;%1&quot; is nothing that can be done; try list, show, resume, retry, remove or prune</source>
        <translation>jobs: 没有“%1”这种操作; 请试 list、show、resume、retry、remove 或 prune</translation>
    </message>
</context>
<context>
    <name>JobsHelp</name>
    <message>
        <source>Usage: procession jobs [OPTIONS]                    lists jobs, newest first
       procession jobs show ID [OPTIONS]            shows a job and its tasks
       procession jobs show ID --task N [OPTIONS]   shows a task, its attempts and their output
       procession jobs resume ID [OPTIONS]          runs what is missing of a job
       procession jobs retry ID [OPTIONS]           runs what is missing and what failed
       procession jobs remove ID…                   deletes jobs with all that is recorded of them
       procession jobs prune [OPTIONS]              removes the oldest output, and says what is kept

Options:
  -n, --limit N    List at most N jobs; 20 if not given.
      --task N     The task, from 1.
      --output     Print what the task wrote to stdout in its last attempt, byte for byte.
      --errors     Print what it wrote to stderr, byte for byte.
      --json       Print JSON, with times in UTC.
      --keep-output SIZE[,TIME]
                   prune: keep at most SIZE of output, and none that is older than TIME, as in 2G,30d; also
                   all or none. If not given: PROCESSION_KEEP_OUTPUT, or keepOutput under [store] in
                   procession/workbench.ini of the settings, or 10G,90d. It is done once a day by itself.
      --dry-run    prune: only say what would be removed.
      --store FILE The database; see also PROCESSION_STORE.
  -h, --help       Show this help.
resume and retry take the options of &quot;procession run&quot; that are about output: -k, --tag, --bar, --joblog, ….

Examples:
  procession jobs
  procession jobs show 12 --task 3 --output
  procession jobs retry 12 --bar
</source>
        <translation>用法: procession jobs [选项]                     列出作业, 最新的在前
      procession jobs show 编号 [选项]           显示一个作业及其任务
      procession jobs show 编号 --task N [选项]  显示一个任务、其各次尝试及输出
      procession jobs resume 编号 [选项]         运行作业未完成的部分
      procession jobs retry 编号 [选项]          运行未完成和失败的部分
      procession jobs remove 编号…               删除作业及其全部记录
      procession jobs prune [选项]               删除最旧的输出, 并说明保留了什么

选项:
  -n, --limit N    最多列出 N 个作业; 默认 20。
      --task N     任务, 从 1 起。
      --output     逐字节打印任务最后一次尝试写到标准输出的内容。
      --errors     逐字节打印其写到标准错误的内容。
      --json       打印 JSON, 时间为 UTC。
      --keep-output 大小[,时间]
                   prune: 最多保留“大小”的输出, 且不保留早于“时间”的, 如 2G,30d; 也可为 all 或 none。
                   未给出时: PROCESSION_KEEP_OUTPUT, 或设置文件 procession/workbench.ini 中 [store] 下的
                   keepOutput, 或 10G,90d。每天自动执行一次。
      --dry-run    prune: 只说明会删除什么。
      --store 文件 数据库; 另见 PROCESSION_STORE。
  -h, --help       显示本帮助。
resume 和 retry 接受 &quot;procession run&quot; 中与输出有关的选项: -k、--tag、--bar、--joblog …。

示例:
  procession jobs
  procession jobs show 12 --task 3 --output
  procession jobs retry 12 --bar
</translation>
    </message>
</context>
<context>
    <name>JobsReport</name>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1:%2</translation>
    </message>
    <message>
        <source>%1, %2:</source>
        <translation>%1, %2:</translation>
    </message>
    <message>
        <source>… all of it: %1</source>
        <translation>… 全部内容: %1</translation>
    </message>
    <message>
        <source>Some of it was lost: %1</source>
        <translation>其中一部分已丢失: %1</translation>
    </message>
    <message>
        <source>No job has run yet. Begin one: procession run &apos;echo {}&apos; ::: a b c
</source>
        <translation>还没有运行过作业。请开始一个: procession run &apos;echo {}&apos; ::: a b c
</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>总数</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>作业</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>each input is one</source>
        <translation>每个输入就是一条命令</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Workers</source>
        <translation>工作进程</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Task %1: %2</source>
        <translation>任务 %1:%2</translation>
    </message>
    <message>
        <source>It has not run.</source>
        <translation>尚未运行。</translation>
    </message>
    <message>
        <source>Attempt %1</source>
        <translation>第 %1 次尝试</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Worker</source>
        <translation>工作进程</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>… the rest is kept no longer.</source>
        <translation>… 其余已不再保留。</translation>
    </message>
    <message>
        <source>It wrote more than it may.</source>
        <translation>它写出的内容超过了允许的量。</translation>
    </message>
    <message>
        <source>Output kept</source>
        <translation>保留的输出</translation>
    </message>
</context>
<context>
    <name>ObjectWords</name>
    <message>
        <source>a thread that is no more</source>
        <translation>已不存在的线程</translation>
    </message>
    <message>
        <source>thread %1</source>
        <translation>线程 %1</translation>
    </message>
    <message>
        <source>free</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>its owner %1 has died</source>
        <translation>其拥有者 %1 已死亡</translation>
    </message>
    <message>
        <source>held by %1</source>
        <translation>由 %1 持有</translation>
    </message>
    <message>
        <source>%1 times</source>
        <translation>%1 次</translation>
    </message>
    <message>
        <source>taken over from one who died with it</source>
        <translation>接管自持有它时死亡的拥有者</translation>
    </message>
    <message>
        <source>abandoned so far: %1</source>
        <translation>至今被遗弃: %1</translation>
    </message>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
    <message>
        <source>messages: %1</source>
        <translation>消息: %1</translation>
    </message>
    <message>
        <source>messages: %1 of %2</source>
        <translation>消息: %1/%2</translation>
    </message>
    <message>
        <source>put: %1</source>
        <translation>放入: %1</translation>
    </message>
    <message>
        <source>taken: %1</source>
        <translation>取出: %1</translation>
    </message>
    <message>
        <source>not done: %1</source>
        <translation>未完成: %1</translation>
    </message>
    <message>
        <source>waiting to put: %1</source>
        <translation>等待放入: %1</translation>
    </message>
    <message>
        <source>waiting to get: %1</source>
        <translation>等待取出: %1</translation>
    </message>
    <message>
        <source>waiting to join: %1</source>
        <translation>等待全部完成: %1</translation>
    </message>
    <message>
        <source>put into by %1</source>
        <translation>%1 正在放入</translation>
    </message>
    <message>
        <source>taken from by %1</source>
        <translation>%1 正在取出</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 “%2”</source>
        <translation>%1 “%2”</translation>
    </message>
    <message>
        <source>%1 of %2, which has died</source>
        <translation>%2 %1 个 (已死亡)</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 %1 个</translation>
    </message>
    <message>
        <source>free: %1, at first %2</source>
        <translation>空闲: %1, 初始: %2</translation>
    </message>
    <message>
        <source>further processes: %1</source>
        <translation>其他进程: %1</translation>
    </message>
    <message>
        <source>acquired: %1</source>
        <translation>已获取: %1</translation>
    </message>
    <message>
        <source>got back from processes that died: %1</source>
        <translation>从已死亡进程收回: %1</translation>
    </message>
    <message>
        <source>; </source>
        <translation>; </translation>
    </message>
    <message>
        <source>its lock is not known</source>
        <translation>其锁未知</translation>
    </message>
    <message>
        <source>its lock: %1</source>
        <translation>其锁: %1</translation>
    </message>
    <message>
        <source>set</source>
        <translation>已设置</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>未设置</translation>
    </message>
    <message>
        <source>arrived: %1 of %2</source>
        <translation>已到达: %1/%2</translation>
    </message>
    <message>
        <source>%1, one runs the action</source>
        <translation>%1, 其中一方正在执行动作</translation>
    </message>
    <message>
        <source>passed by %1, who go</source>
        <translation>%1 方已通过, 正在离开</translation>
    </message>
    <message>
        <source>reset, for %1</source>
        <translation>正在重置, 共 %1 方</translation>
    </message>
    <message>
        <source>broken by %1, for %2</source>
        <translation>被 %1 破坏, 共 %2 方</translation>
    </message>
    <message>
        <source>items: %1</source>
        <translation>项目: %1</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>found by its name</source>
        <translation>可按名称找到</translation>
    </message>
</context>
<context>
    <name>Options</name>
    <message>
        <source>FILE</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Take inputs from the lines of FILE; - is stdin.</source>
        <translation>从“文件”的各行取得输入; - 为标准输入。</translation>
    </message>
    <message>
        <source>Inputs end with a NUL byte, as after find -print0.</source>
        <translation>输入以 NUL 字节结尾, 如 find -print0 的输出。</translation>
    </message>
    <message>
        <source>C</source>
        <translation>C</translation>
    </message>
    <message>
        <source>REGEXP</source>
        <translation>正则</translation>
    </message>
    <message>
        <source>Cut each input into columns: {1}, {2}, ….</source>
        <translation>把每个输入切成列: {1}、{2} …。</translation>
    </message>
    <message>
        <source>Inputs are CSV with quotes.</source>
        <translation>输入是带引号的 CSV。</translation>
    </message>
    <message>
        <source>:</source>
        <translation>:</translation>
    </message>
    <message>
        <source>The first input of each source names its columns: {name}.</source>
        <translation>每个来源的第一个输入给出列名: {列名}。</translation>
    </message>
    <message>
        <source>Leave out empty inputs.</source>
        <translation>略去空的输入。</translation>
    </message>
    <message>
        <source>Take each word of the command as it is: the shell gives no meaning to it.</source>
        <translation>命令的每个词按原样使用: shell 不赋予其特殊含义。</translation>
    </message>
    <message>
        <source>N</source>
        <translation>N</translation>
    </message>
    <message>
        <source>Run N tasks at a time; also +N, -N or N% of the CPUs. The default is one for each CPU, 0 is as many as possible.</source>
        <translation>同时运行 N 个任务; 也可为 CPU 数的 +N、-N 或 N%。默认每个 CPU 一个, 0 为尽可能多。</translation>
    </message>
    <message>
        <source>TIME</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Wait TIME between two starts.</source>
        <translation>两次启动之间等待“时间”。</translation>
    </message>
    <message>
        <source>Start nothing while the load average is above N, or N% of the CPUs.</source>
        <translation>平均负载高于 N 或 CPU 数的 N% 时不启动任务。</translation>
    </message>
    <message>
        <source>SIZE</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Start nothing while less than SIZE of memory is available.</source>
        <translation>可用内存少于“大小”时不启动任务。</translation>
    </message>
    <message>
        <source>Print the commands instead of running them.</source>
        <translation>只打印命令, 不运行。</translation>
    </message>
    <message>
        <source>Print output in the order of the inputs.</source>
        <translation>按输入的顺序打印输出。</translation>
    </message>
    <message>
        <source>Begin each line of output with its input and a tab.</source>
        <translation>输出的每行以其输入和一个制表符开头。</translation>
    </message>
    <message>
        <source>TEXT</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Begin each line of output with TEXT, in which {} is replaced.</source>
        <translation>输出的每行以“文本”开头, 其中的 {} 会被替换。</translation>
    </message>
    <message>
        <source>Show a progress bar on stderr.</source>
        <translation>在标准错误上显示进度条。</translation>
    </message>
    <message>
        <source>Show on stderr how many tasks run, are done, and are left.</source>
        <translation>在标准错误上显示运行、完成和剩余的任务数。</translation>
    </message>
    <message>
        <source>Show on stderr how long it will probably take.</source>
        <translation>在标准错误上显示大概还要多久。</translation>
    </message>
    <message>
        <source>FOLDER</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Write what each task prints to files in FOLDER too.</source>
        <translation>把每个任务的输出也写成“文件夹”中的文件。</translation>
    </message>
    <message>
        <source>Say nothing on stderr of tasks that could not start or ran out of time.</source>
        <translation>对无法启动或超时的任务不在标准错误上提示。</translation>
    </message>
    <message>
        <source>Try a failing task N times in all.</source>
        <translation>失败的任务总共尝试 N 次。</translation>
    </message>
    <message>
        <source>Wait TIME before the second try, and twice as long before each further one.</source>
        <translation>第二次尝试前等待“时间”, 以后每次加倍。</translation>
    </message>
    <message>
        <source>End a task that runs longer than TIME.</source>
        <translation>结束运行超过“时间”的任务。</translation>
    </message>
    <message>
        <source>From asking a task to end to killing it; 2 seconds if not given.</source>
        <translation>从请求任务结束到杀死它的时间; 未给出时为 2 秒。</translation>
    </message>
    <message>
        <source>WHEN,WHY</source>
        <translation>何时,为何</translation>
    </message>
    <message>
        <source>When to give up: now or soon, and fail=N, success=N, done=N or a percentage.</source>
        <translation>何时放弃: now 或 soon, 以及 fail=N、success=N、done=N 或百分比。</translation>
    </message>
    <message>
        <source>Go on with the newest job of the same command, or with the job log: run what is missing.</source>
        <translation>继续相同命令的最新作业或作业日志: 运行未完成的部分。</translation>
    </message>
    <message>
        <source>As --resume, and run again what failed.</source>
        <translation>同 --resume, 并重新运行失败的任务。</translation>
    </message>
    <message>
        <source>What the job is called in lists.</source>
        <translation>作业在列表中的名称。</translation>
    </message>
    <message>
        <source>Record the job in this database; see also PROCESSION_STORE.</source>
        <translation>把作业记录在这个数据库中; 另见 PROCESSION_STORE。</translation>
    </message>
    <message>
        <source>Record nothing.</source>
        <translation>不作记录。</translation>
    </message>
    <message>
        <source>NAME[=VALUE]</source>
        <translation>名称[=值]</translation>
    </message>
    <message>
        <source>Set a variable in the environment of the commands. May be repeated.</source>
        <translation>在命令的环境中设置变量。可以重复。</translation>
    </message>
    <message>
        <source>Run the commands N steps nicer than this program, 0 to 19.</source>
        <translation>以比本程序友好 N 级的优先级运行命令, 0 到 19。</translation>
    </message>
    <message>
        <source>PATH</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Let processes live on that a task leaves behind.</source>
        <translation>让任务遗留的进程继续存活。</translation>
    </message>
    <message>
        <source>Show this help.</source>
        <translation>显示本帮助。</translation>
    </message>
    <message>
        <source>Show the version.</source>
        <translation>显示版本。</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>How tasks run</source>
        <translation>任务如何运行</translation>
    </message>
    <message>
        <source>Output and progress</source>
        <translation>输出与进度</translation>
    </message>
    <message>
        <source>When tasks fail</source>
        <translation>任务失败时</translation>
    </message>
    <message>
        <source>Records, and going on later</source>
        <translation>记录与以后继续</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Run the tasks in a random order.</source>
        <translation>以随机顺序运行任务。</translation>
    </message>
    <message>
        <source>Give each command N inputs, {1} to {N}; the word around {} is repeated for each. 0 gives it none.</source>
        <translation>给每个命令 N 个输入, 即 {1} 到 {N}; {} 所在的词对每个输入重复一次。0 表示不给输入。</translation>
    </message>
    <message>
        <source>Give each command N inputs; in a word around {} they have spaces between.</source>
        <translation>给每个命令 N 个输入; 在 {} 所在的词中以空格分隔。</translation>
    </message>
    <message>
        <source>Give each command as many inputs as fit, divided among the workers; words as with -N.</source>
        <translation>给每个命令尽可能多的输入, 并分配给各工作进程; 词的处理同 -N。</translation>
    </message>
    <message>
        <source>As -X, with words as with -n.</source>
        <translation>同 -X, 但词的处理同 -n。</translation>
    </message>
    <message>
        <source>As -m, but not divided among the workers.</source>
        <translation>同 -m, 但不分配给各工作进程。</translation>
    </message>
    <message>
        <source>Make no command line longer than N bytes.</source>
        <translation>命令行不超过 N 字节。</translation>
    </message>
    <message>
        <source>Print each line when it is written, not when its task has ended.</source>
        <translation>每行写出时立即打印, 而不是等任务结束。</translation>
    </message>
    <message>
        <source>LIB:NAME</source>
        <translation>库:名称</translation>
    </message>
    <message>
        <source>Call the function NAME of the library of tasks LIB for each input, in place of a command. LIB alone lists its functions.</source>
        <translation>对每个输入调用任务库“库”中名为“名称”的函数, 以代替命令。只给出“库”则列出其函数。</translation>
    </message>
    <message>
        <source>Inputs end with the character C instead of a newline; those after ::: are cut there too.</source>
        <translation>输入以字符 C 而不是换行结尾; ::: 之后的输入也在该字符处切开。</translation>
    </message>
    <message>
        <source>End a task that writes more than SIZE; half of what is free on the disk if not given, 0 is no limit.</source>
        <translation>结束写出超过“大小”的任务; 未给出时为磁盘可用空间的一半, 0 为不限。</translation>
    </message>
    <message>
        <source>End a task whose output would leave less than SIZE free on the disk; a twentieth of the disk, at most 1G, if not given.</source>
        <translation>结束其输出会使磁盘可用空间少于“大小”的任务; 未给出时为磁盘的二十分之一, 最多 1G。</translation>
    </message>
    <message>
        <source>Write a line to FILE for each task that ended; to what is there with +FILE.</source>
        <translation>每个任务结束时向“文件”写一行; 用 +文件 则追加到已有内容之后。</translation>
    </message>
    <message>
        <source>SIZE[,TIME]</source>
        <translation>大小[,时间]</translation>
    </message>
    <message>
        <source>Once it is printed, keep only the first SIZE bytes of what each task wrote, for TIME; also all or none. See &quot;procession jobs prune&quot;.</source>
        <translation>打印之后, 每个任务写出的内容只保留前“大小”字节, 保留“时间”; 也可为 all 或 none。见 &quot;procession jobs prune&quot;。</translation>
    </message>
    <message>
        <source>Run the commands in FOLDER, which is made if it is missing.</source>
        <translation>在“文件夹”中运行命令; 不存在时会创建。</translation>
    </message>
    <message>
        <source>The shell for commands that need one; the one that started this if it is a POSIX shell, else $SHELL or /bin/sh.</source>
        <translation>需要 shell 的命令所用的 shell; 默认为启动本程序的 POSIX shell, 否则为 $SHELL 或 /bin/sh。</translation>
    </message>
</context>
<context>
    <name>ParallelNames</name>
    <message>
        <source>give each line as an input, or split the data into files and give their names</source>
        <translation>请把每行作为一个输入, 或把数据拆成文件并给出文件名</translation>
    </message>
    <message>
        <source>tasks run on this machine</source>
        <translation>任务在本机运行</translation>
    </message>
    <message>
        <source>the replacement strings are {} {.} {/} {//} {/.} {#} {%} {1} {name}</source>
        <translation>替换串有 {} {.} {/} {//} {/.} {#} {%} {1} {列名}</translation>
    </message>
    <message>
        <source>{%} is the number of the worker</source>
        <translation>{%} 是工作进程的编号</translation>
    </message>
    <message>
        <source>it holds back tasks while memory is short</source>
        <translation>它在内存不足时暂缓任务</translation>
    </message>
    <message>
        <source>it holds back tasks while the machine is busy</source>
        <translation>它在机器繁忙时暂缓任务</translation>
    </message>
    <message>
        <source>a task gets SIGTERM, and SIGKILL after that time</source>
        <translation>任务先收到 SIGTERM, 过了该时间再收到 SIGKILL</translation>
    </message>
    <message>
        <source>it runs again what failed</source>
        <translation>它重新运行失败的任务</translation>
    </message>
    <message>
        <source>it keeps what each task prints in files</source>
        <translation>它把每个任务的输出保存在文件中</translation>
    </message>
    <message>
        <source>the window shows every task while it runs</source>
        <translation>窗口会显示运行中的每个任务</translation>
    </message>
    <message>
        <source>it prints the commands</source>
        <translation>它打印命令</translation>
    </message>
    <message>
        <source>it tells the tasks apart by a text</source>
        <translation>它用一段文本区分任务</translation>
    </message>
    <message>
        <source>every job is recorded in an SQLite database</source>
        <translation>每个作业都记录在 SQLite 数据库中</translation>
    </message>
    <message>
        <source>it says how many tasks run at a time</source>
        <translation>它指定同时运行多少个任务</translation>
    </message>
    <message>
        <source>inputs follow ::: and names of files ::::</source>
        <translation>输入跟在 ::: 之后, 文件名跟在 :::: 之后</translation>
    </message>
    <message>
        <source>it cuts off white space around columns</source>
        <translation>它去掉列两端的空白</translation>
    </message>
    <message>
        <source>the first line names the columns</source>
        <translation>首行给出列名</translation>
    </message>
    <message>
        <source>cut the inputs before, with grep or sed</source>
        <translation>请事先用 grep 或 sed 裁剪输入</translation>
    </message>
    <message>
        <source>all inputs are read first, so it knows their number</source>
        <translation>所有输入先被读完, 因此已知其数目</translation>
    </message>
    <message>
        <source>the CPUs that this program may use count; nproc prints their number</source>
        <translation>以本程序可用的 CPU 为准; nproc 会打印其数目</translation>
    </message>
    <message>
        <source>a shell alias or script keeps options; the commands get the environment as it is</source>
        <translation>可用 shell 别名或脚本保存选项; 命令得到的环境保持原样</translation>
    </message>
    <message>
        <source>tasks read /dev/null; give them their input by a file name</source>
        <translation>任务读取 /dev/null; 请用文件名给它们输入</translation>
    </message>
    <message>
        <source>%1 is an option of GNU parallel that is not there; the nearest is %2</source>
        <translation>%1 是 GNU parallel 的选项, 这里没有; 最接近的是 %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1:%2</translation>
    </message>
    <message>
        <source>%1 is no option; did you mean %2?</source>
        <translation>没有选项 %1; 您是指 %2 吗?</translation>
    </message>
    <message>
        <source>%1 is no option; &quot;procession run --help&quot; lists them</source>
        <translation>没有选项 %1; &quot;procession run --help&quot; 会列出所有选项</translation>
    </message>
    <message>
        <source>a source after :::+ goes line by line with the one before it</source>
        <translation>跟在 :::+ 之后的来源与它前一个来源逐行配对</translation>
    </message>
    <message>
        <source>it takes that many lines for each command</source>
        <translation>它为每个命令取这么多行</translation>
    </message>
    <message>
        <source>a command line that would be longer is refused at once</source>
        <translation>会更长的命令行将立即被拒绝</translation>
    </message>
    <message>
        <source>it prints each line when it is written; the window shows what each task writes</source>
        <translation>它在每行写出时打印; 窗口会显示每个任务写出的内容</translation>
    </message>
</context>
<context>
    <name>PoolWords</name>
    <message>
        <source>open</source>
        <translation>开放</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>terminated</source>
        <translation>已终止</translation>
    </message>
    <message>
        <source>given up: its workers cannot be started</source>
        <translation>已放弃：无法启动其工作进程</translation>
    </message>
    <message>
        <source>a function</source>
        <translation>某个函数</translation>
    </message>
    <message>
        <source>%1, item %2 of %3</source>
        <translation>%1, 第 %2 项, 共 %3 项</translation>
    </message>
    <message>
        <source>%1, items %2 to %3 of %4</source>
        <translation>%1, 第 %2 至 %3 项, 共 %4 项</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 %1 个</translation>
    </message>
    <message>
        <source>done: %1</source>
        <translation>已完成：%1</translation>
    </message>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
    <message>
        <source>starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>tasks that end before they can be shown</source>
        <translation>任务结束得太快, 来不及显示</translation>
    </message>
    <message>
        <source>idle</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>its initializer runs</source>
        <translation>正在运行初始化函数</translation>
    </message>
    <message>
        <source>workers: %1 of %2</source>
        <translation>工作进程：%1 / %2</translation>
    </message>
    <message>
        <source>waiting: %1</source>
        <translation>等待中：%1</translation>
    </message>
    <message>
        <source>failed: %1</source>
        <translation>失败：%1</translation>
    </message>
    <message>
        <source>tried again: %1</source>
        <translation>已重试：%1</translation>
    </message>
    <message>
        <source>workers replaced: %1</source>
        <translation>已替换的工作进程：%1</translation>
    </message>
    <message>
        <source>%1 worker %2</source>
        <translation>%1 工作进程 %2</translation>
    </message>
    <message>
        <source>a pool&apos;s</source>
        <translation>某个进程池的</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>has died</source>
        <translation>已死亡</translation>
    </message>
    <message>
        <source>leaves</source>
        <translation>即将退出</translation>
    </message>
    <message>
        <source>tasks ended: %1</source>
        <translation>已结束的任务：%1</translation>
    </message>
    <message>
        <source>; </source>
        <translation>; </translation>
    </message>
</context>
<context>
    <name>Preparation</name>
    <message>
        <source>no earlier job can be gone on with: %1 Give --store FILE, or --resume with --joblog FILE.</source>
        <translation>没有可以继续的作业: %1 请给出 --store 文件, 或同时给出 --resume 与 --joblog 文件。</translation>
    </message>
    <message>
        <source>this job is not recorded: %1 Give --store FILE to record it, or --no-store.</source>
        <translation>本作业不作记录: %1 请给出 --store 文件以作记录, 或给出 --no-store。</translation>
    </message>
</context>
<context>
    <name>Printer</name>
    <message>
        <source>task %1 could not start: %2: %3</source>
        <translation>任务 %1 无法启动: %2: %3</translation>
    </message>
    <message>
        <source>task %1 ran longer than %2 and was ended: %3</source>
        <translation>任务 %1 运行超过 %2, 已被结束: %3</translation>
    </message>
    <message>
        <source>task %1 wrote more than %2 and was ended: %3</source>
        <translation>任务 %1 写出超过 %2, 已被结束: %3</translation>
    </message>
    <message>
        <source>--output-limit SIZE lets it write more. Printed is the beginning of what it wrote.</source>
        <translation>用 --output-limit 大小 可允许写出更多。已打印的是其输出的开头部分。</translation>
    </message>
    <message>
        <source>the output of task %1 could not be kept, and it failed: %2: %3</source>
        <translation>任务 %1 的输出无法保存, 任务失败: %2: %3</translation>
    </message>
    <message>
        <source>Make room, or set the room to keep by --diskfree SIZE. Printed is the beginning of what it wrote.</source>
        <translation>请腾出空间, 或用 --diskfree 大小 设定要保留的空间。已打印的是其输出的开头部分。</translation>
    </message>
    <message>
        <source>%1 (the working folder %2 has been deleted)</source>
        <translation>%1 (工作文件夹 %2 已被删除)</translation>
    </message>
    <message>
        <source>the interpreter of the program was not found</source>
        <translation>未找到该程序的解释器</translation>
    </message>
</context>
<context>
    <name>Progress</name>
    <message>
        <source>%1/%2</source>
        <translation>%1/%2</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1 失败</translation>
    </message>
    <message>
        <source>%1 running</source>
        <translation>%1 运行中</translation>
    </message>
    <message>
        <source>held back</source>
        <translation>暂缓</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/秒</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>用时 %1</translation>
    </message>
    <message>
        <source>%1/%2+</source>
        <comment>ended, and tasks so far: more may come</comment>
        <translation>%1/%2+</translation>
    </message>
    <message>
        <source>%1 stopped</source>
        <translation>%1 个已停止</translation>
    </message>
    <message>
        <source>time left unknown</source>
        <translation>剩余时间未知</translation>
    </message>
</context>
<context>
    <name>Run</name>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
</context>
<context>
    <name>RunHelp</name>
    <message>
        <source>Usage: procession run [OPTIONS] [COMMAND] [::: INPUTS…] [:::: FILES…]
Runs COMMAND for each input, several at a time. It reads like GNU parallel.

Inputs follow :::, are the lines of files that follow ::::, or are read from stdin. Of several sources
each combination is run; a source after :::+ or ::::+ goes line by line with the one before it.
Without COMMAND the inputs are the commands.

In COMMAND these are replaced, and quoted so that any file name stays what it is:
  {}  the input          {.}  without extension     {/}   without folder
  {//} its folder        {/.} only the name         {1} {2} {name}  a column
  {#} the task&apos;s number  {%}  the worker&apos;s number
</source>
        <translation>用法: procession run [选项] [命令] [::: 输入…] [:::: 文件…]
对每个输入运行“命令”, 同时运行多个。写法与 GNU parallel 相同。

输入跟在 ::: 之后, 或是 :::: 之后各文件的行, 或从标准输入读取。有多个来源时
运行每种组合; :::+ 或 ::::+ 之后的来源与它前一个来源逐行配对。
不给“命令”时, 输入就是命令。

“命令”中的以下写法会被替换, 并加上引号, 使任何文件名都保持原样:
  {}  输入               {.}  去掉扩展名            {/}   去掉文件夹
  {//} 所在文件夹        {/.} 只有名称              {1} {2} {列名}  一列
  {#} 任务编号           {%}  工作进程编号
</translation>
    </message>
    <message>
        <source>
TIME is in seconds or with units: 30, 1.5, 500ms, 2m, 1h30m. SIZE is like 512M or 4G.

Exit status: 0 when all tasks succeeded, the number of tasks that failed, 101 for more than 100; 255 for
other errors; 130, 143 or 129 when Ctrl-C, SIGTERM or SIGHUP ended the job. With --halt fail=1 it is that
of the task that failed, with a percentage the part of the tasks that failed; 0 when success=N was reached.

Ctrl-C, SIGTERM and SIGHUP ask the tasks to end, and kill them after --kill-grace; a second one kills them
at once. SIGUSR1 lets running tasks finish and starts no more. Ctrl-Z stops the tasks too, fg lets them go
on. What was stopped goes on with --resume. Tasks have no terminal: /dev/tty cannot be opened.

Examples:
  procession run gzip -9k ::: *.log              compress every log file
  procession run &apos;convert {} {.}.png&apos; ::: *.jpg  replace the extension
  find . -name &apos;*.c&apos; -print0 | procession run -0 wc -l
  procession run -C, --header : &apos;curl -o {name} {url}&apos; :::: list.csv
  procession run -k --tag ping -c1 {1}.{2} ::: 10.0.0 10.0.1 ::: 1 2 3
  procession run --timeout 1h --retries 3 --bar ./simulate {} :::: seeds
  procession run --function imagetasks:thumbnail ::: *.png ::: small ::: 128
  procession run --resume ./simulate :::: seeds  go on where it stopped
  procession jobs                                what ran, and how it ended
</source>
        <translation>
“时间”以秒为单位, 或带单位: 30、1.5、500ms、2m、1h30m。“大小”形如 512M 或 4G。

退出状态: 所有任务成功时为 0, 否则为失败的任务数, 超过 100 时为 101; 其他错误时
为 255; Ctrl-C、SIGTERM 或 SIGHUP 结束作业时为 130、143 或 129。用 --halt fail=1 时
为失败任务的退出状态, 用百分比时为失败任务的百分比; 达到 success=N 时为 0。

Ctrl-C、SIGTERM 和 SIGHUP 请求任务结束, 并在 --kill-grace 之后杀死它们; 第二次则立即
杀死。SIGUSR1 让运行中的任务完成且不再启动新任务。Ctrl-Z 也暂停任务, fg 让它们继续。
停下的作业可用 --resume 继续。任务没有终端: 无法打开 /dev/tty。

示例:
  procession run gzip -9k ::: *.log              压缩每个日志文件
  procession run &apos;convert {} {.}.png&apos; ::: *.jpg  替换扩展名
  find . -name &apos;*.c&apos; -print0 | procession run -0 wc -l
  procession run -C, --header : &apos;curl -o {name} {url}&apos; :::: list.csv
  procession run -k --tag ping -c1 {1}.{2} ::: 10.0.0 10.0.1 ::: 1 2 3
  procession run --timeout 1h --retries 3 --bar ./simulate {} :::: seeds
  procession run --function imagetasks:thumbnail ::: *.png ::: small ::: 128
  procession run --resume ./simulate :::: seeds  从停下的地方继续
  procession jobs                                运行过什么, 结果如何
</translation>
    </message>
</context>
<context>
    <name>RunWords</name>
    <message>
        <source>--%1: %2</source>
        <translation>--%1: %2</translation>
    </message>
    <message>
        <source>--%1 %2: %3</source>
        <translation>--%1 %2: %3</translation>
    </message>
    <message>
        <source>give a whole number from %1 to %2</source>
        <translation>请给出 %1 到 %2 的整数</translation>
    </message>
    <message>
        <source>give &quot;:&quot;, which takes the first input of each source for the names</source>
        <translation>请给出 &quot;:&quot;, 即以每个来源的第一个输入为列名</translation>
    </message>
    <message>
        <source>give a load average like 4, or a part of the CPUs like 80%</source>
        <translation>请给出平均负载, 例如 4, 或 CPU 数的百分比, 例如 80%</translation>
    </message>
    <message>
        <source>give a time like 30, 1.5m or 2h; percentages are not there</source>
        <translation>请给出时间, 例如 30、1.5m 或 2h; 不支持百分比</translation>
    </message>
    <message>
        <source>give NAME=VALUE, or NAME for its present value</source>
        <translation>请给出 名称=值, 或只给名称以用其当前值</translation>
    </message>
    <message>
        <source>this variable is not set; give NAME=VALUE</source>
        <translation>此变量未设置; 请给出 名称=值</translation>
    </message>
    <message>
        <source>there is no such program; give the path of a POSIX shell</source>
        <translation>没有这个程序; 请给出 POSIX shell 的路径</translation>
    </message>
    <message>
        <source>give a folder; &quot;procession jobs show --json&quot; lists results in one text</source>
        <translation>请给出文件夹; &quot;procession jobs show --json&quot; 会以一个文本列出结果</translation>
    </message>
    <message>
        <source>give a folder; replacement strings mean nothing in its name</source>
        <translation>请给出文件夹; 其名称中的替换串不起作用</translation>
    </message>
    <message>
        <source>--store and --no-store contradict each other: give one of them</source>
        <translation>--store 与 --no-store 互相矛盾: 请只给其一</translation>
    </message>
    <message>
        <source>--resume needs a record of what was done: leave out --no-store, or give --joblog FILE</source>
        <translation>--resume 需要已做事项的记录: 请去掉 --no-store, 或给出 --joblog 文件</translation>
    </message>
    <message>
        <source>-X, -m, --xargs, -s and -N 0 need a command that takes the inputs: give one before :::</source>
        <translation>-X、-m、--xargs、-s 和 -N 0 需要一个接收输入的命令: 请在 ::: 之前给出</translation>
    </message>
    <message>
        <source>give LIBRARY:FUNCTION, or LIBRARY alone to see what it has</source>
        <translation>请给出“库:函数”, 或只给出“库”以查看其中的函数</translation>
    </message>
    <message>
        <source>--function runs in place of a command: leave out &quot;%1&quot;, or give it as an input after :::</source>
        <translation>--function 代替命令运行: 请去掉 &quot;%1&quot;, 或把它作为 ::: 之后的输入</translation>
    </message>
    <message>
        <source>this means nothing with --function, which starts no command: leave it out</source>
        <translation>与 --function 同用时没有意义, 因为它不启动命令: 请去掉</translation>
    </message>
    <message>
        <source>give one character, or \0, \n, \r, \t or its number in octal</source>
        <translation>请给出一个字符, 或 \0、\n、\r、\t, 或其八进制编号</translation>
    </message>
    <message>
        <source>give the name of a folder; mktemp -d makes one that is new</source>
        <translation>请给出文件夹名; mktemp -d 可创建新的文件夹</translation>
    </message>
    <message>
        <source>all tasks run in one folder; begin the command with mkdir -p {} &amp;&amp; cd {} &amp;&amp; for one to each</source>
        <translation>所有任务在同一个文件夹中运行; 若要各用一个, 请以 mkdir -p {} &amp;&amp; cd {} &amp;&amp; 开头</translation>
    </message>
    <message>
        <source>the present folder %1 has been deleted; give a path that begins with /</source>
        <translation>当前文件夹 %1 已被删除; 请给出以 / 开头的路径</translation>
    </message>
    <message>
        <source>give the name of a file; among the output it could not be read again</source>
        <translation>请给出文件名; 混在输出中就无法再读取</translation>
    </message>
    <message>
        <source>give the name of the file after the +</source>
        <translation>请在 + 之后给出文件名</translation>
    </message>
    <message>
        <source>There is no home folder, since HOME is not set.</source>
        <translation>没有主文件夹, 因为未设置 HOME。</translation>
    </message>
    <message>
        <source>HOME is %1, which is no home folder.</source>
        <translation>HOME 为 %1, 不是主文件夹。</translation>
    </message>
</context>
<context>
    <name>StoreKeeping</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>any number of bytes</source>
        <translation>不限字节数</translation>
    </message>
    <message>
        <source>at most %1</source>
        <translation>最多 %1</translation>
    </message>
    <message>
        <source>%1, for %2</source>
        <translation>%1, 保留 %2</translation>
    </message>
    <message numerus="yes">
        <source>The stored output of %n jobs would be removed: %1.</source>
        <translation>
            <numerusform>将删除 %n 个作业的已存输出: %1。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The stored output of %n jobs was removed: %1.</source>
        <translation>
            <numerusform>已删除 %n 个作业的已存输出: %1。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Output of %n jobs is kept: %1 (%2).</source>
        <translation>
            <numerusform>保留了 %n 个作业的输出: %1 (%2)。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VerbOptions</name>
    <message>
        <source>%1: %2 See procession %1 --help.</source>
        <translation>%1: %2 请看 procession %1 --help。</translation>
    </message>
    <message>
        <source>%1: %2 is no option; see procession %1 --help</source>
        <translation>%1: 没有选项 %2; 请看 procession %1 --help</translation>
    </message>
    <message>
        <source>%1: %2 is no option; did you mean %3?</source>
        <translation>%1: 没有选项 %2; 您是指 %3 吗?</translation>
    </message>
</context>
<context>
    <name>VerbText</name>
    <message>
        <source>there is no display for the window to open on; &quot;procession run&quot; needs none</source>
        <translation>没有可供窗口打开的显示器; &quot;procession run&quot; 不需要显示器</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no verb; the verbs are run, jobs, attach, help and version</source>
        <translation>&quot;%1&quot; 不是动词; 动词有 run、jobs、attach、help 和 version</translation>
    </message>
</context>
<context>
    <name>Verbs</name>
    <message>
        <source>Procession %1
</source>
        <translation>Procession %1
</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>the window is a program of its own, and it could not be started: %1</source>
        <translation>窗口是单独的程序，无法启动：%1</translation>
    </message>
</context>
<context>
    <name>procession::AttemptFacts</name>
    <message>
        <source>State:</source>
        <translation>状态：</translation>
    </message>
    <message>
        <source>Exit:</source>
        <translation>退出：</translation>
    </message>
    <message>
        <source>Cause:</source>
        <translation>原因：</translation>
    </message>
    <message>
        <source>Worker:</source>
        <translation>工作进程：</translation>
    </message>
    <message>
        <source>PID:</source>
        <translation>PID:</translation>
    </message>
    <message>
        <source>Started:</source>
        <translation>开始：</translation>
    </message>
    <message>
        <source>Duration:</source>
        <translation>用时：</translation>
    </message>
    <message>
        <source>CPU time:</source>
        <translation>CPU 时间：</translation>
    </message>
    <message>
        <source>Peak memory:</source>
        <translation>内存峰值：</translation>
    </message>
    <message>
        <source>Attempts:</source>
        <translation>尝试次数：</translation>
    </message>
    <message>
        <source>Arguments:</source>
        <translation>参数：</translation>
    </message>
    <message>
        <source>Left behind:</source>
        <translation>遗留：</translation>
    </message>
    <message>
        <source>worker-%1</source>
        <translation>工作进程-%1</translation>
    </message>
    <message>
        <source>processes of its group outlived it</source>
        <translation>其进程组中有进程在它结束后仍然存活</translation>
    </message>
</context>
<context>
    <name>procession::BatchOptionsPage</name>
    <message>
        <source>&amp;Workers:</source>
        <translation>工作进程数(&amp;W)：</translation>
    </message>
    <message>
        <source>&amp;Time limit of a task:</source>
        <translation>单个任务时限(&amp;T)：</translation>
    </message>
    <message>
        <source>&amp;Retries of a failed task:</source>
        <translation>失败任务重试次数(&amp;R)：</translation>
    </message>
    <message>
        <source>&amp;Pause before the first retry:</source>
        <translation>首次重试前等待(&amp;P)：</translation>
    </message>
    <message>
        <source>Pause between two &amp;starts:</source>
        <translation>两次启动的间隔(&amp;S)：</translation>
    </message>
    <message>
        <source>&amp;Give up:</source>
        <translation>放弃(&amp;G)：</translation>
    </message>
    <message>
        <source>Wait while &amp;load is above:</source>
        <translation>负载高于此值时等待(&amp;L)：</translation>
    </message>
    <message>
        <source>Wait while free &amp;memory is below:</source>
        <translation>可用内存低于此值时等待(&amp;M)：</translation>
    </message>
    <message>
        <source>&amp;Niceness:</source>
        <translation>友好值(&amp;N)：</translation>
    </message>
    <message>
        <source>Working &amp;folder:</source>
        <translation>工作文件夹(&amp;F)：</translation>
    </message>
    <message>
        <source>Save res&amp;ults in:</source>
        <translation>结果保存到(&amp;U)：</translation>
    </message>
    <message>
        <source>&amp;Environment:</source>
        <translation>环境变量(&amp;E)：</translation>
    </message>
    <message>
        <source>How it runs</source>
        <translation>如何运行</translation>
    </message>
    <message>
        <source>When to give up or wait</source>
        <translation>何时放弃或等待</translation>
    </message>
    <message>
        <source>Where it runs</source>
        <translation>在何处运行</translation>
    </message>
    <message>
        <source>How many tasks run at the same time</source>
        <translation>同时运行的任务数</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Doubled before each further retry</source>
        <translation>以后每次重试前加倍</translation>
    </message>
    <message>
        <source> s</source>
        <comment>seconds</comment>
        <translation> 秒</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>The load average of this machine over the last minute</source>
        <translation>本机最近一分钟的平均负载</translation>
    </message>
    <message>
        <source> MiB</source>
        <translation> MiB</translation>
    </message>
    <message>
        <source>The higher, the more the tasks let other programs go first</source>
        <translation>值越高，任务越让其他程序优先</translation>
    </message>
    <message>
        <source>Working folder</source>
        <translation>工作文件夹</translation>
    </message>
    <message>
        <source>Save results in</source>
        <translation>结果保存到</translation>
    </message>
    <message>
        <source>In the job history only</source>
        <translation>只保存在作业历史中</translation>
    </message>
    <message>
        <source>NAME=value, one a line; NAME alone takes a variable away</source>
        <translation>名称=值，每行一个；只写名称则去掉该变量</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>start no more tasks</source>
        <translation>不再启动任务</translation>
    </message>
    <message>
        <source>end the running tasks too</source>
        <translation>同时结束运行中的任务</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>succeeded</source>
        <translation>成功</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>tasks</source>
        <translation>个任务</translation>
    </message>
    <message>
        <source>% of all tasks</source>
        <translation>% 的任务</translation>
    </message>
    <message>
        <source>&amp;As soon as:</source>
        <translation>条件(&amp;A)：</translation>
    </message>
    <message>
        <source>Number of tasks</source>
        <translation>任务数</translation>
    </message>
    <message>
        <source>Tasks or percent</source>
        <translation>任务数或百分比</translation>
    </message>
    <message>
        <source>Which tasks are counted</source>
        <translation>统计哪些任务</translation>
    </message>
</context>
<context>
    <name>procession::ClosingQuestion</name>
    <message>
        <source>Close Procession</source>
        <translation>关闭 Procession</translation>
    </message>
    <message>
        <source>Jobs are still running. What is left of them is kept, and can run another time.</source>
        <translation>还有作业在运行。未完成的部分会保留，可以下次再运行。</translation>
    </message>
    <message>
        <source>&amp;Stop Them and Close</source>
        <translation>停止并关闭(&amp;S)</translation>
    </message>
    <message>
        <source>Close When Running Tasks &amp;End</source>
        <translation>运行中的任务结束后关闭(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Do Not Close</source>
        <translation>不关闭(&amp;D)</translation>
    </message>
</context>
<context>
    <name>procession::CommandField</name>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>For example: gzip -k9 {}</source>
        <translation>例如：gzip -k9 {}</translation>
    </message>
    <message>
        <source>Insert</source>
        <translation>插入</translation>
    </message>
    <message>
        <source>What stands for the input of each task</source>
        <translation>代表每个任务输入的写法</translation>
    </message>
    <message>
        <source>Insert a replacement string</source>
        <translation>插入替换串</translation>
    </message>
    <message>
        <source>the input, for example photos/cat.jpg</source>
        <translation>输入本身，例如 photos/cat.jpg</translation>
    </message>
    <message>
        <source>without its extension: photos/cat</source>
        <translation>去掉扩展名：photos/cat</translation>
    </message>
    <message>
        <source>without its folder: cat.jpg</source>
        <translation>去掉文件夹：cat.jpg</translation>
    </message>
    <message>
        <source>its folder: photos</source>
        <translation>所在文件夹：photos</translation>
    </message>
    <message>
        <source>without folder and extension: cat</source>
        <translation>去掉文件夹和扩展名：cat</translation>
    </message>
    <message>
        <source>the number of the task</source>
        <translation>任务编号</translation>
    </message>
    <message>
        <source>the number of the worker</source>
        <translation>工作进程编号</translation>
    </message>
    <message>
        <source>column %1</source>
        <translation>第 %1 列</translation>
    </message>
    <message>
        <source>column %1, %2</source>
        <translation>第 %1 列，%2</translation>
    </message>
</context>
<context>
    <name>procession::CommandPreviewModel</name>
    <message>
        <source>#</source>
        <comment>number of a task</comment>
        <translation>#</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Call</source>
        <comment>of a function</comment>
        <translation>调用</translation>
    </message>
</context>
<context>
    <name>procession::DisplayText</name>
    <message>
        <source>%1 s</source>
        <comment>seconds</comment>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 d %2</source>
        <comment>days and time</comment>
        <translation>%1 天 %2</translation>
    </message>
    <message>
        <source>%1%</source>
        <comment>percentage</comment>
        <translation>%1%</translation>
    </message>
    <message>
        <source>%1+</source>
        <comment>tasks so far: more may come</comment>
        <translation>%1+</translation>
    </message>
</context>
<context>
    <name>procession::DraftProblemText</name>
    <message>
        <source>The folder %1 does not exist. Create it, or choose another.</source>
        <translation>文件夹 %1 不存在。请创建它，或另选一个。</translation>
    </message>
    <message>
        <source>“%1” names no variable. Write NAME=value.</source>
        <translation>“%1”没有变量名。请写成 名称=值。</translation>
    </message>
    <message>
        <source>No folder is chosen. Type, drop or choose the folder whose files are the inputs.</source>
        <translation>尚未选择文件夹。请输入、拖入或选择一个文件夹，其中的文件就是输入。</translation>
    </message>
    <message>
        <source>No file is chosen. Type, drop or choose the file that has the inputs.</source>
        <translation>尚未选择文件。请输入、拖入或选择包含输入的文件。</translation>
    </message>
    <message>
        <source>No file in %1 matches “%2”. Change the pattern, or include the subfolders.</source>
        <translation>%1 中没有与“%2”匹配的文件。请修改匹配模式，或包含子文件夹。</translation>
    </message>
    <message>
        <source>The file %1 does not exist. Choose another.</source>
        <translation>文件 %1 不存在。请另选一个。</translation>
    </message>
    <message>
        <source>There is no library of tasks yet. Add one by its file, or put it into one of these folders: %1</source>
        <translation>还没有任务库。请添加其文件，或将其放入这些文件夹之一：%1</translation>
    </message>
    <message numerus="yes">
        <source>The inputs have %Ln column(s), but the function is %1. Give as many columns as it has arguments: combine with more inputs, or take columns of a CSV file.</source>
        <translation>
            <numerusform>输入有 %Ln 列，而函数是 %1。列数须与其参数一样多：请与更多输入组合，或使用 CSV 文件的列。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>procession::ErrorText</name>
    <message>
        <source>The command is empty. Write a program to run, as in: gzip {}</source>
        <translation>命令为空。请写上要运行的程序，例如：gzip {}</translation>
    </message>
    <message>
        <source>A quotation mark or backslash in the command is not closed. Add its other half.</source>
        <translation>命令中有引号或反斜杠没有配对。请补上另一半。</translation>
    </message>
    <message>
        <source>A parenthesis or brace in the command is not closed. Add its other half.</source>
        <translation>命令中有括号没有配对。请补上另一半。</translation>
    </message>
    <message>
        <source>%1 names a column that the inputs do not have: they have %2.</source>
        <translation>%1 指的列在输入中不存在：输入有 %2。</translation>
    </message>
    <message>
        <source>A command or an input has a NUL byte, which no command can have. Split the inputs there.</source>
        <translation>命令或输入中含有 NUL 字节，任何命令都不能含有它。请在该处拆分输入。</translation>
    </message>
    <message>
        <source>“%1” is no number, but %2 stands in arithmetic, where only numbers can.</source>
        <translation>“%1”不是数字，而 %2 位于算术式中，那里只能是数字。</translation>
    </message>
    <message>
        <source>Inputs cannot be put right inside back-quotes. Write $( ) in their place.</source>
        <translation>反引号内无法正确放入输入。请改用 $( )。</translation>
    </message>
    <message>
        <source>Inputs cannot be put right with a here-document (&lt;&lt;). Write printf &apos;%s\n&apos; {} | … in its place.</source>
        <translation>here 文档(&lt;&lt;)中无法正确放入输入。请改用 printf &apos;%s\n&apos; {} | …。</translation>
    </message>
    <message>
        <source>Inputs cannot be put right inside $&apos;…&apos;. Use single or double quotes.</source>
        <translation>$&apos;…&apos; 内无法正确放入输入。请使用单引号或双引号。</translation>
    </message>
    <message>
        <source>Inputs cannot be put right inside ${ }. Put them into a variable first.</source>
        <translation>${ } 内无法正确放入输入。请先存入变量。</translation>
    </message>
    <message>
        <source>This arithmetic is understood differently by different shells. Write $(( )).</source>
        <translation>不同的 shell 对这个算术式理解不同。请写成 $(( ))。</translation>
    </message>
    <message>
        <source>An input stands in a comment, where it has no effect.</source>
        <translation>输入位于注释中，不起作用。</translation>
    </message>
    <message>
        <source>“case” inside $( ) hides where it ends. Put it into a script.</source>
        <translation>$( ) 内的“case”使其结尾难以判断。请把它放进脚本。</translation>
    </message>
    <message>
        <source>{= =} with Perl inside is not supported. Use $( ) with sed or another program.</source>
        <translation>不支持含 Perl 的 {= =}。请用 $( ) 配合 sed 或其他程序。</translation>
    </message>
    <message>
        <source>“%1” is no rule to give a job up. Write one as in: never, now,fail=1 or soon,fail=10%.</source>
        <translation>“%1”不是放弃作业的规则。请写成例如：never、now,fail=1 或 soon,fail=10%。</translation>
    </message>
    <message>
        <source>These are too many inputs: a job has at most %2 tasks. Split them.</source>
        <translation>输入太多：一个作业最多有 %2 个任务。请拆分输入。</translation>
    </message>
    <message>
        <source>The inputs have too many columns: at most %2 are possible.</source>
        <translation>输入的列太多：最多 %2 列。</translation>
    </message>
    <message>
        <source>The stored inputs are damaged. Start the batch again with its inputs.</source>
        <translation>保存的输入已损坏。请带上输入重新开始该批处理。</translation>
    </message>
    <message>
        <source>The inputs cannot be read: %2</source>
        <translation>无法读取输入：%2</translation>
    </message>
    <message>
        <source>“%1” cannot separate columns. Give one character for CSV, otherwise a regular expression. %2</source>
        <translation>“%1”不能用来分列。CSV 请给一个字符，否则请给一个正则表达式。%2</translation>
    </message>
    <message>
        <source>A quotation mark in line %1 of the CSV is wrong. Write one inside of quotes twice.</source>
        <translation>CSV 第 %1 行的引号有误。引号之内的引号请写两次。</translation>
    </message>
    <message>
        <source>“%1” is no number for a range. Write one like 7, -3 or 0.25, with at most 9 digits on each side.</source>
        <translation>“%1”不能作为范围的数字。请写成 7、-3 或 0.25 这样，小数点两边最多各 9 位。</translation>
    </message>
    <message>
        <source>In steps of %1 the range does not come to its end. Give another step.</source>
        <translation>以 %1 为步长到不了范围的终点。请换一个步长。</translation>
    </message>
    <message>
        <source>“%1” is no time. Write seconds, or units as in 500ms, 2m, 1h30m or 1d.</source>
        <translation>“%1”不是时间。请写秒数，或带单位，例如 500ms、2m、1h30m 或 1d。</translation>
    </message>
    <message>
        <source>“%1” is no time limit. Write seconds, units as in 500ms or 2m, or a part of the usual time as in 200%.</source>
        <translation>“%1”不是时限。请写秒数，或带单位，例如 500ms、2m,或通常用时的百分比，例如 200%。</translation>
    </message>
    <message>
        <source>“%1” is no number of workers. Write a number, +N or -N from the number of processors, or a part of it as in 50%.</source>
        <translation>“%1”不是工作进程数。请写一个数字、相对处理器数的 +N 或 -N,或其百分比，例如 50%。</translation>
    </message>
    <message>
        <source>“%1” is no size. Write bytes, perhaps with a unit, as in 512M or 1G.</source>
        <translation>“%1”不是大小。请写字节数，可带单位，例如 512M 或 1G。</translation>
    </message>
    <message>
        <source>The description of the batch is damaged: %1 is missing or wrong.</source>
        <translation>批处理的描述已损坏：%1 缺失或有误。</translation>
    </message>
    <message>
        <source>Line %1 of the job log is wrong. Mend or remove it.</source>
        <translation>作业日志第 %1 行有误。请修正或删除它。</translation>
    </message>
    <message>
        <source>%1 is no job log. Give another file.</source>
        <translation>%1 不是作业日志。请换一个文件。</translation>
    </message>
    <message>
        <source>There is no job %1 in %2.</source>
        <translation>%2 中没有作业 %1。</translation>
    </message>
    <message>
        <source>An earlier job can only be continued with the database that recorded it.</source>
        <translation>以前的作业只能用记录它的数据库继续。</translation>
    </message>
    <message>
        <source>The database %1 cannot be read or written. Look at the permissions of the file and its folder.</source>
        <translation>无法读写数据库 %1。请检查该文件及其文件夹的权限。</translation>
    </message>
    <message>
        <source>There is no space left for the database %1. Make room.</source>
        <translation>没有空间留给数据库 %1。请腾出空间。</translation>
    </message>
    <message>
        <source>The disk reported an error with the database %1.</source>
        <translation>磁盘报告数据库 %1 出错。</translation>
    </message>
    <message>
        <source>Another program held the database %1 for too long. Try again.</source>
        <translation>另一个程序占用数据库 %1 太久。请重试。</translation>
    </message>
    <message>
        <source>The database %1 is damaged. Move it away to begin a new one.</source>
        <translation>数据库 %1 已损坏。请把它移走，以便新建一个。</translation>
    </message>
    <message>
        <source>A newer version of this program made the database %1. Use that version.</source>
        <translation>数据库 %1 由本程序的较新版本建立。请使用那个版本。</translation>
    </message>
    <message>
        <source>Process %1 runs this job. Wait for it, or end it.</source>
        <translation>进程 %1 正在运行此作业。请等待它，或结束它。</translation>
    </message>
    <message>
        <source>Another program runs this job. Wait for it, or end it.</source>
        <translation>另一个程序正在运行此作业。请等待它，或结束它。</translation>
    </message>
    <message>
        <source>The database %1 does not have this job any more.</source>
        <translation>数据库 %1 中已没有此作业。</translation>
    </message>
    <message>
        <source>An error of this program: %1</source>
        <translation>本程序的错误：%1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>what it is about, and the system&apos;s reason</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>With the input “%1” alone the command has more than %2 bytes. Put long inputs into files, or raise the limit.</source>
        <translation>仅输入“%1”就使命令超过 %2 字节。请将较长的输入放入文件，或提高该限制。</translation>
    </message>
    <message>
        <source>There is no function “%1” in this program. Those that there are: %2.</source>
        <translation>此程序中没有函数“%1”。现有的函数: %2。</translation>
    </message>
    <message>
        <source>Each input has %1 columns, and the function is %2. Give it as many as it has parameters.</source>
        <translation>每个输入有 %1 列, 而函数是 %2。请给出与其参数一样多的列。</translation>
    </message>
    <message>
        <source>There is no library of tasks %1. Give its path, or put it into one of the folders that are looked at: %2.</source>
        <translation>没有任务库 %1。请给出其路径, 或将其放入会查找的文件夹之一: %2。</translation>
    </message>
    <message>
        <source>There is no file %1. Build that library of tasks, or give another path.</source>
        <translation>没有文件 %1。请构建该任务库, 或给出其他路径。</translation>
    </message>
    <message>
        <source>The library of tasks %1 cannot be read: %2</source>
        <translation>无法读取任务库 %1: %2</translation>
    </message>
    <message>
        <source>%1 is no library of tasks. Give one that procession_add_tasks() of CMake has made.</source>
        <translation>%1 不是任务库。请给出由 CMake 的 procession_add_tasks() 生成的库。</translation>
    </message>
    <message>
        <source>The library of tasks %1 was built for another version of this program: %2. Build it anew for this one.</source>
        <translation>任务库 %1 是为此程序的另一版本构建的: %2。请为此版本重新构建。</translation>
    </message>
    <message>
        <source>The library of tasks %1 cannot be loaded: %2 Install what it needs, or build it anew for this program.</source>
        <translation>无法加载任务库 %1: %2 请安装其所需的库, 或为此程序重新构建。</translation>
    </message>
    <message>
        <source>The library of tasks %1 has no function. Name its functions by PROCESSION_REGISTER_TASK().</source>
        <translation>任务库 %1 没有函数。请用 PROCESSION_REGISTER_TASK() 指明其函数。</translation>
    </message>
    <message>
        <source>There is no function %1. That library of tasks has: %2.</source>
        <translation>没有函数 %1。该任务库有: %2。</translation>
    </message>
    <message>
        <source>An input is longer than %2 bytes. Separate the inputs by newlines, or by another character with -0 or -d.</source>
        <translation>有一个输入超过 %2 字节。请以换行分隔各输入, 或用 -0 或 -d 指定其他分隔字符。</translation>
    </message>
    <message>
        <source>No thread could be started for %1: %2. Raise the limit: see ulimit -u.</source>
        <translation>无法为%1启动线程: %2。请提高限制: 参见 ulimit -u。</translation>
    </message>
    <message>
        <source>%1. Raise the limit: see ulimit -n.</source>
        <translation>%1。请提高限制: 参见 ulimit -n。</translation>
    </message>
    <message>
        <source>The database %1 is on a file system without locks. Choose a file on another one.</source>
        <translation>数据库 %1 所在的文件系统没有文件锁。请选择另一个文件系统上的文件。</translation>
    </message>
    <message>
        <source>%1 is a file of another program, not a database of jobs. Choose another file.</source>
        <translation>%1 是其他程序的文件，不是作业数据库。请换一个文件。</translation>
    </message>
</context>
<context>
    <name>procession::FilesPage</name>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Files can be dropped here</source>
        <translation>可以把文件拖到这里</translation>
    </message>
    <message>
        <source>&amp;Add files…</source>
        <translation>添加文件(&amp;A)…</translation>
    </message>
    <message>
        <source>R&amp;emove</source>
        <translation>移除(&amp;E)</translation>
    </message>
    <message>
        <source>Choose files</source>
        <translation>选择文件</translation>
    </message>
</context>
<context>
    <name>procession::FolderPage</name>
    <message>
        <source>&amp;Folder:</source>
        <translation>文件夹(&amp;F)：</translation>
    </message>
    <message>
        <source>&amp;Pattern:</source>
        <translation>匹配模式(&amp;P)：</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Type, drop or choose a folder</source>
        <translation>输入、拖入或选择一个文件夹</translation>
    </message>
    <message>
        <source>Which file names match: * stands for any text, ? for one character.
Several patterns are separated by spaces, for example: *.jpg *.png</source>
        <translation>匹配哪些文件名：* 代表任意文本，? 代表一个字符。
多个模式用空格分开，例如：*.jpg *.png</translation>
    </message>
    <message>
        <source>And its &amp;subfolders</source>
        <translation>包括子文件夹(&amp;S)</translation>
    </message>
</context>
<context>
    <name>procession::FunctionField</name>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>text or bytes</source>
        <translation>文本或字节</translation>
    </message>
    <message>
        <source>whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>number</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true 或 false</translation>
    </message>
    <message>
        <source>Choose a library of tasks</source>
        <translation>选择任务库</translation>
    </message>
    <message>
        <source>Libraries of tasks (*.so)</source>
        <translation>任务库 (*.so)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>It takes no arguments.</source>
        <translation>它没有参数。</translation>
    </message>
    <message numerus="yes">
        <source>It takes %Ln argument(s), one from each column of the inputs: %1</source>
        <translation>
            <numerusform>它有 %Ln 个参数，依次取自输入的各列：%1</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <comment>between the types of arguments</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>Library of tasks</source>
        <translation>任务库</translation>
    </message>
    <message>
        <source>no library</source>
        <translation>没有任务库</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>no function</source>
        <translation>没有函数</translation>
    </message>
    <message>
        <source>A&amp;dd library…</source>
        <translation>添加任务库(&amp;D)…</translation>
    </message>
    <message>
        <source>Choose the file of a library of tasks, as procession_add_tasks() of CMake makes them</source>
        <translation>选择任务库的文件，即由 CMake 的 procession_add_tasks() 生成的文件</translation>
    </message>
</context>
<context>
    <name>procession::InputsPage</name>
    <message>
        <source>Every combination is a task; {1}, {2}, … are the columns of all inputs in this order.</source>
        <translation>每种组合是一个任务；{1}、{2}…… 依次是所有输入的列。</translation>
    </message>
    <message>
        <source>Com&amp;bine with more inputs</source>
        <translation>与更多输入组合(&amp;B)</translation>
    </message>
</context>
<context>
    <name>procession::JobActions</name>
    <message>
        <source>&amp;Pause</source>
        <translation>暂停(&amp;P)</translation>
    </message>
    <message>
        <source>Start no more tasks for now; running ones go on</source>
        <translation>暂时不再启动任务；运行中的继续</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>继续(&amp;R)</translation>
    </message>
    <message>
        <source>Start tasks again</source>
        <translation>重新开始启动任务</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>停止(&amp;S)</translation>
    </message>
    <message>
        <source>Let the running tasks finish, start no more</source>
        <translation>让运行中的任务完成，不再启动新任务</translation>
    </message>
    <message>
        <source>&amp;Finish Running Tasks, Then Stop</source>
        <translation>等运行中的任务完成后停止(&amp;F)</translation>
    </message>
    <message>
        <source>Stop and &amp;Terminate Running Tasks</source>
        <translation>停止并终止运行中的任务(&amp;T)</translation>
    </message>
    <message>
        <source>Stop and &amp;Kill Running Tasks</source>
        <translation>停止并杀死运行中的任务(&amp;K)</translation>
    </message>
    <message>
        <source>Retry Fai&amp;led</source>
        <translation>重试失败的(&amp;L)</translation>
    </message>
    <message>
        <source>Run every task again that failed, was cancelled or got lost</source>
        <translation>重新运行所有失败、已取消或丢失的任务</translation>
    </message>
    <message>
        <source>&amp;One Worker More</source>
        <translation>增加一个工作进程(&amp;O)</translation>
    </message>
    <message>
        <source>One &amp;Worker Fewer</source>
        <translation>减少一个工作进程(&amp;W)</translation>
    </message>
    <message>
        <source>How many tasks run at the same time</source>
        <translation>同时运行的任务数</translation>
    </message>
    <message>
        <source>Number of workers</source>
        <translation>工作进程数</translation>
    </message>
    <message>
        <source>Pause</source>
        <comment>button</comment>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Resume</source>
        <comment>button</comment>
        <translation>继续</translation>
    </message>
    <message>
        <source>Stop</source>
        <comment>button</comment>
        <translation>停止</translation>
    </message>
    <message>
        <source>Retry Failed</source>
        <comment>button</comment>
        <translation>重试失败的</translation>
    </message>
</context>
<context>
    <name>procession::JobHeader</name>
    <message>
        <source>%1 / %2</source>
        <comment>ended and all tasks</comment>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1 个失败</translation>
    </message>
    <message>
        <source>%1 tasks/s</source>
        <translation>每秒 %1 个任务</translation>
    </message>
    <message>
        <source>%1, about %2 left</source>
        <comment>elapsed and remaining time</comment>
        <translation>%1，约剩 %2</translation>
    </message>
    <message>
        <source>No job</source>
        <translation>没有作业</translation>
    </message>
    <message>
        <source>Waiting: the system is busy or short of memory</source>
        <translation>等待中：系统繁忙或内存不足</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message numerus="yes">
        <source>Paused; %n tasks still run</source>
        <translation>
            <numerusform>已暂停；还有 %n 个任务在运行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Given up by the halt rule; waiting for %n tasks</source>
        <translation>
            <numerusform>已按放弃规则中止；正在等待 %n 个任务</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stopping; waiting for %n tasks</source>
        <translation>
            <numerusform>正在停止；等待 %n 个任务</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Running: %1 of %n workers busy</source>
        <translation>
            <numerusform>运行中：%n 个工作进程中有 %1 个忙碌</numerusform>
        </translation>
    </message>
    <message>
        <source>Given up by the halt rule</source>
        <translation>已按放弃规则中止</translation>
    </message>
    <message>
        <source>Finished with failures</source>
        <translation>已结束，有失败</translation>
    </message>
    <message>
        <source>Finished; some tasks were cancelled</source>
        <translation>已结束；有任务被取消</translation>
    </message>
    <message>
        <source>Finished: all is well</source>
        <translation>已结束：一切正常</translation>
    </message>
</context>
<context>
    <name>procession::JobPage</name>
    <message>
        <source>Workers</source>
        <translation>工作进程</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Backlog</source>
        <translation>待处理</translation>
    </message>
    <message>
        <source>What each worker does now</source>
        <translation>每个工作进程现在做什么</translation>
    </message>
    <message>
        <source>Every task and how it went</source>
        <translation>每个任务及其结果</translation>
    </message>
    <message>
        <source>How many tasks wait and run, over time</source>
        <translation>等待和运行的任务数随时间的变化</translation>
    </message>
</context>
<context>
    <name>procession::LinesPage</name>
    <message>
        <source>&amp;File:</source>
        <translation>文件(&amp;F)：</translation>
    </message>
    <message>
        <source>File with one input a line</source>
        <translation>每行一个输入的文件</translation>
    </message>
    <message>
        <source>Type, drop or choose a file with one input a line</source>
        <translation>输入、拖入或选择一个每行一个输入的文件</translation>
    </message>
</context>
<context>
    <name>procession::MainWindow</name>
    <message>
        <source>The job “%1” was interrupted; what is missing of it can still run.</source>
        <translation>作业“%1”曾被中断；未完成的部分仍可运行。</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Remove from the History</source>
        <translation>从历史中删除</translation>
    </message>
    <message>
        <source>Remove “%1” with the output of all its tasks from the history? This cannot be undone.</source>
        <translation>从历史中删除“%1”及其所有任务的输出吗？此操作无法撤销。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>About Procession</source>
        <translation>关于 Procession</translation>
    </message>
    <message>
        <source>Procession %1
A workbench for parallel jobs.
Free software under the GNU General Public License, version 3 or later.</source>
        <translation>Procession %1
并行作业工作台。
按 GNU 通用公共许可证第 3 版或更新版本发布的自由软件。</translation>
    </message>
    <message>
        <source>Procession</source>
        <translation>Procession</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Jobs and settings are gone when this window closes: %1</source>
        <translation>关闭此窗口后, 作业和设置将丢失: %1</translation>
    </message>
</context>
<context>
    <name>procession::NewBatchDialog</name>
    <message>
        <source>Reading the inputs…</source>
        <translation>正在读取输入…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln task(s). The first commands, exactly as they will run:</source>
        <translation>
            <numerusform>%Ln 个任务。最前面的命令，与实际运行的完全一致：</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln task(s). The commands, exactly as they will run:</source>
        <translation>
            <numerusform>%Ln 个任务。命令与实际运行的完全一致：</numerusform>
        </translation>
    </message>
    <message>
        <source>Type a command to see what will run.</source>
        <translation>输入命令，即可看到将要运行什么。</translation>
    </message>
    <message>
        <source>Nothing can run yet: see the remarks in red above.</source>
        <translation>还不能运行：请看上面的红色提示。</translation>
    </message>
    <message>
        <source>There are no inputs yet, so nothing will run.</source>
        <translation>还没有输入，所以什么都不会运行。</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>名称(&amp;N)：</translation>
    </message>
    <message>
        <source>&amp;Command:</source>
        <translation>命令(&amp;C)：</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>运行(&amp;R)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message numerus="yes">
        <source>%Ln task(s). The first calls, exactly as they will be made:</source>
        <translation>
            <numerusform>%Ln 个任务。前面一些调用，与实际进行的完全一致：</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln task(s). The calls, exactly as they will be made:</source>
        <translation>
            <numerusform>%Ln 个任务。调用与实际进行的完全一致：</numerusform>
        </translation>
    </message>
    <message>
        <source>New Batch</source>
        <translation>新建批处理</translation>
    </message>
    <message>
        <source>&amp;Kind:</source>
        <translation>类型(&amp;K)：</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Run a program for each input</source>
        <translation>对每个输入运行一个程序</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>Call a function of a library of tasks with each input</source>
        <translation>用每个输入调用任务库中的一个函数</translation>
    </message>
    <message>
        <source>Functi&amp;on:</source>
        <translation>函数(&amp;O)：</translation>
    </message>
    <message>
        <source>Preview of what will run</source>
        <translation>运行内容预览</translation>
    </message>
</context>
<context>
    <name>procession::Notices</name>
    <message>
        <source>Dismiss</source>
        <translation>忽略</translation>
    </message>
</context>
<context>
    <name>procession::NumbersPage</name>
    <message>
        <source>&amp;From:</source>
        <translation>从(&amp;F)：</translation>
    </message>
    <message>
        <source>&amp;To:</source>
        <translation>到(&amp;T)：</translation>
    </message>
    <message>
        <source>&amp;Step:</source>
        <translation>步长(&amp;S)：</translation>
    </message>
</context>
<context>
    <name>procession::OutcomeBar</name>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>state and count</comment>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>procession::OutputPane</name>
    <message>
        <source>Open file</source>
        <translation>打开文件</translation>
    </message>
    <message>
        <source>Open the whole output in the program that your desktop has for it</source>
        <translation>用桌面关联的程序打开全部输出</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Save the whole output, byte for byte</source>
        <translation>逐字节保存全部输出</translation>
    </message>
    <message>
        <source>⋯ %1 left out here: open the file to see all ⋯</source>
        <translation>⋯ 此处省略 %1：打开文件可看全部 ⋯</translation>
    </message>
    <message>
        <source>the first and the last part of %1</source>
        <translation>%1 的开头和结尾</translation>
    </message>
    <message>
        <source>not all of it could be kept: %1</source>
        <translation>未能全部保留：%1</translation>
    </message>
    <message>
        <source>the file cannot be read: %1</source>
        <translation>无法读取文件：%1</translation>
    </message>
    <message>
        <source>Save output</source>
        <translation>保存输出</translation>
    </message>
    <message>
        <source>output.txt</source>
        <translation>输出.txt</translation>
    </message>
    <message>
        <source>saved as %1</source>
        <translation>已保存为 %1</translation>
    </message>
    <message>
        <source>not saved: %1</source>
        <translation>未保存：%1</translation>
    </message>
</context>
<context>
    <name>procession::PathField</name>
    <message>
        <source>Choose a folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>浏览…</translation>
    </message>
</context>
<context>
    <name>procession::DepthChart</name>
    <message>
        <source>Backlog</source>
        <translation>待处理任务</translation>
    </message>
    <message>
        <source>1 minute</source>
        <translation>1 分钟</translation>
    </message>
    <message>
        <source>10 minutes</source>
        <translation>10 分钟</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>time since the start (h:min:s)</source>
        <translation>开始以来的时间(时：分：秒)</translation>
    </message>
    <message>
        <source>queued (tasks)</source>
        <translation>排队(任务数)</translation>
    </message>
    <message>
        <source>running (tasks)</source>
        <translation>运行(任务数)</translation>
    </message>
    <message>
        <source>Backlog over time</source>
        <translation>待处理任务随时间的变化</translation>
    </message>
    <message>
        <source>%1 queued</source>
        <translation>%1 个排队</translation>
    </message>
    <message>
        <source>%1 running</source>
        <translation>%1 个运行中</translation>
    </message>
</context>
<context>
    <name>procession::RunSession</name>
    <message>
        <source>the end of this job could not be recorded in %1: what it printed is right, but --resume will run those tasks again</source>
        <translation>这个作业的结尾无法记录到 %1: 已打印的内容是正确的, 但 --resume 会再次运行那些任务</translation>
    </message>
    <message>
        <source>running tasks are stopped, and time-outs stand; fg (SIGCONT) lets them go on</source>
        <translation>运行中的任务已暂停, 超时计时也已停止; fg (SIGCONT) 让它们继续</translation>
    </message>
    <message>
        <source>task %1 has been stopped; kill -CONT -%2 lets it go on</source>
        <translation>任务 %1 已被停止; kill -CONT -%2 让它继续</translation>
    </message>
</context>
<context>
    <name>procession::RunSignals</name>
    <message>
        <source>%1: no other task is started, running ones may finish; SIGTERM or Ctrl-C ends them</source>
        <translation>%1: 不再启动新任务, 运行中的任务可以完成; SIGTERM 或 Ctrl-C 会结束它们</translation>
    </message>
    <message>
        <source>%1: running tasks are asked to end, and killed after %2; Ctrl-C again kills them at once</source>
        <translation>%1: 请求运行中的任务结束, %2 后杀死; 再按 Ctrl-C 立即杀死</translation>
    </message>
    <message>
        <source>%1: running tasks are asked to end, and killed after %2; a second %1 kills them at once</source>
        <translation>%1: 请求运行中的任务结束, %2 后杀死; 第二个 %1 立即杀死</translation>
    </message>
    <message>
        <source>%1: running tasks are killed; a third one ends this program at once</source>
        <translation>%1: 杀死运行中的任务; 第三个立即结束本程序</translation>
    </message>
</context>
<context>
    <name>procession::SampleRun</name>
    <message numerus="yes">
        <source>Running “%1” in %Ln worker(s), beginning with: %2</source>
        <translation>
            <numerusform>正在用 %Ln 个工作进程运行“%1”,第一条命令:%2</numerusform>
        </translation>
    </message>
    <message>
        <source>  %1 of %2 tasks ended, %3 of them failed</source>
        <translation>  %2 个任务中有 %1 个已结束,其中 %3 个失败</translation>
    </message>
    <message>
        <source>The screenshot %1 could not be written.</source>
        <translation>无法写入截图 %1。</translation>
    </message>
    <message>
        <source>Done in %1.</source>
        <translation>用时 %1 完成。</translation>
    </message>
</context>
<context>
    <name>procession::Samples</name>
    <message>
        <source>Checksums of header files</source>
        <translation>头文件校验和</translation>
    </message>
    <message>
        <source>sha256sum of every file in /usr/include/linux</source>
        <translation>对 /usr/include/linux 中的每个文件运行 sha256sum</translation>
    </message>
    <message>
        <source>Checksums</source>
        <translation>校验和</translation>
    </message>
    <message>
        <source>How small do they get?</source>
        <translation>能压到多小？</translation>
    </message>
    <message>
        <source>Compresses every system header and counts the bytes</source>
        <translation>压缩每个系统头文件并统计字节数</translation>
    </message>
    <message>
        <source>Compressed sizes</source>
        <translation>压缩后大小</translation>
    </message>
    <message>
        <source>Troubles</source>
        <translation>麻烦</translation>
    </message>
    <message>
        <source>Slow, failing and hanging tasks</source>
        <translation>缓慢、失败和挂起的任务</translation>
    </message>
    <message>
        <source>Try to kill the one that hangs, and to retry the failed ones</source>
        <translation>试着杀死挂起的任务，再重试失败的任务</translation>
    </message>
    <message>
        <source>Checksums by a function</source>
        <translation>用函数计算校验和</translation>
    </message>
    <message>
        <source>The same in C++: calls of a library of tasks, in worker processes that stay</source>
        <translation>同样的工作用 C++ 完成：在常驻的工作进程中调用任务库</translation>
    </message>
</context>
<context>
    <name>procession::SessionsModel</name>
    <message>
        <source>This workbench</source>
        <translation>本工作台</translation>
    </message>
    <message>
        <source>Recent jobs</source>
        <translation>最近的作业</translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1, %2 of %3 tasks done</source>
        <translation>%1，已完成 %2 / %3 个任务</translation>
    </message>
</context>
<context>
    <name>procession::SessionsView</name>
    <message>
        <source>Sessions</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>继续(&amp;R)</translation>
    </message>
    <message>
        <source>Run what was not begun or not finished</source>
        <translation>运行尚未开始或尚未完成的部分</translation>
    </message>
    <message>
        <source>Run Again What Is Not &amp;Done</source>
        <translation>重新运行未完成的(&amp;D)</translation>
    </message>
    <message>
        <source>Remove from the &amp;History…</source>
        <translation>从历史中删除(&amp;H)…</translation>
    </message>
</context>
<context>
    <name>procession::Shots</name>
    <message>
        <source>The folder %1 cannot be made.</source>
        <translation>无法创建文件夹 %1。</translation>
    </message>
    <message>
        <source>Thumbnails</source>
        <translation>缩略图</translation>
    </message>
    <message>
        <source>Waited in vain for the view “%1”.</source>
        <translation>没有等到视图“%1”。</translation>
    </message>
    <message>
        <source>Wrote %1</source>
        <translation>已写入 %1</translation>
    </message>
    <message>
        <source>Could not write %1</source>
        <translation>无法写入 %1</translation>
    </message>
</context>
<context>
    <name>procession::SourceEditor</name>
    <message>
        <source>&amp;Inputs:</source>
        <translation>输入(&amp;I)：</translation>
    </message>
    <message>
        <source>Inputs &amp;%1:</source>
        <translation>输入 &amp;%1:</translation>
    </message>
    <message>
        <source>Files in a folder</source>
        <translation>文件夹中的文件</translation>
    </message>
    <message>
        <source>Picked files</source>
        <translation>挑选的文件</translation>
    </message>
    <message>
        <source>Lines of a file</source>
        <translation>文件的各行</translation>
    </message>
    <message>
        <source>Columns of a CSV file</source>
        <translation>CSV 文件的各列</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>Typed list</source>
        <translation>手工列表</translation>
    </message>
    <message>
        <source>Kind of inputs</source>
        <translation>输入类型</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Remove these inputs</source>
        <translation>移除这些输入</translation>
    </message>
</context>
<context>
    <name>procession::StartPage</name>
    <message>
        <source>%1
%2, %3 of %4 done, %5</source>
        <comment>name, state, numbers of tasks, time</comment>
        <translation>%1
%2，已完成 %3 / %4，%5</translation>
    </message>
    <message>
        <source>Procession</source>
        <translation>Procession</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Try a sample</source>
        <translation>试试示例</translation>
    </message>
    <message>
        <source>Recent jobs</source>
        <translation>最近的作业</translation>
    </message>
    <message>
        <source>Jobs that you run are kept here, with the output of every task.</source>
        <translation>您运行的作业连同每个任务的输出都保存在这里。</translation>
    </message>
    <message>
        <source>Run a command or a function for each of many inputs, watch every worker, and step in where one goes wrong.</source>
        <translation>对众多输入逐一运行同一条命令或同一个函数，观察每个工作进程，并在出错处随时介入。</translation>
    </message>
    <message>
        <source>New batch</source>
        <translation>新建批处理</translation>
    </message>
    <message>
        <source>A command or a function, a set of inputs, and a preview of exactly what will run</source>
        <translation>一条命令或一个函数、一组输入，以及实际运行内容的预览</translation>
    </message>
</context>
<context>
    <name>procession::StateChips</name>
    <message>
        <source>%1 %2</source>
        <comment>state and count</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Show only tasks of the chosen states</source>
        <translation>只显示所选状态的任务</translation>
    </message>
</context>
<context>
    <name>procession::StateText</name>
    <message>
        <source>command not found</source>
        <translation>找不到命令</translation>
    </message>
    <message>
        <source>permission denied</source>
        <translation>没有权限</translation>
    </message>
    <message>
        <source>not a program</source>
        <translation>不是程序</translation>
    </message>
    <message>
        <source>command too long</source>
        <translation>命令太长</translation>
    </message>
    <message>
        <source>too many processes</source>
        <translation>进程太多</translation>
    </message>
    <message>
        <source>too many open files</source>
        <translation>打开的文件太多</translation>
    </message>
    <message>
        <source>out of memory</source>
        <translation>内存不足</translation>
    </message>
    <message>
        <source>not started: %1</source>
        <translation>未启动：%1</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>排队</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>丢失</translation>
    </message>
    <message>
        <source>Ready</source>
        <comment>job</comment>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Running</source>
        <comment>job</comment>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Paused</source>
        <comment>job</comment>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Stopping</source>
        <comment>job</comment>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>Finished</source>
        <comment>job</comment>
        <translation>已结束</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <comment>job</comment>
        <translation>已中断</translation>
    </message>
    <message>
        <source>idle</source>
        <comment>worker</comment>
        <translation>空闲</translation>
    </message>
    <message>
        <source>busy</source>
        <comment>worker</comment>
        <translation>忙碌</translation>
    </message>
    <message>
        <source>suspended</source>
        <comment>worker</comment>
        <translation>已挂起</translation>
    </message>
    <message>
        <source>ending</source>
        <comment>worker</comment>
        <translation>正在结束</translation>
    </message>
    <message>
        <source>retired</source>
        <comment>worker</comment>
        <translation>已退出</translation>
    </message>
    <message>
        <source>ended by itself</source>
        <translation>自行结束</translation>
    </message>
    <message>
        <source>timed out</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>ended by you</source>
        <translation>被您结束</translation>
    </message>
    <message>
        <source>ended by the halt rule</source>
        <translation>按放弃规则结束</translation>
    </message>
    <message>
        <source>ended when the job was stopped</source>
        <translation>作业停止时结束</translation>
    </message>
    <message>
        <source>exit code %1</source>
        <translation>退出码 %1</translation>
    </message>
    <message>
        <source>killed by %1, core dumped</source>
        <translation>被 %1 杀死，已转储核心</translation>
    </message>
    <message>
        <source>killed by %1</source>
        <translation>被 %1 杀死</translation>
    </message>
    <message>
        <source>lost</source>
        <comment>exit status</comment>
        <translation>丢失</translation>
    </message>
    <message>
        <source>stopped</source>
        <comment>worker</comment>
        <translation>已停止</translation>
    </message>
    <message>
        <source>ended for its output, which was too much or could not be kept</source>
        <translation>因输出过多或无法保存而被结束</translation>
    </message>
    <message>
        <source>too much output</source>
        <translation>输出过多</translation>
    </message>
    <message>
        <source>Stopped</source>
        <comment>job</comment>
        <translation>已停止</translation>
    </message>
</context>
<context>
    <name>procession::StatusFigures</name>
    <message>
        <source>%1 workers busy, %2 idle</source>
        <translation>%1 个工作进程忙碌，%2 个空闲</translation>
    </message>
    <message>
        <source>No job runs</source>
        <translation>没有作业在运行</translation>
    </message>
    <message>
        <source>CPU %1</source>
        <translation>CPU %1</translation>
    </message>
    <message>
        <source>What the running tasks use; 100% is one processor</source>
        <translation>运行中的任务所用；100% 为一个处理器</translation>
    </message>
    <message>
        <source>Memory %1</source>
        <translation>内存 %1</translation>
    </message>
    <message>
        <source>What the running tasks use</source>
        <translation>运行中的任务所用</translation>
    </message>
    <message>
        <source>Backlog %1</source>
        <translation>待处理 %1</translation>
    </message>
    <message>
        <source>Tasks that wait for a worker</source>
        <translation>等待工作进程的任务</translation>
    </message>
    <message numerus="yes">
        <source>%Ln notice(s)</source>
        <translation>
            <numerusform>%Ln 条通知</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>procession::TablePage</name>
    <message>
        <source>&amp;File:</source>
        <translation>文件(&amp;F)：</translation>
    </message>
    <message>
        <source>CSV file</source>
        <translation>CSV 文件</translation>
    </message>
    <message>
        <source>Type, drop or choose a CSV file</source>
        <translation>输入、拖入或选择一个 CSV 文件</translation>
    </message>
    <message>
        <source>Se&amp;parator:</source>
        <translation>分隔符(&amp;P)：</translation>
    </message>
    <message>
        <source>Comma ,</source>
        <translation>逗号 ,</translation>
    </message>
    <message>
        <source>Semicolon ;</source>
        <translation>分号 ;</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>制表符</translation>
    </message>
    <message>
        <source>Bar |</source>
        <translation>竖线 |</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>The first line &amp;names the columns</source>
        <translation>首行是列名(&amp;N)</translation>
    </message>
    <message>
        <source>The command can then say {name} for the column of that name</source>
        <translation>命令中即可用 {列名} 表示该列</translation>
    </message>
</context>
<context>
    <name>procession::TaskDetails</name>
    <message>
        <source>Select a task to see its command, its output and how it ended.</source>
        <translation>选择一个任务，查看其命令、输出和结果。</translation>
    </message>
    <message>
        <source>Output (stdout)</source>
        <translation>输出(stdout)</translation>
    </message>
    <message>
        <source>Errors (stderr)</source>
        <translation>错误(stderr)</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Attempt</source>
        <translation>尝试</translation>
    </message>
    <message>
        <source>Task %1: %2</source>
        <translation>任务 %1：%2</translation>
    </message>
    <message>
        <source>Attempt %1: %2</source>
        <translation>第 %1 次尝试：%2</translation>
    </message>
    <message>
        <source>Attempt %1: running</source>
        <translation>第 %1 次尝试：运行中</translation>
    </message>
    <message>
        <source>Nothing written yet.</source>
        <translation>还没有输出。</translation>
    </message>
    <message>
        <source>It has not run yet.</source>
        <translation>尚未运行。</translation>
    </message>
    <message>
        <source>It wrote nothing.</source>
        <translation>没有输出。</translation>
    </message>
    <message>
        <source>The output cannot be read: %1</source>
        <translation>无法读取输出：%1</translation>
    </message>
</context>
<context>
    <name>procession::TaskModel</name>
    <message>
        <source>worker-%1</source>
        <translation>工作进程-%1</translation>
    </message>
    <message>
        <source>#</source>
        <comment>number of a task</comment>
        <translation>#</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Worker</source>
        <translation>工作进程</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Exit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>尝试次数</translation>
    </message>
</context>
<context>
    <name>procession::TaskView</name>
    <message>
        <source>worker-%1</source>
        <translation>工作进程-%1</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>尝试次数</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
    <message>
        <source>Take the selected tasks out of the queue, and end those that run</source>
        <translation>把所选任务移出队列，并结束其中正在运行的</translation>
    </message>
    <message>
        <source>&amp;Terminate</source>
        <translation>终止(&amp;T)</translation>
    </message>
    <message>
        <source>Ask the selected running tasks to end (SIGTERM)</source>
        <translation>请求所选运行中的任务结束(SIGTERM)</translation>
    </message>
    <message>
        <source>&amp;Kill</source>
        <translation>杀死(&amp;K)</translation>
    </message>
    <message>
        <source>End the selected running tasks at once (SIGKILL)</source>
        <translation>立即结束所选运行中的任务(SIGKILL)</translation>
    </message>
    <message>
        <source>&amp;Suspend</source>
        <translation>挂起(&amp;S)</translation>
    </message>
    <message>
        <source>Make the selected running tasks stand still (SIGSTOP)</source>
        <translation>使所选运行中的任务暂停不动(SIGSTOP)</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>继续(&amp;R)</translation>
    </message>
    <message>
        <source>Let the selected suspended tasks go on (SIGCONT)</source>
        <translation>让所选挂起的任务继续(SIGCONT)</translation>
    </message>
    <message>
        <source>Re&amp;try</source>
        <translation>重试(&amp;T)</translation>
    </message>
    <message>
        <source>Put the selected tasks that have ended back into the queue</source>
        <translation>把所选已结束的任务放回队列</translation>
    </message>
    <message>
        <source>C&amp;opy command</source>
        <translation>复制命令(&amp;O)</translation>
    </message>
    <message>
        <source>Copy the commands of the selected tasks</source>
        <translation>复制所选任务的命令</translation>
    </message>
    <message>
        <source>Filter tasks</source>
        <translation>筛选任务</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Show the tasks of all workers again</source>
        <translation>重新显示所有工作进程的任务</translation>
    </message>
    <message>
        <source>%1 of %2 shown</source>
        <translation>显示 %1 / %2</translation>
    </message>
    <message>
        <source>No job is shown.</source>
        <translation>没有显示作业。</translation>
    </message>
    <message>
        <source>This job has no tasks.</source>
        <translation>此作业没有任务。</translation>
    </message>
    <message>
        <source>No task matches the filter.</source>
        <translation>没有任务符合筛选条件。</translation>
    </message>
</context>
<context>
    <name>procession::TypedPage</name>
    <message>
        <source>Inputs, one a line</source>
        <translation>输入，每行一个</translation>
    </message>
    <message>
        <source>One input a line</source>
        <translation>每行一个输入</translation>
    </message>
</context>
<context>
    <name>procession::WindowActions</name>
    <message>
        <source>New Job</source>
        <translation>新建作业</translation>
    </message>
    <message>
        <source>&amp;Start Page</source>
        <translation>起始页(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Close Job</source>
        <translation>关闭作业(&amp;C)</translation>
    </message>
    <message>
        <source>Take a finished job out of the window; it stays in the history</source>
        <translation>把已结束的作业从窗口移走；它仍保留在历史中</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Find Tasks</source>
        <translation>查找任务(&amp;F)</translation>
    </message>
    <message>
        <source>Task &amp;Details</source>
        <translation>任务详情(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;About Procession</source>
        <translation>关于 Procession(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Workers</source>
        <translation>工作进程(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Tasks</source>
        <translation>任务(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Backlog</source>
        <translation>待处理(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;System</source>
        <translation>跟随系统(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>深色(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;New Batch…</source>
        <translation>新建批处理(&amp;N)…</translation>
    </message>
    <message>
        <source>Run a command or a function for each of many inputs</source>
        <translation>对众多输入逐一运行一条命令或一个函数</translation>
    </message>
</context>
<context>
    <name>procession::WindowMenus</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Job</source>
        <translation>作业(&amp;J)</translation>
    </message>
    <message>
        <source>&amp;Task</source>
        <translation>任务(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Worker</source>
        <translation>工作进程(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Appearance</source>
        <translation>外观(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Tool Bar</source>
        <translation>工具栏</translation>
    </message>
    <message>
        <source>Workers:</source>
        <translation>工作进程：</translation>
    </message>
    <message>
        <source>Filter tasks</source>
        <translation>筛选任务</translation>
    </message>
</context>
<context>
    <name>procession::Workbench</name>
    <message>
        <source>Use this database of jobs.</source>
        <translation>使用这个作业数据库。</translation>
    </message>
    <message>
        <source>Keep the settings in this file.</source>
        <translation>把设置保存在这个文件中。</translation>
    </message>
    <message>
        <source>Run a sample batch, and end.</source>
        <translation>运行一个示例批处理,然后结束。</translation>
    </message>
    <message>
        <source>Where --sample writes a picture of the window.</source>
        <translation>--sample 把窗口截图写到何处。</translation>
    </message>
    <message>
        <source>Where --sample writes what the tasks wrote.</source>
        <translation>--sample 把任务的输出写到何处。</translation>
    </message>
    <message>
        <source>Write a picture of every view, and end.</source>
        <translation>写出每个视图的截图,然后结束。</translation>
    </message>
</context>
<context>
    <name>procession::WorkerModel</name>
    <message>
        <source>worker-%1</source>
        <translation>工作进程-%1</translation>
    </message>
    <message>
        <source>gone</source>
        <comment>worker</comment>
        <translation>已离开</translation>
    </message>
    <message>
        <source>hung?</source>
        <comment>worker</comment>
        <translation>卡住？</translation>
    </message>
    <message>
        <source>Its task has run for %1; others took %2.</source>
        <translation>它的任务已运行 %1；其他任务用时 %2。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>PID</source>
        <translation>PID</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>For</source>
        <comment>how long the task has run</comment>
        <translation>已运行</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
</context>
<context>
    <name>procession::WorkerView</name>
    <message>
        <source>&amp;Terminate</source>
        <translation>终止(&amp;T)</translation>
    </message>
    <message>
        <source>Ask the tasks of the selected workers to end (SIGTERM)</source>
        <translation>请求所选工作进程的任务结束(SIGTERM)</translation>
    </message>
    <message>
        <source>&amp;Kill</source>
        <translation>杀死(&amp;K)</translation>
    </message>
    <message>
        <source>End the tasks of the selected workers at once (SIGKILL)</source>
        <translation>立即结束所选工作进程的任务(SIGKILL)</translation>
    </message>
    <message>
        <source>&amp;Suspend</source>
        <translation>挂起(&amp;S)</translation>
    </message>
    <message>
        <source>Make the tasks of the selected workers stand still (SIGSTOP)</source>
        <translation>使所选工作进程的任务暂停不动(SIGSTOP)</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>继续(&amp;R)</translation>
    </message>
    <message>
        <source>Let the suspended tasks of the selected workers go on (SIGCONT)</source>
        <translation>让所选工作进程挂起的任务继续(SIGCONT)</translation>
    </message>
    <message>
        <source>Show its t&amp;asks</source>
        <translation>显示其任务(&amp;A)</translation>
    </message>
    <message>
        <source>Show only the tasks that ran in this worker</source>
        <translation>只显示在此工作进程中运行过的任务</translation>
    </message>
    <message>
        <source>&amp;Copy PID</source>
        <translation>复制 PID(&amp;C)</translation>
    </message>
    <message>
        <source>Copy the process ids of the selected workers&apos; tasks</source>
        <translation>复制所选工作进程的任务的进程号</translation>
    </message>
    <message>
        <source>Workers</source>
        <translation>工作进程</translation>
    </message>
    <message>
        <source>No workers: nothing runs.</source>
        <translation>没有工作进程：没有任务在运行。</translation>
    </message>
    <message>
        <source>Kill</source>
        <translation>杀死</translation>
    </message>
    <message>
        <source>Terminate</source>
        <translation>终止</translation>
    </message>
    <message numerus="yes">
        <source>Kill the tasks of %n workers?</source>
        <translation>
            <numerusform>杀死 %n 个工作进程的任务吗？</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Terminate the tasks of %n workers?</source>
        <translation>
            <numerusform>终止 %n 个工作进程的任务吗？</numerusform>
        </translation>
    </message>
    <message>
        <source>Do not ask again until the program ends</source>
        <translation>在程序结束前不再询问</translation>
    </message>
    <message>
        <source>What these tasks have done so far is lost, and they will not be tried again by themselves:</source>
        <translation>这些任务到目前为止所做的将会丢失，而且不会自动重试：</translation>
    </message>
    <message>
        <source>%1: %2, running for %3</source>
        <comment>worker, task, time</comment>
        <translation>%1：%2，已运行 %3</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>以及另外 %n 个</numerusform>
        </translation>
    </message>
</context>
</TS>

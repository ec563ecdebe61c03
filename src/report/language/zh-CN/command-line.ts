import type { Entries, ParserWords } from '../catalogue.js';

/** What `--help` says of commands and options, and what is said of a wrong command line. */
export const COMMAND_LINE: Entries = [
  [
    'Tells from captured text whether a program leaks memory, how fast, and where.',
    '从采集的文本判断程序是否泄漏内存、泄漏多快、在何处泄漏。',
  ],
  ['print results and errors only', '只输出结果和错误'],
  ['print every problem, and how it is done', '输出每个问题，以及处理过程'],
  [
    'each line of stderr is a JSON object: progress, messages, times of the stages',
    'stderr 的每一行都是一个 JSON 对象：进度、消息、各阶段用时',
  ],
  ['colours on a terminal (also NO_COLOR)', '在终端上使用颜色（另见 NO_COLOR）'],
  [
    'en or zh-CN: language of report and messages (LANG of the environment is not used)',
    'en 或 zh-CN：报告和消息的语言（不使用环境变量 LANG）',
  ],

  ['judge the programs in captures folders and write the report', '判定采集文件夹中的程序并写出报告'],
  [
    'tell what changed between two captures or reports: leaks, growth, mappings',
    '说明两次采集或两份报告之间的变化：泄漏、增长、映射',
  ],
  ['tell what a file is and what is read of it', '说明文件是什么、从中读到什么'],
  ['make any output again from a saved report.json', '由保存的 report.json 重新生成任何输出'],
  ['print a shell script that takes captures on a target', '输出在目标设备上采集的 shell 脚本'],
  ['list what can be read, with how to capture each', '列出可读取的格式及各自的采集方法'],
  ['list how it judges, with thresholds', '列出判定规则及其阈值'],
  [
    'explain a word: PSS, soft dirty, definite loss, settled-usage, …',
    '解释一个词：PSS、soft dirty、definite loss、settled-usage 等',
  ],

  ['captures; - is the standard input', '采集文件；- 表示标准输入'],
  ['folders or files; - is the standard input', '文件夹或文件；- 表示标准输入'],
  ['report.json of an earlier run', '先前运行的 report.json'],
  ['a term, a rule, a format or a kind of mapping', '术语、规则、格式或映射种类'],
  ['captures folder, report.json, or one capture', '采集文件夹、report.json 或单个采集文件'],
  ['as JSON', '以 JSON 输出'],
  ['how much is read at most, and why', '最多读取多少，以及原因'],
  ['exit with 3 when a file is damaged', '文件损坏时退出码为 3'],
  ['exit with 3 when some input is damaged', '有输入损坏时退出码为 3'],
  ['folder for the report', '存放报告的文件夹'],
  ['any of {1}', '可选 {1}'],
  ['Chrome for the PDF: a path, or "embedded"', '生成 PDF 所用的 Chrome：路径或 embedded'],
  ['go on where a run into this folder was interrupted', '从写入此文件夹的运行中断之处继续'],
  ['only devices that match this expression', '只取与此正则表达式匹配的设备'],
  ['only programs that match this expression', '只取与此正则表达式匹配的程序'],
  ['what each program may use at most: 512M, 2G, …', '每个程序最多可用的内存：512M、2G 等'],
  [
    'folder of unstripped binaries: names and lines for frames that have only an address',
    '未 strip 的二进制文件所在文件夹：为只有地址的栈帧给出函数名和行号',
  ],
  [
    'prefix of the addr2line to ask: aarch64-linux-gnu-, also with a path',
    '所用 addr2line 的前缀：aarch64-linux-gnu-，也可带路径',
  ],
  ['folder of sources: show the lines of code', '源代码文件夹：显示代码行'],
  ['exit with 1 on leak, or on suspect and leak', '判定为 leak（或 suspect 与 leak）时退出码为 1'],
  [
    'exit with 1 on new-leak, or on growth, or on either: new-leak,growth',
    '出现 new-leak、growth 或其中任一（new-leak,growth）时退出码为 1',
  ],
  ['threads that read and judge captures', '读取并判断采集文件的线程数'],
  [
    'take over what earlier runs have read and printed of the same files (--no-cache: do not)',
    '沿用以前对相同文件的读取和打印结果（--no-cache：不沿用）',
  ],
  [
    'OLD=NEW: these are compared; all: programs over all devices of a side',
    'OLD=NEW：对比这两个设备；all：按程序对比一侧的全部设备',
  ],

  [
    'write ./memreport/index.html, report.pdf and report.json',
    '写出 ./memreport/index.html、report.pdf 和 report.json',
  ],
  ['write ./memreport-diff/index.html and diff.json', '写出 ./memreport-diff/index.html 和 diff.json'],
  ['for a nightly job', '用于每夜任务'],
  ['name the frames, show the code', '给出栈帧的函数名，并显示代码'],
  [
    'then on the target: sh capture.sh -p sensord; -h tells more',
    '然后在目标设备上运行：sh capture.sh -p sensord；-h 查看更多说明',
  ],
  [
    'Exit: 0 written, 1 --fail-on met, 2 usage, 3 damaged input (--strict), 4 no usable input, 5 no PDF, 6 output not writable, 7 a bug of ours, 130/143 interrupted.',
    '退出码：0 已写出，1 符合 --fail-on，2 用法错误，3 输入损坏（--strict），4 没有可用的输入，5 没有 PDF，6 输出不可写，7 memreport 的缺陷，130/143 被中断。',
  ],

  ['expected a command, found none; memreport --help lists them', '应有命令，实际没有；memreport --help 列出全部命令'],
  ['analyze: expected a captures folder or file, found none', 'analyze：应为采集文件夹或文件，实际没有'],
  [
    'interrupted; the files written so far are whole, and --resume goes on from there',
    '已中断；至此写出的文件都是完整的，--resume 可从此处继续',
  ],
  ['inspect: expected a file, found none', 'inspect：应为文件，实际没有'],
];

/** The words of yargs itself, as its `updateStrings` takes them: `%s` stands for a name or a number. */
export const PARSER_WORDS: ParserWords = {
  'Commands:': '命令：',
  'Options:': '选项：',
  'Examples:': '示例：',
  'Positionals:': '参数：',
  command: '命令',
  boolean: '布尔',
  count: '计数',
  string: '字符串',
  number: '数字',
  array: '数组',
  required: '必需',
  default: '默认',
  'default:': '默认：',
  'choices:': '可选：',
  'aliases:': '别名：',
  'generated-value': '生成的值',
  deprecated: '已弃用',
  'deprecated: %s': '已弃用：%s',
  'Show help': '显示帮助',
  'Show version number': '显示版本号',
  'Path to JSON config file': 'JSON 配置文件的路径',
  'Not enough non-option arguments: got %s, need at least %s': alike('参数不足：有 %s 个，至少需要 %s 个'),
  'Too many non-option arguments: got %s, maximum of %s': alike('参数过多：有 %s 个，最多 %s 个'),
  'Missing argument value: %s': alike('选项缺少值：%s'),
  'Missing required argument: %s': alike('缺少必需的选项：%s'),
  'Unknown argument: %s': alike('未知的选项或参数：%s'),
  'Unknown command: %s': alike('未知的命令：%s'),
  'Invalid values:': '无效的值：',
  'Argument: %s, Given: %s, Choices: %s': '选项：%s，给出：%s，可选：%s',
  'Argument check failed: %s': '选项检查失败：%s',
  'Implications failed:': '缺少相关的选项：',
  'Not enough arguments following: %s': '选项后缺少值：%s',
  'Invalid JSON config file: %s': '无效的 JSON 配置文件：%s',
  'Did you mean %s?': '是否指 %s？',
  'Arguments %s and %s are mutually exclusive': '选项 %s 与 %s 不能同时使用',
};

/** For one and for several, which Chinese does not tell apart. */
function alike(text: string): { readonly one: string; readonly other: string } {
  return { one: text, other: text };
}

/**
 * The name of a program out of a command line: the base name of its first word, without a trailing colon; of one that
 * runs under valgrind, that of the program.
 *
 * `/usr/bin/sensord --foreground` → `sensord`, `nginx: worker process` → `nginx`, `valgrind -q ./a.out` → `a.out`.
 *
 * @param commandLine its words parted by blanks, or by NULs as in /proc/PID/cmdline
 */
export function commandName(commandLine: string): string {
  const [first = '', ...rest] = commandLine.trim().split(commandLine.includes('\0') ? '\0' : /\s/);
  const name = baseName(first.split(/\s/, 1)[0] ?? '');
  if (!VALGRIND.has(name)) return name;
  // Each option of valgrind is one word.
  const program = rest.find((word) => word !== '' && !word.startsWith('-'));
  return program === undefined ? name : baseName(program);
}

const VALGRIND: ReadonlySet<string> = new Set(['valgrind', 'valgrind.bin']);

function baseName(word: string): string {
  const name = word.startsWith('[') && word.endsWith(']') ? word : word.slice(word.lastIndexOf('/') + 1);
  return name.replace(/^-(?=\w)/, '').replace(/(?<=.):$/, '');
}

/** Whether a name that the kernel gives is that of a tool of valgrind, which runs in the process of another program. */
export function isValgrindTool(comm: string): boolean {
  return VALGRIND_TOOL.test(comm);
}

/** `memcheck-amd64-linux`, of which the kernel keeps 15 characters. */
const VALGRIND_TOOL =
  /^(?:memcheck|massif|dhat|helgrind|drd|cachegrind|callgrind|lackey|none)-(?:amd64|x86|arm|ppc|mips|nanomip|s390|riscv)/;

import fc from 'fast-check';

/** What a name in a capture may be made of by someone who wants it to be more than a name. */
const WORDS: readonly string[] = [
  ...Array.from('<>&"\'`=/\\;:,.?!#$%^*()[]{}|~+-_@ \n\r\t\0\u001b\u007f\u0085'),
  ...['a', 'B', '7', 'é', '日', '😀', '\ud83d', '\ude00', '\ufffe', '\ufdd0', '\u202e', '\u2066', '\u200b', '\u2028'],
  ...['<script>', '</script>', '</style>', '</title>', '</svg>', '</table>', '<img src=x onerror=alert(1)>', '<!--'],
  ...['-->', '--', '--!>', ']]>', '<![CDATA[', '<?xml', '&lt;', '&#60;', '&amp', '&nbsp;', '" onload="x', "' x='"],
  ...['javascript:alert(1)', 'http://a.example/', 'https://', 'www.a.example', 'mailto:a@b.example', '//a.example'],
  ...['{{x}}', '{{{x}}}', '{{#if x}}', '{{/if}}', '{{>x}}', '<%= x %>', '__proto__', 'constructor'],
  ...['**', '__', '~~', '```', '~~~', '![x](y)', '[x](y)', '[x]: y', '[^1]', '- [ ] ', '# ', '> ', '1. ', '| x |'],
  ...['\n\n', '\n---\n', '\n    ', '  \n', '@octocat', '#12', 'GH-7', ':+1:', 'a@b.example', '\\|', '\\`', '$x$'],
  ...['{code}', '{noformat}', '{color:red}', '{panel}', '[~x]', '[^x]', '!x!', 'h1. ', 'bq. ', '||', '{*}', 'ABC-12'],
  ...['=1+1', '+1', '-1', '@SUM(1)', "=cmd|' /C calc'!A0", ';=1+1', '＝1'],
  ...['\u001b[31m', '\u001b]0;x\u0007', '\u009b2J', '\r\u001b[K', '../', '..\\', 'con', 'nul.txt', 'C:\\x', '\0.html'],
];

/** Text that attacks every output that there is. */
export const attackText: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: fc.array(fc.constantFrom(...WORDS), { maxLength: 6 }).map((words) => words.join('')) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...WORDS), fc.integer({ min: 50, max: 500 })).map(repeated) },
);

function repeated([word, times]: [string, number]): string {
  return word.repeat(times);
}

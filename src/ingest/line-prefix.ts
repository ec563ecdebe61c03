/** What else wrote a line, and what that says. */
export interface Wrapped {
  /** So many bytes of it stand in front of the text. */
  readonly length: number;
  /** The text, where more than what stands in front is taken off. */
  readonly text?: string;
  /** The time, where it does not stand in front. */
  readonly time?: string;
  /** The file that the line was taken from. */
  readonly place?: string;
  /** The device that it came from. */
  readonly device?: string;
}

/** What wraps a line. Undefined: this line has no such thing. */
export type Wrapping = (line: string) => Wrapped | undefined;

/** The lines without their wrapping. */
export function bare(wrapping: Wrapping, lines: readonly string[]): string {
  return lines.map((line) => textOf(line, wrapping(line))).join('\n');
}

function textOf(line: string, wrapped: Wrapped | undefined): string {
  return wrapped?.text ?? line.slice(wrapped?.length ?? 0);
}

/** Both: what is inside counts from where the outer one's text begins. */
function joined(first: Wrapped, second: Wrapped): Wrapped {
  if (first.text === undefined) return { ...first, ...second, length: first.length + second.length };
  return { ...first, ...second, length: 0, text: second.text ?? first.text.slice(second.length) };
}

/** Two wrappings of which a line may have both, the first outside, or one. */
export function either(outer: Wrapping, inner: Wrapping): Wrapping {
  return (line) => {
    const first = outer(line);
    const second = inner(textOf(line, first));
    return first && second ? joined(first, second) : (first ?? second);
  };
}

/** What stands behind an outer wrapping, where there is something. */
export function nested(outer: Wrapping, inner: Wrapping): Wrapping {
  return (line) => {
    const first = outer(line);
    if (!first) return undefined;
    const second = inner(textOf(line, first));
    return second ? joined(first, second) : first;
  };
}

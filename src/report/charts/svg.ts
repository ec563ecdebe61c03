/** The attributes of an element; an absent value leaves the attribute out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An SVG element as text. `children` are elements already; use `svgText` for words. */
export function element(name: string, attributes: Attributes, children = ''): string {
  let tag = `<${name}`;
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) tag += ` ${key}="${typeof value === 'number' ? coordinate(value) : svgText(value)}"`;
  }
  return children === '' ? `${tag}/>` : `${tag}>${children}</${name}>`;
}

/** Words escaped for SVG: the only way in which text of a capture may enter a chart. */
export function svgText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A coordinate, to a tenth of a pixel: the same digits on every machine, and half the size. */
export function coordinate(value: number): string {
  return Number.isFinite(value) ? String(Math.round(value * 10) / 10) : '0';
}

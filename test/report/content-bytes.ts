import type { FileContent } from '../../src/report/outputs/output.js';

/** All that a file holds. */
export function contentBytes(content: FileContent): Buffer {
  if (content instanceof Uint8Array) return Buffer.from(content);
  return Buffer.from(typeof content === 'string' ? content : [...content].join(''), 'utf8');
}

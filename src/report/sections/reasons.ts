import type { ProgramSection } from '../section.js';
import { furtherReasons } from '../verdict-facts.js';

/** In a ticket, the reasons that its first page leaves out. */
export const reasons: ProgramSection = {
  id: 'reasons',
  title: 'Further reasons',
  build: (view) => furtherReasons(view),
};

import { GLOSSARY } from '../../model/glossary.js';
import type { RunSection } from '../section.js';

/** The words of the report, for those who read one for the first time. */
export const glossary: RunSection = {
  id: 'glossary',
  title: 'Words',
  build() {
    const terms = GLOSSARY.filter(({ inReport }) => inReport).map(({ word, text }) => ({ term: word, text }));
    return [{ type: 'definitions', terms }];
  },
};

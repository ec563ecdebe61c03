import type { ReportOutput } from './output.js';

/** All outputs. Each is loaded when it is asked for: a run that writes JSON needs neither templates nor a browser. */
export const OUTPUTS: readonly ReportOutput[] = [
  {
    id: 'html',
    extension: 'html',
    fileName: 'index.html',
    description: 'one self-contained page',
    forTickets: true,
    needsBrowser: false,
    render: async ({ document }) => (await import('./html.js')).renderHtml(document()),
  },
  {
    id: 'pdf',
    extension: 'pdf',
    fileName: 'report.pdf',
    description: 'the page on A4, with bookmarks',
    forTickets: true,
    needsBrowser: true,
    render: async ({ document, printer, date }) =>
      (await import('./pdf.js')).renderPdf(document(), await printer(), date === undefined ? {} : { date }),
  },
  {
    id: 'json',
    extension: 'json',
    fileName: 'report.json',
    description: 'the whole analysis, for programs',
    forTickets: false,
    needsBrowser: false,
    render: async ({ analysis }) => (await import('./json.js')).renderJson(analysis),
  },
];

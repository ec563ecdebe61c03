import type { Document } from '../document.js';
import type { OutputInput, ReportOutput } from './output.js';

/** All outputs. Each is loaded when it is asked for: a run that writes JSON needs neither templates nor a browser. */
export const OUTPUTS: readonly ReportOutput[] = [
  {
    id: 'html',
    extension: 'html',
    fileName: 'index.html',
    description: 'one self-contained page',
    forTickets: true,
    forComparisons: true,
    needsBrowser: false,
    forDevices: true,
    render: async ({ document, isOneOfMany }) => {
      const { renderHtml, renderHtmlWithFonts } = await import('./html.js');
      return isOneOfMany ? renderHtml(document(), { fonts: 'none' }) : renderHtmlWithFonts(document());
    },
  },
  {
    id: 'pdf',
    extension: 'pdf',
    fileName: 'report.pdf',
    description: 'the page on A4, with bookmarks',
    forTickets: true,
    forComparisons: true,
    needsBrowser: true,
    attaches: true,
    render: async ({ document, shorter, printer, date, attachment }) =>
      (await import('./pdf.js')).renderPdf(document(), await printer(), {
        ...(date !== undefined && { date }),
        ...(attachment && { attachment }),
        ...(shorter && { shorter }),
      }),
  },
  {
    id: 'json',
    extension: 'json',
    fileName: 'report.json',
    description: 'the whole analysis, for programs',
    forTickets: false,
    forComparisons: true,
    needsBrowser: false,
    render: async ({ data }) => (await import('./json.js')).renderJson(data),
  },
  {
    id: 'md',
    extension: 'md',
    fileName: 'report.md',
    description: 'Markdown to paste into a ticket of GitHub or GitLab',
    forTickets: true,
    forComparisons: true,
    needsBrowser: false,
    render: async (input) => (await import('./markup-github.js')).renderGithub(briefOf(input)),
  },
  {
    id: 'jira',
    extension: 'jira',
    fileName: 'report.jira',
    description: "Jira's wiki notation to paste into a ticket",
    forTickets: true,
    forComparisons: true,
    needsBrowser: false,
    render: async (input) => (await import('./markup-jira.js')).renderJira(briefOf(input)),
  },
  {
    id: 'csv',
    extension: 'csv',
    fileName: 'programs.csv',
    description: 'tables of the programs, leaks and VMAs for spreadsheets',
    forTickets: false,
    forComparisons: false,
    needsBrowser: false,
    render: async ({ data }) => (await import('./csv.js')).programsCsv(data),
    further: [
      { fileName: 'leaks.csv', render: async ({ data }) => (await import('./csv.js')).leaksCsv(data) },
      {
        fileName: 'rollups.csv',
        ofFleet: true,
        render: async ({ data }) => (await import('./csv.js')).rollUpsCsv(data),
      },
      { fileName: 'vmas.csv', ofVmas: true, render: async ({ data }) => (await import('./csv.js')).vmasCsv(data) },
    ],
  },
  {
    id: 'junit',
    extension: 'xml',
    fileName: 'junit.xml',
    description: 'a test for each program, for Jenkins, GitLab and others that show test results',
    forTickets: false,
    forComparisons: false,
    needsBrowser: false,
    ofRun: true,
    render: async ({ data }) => (await import('./junit.js')).renderJunit(data),
  },
];

/** What people paste into a ticket is read in a narrow column, and has to be short. */
function briefOf({ document, shorter: [brief = document] = [] }: OutputInput): Document {
  return brief();
}

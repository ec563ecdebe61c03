import { beforeAll, describe, expect, it } from 'vitest';
import { analyze } from '../src/analyze.js';
import type { Analysis } from '../src/model/analysis.js';
import { composeTicket } from '../src/report/compose.js';
import { renderHtml } from '../src/report/outputs/html.js';
import { expectGolden, expectGoldenJson } from './golden.js';

/** The sample sets as a whole: what the pipeline makes of them, small enough to be read when it changes. */
describe('the story of samples/sets', () => {
  let analysis: Analysis;
  beforeAll(async () => {
    analysis = await analyze({ captures: ['samples/sets'] });
  });

  it('is told as before', () => {
    const { verdicts, leaks, errors, sharing, problems, programs, files } = analysis;
    expectGoldenJson('story/analysis.json', {
      verdicts,
      programs: programs.map(({ device, command, timelines, mappings, vmas, summaries }) => ({
        device,
        command,
        timelines: timelines.map(({ pid, samples, trend }) => ({
          pid,
          samples: samples.length,
          first: samples[0],
          last: samples.at(-1),
          trend,
        })),
        growing: mappings.filter(({ growth }) => growth !== 0),
        mappings: mappings.length,
        vmas: vmas.length,
        grownVmas: vmas.filter(({ growth }) => growth !== undefined && growth !== 0).slice(0, 5),
        summaries,
      })),
      leaks,
      errors: errors.map(({ related, ...error }) => ({ ...error, related: related.map(({ title }) => title) })),
      sharing,
      problems,
      files: Object.fromEntries(
        [...new Set(files.map(({ format }) => format))]
          .sort()
          .map((format) => [format, files.filter((file) => file.format === format && file.status === 'read').length]),
      ),
    });
  });

  it('makes the same ticket as before', () => {
    const html = renderHtml(composeTicket(analysis, { device: 'leak-example', command: 'leak-example' }));
    const body = html.slice(html.indexOf('<body'), html.indexOf('</body>')).replace(/<script[\s\S]*?<\/script>/g, '');
    expect(body).toContain('leak-example.c:29');
    expectGolden('story/ticket.html', `${body}\n`);
  });
});

import { readPdf } from '../report/read-pdf.js';
import type { Pixels } from './pixels.js';

/** What pdfjs draws on where there is no browser. */
interface CanvasFactory {
  create(
    width: number,
    height: number,
  ): {
    readonly canvas: object;
    readonly context: {
      getImageData(x: number, y: number, width: number, height: number): { data: Uint8ClampedArray };
    };
  };
}

/** The first page of a PDF, drawn `width` pixels wide. */
export async function firstPage(pdf: Uint8Array, width: number): Promise<Pixels> {
  const document = await readPdf(pdf);
  const page = await document.getPage(1);
  const viewport = page.getViewport({ scale: width / page.getViewport({ scale: 1 }).width });
  const height = Math.round(viewport.height);
  const { canvas, context } = (document.canvasFactory as CanvasFactory).create(width, height);
  await page.render({ canvas, canvasContext: context, viewport }).promise;
  const { data } = context.getImageData(0, 0, width, height);
  await document.loadingTask.destroy();
  return { width, height, rgba: data };
}

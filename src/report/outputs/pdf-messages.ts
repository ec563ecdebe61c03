/** What the process that prints is told. */
export type PrintOrder =
  | { readonly type: 'start'; readonly folder: string; readonly browser?: string; readonly cacheDir?: string }
  | { readonly type: 'print'; readonly id: number; readonly html: string }
  | { readonly type: 'stop' };

/** What it answers. */
export type PrintAnswer =
  /** `pid` is the browser's, which leads a process group of its own. */
  | { readonly type: 'started'; readonly pid?: number }
  | { readonly type: 'no-browser'; readonly reason: string }
  | { readonly type: 'message'; readonly tone: 'detail' | 'warning'; readonly text: string }
  | { readonly type: 'printed'; readonly id: number; readonly pdf: Uint8Array; readonly refused: readonly string[] }
  | { readonly type: 'failed'; readonly id: number; readonly reason: string };

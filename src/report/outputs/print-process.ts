import { rm } from 'node:fs/promises';
import type { PrintAnswer, PrintOrder } from './pdf-messages.js';
import { messageOf, openPrintBrowser, type PrintBrowser } from './print-browser.js';

/**
 * What runs in a process of its own: a browser, and the library that drives it. A browser that dies or hangs may take
 * that library's process along; then whoever ordered the pages is still there to order them again.
 */
let browser: PrintBrowser | undefined;
let ownFolder: string | undefined;
let isStarting = false;
let isLeft = false;

// Ctrl-C reaches all processes of the terminal. This one goes when its parent does, and leaves nothing behind.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
process.on('message', (order: PrintOrder) => {
  void obey(order);
});
process.on('disconnect', () => {
  isLeft = true;
  // A browser that is starting writes to its folder still.
  if (!isStarting) void leave();
});

async function obey(order: PrintOrder): Promise<void> {
  switch (order.type) {
    case 'start':
      await start(order);
      return;
    case 'print':
      await print(order.id, order.html);
      return;
    case 'stop':
      await stop();
      if (process.connected) process.disconnect();
  }
}

async function start({ folder, ...search }: Extract<PrintOrder, { type: 'start' }>): Promise<void> {
  ownFolder = folder;
  isStarting = true;
  const onMessage = (tone: 'detail' | 'warning', text: string): void => {
    answer({ type: 'message', tone, text });
  };
  try {
    browser = await openPrintBrowser({ ...search, folder, environment: process.env, onMessage });
    answer({ type: 'started', ...(browser.pid !== undefined && { pid: browser.pid }) });
  } catch (error) {
    answer({ type: 'no-browser', reason: error instanceof Error ? error.message : String(error) });
  }
  isStarting = false;
  if (isLeft) await leave();
}

async function print(id: number, html: string): Promise<void> {
  try {
    if (!browser) throw new Error('no browser was started');
    answer({ type: 'printed', id, ...(await browser.print(html)) });
  } catch (error) {
    answer({ type: 'failed', id, reason: messageOf(error) });
  }
}

/** Whoever ordered the pages may have been killed: then nobody else removes what the browser leaves behind. */
async function leave(): Promise<void> {
  await stop();
  if (ownFolder !== undefined) {
    await rm(ownFolder, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
  }
  // What the library still waits for would keep this process for a minute.
  process.kill(process.pid, 'SIGKILL');
}

async function stop(): Promise<void> {
  const ending = browser;
  browser = undefined;
  await ending?.close();
}

function answer(message: PrintAnswer): void {
  // Nobody may be left to hear it.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

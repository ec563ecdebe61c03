import { type ChildProcess, fork } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CODE_EXTENSION, CODE_FOLDER } from '../../own-files.js';
import { processTreePss } from './browser-memory.js';
import { type Environment, NoBrowserError } from './find-browser.js';
import type { PrintAnswer, PrintOrder } from './pdf-messages.js';
import type { PrintedPage } from './print-browser.js';

/** A process that drives a browser. Its prints reject when it, or the browser, ends before its time. */
export interface BrowserProcess {
  print(html: string): Promise<PrintedPage>;
  /** PSS of the browser's processes in bytes; `undefined` where this system does not tell. */
  memory(): number | undefined;
  /** Ends both at once. */
  kill(): void;
  /** Ends both, and removes what they left. Never throws. */
  close(): Promise<void>;
}

export interface BrowserProcessOptions {
  /** A path, or `embedded`. */
  readonly browser?: string;
  readonly cacheDir?: string;
  readonly environment: Environment;
  /** Milliseconds for one page; the default is longer than that of the driver itself, for a driver that hangs. */
  readonly pageTimeout?: number;
  readonly onMessage: (tone: 'detail' | 'warning', text: string) => void;
}

/** With the time to unpack the embedded browser on a slow machine. */
const START_TIMEOUT = 60_000;
const PAGE_TIMEOUT = 90_000;
const CLOSE_TIMEOUT = 5_000;

/** Starts one. @throws NoBrowserError when no browser is found or starts. */
export async function startBrowserProcess(options: BrowserProcessOptions): Promise<BrowserProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'memreport-browser-'));
  const child = forkDriver(options.environment);
  const orders = new Orders(child);
  let browserPid: number | undefined;
  const kill = (): void => {
    // The browser leads a group of its own, which does not end with a driver that is killed while the browser hangs.
    if (browserPid !== undefined) killGroup(browserPid);
    child.kill('SIGKILL');
  };
  // A run that is interrupted does not come to close(): the driver, which sees that we are gone, removes the folder, if
  // it was told of it already.
  const killAtExit = (): void => {
    if (browserPid === undefined) removeNow(folder);
    else killGroup(browserPid);
  };
  process.once('exit', killAtExit);
  const close = async (): Promise<void> => {
    await orders.end(CLOSE_TIMEOUT);
    kill();
    process.off('exit', killAtExit);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
  };
  try {
    const { browser, cacheDir } = options;
    browserPid = await orders.start(
      {
        type: 'start',
        folder,
        ...(browser !== undefined && { browser }),
        ...(cacheDir !== undefined && { cacheDir }),
      },
      options.onMessage,
    );
  } catch (error) {
    await close();
    throw error;
  }
  return {
    print: (html) => orders.print(html, options.pageTimeout ?? PAGE_TIMEOUT),
    memory: () => (browserPid === undefined ? undefined : processTreePss(browserPid)),
    kill,
    close,
  };
}

/** The orders that a driver has not answered yet. */
class Orders {
  private readonly open = new Map<number, Deferred<PrintedPage>>();
  private readonly started = deferred<number | undefined>();
  private readonly ended: Promise<void>;
  private lastId = 0;
  private onMessage: BrowserProcessOptions['onMessage'] = () => undefined;

  constructor(private readonly child: ChildProcess) {
    this.started.promise.catch(() => undefined);
    child.on('message', (answer: PrintAnswer) => {
      this.take(answer);
    });
    this.ended = new Promise((resolve) => {
      const end = (reason: string): void => {
        this.failAll(reason);
        resolve();
      };
      child.once('exit', () => {
        end('the process of the browser ended');
      });
      // It may have let go of us, and still wait for what a dead browser will never answer.
      child.once('disconnect', () => {
        end('the process of the browser is gone');
      });
      child.once('error', (error) => {
        end(`the process of the browser failed: ${error.message}`);
      });
    });
  }

  start(
    order: Extract<PrintOrder, { type: 'start' }>,
    onMessage: BrowserProcessOptions['onMessage'],
  ): Promise<number | undefined> {
    this.onMessage = onMessage;
    this.send(order);
    return within(START_TIMEOUT, this.started.promise, new NoBrowserError('the browser did not start in a minute'));
  }

  print(html: string, timeout: number): Promise<PrintedPage> {
    this.lastId++;
    const id = this.lastId;
    const page = deferred<PrintedPage>();
    this.open.set(id, page);
    this.send({ type: 'print', id, html });
    const late = new Error(`no page within ${timeout / 1000} s`);
    return within(timeout, page.promise, late).finally(() => this.open.delete(id));
  }

  /** Lets it end by itself for `timeout` milliseconds. */
  async end(timeout: number): Promise<void> {
    this.send({ type: 'stop' });
    await within(timeout, this.ended, new Error('it hangs')).catch(() => undefined);
  }

  private take(answer: PrintAnswer): void {
    switch (answer.type) {
      case 'started':
        this.started.resolve(answer.pid);
        return;
      case 'no-browser':
        this.started.reject(new NoBrowserError(answer.reason));
        return;
      case 'message':
        this.onMessage(answer.tone, answer.text);
        return;
      case 'printed':
        this.open.get(answer.id)?.resolve(answer);
        return;
      case 'failed':
        this.open.get(answer.id)?.reject(new Error(answer.reason));
    }
  }

  private send(order: PrintOrder): void {
    if (this.child.connected) {
      this.child.send(order, (error) => {
        if (error) this.failAll(error.message);
      });
    } else this.failAll('the process of the browser is gone');
  }

  private failAll(reason: string): void {
    const error = new Error(reason);
    this.started.reject(new NoBrowserError(reason));
    for (const page of this.open.values()) page.reject(error);
  }
}

/** Read from source (by tests), TypeScript needs the same loader again. */
function forkDriver(environment: Environment): ChildProcess {
  return fork(new URL(`report/outputs/print-process${CODE_EXTENSION}`, CODE_FOLDER), [], {
    execArgv: CODE_EXTENSION === '.ts' ? ['--import', import.meta.resolve('tsx')] : [],
    env: { ...environment },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

function removeNow(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // A browser that starts right now puts files into it: the driver removes them.
  }
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

/** Promise.withResolvers, which Node 20 lacks. */
function deferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}

function within<T>(milliseconds: number, promise: Promise<T>, late: Error): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(late);
    }, milliseconds);
    promise.then(resolve, reject).finally(() => {
      clearTimeout(timer);
    });
  });
}

// Preloaded into memreport (NODE_OPTIONS=--import): the FAIL_AT-th call of the file system that memreport itself makes
// fails with FAIL_WITH. The names of all calls go to the file CALLS at the end, one a line.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { isMainThread } from 'node:worker_threads';

const { FAIL_AT = '0', FAIL_WITH = 'EIO', CALLS } = process.env;
const TEXTS = { EIO: 'i/o error', ENOSPC: 'no space left on device' };
const SYNC = [
  ...['openSync', 'closeSync', 'readSync', 'writeSync', 'readFileSync', 'writeFileSync', 'appendFileSync'],
  ...['fsyncSync', 'renameSync', 'rmSync', 'rmdirSync', 'mkdirSync', 'readdirSync', 'readlinkSync'],
  ...['statSync', 'lstatSync', 'fstatSync', 'realpathSync', 'utimesSync'],
];
const CALLED_BACK = ['fsync'];
const PROMISED = ['open', 'readFile', 'writeFile', 'rename', 'rm', 'mkdir', 'mkdtemp', 'readdir', 'stat', 'access'];

/** Node loads its modules by the same calls. */
const MODULES = /node_modules|[/\\]dist[/\\]|package\.json$/;
const calls = [];
const descriptors = new Set();

function counted(what) {
  return typeof what === 'number' ? descriptors.has(what) : !MODULES.test(String(what));
}

/** Whether this is the call that is to fail. */
function isDue(name, what) {
  calls.push(`${name} ${typeof what === 'number' ? 'of a descriptor' : what}`);
  return calls.length === Number(FAIL_AT);
}

function failure(name, what) {
  const syscall = name.replace('Sync', '');
  const place = typeof what === 'number' ? '' : ` '${what}'`;
  const error = new Error(`${FAIL_WITH}: ${TEXTS[FAIL_WITH]}, ${syscall}${place}`);
  return Object.assign(error, { code: FAIL_WITH, syscall, errno: -1, ...(place !== '' && { path: String(what) }) });
}

/** What a failing call has done before it fails. */
const HALF_DONE = {
  writeFileSync: (write, what, data, ...more) => write(what, data.slice(0, data.length >> 1), ...more),
  appendFileSync: (append, what, data, ...more) => append(what, data.slice(0, data.length >> 1), ...more),
  closeSync: (close, descriptor) => close(descriptor),
};

if (isMainThread && /cli[/\\]main\.js$/.test(process.argv[1] ?? '')) {
  for (const name of SYNC) {
    const real = fs[name];
    fs[name] = Object.assign((what, ...more) => {
      if (!counted(what)) return real(what, ...more);
      if (isDue(name, what)) {
        HALF_DONE[name]?.(real, what, ...more);
        throw failure(name, what);
      }
      const result = real(what, ...more);
      if (name === 'openSync') descriptors.add(result);
      if (name === 'closeSync') descriptors.delete(what);
      return result;
    }, real);
  }
  for (const name of CALLED_BACK) {
    const real = fs[name];
    fs[name] = (what, done) => {
      if (counted(what) && isDue(name, what)) setImmediate(done, failure(name, what));
      else real(what, done);
    };
  }
  for (const name of PROMISED) {
    const real = fs.promises[name];
    fs.promises[name] = async (what, ...more) => {
      if (counted(what) && isDue(name, what)) throw failure(name, what);
      return real(what, ...more);
    };
  }
  syncBuiltinESMExports();
  const write = fs.writeFileSync;
  process.on('exit', () => {
    if (CALLS) {
      const names = calls.join('\n');
      calls.length = Number(FAIL_AT);
      write(CALLS, names);
    }
  });
}

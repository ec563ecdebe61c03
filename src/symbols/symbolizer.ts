import { statSync } from 'node:fs';
import { join } from 'node:path';
import { addr2lineWords, parseAddr2line } from './addr2line.js';
import { JSON_SINCE, llvmSymbolizerWords, llvmVersion, parseLlvmSymbolizer } from './llvm-symbolizer.js';
import type { Location, Locations } from './location.js';
import { runTool, type ToolLimits, type ToolResult } from './run-tool.js';

/** A program of this host that tells functions and lines of addresses. */
export interface Symbolizer {
  readonly command: string;
  readonly words: (file: string) => string[];
  readonly parse: (output: string, asked: readonly string[]) => Locations;
}

/** So many addresses are asked of one process. */
const BATCH = 10_000;
/** DWARF of a browser or kernel takes tens of seconds to read. */
const ANSWER: ToolLimits = { milliseconds: 120_000, bytes: 256 * 1024 * 1024 };
const VERSION: ToolLimits = { milliseconds: 20_000, bytes: 64 * 1024 };

/**
 * The symbolizer to use: `PREFIXaddr2line` if a prefix is told, else llvm-symbolizer if its version writes JSON, else
 * addr2line. Where there is none, why, and what to do.
 *
 * @param folder where llvm-symbolizer looks for debug files that a binary points to
 * @param toolchainPrefix `aarch64-linux-gnu-`, also with a path, or the folder of the tools
 */
export async function findSymbolizer(folder: string, toolchainPrefix?: string): Promise<Symbolizer | string> {
  if (toolchainPrefix !== undefined) {
    const command = isFolder(toolchainPrefix) ? join(toolchainPrefix, 'addr2line') : `${toolchainPrefix}addr2line`;
    const version = await runTool(command, ['--version'], '', VERSION);
    if ('output' in version) return addr2line(command);
    return `${command} cannot be run (${version.detail}): check --toolchain-prefix, or install the binutils of the target`;
  }
  const llvm = await runTool('llvm-symbolizer', ['--version'], '', VERSION);
  if ('output' in llvm && (llvmVersion(llvm.output) ?? 0) >= JSON_SINCE) {
    return {
      command: 'llvm-symbolizer',
      words: (file) => llvmSymbolizerWords(file, folder),
      parse: parseLlvmSymbolizer,
    };
  }
  const binutils = await runTool('addr2line', ['--version'], '', VERSION);
  if ('output' in binutils) return addr2line('addr2line');
  return 'neither llvm-symbolizer nor addr2line can be run: install llvm or binutils (apt install binutils)';
}

function addr2line(command: string): Symbolizer {
  return { command, words: addr2lineWords, parse: parseAddr2line };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/**
 * Asks for addresses of one file, a process for each batch.
 *
 * @param addresses hexadecimal digits
 * @param failed told why a batch has no answer; those after it are not asked
 */
export async function locate(
  { command, words, parse }: Symbolizer,
  file: string,
  addresses: readonly string[],
  failed: (why: string) => void,
): Promise<Locations> {
  const locations = new Map<string, readonly Location[]>();
  for (let from = 0; from < addresses.length; from += BATCH) {
    const batch = addresses.slice(from, from + BATCH);
    const input = batch.map((address) => `0x${address}\n`).join('');
    const result: ToolResult = await runTool(command, words(file), input, ANSWER);
    if ('failure' in result) {
      failed(`${command}: ${result.detail}`);
      break;
    }
    for (const [address, found] of parse(result.output, batch)) locations.set(address, found);
  }
  return locations;
}

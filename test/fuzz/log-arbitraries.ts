import fc from 'fast-check';
import type { LossKind, StackFrame } from '../../src/model/leaks.js';
import { hex } from './arbitraries.js';

/** Functions as the demanglers of gcc and LLVM print them. */
export const symbol: fc.Arbitrary<string> = fc.oneof(
  fc.stringMatching(/^[a-z_][a-z0-9_]{0,24}$/).filter((name) => name !== 'in' && !/^0x/.test(name)),
  fc.constantFrom(
    'operator new(unsigned long)',
    'operator new[](unsigned int)',
    'std::vector<int, std::allocator<int> >::push_back(int const&)',
    'demo::Cache<std::string>::operator()(char const*) const',
    '(anonymous namespace)::Worker::run()',
    'main::{lambda(int)#1}::operator()(int) const',
    '<alloc::vec::Vec<T> as core::clone::Clone>::clone',
    'f.isra.0',
    '-[Session init]',
  ),
);

const folder = fc.constantFrom('', '/opt/demo/', '/opt/a demo/', '../sysdeps/x86_64/', '/home/build-7/src/');
const source = fc.constantFrom('leak-list.c', 'a.cc', 'x_y.cpp', 'inner.h', 'main.rs');
const library = fc.constantFrom('/lib/x86_64-linux-gnu/libc.so.6', '/opt/demo/a.out', '/usr/lib/libstdc++.so.6.0.30');

export interface DrawnFrame {
  readonly symbol: string | undefined;
  readonly address: number;
  readonly folder: string;
  readonly file: string;
  readonly line: number;
  readonly module: string;
  /** Whether the tool knew the source line, else the object. */
  readonly hasSource: boolean;
}

export const frames: fc.Arbitrary<readonly DrawnFrame[]> = fc.array(
  fc.record({
    symbol: fc.option(symbol, { nil: undefined }),
    address: fc.integer({ min: 1, max: 2 ** 47 }),
    folder,
    file: source,
    line: fc.integer({ min: 1, max: 100_000 }),
    module: library,
    hasSource: fc.boolean(),
  }),
  { minLength: 1, maxLength: 6 },
);

/** A source line is known only of a function that is. */
export function isSourceKnown({ hasSource, symbol: name }: DrawnFrame): boolean {
  return hasSource && name !== undefined;
}

export function frameOf(frame: DrawnFrame, file: string): StackFrame {
  const { symbol: name, address, module, line } = frame;
  return {
    ...(name !== undefined && { symbol: name }),
    ...(isSourceKnown(frame) ? { file, line } : { module }),
    address: hex(address, 0),
  };
}

export const amount: fc.Arbitrary<number> = fc.oneof(fc.nat(9999), fc.integer({ min: 0, max: 2 ** 40 }));

export interface DrawnLoss {
  readonly kind: LossKind;
  readonly bytes: number;
  readonly blocks: number;
  readonly frames: readonly DrawnFrame[];
}

export function lossOf(...kinds: LossKind[]): fc.Arbitrary<DrawnLoss> {
  return fc.record({ kind: fc.constantFrom(...kinds), bytes: amount, blocks: amount, frames });
}

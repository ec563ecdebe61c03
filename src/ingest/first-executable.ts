import { EXECUTE, type VmaTable } from '../model/vma-table.js';

/** The path of the first mapping that may be executed and has a file: in most processes the program itself. */
export function firstExecutable(table: VmaTable): string | undefined {
  for (let row = 0; row < table.count; row++) {
    const path = table.paths[table.path[row] as number] as string;
    if ((table.permissions[row] as number) & EXECUTE && path !== '' && !path.startsWith('[')) {
      return path.replace(/ \(deleted\)$/, '');
    }
  }
  return undefined;
}

import type { SectionHeader } from './section-header.js';

/** What stands above the text that is read now. */
export class CurrentHeader {
  header: SectionHeader | undefined;
  /** How many headers were met so far. */
  round = 0;
  private place: string | undefined;

  /** Lines of another file begin, where each names its own (`grep -H`). Returns their header, if they name one. */
  enter(place: string | undefined): SectionHeader | undefined {
    this.place = place;
    return place === undefined ? undefined : placeHeader(place);
  }

  isIn(place: string | undefined): boolean {
    return this.place === place;
  }

  /** A banner below a date keeps the date, a date among prefixed lines their place; a new date begins a new round. */
  begin(next: SectionHeader): void {
    const { place } = this;
    const takenAt = next.takenAt ?? this.header?.takenAt;
    this.header = {
      ...(place !== undefined && placeHeader(place)),
      ...next,
      ...(takenAt !== undefined && { takenAt }),
    };
    this.round++;
  }
}

/** `grep -H` names the file of each line: `/proc/2/smaps`. */
function placeHeader(place: string): SectionHeader {
  const pid = /\/proc\/(\d{1,7})\//.exec(place)?.[1];
  return pid === undefined ? { path: place } : { path: place, pid: Number(pid) };
}

import { DamagedSource, OverLimit } from '../byte-source.js';
import { type Level, type OpenedFile, openStoredFile } from '../capture-file.js';
import { mayBeCompanion } from '../companions.js';
import { LIMITS } from '../limits.js';
import type { Archive, ArchiveMember, Skipped } from './archive.js';

/** A member that is no archive, or cannot be read at all. */
export type OpenedMember = Exclude<OpenedFile, { archive: Archive }> | { refused: string } | { damage: DamagedSource };

/** Where a member is: the paths of the archives inside the outermost one, then its own below the innermost. */
export type MemberPlace = readonly [string, ...string[]];

/** Who sees what an archive holds. */
export interface ArchiveVisitor {
  /** The member can be read until the promise is settled. */
  member(place: MemberPlace, member: ArchiveMember, opened: OpenedMember): Promise<void>;
  /** An archive is over; `place` is empty for the outermost. */
  ended(place: readonly string[], outcome: ArchiveOutcome): void;
}

export interface ArchiveOutcome {
  /** Regular files that were visited. */
  readonly members: number;
  readonly skipped: ReadonlyMap<Skipped, number>;
  readonly damage: DamagedSource | undefined;
}

/** Goes through an archive and those in it. */
export async function walkArchive(
  archive: Archive,
  level: Level,
  visitor: ArchiveVisitor,
  place: readonly string[] = [],
): Promise<void> {
  const skipped = new Map<Skipped, number>();
  let members = 0;
  let damage: DamagedSource | undefined;
  const visit = async (member: ArchiveMember): Promise<void> => {
    members++;
    const here = [...place, member.path] as unknown as MemberPlace;
    const opened = await openMember(member, level);
    if ('archive' in opened) {
      await walkArchive(opened.archive, opened.level, visitor, here);
      return;
    }
    try {
      await visitor.member(here, member, opened);
    } finally {
      if ('source' in opened) opened.source.close();
    }
  };
  try {
    await archive.walk(visit, (what) => {
      skipped.set(what, (skipped.get(what) ?? 0) + 1);
    });
  } catch (error) {
    if (!(error instanceof DamagedSource)) throw error;
    damage = error;
  } finally {
    archive.close();
  }
  visitor.ended(place, { members, skipped, damage });
}

async function openMember(member: ArchiveMember, level: Level): Promise<OpenedFile | OpenedMember> {
  if (member.refused !== undefined) return { refused: member.refused };
  if (member.bytes > LIMITS.member.value) {
    return { overLimit: 'expected at most 4 GiB of one file in an archive, found more: it is not read' };
  }
  try {
    const isText = mayBeCompanion(member.path.slice(member.path.lastIndexOf('/') + 1));
    return await openStoredFile({ ...level, source: await member.open(), taken: () => member.taken(), isText });
  } catch (error) {
    if (error instanceof OverLimit) return { overLimit: error.message };
    if (error instanceof DamagedSource) return { damage: error };
    throw error;
  }
}

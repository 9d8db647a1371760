import type { RecoveryReport } from '#shared/recovery.ts'

export interface ReportParts extends Omit<RecoveryReport, 'words' | 'repaired'> {
  /** Whether there is a team that has the rest. */
  readonly joined: boolean
}

/** What was done about a damaged database, with what it says in words. */
export function describeRecovery({ joined, ...report }: ReportParts): RecoveryReport {
  const { edits, rows, incomplete, backup, folder } = report
  const words = [
    'The data of Hudson on this computer was damaged. It was repaired when Hudson started.',
    ...aboutEdits(edits),
    ...(rows.kept === 0
      ? []
      : [`${some(rows.kept, 'row was read from it and is', 'rows were read from it and are')} here.`]),
    ...(backup === null ? [] : [`${some(rows.fromBackup, 'row', 'rows')} came back from the backup ${backup}.`]),
    ...(rows.mended === 0
      ? []
      : [`In ${some(rows.mended, 'row', 'rows')} a damaged value was replaced; look at them once.`]),
    ...(rows.made === 0
      ? []
      : [`What has lost the product or session that it belongs to now stands under "Recovered …" (${rows.made}).`]),
  ]
  if (incomplete.length > 0) words.push(joined ? FROM_TEAM : FOR_GOOD)
  else if (joined) words.push(CHECKED)
  words.push(`The damaged files are kept in the folder quarantine/${folder}; nothing was deleted.`)
  return { ...report, repaired: true, words }
}

/** What was done about damaged edits of the queue, while the rest of the database is sound. */
export function describeRepair(edits: RecoveryReport['edits'], at: string): RecoveryReport {
  const words = ['Some of the edits that wait on this computer were damaged, and were repaired.', ...aboutEdits(edits)]
  return { ...NOTHING, at, repaired: true, edits, words }
}

/** Damage was met while Hudson was in use. */
export function describeDamage(at: string): RecoveryReport {
  const words = [
    "A part of Hudson's data on this computer is damaged. What you saved is kept.",
    'End Hudson and start it again, after the show if one is on: it then repairs what it can, and tells you what it found.',
  ]
  return { ...NOTHING, at, repaired: false, words }
}

const NOTHING = {
  edits: { fromDatabase: 0, fromJournal: 0, rebuilt: 0, lost: 0 },
  rows: { kept: 0, mended: 0, fromBackup: 0, made: 0 },
  incomplete: [],
  backup: null,
  folder: null,
}

function aboutEdits({ fromDatabase, fromJournal, rebuilt, lost }: RecoveryReport['edits']): string[] {
  const saved = fromDatabase + fromJournal + rebuilt
  const words = []
  if (saved > 0) {
    words.push(`${some(saved, 'edit that waits', 'edits that wait')} for the team: safe, and sent as before.`)
  }
  if (lost > 0) {
    words.push(
      `${some(lost, 'edit', 'edits')} could not be read any more. Look through what you changed last before this start.`,
    )
  }
  return words
}

const FROM_TEAM =
  "What is missing here comes from the team's database as soon as it is reached; until then lists may be short."
const FOR_GOOD = 'A part of the data may be missing. Compare with what you remember; a backup may have more.'
const CHECKED = "Everything else was read, and is checked against the team's database as soon as it is reached."

function some(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`
}

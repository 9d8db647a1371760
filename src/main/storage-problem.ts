import { AppError } from '#shared/app-error.ts'
import type { ErrorCode } from '#shared/app-error.ts'
import type { StorageTrouble } from '#shared/trouble.ts'

interface Problem {
  readonly codes: RegExp
  readonly code: ErrorCode
  readonly message: string
}

const full: Problem = {
  // The last of SQLite's: no room for the file that its processes share, which is made anew at each start.
  codes: /^(SQLITE_FULL|SQLITE_IOERR_SHMSIZE|ENOSPC|EDQUOT)$/,
  code: 'internal',
  message: 'The disk is full, so nothing was saved. Free some space, then try again.',
}
const busy: Problem = {
  codes: /^SQLITE_(BUSY|LOCKED)/,
  code: 'busy',
  message: 'Another program is using the data of Hudson, so nothing was saved. Close that program, then try again.',
}
const damaged: Problem = {
  codes: /^SQLITE_(NOTADB|CORRUPT)/,
  code: 'internal',
  message:
    "A part of Hudson's data on this computer is damaged, so this did not work. Nothing else was changed. " +
    'End Hudson and start it again: it then repairs what it can, and tells you what it found.',
}
const refused: Problem = {
  codes: /^(SQLITE_READONLY|SQLITE_PERM|SQLITE_CANTOPEN|EROFS$)/,
  code: 'internal',
  message:
    'Hudson may not write to its data folder, so nothing was saved. ' +
    'Check its permissions and that its disk is not write-protected, or choose another data folder.',
}
const broken: Problem = {
  codes: /^(SQLITE_IOERR|EIO$)/,
  code: 'internal',
  message:
    'The disk could not be read or written, so nothing was saved. Check that it is connected and healthy, then try again.',
}
const noFolder: Problem = {
  codes: /^(EEXIST|ENOTDIR|EISDIR|ENOENT|ELOOP|ENAMETOOLONG)$/,
  code: 'internal',
  message: 'The data folder cannot be used: it is not a folder, or cannot be made. Choose another data folder.',
}

/** What a failure of the disk or of the database's file means, for a producer; null where the error is another one. */
export function storageProblem(error: unknown): AppError | null {
  return find(error, [full, busy, damaged, refused, broken])
}

/** The same for an error that kept Hudson from opening its data folder. */
export function dataDirProblem(error: unknown): AppError | null {
  return storageProblem(error) ?? find(error, [{ ...refused, codes: /^(EACCES|EPERM)$/ }, noFolder])
}

/** Why nothing at all can be saved, where an error says so; null where it is something else, or passes by itself. */
export function storageTrouble(error: unknown): StorageTrouble | null {
  const { code } = error instanceof Error ? (error as NodeJS.ErrnoException) : {}
  if (code === undefined) return null
  const kinds = { full, refused, broken }
  return (Object.keys(kinds) as StorageTrouble[]).find((kind) => kinds[kind].codes.test(code)) ?? null
}

function find(error: unknown, problems: readonly Problem[]): AppError | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null
  const { code } = error
  const problem = problems.find(({ codes }) => codes.test(code))
  return problem ? new AppError(problem.code, problem.message, { cause: error }) : null
}

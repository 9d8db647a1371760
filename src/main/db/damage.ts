/** The local database is damaged. The reason is for the log. */
export class DamagedDatabase extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options)
    this.name = 'DamagedDatabase'
  }
}

/** Whether an error means that a database file is damaged, or is none at all. */
export function isDamage(error: unknown): error is Error {
  if (error instanceof DamagedDatabase) return true
  return error instanceof Error && 'code' in error && DAMAGE.test(String(error.code))
}

/** The last of them: the file ends before a page that it needs. */
const DAMAGE = /^SQLITE_(CORRUPT|NOTADB|IOERR_SHORT_READ)/

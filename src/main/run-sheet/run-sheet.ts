import { AppError } from '#shared/app-error.ts'
import type { Handlers } from '#shared/contract.ts'
import type { runSheet } from '#shared/run-sheet.ts'
import { v7 as uuid } from 'uuid'
import type { Db } from '../db/database.ts'
import type { Clock } from '../clock.ts'
import type { DocumentsPort } from '../documents.ts'

interface RunSheetDeps {
  readonly db: Db
  readonly clock: Clock
  readonly documents: DocumentsPort
}

/** A page that has not come by then will not come. Pictures of a long line-up take seconds. */
const DRAWN_WITHIN_MS = 60_000

/** runSheet.*: the page draws itself in a window that nobody sees, and says when it is done. */
export function createRunSheet({ db, clock, documents }: RunSheetDeps): Handlers<typeof runSheet> {
  const drawing = new Map<string, () => void>()
  return {
    'runSheet.ready': ({ job }) => {
      drawing.get(job)?.()
      return {}
    },
    'runSheet.savePdf': async ({ sessionId, size }) => {
      const session = db.get(db.build.selectFrom('sessions').select('slug').where('id', '=', sessionId))
      if (!session)
        throw new AppError('not-found', 'This session is not there any more. It may have been deleted meanwhile.')
      const job = uuid()
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      drawing.set(job, resolve)
      const whenDrawn = async (): Promise<void> => {
        const stop = clock.after(DRAWN_WITHIN_MS, () => reject(notDrawn()))
        await promise.finally(stop)
      }
      const fileName = `${session.slug}-run-sheet.pdf`
      const path = `/sessions/${sessionId}/run-sheet?size=${size}&job=${job}`
      try {
        return { savedAs: await documents.savePdf({ fileName, path, whenDrawn }) }
      } finally {
        drawing.delete(job)
      }
    },
  }
}

function notDrawn(): AppError {
  return new AppError(
    'busy',
    'The run sheet could not be drawn in time, so nothing was saved. Try again, or print it and save that as PDF.',
  )
}

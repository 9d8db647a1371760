import { AppError } from '#shared/app-error.ts'
import type { Handlers } from '#shared/contract.ts'
import type { screens, Screen } from '#shared/screens.ts'
import type { Db } from '../db/database.ts'

/** The screens of this computer; the desktop app has them. */
export interface ScreensPort {
  list(): Screen[]
  /** Answers whether that screen is there. */
  show(screenId: string, sessionId: string): boolean
  /** Answers whether that screen showed anything, or would have once it is back. */
  hide(screenId: string): boolean
  identify(): void
  onChange(listener: () => void): void
}

/** Where there is no desktop app. */
export const noScreens: ScreensPort = {
  list: () => [],
  show: () => false,
  hide: () => false,
  identify: () => {},
  onChange: () => {},
}

interface ScreensDeps {
  readonly db: Db
  readonly screens: ScreensPort
}

export function createScreens({ db, screens: port }: ScreensDeps): Handlers<typeof screens> {
  return {
    'screens.list': () => ({ screens: port.list() }),
    'screens.show': ({ screenId, sessionId }) => {
      const found = db.get(db.build.selectFrom('sessions').select('id').where('id', '=', sessionId))
      if (!found)
        throw new AppError('not-found', 'That session is no longer there. It may have been deleted meanwhile.')
      if (!port.show(screenId, sessionId)) throw notConnected()
      return {}
    },
    'screens.hide': ({ screenId }) => {
      if (!port.hide(screenId)) throw notConnected()
      return {}
    },
    'screens.identify': () => {
      port.identify()
      return {}
    },
  }
}

function notConnected(): AppError {
  return new AppError(
    'not-found',
    'That screen is not connected to this computer. Check its cable, then choose it again.',
  )
}

import type { Handlers } from '#shared/contract.ts'
import type { history as historyEndpoints, sessions } from '#shared/sessions.ts'
import { checkRevert } from './guard.ts'
import { createLineupCommands } from './lineup-commands.ts'
import type { LineupDeps } from './lineup-commands.ts'
import { createSessionCommands } from './session-commands.ts'

/** Sessions, their line-ups, and undo and redo for all scopes. */
export function createSessions(deps: LineupDeps): Handlers<typeof sessions & typeof historyEndpoints> {
  const { db, history } = deps
  return {
    ...createSessionCommands(deps),
    ...createLineupCommands(deps),
    'history.state': ({ scope }) => history.state(scope),
    'history.undo': ({ scope, id }) => {
      checkRevert(db, history.peek(scope, 'undo', id))
      return history.undo(scope, id)
    },
    'history.redo': ({ scope }) => {
      checkRevert(db, history.peek(scope, 'redo'))
      return history.redo(scope)
    },
  }
}

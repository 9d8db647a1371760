import { powerSaveBlocker } from 'electron'
import type { ShowWatch } from './show-watch.ts'

/** Keeps the screens on while a show is in rehearsal or live. */
export function keepAwake(show: ShowWatch): void {
  const held: { id: number | null } = { id: null }
  const follow = (): void => {
    if (show.current !== null) {
      held.id ??= powerSaveBlocker.start('prevent-display-sleep')
    } else if (held.id !== null) {
      powerSaveBlocker.stop(held.id)
      held.id = null
    }
  }
  show.onChange(follow)
  follow()
}

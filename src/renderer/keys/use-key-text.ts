import type { KeyId } from '#shared/key-table.ts'
import { keyCaps } from './key-label.ts'
import { onMac } from './platform.ts'
import { useKeyTable } from './use-key-table.ts'

/** A chord in one line, as menus show it. */
export function chordText(chord: string): string {
  const mac = onMac()
  return keyCaps(chord, mac).join(mac ? '' : '+')
}

/** The first key of a command in one line; undefined where it has none. */
export function useKeyText(): (id: KeyId) => string | undefined {
  const { table } = useKeyTable()
  return (id) => {
    const chord = table.find((one) => one.id === id)?.keys[0]
    return chord === undefined ? undefined : chordText(chord)
  }
}

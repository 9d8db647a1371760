import { keyCaps } from '../keys/key-label.ts'
import { onMac } from '../keys/platform.ts'

/** A chord in one line, as menus show it. */
export function keyText(chord: string): string {
  const mac = onMac()
  return keyCaps(chord, mac).join(mac ? '' : '+')
}

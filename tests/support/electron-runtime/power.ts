import type { PowerMonitor, PowerSaveBlocker } from 'electron'
import { strict, strictEmitter } from './not-built.ts'
import { onlyWhenReady } from './state.ts'

type BuiltMonitor = Pick<
  PowerMonitor,
  'getSystemIdleState' | 'getSystemIdleTime' | 'isOnBatteryPower' | 'onBatteryPower'
>

/** Sleep, wake, lock and shutdown of the computer, which a test emits. */
class StandInPowerMonitor extends strictEmitter('powerMonitor') implements BuiltMonitor {
  idleSeconds = 0
  onBatteryPower = false
  locked = false

  getSystemIdleState(threshold: number): ReturnType<PowerMonitor['getSystemIdleState']> {
    if (this.locked) return 'locked'
    return this.idleSeconds >= threshold ? 'idle' : 'active'
  }

  getSystemIdleTime(): number {
    return this.idleSeconds
  }

  isOnBatteryPower(): boolean {
    return this.onBatteryPower
  }
}

export const powerMonitor = new StandInPowerMonitor()

type Kind = Parameters<PowerSaveBlocker['start']>[0]

const blockers = new Map<number, Kind>()
const ids = { last: 0 }

/** What keeps the computer awake at present. */
export function blockersNow(): readonly Kind[] {
  return [...blockers.values()]
}

const kinds: readonly string[] = ['prevent-app-suspension', 'prevent-display-sleep'] satisfies readonly Kind[]

export const powerSaveBlocker: PowerSaveBlocker = strict('powerSaveBlocker', {
  start: (type: Kind): number => {
    onlyWhenReady('powerSaveBlocker.start')
    if (!kinds.includes(type)) throw new TypeError(`Unknown power save blocker: ${type}`)
    ids.last += 1
    blockers.set(ids.last, type)
    return ids.last
  },
  stop: (id: number): boolean => blockers.delete(id),
  isStarted: (id: number): boolean => blockers.has(id),
})

import type { BridgeEvent } from '#shared/bridge.ts'
import type { LiveState } from '#shared/live.ts'
import { applyTopLevel } from '#shared/live-patch.ts'
import { useEffect, useState } from 'react'
import { subscribe } from './api.ts'

/** One session's live state, as this page last heard it. */
export interface LiveView {
  /** Null until it is here. */
  readonly state: LiveState | null
  /** When it came, by `performance.now()`: its clocks count on from then. */
  readonly since: number
  readonly connected: boolean
}

const unknown: LiveView = { state: null, since: 0, connected: false }

/** Follows a session. Each delta is one render. */
export function useLive(sessionId: string): LiveView {
  const [view, setView] = useState<LiveView>(unknown)
  useEffect(() => {
    setView(unknown)
    return subscribe(`session:${sessionId}`, (event) => {
      if (isOfShow(event)) setView((before) => follow(before, event))
    })
  }, [sessionId])
  return view
}

type LiveEvent = Extract<BridgeEvent, { event: 'connected' | 'state' | 'state_delta' }>

function isOfShow(event: BridgeEvent): event is LiveEvent {
  return event.event === 'connected' || event.event === 'state' || event.event === 'state_delta'
}

function follow(before: LiveView, event: LiveEvent): LiveView {
  if (event.event === 'connected') return { ...before, connected: event.connected }
  const since = performance.now()
  if (event.event === 'state') return { state: event.state, since, connected: true }
  // A delta before the state belongs to a join that is still under way; the state will hold it.
  return before.state ? { ...before, state: applyTopLevel(before.state, event.patch), since } : before
}

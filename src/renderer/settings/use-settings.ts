import type { Input } from '#shared/contract.ts'
import type { Settings } from '#shared/settings.ts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { call, read } from '../api.ts'
import { useToasts } from '../ui/toasts.tsx'

export type SettingsPatch = Input<'settings.update'>['patch']

/** How long a slider may be still before what it says is saved. */
const PAUSE_MS = 120

/** The settings, and the way to change them: what is changed shows at once, and is saved in the order it was changed. */
export function useSettings(): { readonly settings: Settings | null; readonly change: (patch: SettingsPatch) => void } {
  const toasts = useToasts()
  const queries = useQueryClient()
  const { data } = useQuery(read('settings.get', {}))
  const [ahead, setAhead] = useState<SettingsPatch>({})
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const waiting = useRef<SettingsPatch>({})
  const flush = async (): Promise<void> => {
    timer.current = null
    const patch = waiting.current
    waiting.current = {}
    try {
      queries.setQueryData(read('settings.get', {}).queryKey, await call('settings.update', { patch }))
    } catch (error) {
      toasts.failed(error)
    }
    // What was changed meanwhile is saved next and shows until then.
    setAhead(waiting.current)
  }
  const latest = useRef(flush)
  useEffect(() => {
    latest.current = flush
  })
  useEffect(
    () => () => {
      if (timer.current === null) return
      clearTimeout(timer.current)
      void latest.current()
    },
    [],
  )
  const change = (patch: SettingsPatch): void => {
    waiting.current = merge(waiting.current, patch)
    setAhead((before) => merge(before, patch))
    if (timer.current !== null) clearTimeout(timer.current)
    timer.current = setTimeout(() => void latest.current(), PAUSE_MS)
  }
  return { settings: data ? mergeInto(data, ahead) : null, change }
}

function mergeInto(settings: Settings, { host, media, points, team, ...patch }: SettingsPatch): Settings {
  // What is absent from a patch never stands in it as undefined.
  return {
    ...settings,
    ...patch,
    host: { ...settings.host, ...host },
    media: { ...settings.media, ...media },
    points: { ...settings.points, ...points },
    team: { ...settings.team, ...team },
  } as Settings
}

function merge(base: SettingsPatch, patch: SettingsPatch): SettingsPatch {
  const host = patch.host ? { ...base.host, ...patch.host } : base.host
  const media = patch.media ? { ...base.media, ...patch.media } : base.media
  const points = patch.points ? { ...base.points, ...patch.points } : base.points
  const team = patch.team ? { ...base.team, ...patch.team } : base.team
  return {
    ...base,
    ...patch,
    ...(host && { host }),
    ...(media && { media }),
    ...(points && { points }),
    ...(team && { team }),
  }
}

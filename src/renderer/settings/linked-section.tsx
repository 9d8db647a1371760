import { useEffect, useRef } from 'react'
import type { ComponentProps } from 'react'
import { useLocation } from 'react-router'
import { SettingsSection } from './settings-section.tsx'

/** A group of settings that a link leads to: `/settings#ID` comes to its top. */
export function LinkedSection({ id, ...section }: ComponentProps<typeof SettingsSection> & { readonly id: string }) {
  const place = useRef<HTMLDivElement>(null)
  const { hash } = useLocation()
  useEffect(() => {
    if (hash === `#${id}`) place.current?.scrollIntoView({ block: 'start' })
  }, [hash, id])
  return (
    <div ref={place}>
      <SettingsSection {...section} />
    </div>
  )
}

import { useId } from 'react'
import type { ReactNode } from 'react'

interface SettingsSectionProps {
  readonly title: string
  readonly hint?: string
  readonly children: ReactNode
}

/** One group of settings: what it is about at the left, the controls at the right. */
export function SettingsSection({ title, hint, children }: SettingsSectionProps) {
  const id = useId()
  return (
    <section className="settings-section" aria-labelledby={id}>
      <div className="settings-about">
        <h2 id={id}>{title}</h2>
        {hint !== undefined && <p className="quiet">{hint}</p>}
      </div>
      <div className="settings-controls">{children}</div>
    </section>
  )
}

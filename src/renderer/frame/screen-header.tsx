import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { HealthIndicator } from './health-indicator.tsx'
import './frame.css'

interface ScreenHeaderProps {
  /** The window's title, and the heading where `children` is absent. */
  readonly title: string
  /** In place of the plain heading: a way back, a name to edit. */
  readonly children?: ReactNode
  /** Buttons at the right; the screen's one primary action last. */
  readonly actions?: ReactNode
}

/** The top of every screen inside the frame: what it is, its main action, and how things stand. */
export function ScreenHeader({ title, children, actions }: ScreenHeaderProps) {
  useEffect(() => {
    document.title = `${title} – Hudson`
  }, [title])
  return (
    <header className="screen-header">
      <div className="screen-title">{children ?? <h1>{title}</h1>}</div>
      <div className="screen-actions">{actions}</div>
      <HealthIndicator />
    </header>
  )
}

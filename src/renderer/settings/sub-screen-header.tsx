import { ArrowLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { ScreenHeader } from '../frame/screen-header.tsx'

interface Props {
  readonly title: string
  /** What the way back is called. */
  readonly back: string
  readonly actions?: ReactNode
}

/** The top of a screen that belongs to the settings, with the way back to them. */
export function SubScreenHeader({ title, back, actions }: Props) {
  return (
    <ScreenHeader title={title} actions={actions}>
      <Link className="button" data-kind="ghost" data-icon="" to="/settings" aria-label={back} title={back}>
        <ArrowLeft aria-hidden />
      </Link>
      <h1>{title}</h1>
    </ScreenHeader>
  )
}

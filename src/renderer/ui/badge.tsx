import type { ReactNode } from 'react'
import './badge.css'

interface BadgeProps {
  readonly kind?: 'plain' | 'ok' | 'warn' | 'bad' | 'info' | 'accent'
  /** A shape before the word: state is never told by colour alone. */
  readonly shape?: ReactNode
  readonly children: ReactNode
  readonly title?: string
}

/** A short word about the state of something. */
export function Badge({ kind = 'plain', shape, children, title }: BadgeProps) {
  return (
    <span className="badge" data-kind={kind} title={title}>
      {shape !== undefined && (
        <span className="badge-shape" aria-hidden>
          {shape}
        </span>
      )}
      {children}
    </span>
  )
}

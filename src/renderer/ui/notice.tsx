import type { ReactNode } from 'react'
import { useId } from 'react'
import './notice.css'

interface NoticeProps {
  readonly kind: 'bad' | 'warn'
  readonly title: string
  /** What it means, and what to do. */
  readonly children: ReactNode
  readonly actions?: ReactNode
}

const shapes = { bad: '▲', warn: '◆' } as const

/** Something that lasts, and that a person has to know: a bar across the screen, until it is over. */
export function Notice({ kind, title, children, actions }: NoticeProps) {
  const id = useId()
  return (
    <section className="notice" data-kind={kind} aria-labelledby={id}>
      <span className="notice-shape" aria-hidden>
        {shapes[kind]}
      </span>
      <div className="notice-words">
        <h2 id={id}>{title}</h2>
        {children}
      </div>
      {actions !== undefined && <div className="notice-actions">{actions}</div>}
    </section>
  )
}

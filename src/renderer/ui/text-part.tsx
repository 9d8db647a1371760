import type { ReactNode } from 'react'
import './text-part.css'

interface TextPartProps {
  readonly title: string
  /** Beside the title: what it is, how large. */
  readonly note?: ReactNode
  readonly text: string
  readonly open?: boolean
}

/** A text of a machine, as it is: folded away until somebody wants to read it. */
export function TextPart({ title, note, text, open = false }: TextPartProps) {
  return (
    <details className="text-part" open={open}>
      <summary>
        <span className="text-part-title">{title}</span>
        {note !== undefined && <span className="text-part-note">{note}</span>}
      </summary>
      {/* A region that scrolls must be reachable by keyboard. */}
      <pre tabIndex={0} role="region" aria-label={title}>
        {text}
      </pre>
    </details>
  )
}

import type { ReactNode } from 'react'

interface ChoiceCardProps {
  /** Of the radio buttons that belong together. */
  readonly group: string
  readonly title: ReactNode
  readonly checked: boolean
  readonly onChoose: () => void
  /** It has the focus when the dialog opens; that chooses nothing. */
  readonly autoFocus?: boolean
  readonly children?: ReactNode
}

/** One of a few answers, with what it means below it. A press anywhere on it chooses it. */
export function ChoiceCard({ group, title, checked, onChoose, autoFocus = false, children }: ChoiceCardProps) {
  return (
    <div className="conflict-card">
      <label className="conflict-card-head">
        <input type="radio" name={group} checked={checked} onChange={onChoose} autoFocus={autoFocus} />
        <span>{title}</span>
      </label>
      {children !== undefined && <div className="conflict-card-body">{children}</div>}
    </div>
  )
}

import { FileUp } from 'lucide-react'
import { useRef, useState } from 'react'
import type { DragEvent } from 'react'
import { Button } from './button.tsx'
import './file-drop.css'

interface FileDropProps {
  /** What is wanted, and where it comes from. */
  readonly where: string
  readonly limits: string
  readonly label: string
  readonly choose: string
  /** Endings and kinds, as an input takes them. */
  readonly accept: string
  readonly onFile: (file: File) => void
}

/** A place for a file: dropped, or chosen. */
export function FileDrop({ where, limits, label, choose, accept, onFile }: FileDropProps) {
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const hold = (event: DragEvent, held: boolean): void => {
    event.preventDefault()
    setOver(held)
  }
  return (
    <div
      className="file-drop"
      data-over={over || undefined}
      onDragOver={(event) => hold(event, true)}
      onDragLeave={(event) => hold(event, false)}
      onDrop={(event) => {
        hold(event, false)
        const file = event.dataTransfer.files[0]
        if (file) onFile(file)
      }}
    >
      <p>{where}</p>
      <p className="quiet">{limits}</p>
      <input
        ref={input}
        type="file"
        accept={accept}
        aria-label={label}
        className="visually-hidden"
        tabIndex={-1}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          // The same file again must count as a choice too.
          event.currentTarget.value = ''
          if (file) onFile(file)
        }}
      />
      <Button kind="primary" autoFocus onClick={() => input.current?.click()}>
        <FileUp aria-hidden />
        {choose}
      </Button>
    </div>
  )
}

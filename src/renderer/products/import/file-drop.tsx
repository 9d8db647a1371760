import { FileUp } from 'lucide-react'
import { useRef, useState } from 'react'
import type { DragEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'

/** The place for the CSV: dropped, or chosen. */
export function FileDrop({ onFile }: { readonly onFile: (file: File) => void }) {
  const { t } = useTranslation()
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const hold = (event: DragEvent, held: boolean): void => {
    event.preventDefault()
    setOver(held)
  }
  return (
    <div
      className="import-drop"
      data-over={over || undefined}
      onDragOver={(event) => hold(event, true)}
      onDragLeave={(event) => hold(event, false)}
      onDrop={(event) => {
        hold(event, false)
        const file = event.dataTransfer.files[0]
        if (file) onFile(file)
      }}
    >
      <p>{t('products.import.where')}</p>
      <p className="quiet">{t('products.import.limits')}</p>
      <input
        ref={input}
        type="file"
        accept=".csv,text/csv"
        aria-label={t('products.import.file')}
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
        {t('products.import.choose')}
      </Button>
    </div>
  )
}

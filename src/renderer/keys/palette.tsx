import { Dialog } from '@base-ui/react/dialog'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useId, useMemo, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { read } from '../api.ts'
import { Chord } from './help-overlay.tsx'
import type { KeyId } from '#shared/key-table.ts'
import { useKeyTable } from './use-key-table.ts'
import { rankEntries } from './rank-commands.ts'
import type { PaletteEntry } from './rank-commands.ts'
import './keys.css'

/** Commands of the key table that the palette can run here; the others are left out. */
export type PaletteCommands = { readonly [Id in KeyId]?: () => void }

interface Props {
  readonly open: boolean
  readonly onClose: () => void
  readonly commands: PaletteCommands
  /** Opens a page of the app by its path. */
  readonly onOpen: (path: string) => void
}

const SHOWN = 12

/** One box for everything: commands with their keys, sessions, products. */
export function Palette({ open, onClose, commands, onOpen }: Props) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="keys-backdrop" />
        <Dialog.Popup className="palette">
          <Search {...{ commands, onOpen, onClose }} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Search({ commands, onOpen, onClose }: Omit<Props, 'open'>) {
  const { t } = useTranslation()
  const list = useId()
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState(0)
  const entries = useEntries(typed, { commands, onOpen }).slice(0, SHOWN)
  const at = Math.min(chosen, entries.length - 1)
  const run = (entry: PaletteEntry | undefined): void => {
    if (!entry) return
    onClose()
    entry.run()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) setChosen((at + step + entries.length) % Math.max(1, entries.length))
    else if (event.key === 'Enter') run(entries[at])
    else return
    event.preventDefault()
  }
  return (
    <>
      <Dialog.Title className="visually-hidden">{t('show.palette.title')}</Dialog.Title>
      <input
        className="palette-input"
        role="combobox"
        aria-expanded
        aria-controls={list}
        aria-activedescendant={entries[at] ? `${list}-${at}` : undefined}
        aria-label={t('show.palette.title')}
        placeholder={t('show.palette.placeholder')}
        value={typed}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setTyped(event.target.value)
          setChosen(0)
        }}
        onKeyDown={onKeyDown}
      />
      <ul id={list} role="listbox" aria-label={t('show.palette.title')} className="palette-list">
        {entries.map((entry, index) => (
          <li
            key={`${entry.kind} ${entry.id}`}
            id={`${list}-${index}`}
            role="option"
            aria-selected={index === at}
            onPointerMove={() => setChosen(index)}
            onClick={() => run(entry)}
          >
            <span className="palette-kind">{t(`show.palette.kind.${entry.kind}`)}</span>
            <span className="palette-label">{entry.label}</span>
            {entry.detail && <span className="palette-detail">{entry.detail}</span>}
            {entry.chord && <Chord chord={entry.chord} />}
          </li>
        ))}
      </ul>
      {entries.length === 0 && <p className="palette-empty">{t('show.palette.nothing')}</p>}
    </>
  )
}

/** Products are looked up by the core, which knows SKUs and ids; the rest is here. */
function useEntries(typed: string, { commands, onOpen }: Pick<Props, 'commands' | 'onOpen'>): readonly PaletteEntry[] {
  const { t } = useTranslation()
  const { table } = useKeyTable()
  const search = typed.trim()
  const sessions = useQuery(read('sessions.list', {})).data?.items
  const products = useQuery({
    ...read('products.list', { search, limit: 8 }),
    enabled: search !== '',
    placeholderData: keepPreviousData,
  }).data?.items
  return useMemo(() => {
    const own = table.flatMap(({ id, keys }) => {
      const run = commands[id]
      const chord = keys[0]
      return run ? [{ id, kind: 'command' as const, label: t(`show.keys.${id}`), ...(chord && { chord }), run }] : []
    })
    const open = (sessions ?? []).map(({ id, name, brand }) => ({
      id,
      kind: 'session' as const,
      label: name,
      ...(brand && { detail: brand.name }),
      run: () => onOpen(`/sessions/${id}`),
    }))
    const found = search === '' ? [] : (products ?? [])
    const catalogue = found.map(({ id, name, sku }) => ({
      id,
      kind: 'product' as const,
      label: name,
      ...(sku && { detail: sku }),
      run: () => onOpen(`/products/${id}`),
    }))
    // The core has ranked the products, by their numbers too; here only commands and sessions are.
    const ranked = rankEntries([...own, ...open], search)
    return [...ranked.slice(0, search === '' ? SHOWN : 6), ...catalogue]
  }, [commands, table, sessions, products, search, t, onOpen])
}

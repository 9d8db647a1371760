import type { LiveState } from '#shared/live.ts'
import type { LineupItem } from '#shared/sessions.ts'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keyCaps } from '../../keys/key-label.ts'
import { onMac } from '../../keys/platform.ts'
import { call } from '../../api.ts'
import { patchOf, problemsOf } from '../live/item-draft.ts'
import { ItemFields } from './item-fields.tsx'
import type { ItemDrafts } from './item-drafts.ts'
import './quick-edit.css'

/** What the keys and buttons of the quick edit do. */
export interface QuickEditActions {
  /** Saves what was typed and shows it to the host. */
  updateHost(): void
  save(itemId: string): void
}

interface ActionDeps {
  readonly state: LiveState | null
  readonly drafts: ItemDrafts
  /** Asks for the line-up again; resolves once it is here. */
  readonly refresh: () => Promise<unknown>
  readonly onError: (error: unknown) => void
}

export function createQuickEdit({ state, drafts, refresh, onError }: ActionDeps): QuickEditActions {
  const saved = async (itemId: string): Promise<boolean> => {
    const draft = drafts.of(itemId)
    if (problemsOf(draft).length > 0) return false
    const patch = patchOf(draft)
    if (Object.keys(patch).length > 0) await call('lineup.update', { itemId, patch })
    // First the new line-up, then the draft goes: in between, the field would show the old text under the caret.
    await refresh()
    drafts.drop(itemId, draft)
    return true
  }
  return {
    updateHost: () => {
      const { sessionId, itemId } = state ?? {}
      if (sessionId === undefined || !itemId) return
      saved(itemId)
        .then((done) => (done ? call('live.updateHost', { sessionId }) : null))
        .catch(onError)
    },
    save: (itemId) => void saved(itemId).catch(onError),
  }
}

interface Props {
  readonly state: LiveState
  readonly items: readonly LineupItem[]
  readonly drafts: ItemDrafts
  readonly actions: QuickEditActions
  readonly pushAsTyped: boolean
  readonly onError: (error: unknown) => void
}

/**
 * Changes the item on air for this show. Nothing reaches the host before "Update host". What was typed stays with its item
 * when the show moves on, and says so.
 */
export function QuickEdit({ state, items, drafts, actions, pushAsTyped, onError }: Props) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<string | null>(null)
  const { itemId } = state
  const opened = chosen !== null && drafts.all[chosen] ? chosen : itemId
  const item = items.find(({ id }) => id === opened)
  const draft = opened === null ? {} : drafts.of(opened)
  const typed = Object.keys(draft).length > 0
  const onAir = opened !== null && opened === itemId
  const waits = onAir && (typed || state.staged)
  usePushAsTyped({ enabled: pushAsTyped && onAir && typed, draft, push: actions.updateHost })
  return (
    <section className="quick-edit" aria-label={t('show.edit.title')}>
      <header>
        <h2>
          {item ? t(onAir ? 'show.edit.onAir' : 'show.edit.other', { number: item.number }) : t('show.edit.title')}
        </h2>
        {waits && <span className="quick-edit-staged">{t('show.edit.staged')}</span>}
        <button
          type="button"
          className="button"
          data-kind={waits ? 'primary' : undefined}
          disabled={!waits}
          onClick={actions.updateHost}
        >
          {t('show.edit.updateHost')} <kbd aria-hidden="true">{keyCaps('Mod+Enter', onMac()).join(' ')}</kbd>
        </button>
      </header>
      <OtherDrafts {...{ items, drafts, actions }} opened={opened} onOpen={setChosen} />
      {item ? (
        <ItemFields
          key={item.id}
          item={item}
          card={onAir ? state.card : null}
          draft={draft}
          onDraft={(next) => drafts.set(item.id, next)}
          onSave={() => actions.save(item.id)}
          onError={onError}
        />
      ) : (
        <p className="producer-empty">{t(itemId === null ? 'show.edit.nothing' : 'show.edit.removed')}</p>
      )}
    </section>
  )
}

const PUSH_AFTER_MS = 400

function usePushAsTyped({ enabled, draft, push }: { enabled: boolean; draft: object; push: () => void }): void {
  useEffect(() => {
    if (!enabled) return undefined
    const timer = setTimeout(push, PUSH_AFTER_MS)
    return () => clearTimeout(timer)
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the pause counts from the last key, which makes a new draft
  }, [enabled, draft])
}

interface OtherProps {
  readonly items: readonly LineupItem[]
  readonly drafts: ItemDrafts
  readonly actions: QuickEditActions
  readonly opened: string | null
  readonly onOpen: (itemId: string) => void
}

/** Edits that wait with other items. */
function OtherDrafts({ items, drafts, actions, opened, onOpen }: OtherProps) {
  const { t } = useTranslation()
  const others = items.filter(({ id }) => id !== opened && drafts.all[id])
  if (others.length === 0) return null
  return (
    <ul className="quick-edit-others">
      {others.map((item) => (
        <li key={item.id}>
          <span>{t('show.edit.unsaved', { number: item.number, name: item.name })}</span>
          <button type="button" className="button" data-kind="ghost" onClick={() => onOpen(item.id)}>
            {t('show.edit.open')}
          </button>
          <button type="button" className="button" data-kind="ghost" onClick={() => actions.save(item.id)}>
            {t('show.edit.save')}
          </button>
          <button type="button" className="button" data-kind="ghost" onClick={() => drafts.set(item.id, {})}>
            {t('show.edit.discard')}
          </button>
        </li>
      ))}
    </ul>
  )
}

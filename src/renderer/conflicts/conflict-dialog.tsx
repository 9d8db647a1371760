import type { Conflict } from '#shared/conflicts.ts'
import type { TFunction } from 'i18next'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { chosenAll, decisionOf, isWhole, missing, oneSideOf } from './draft.ts'
import type { Draft } from './draft.ts'
import { FieldChoice } from './field-choice.tsx'
import { isBlock } from './group-conflicts.ts'
import { NewsPanel } from './news-panel.tsx'
import { deviceOf, isMe, sideTitle } from './side-words.ts'
import type { Deciding } from './use-decide.ts'
import { DeletionChoice, LiveChoice, OrderChoice } from './whole-choice.tsx'
import './conflict-dialog.css'

interface ConflictDialogProps {
  readonly conflict: Conflict
  readonly draft: Draft
  readonly onDraft: (draft: Draft) => void
  /** Those that one answer can go for as well. */
  readonly alike: readonly Conflict[]
  readonly deciding: Deciding
  readonly onLater: () => void
  /** Where the focus goes afterwards. */
  readonly focusAfter: () => HTMLElement | null
}

/** One conflict and its answer. Leaving it by any way but the answer decides nothing and forgets nothing. */
export function ConflictDialog(props: ConflictDialogProps) {
  const { conflict, draft, onDraft, alike, deciding, onLater, focusAfter } = props
  const { t } = useTranslation()
  // Rows of one block belong together. Once they are decided elsewhere, what was chosen for them is not meant for others.
  const block = isBlock(conflict, alike)
  const [chosen, setChosen] = useState<{ readonly block: boolean; readonly also: boolean } | null>(null)
  const also = chosen?.block === block ? chosen.also : block
  const fitting = draft.both ? alike.filter(({ canKeepBoth }) => canKeepBoth) : alike
  const isOneSided = draft.both || oneSideOf(draft, conflict) !== null
  const others = also && isOneSided ? fitting : []
  const decision = decisionOf(draft, conflict)
  return (
    <Dialog
      open
      wide
      title={conflict.title}
      description={conflict.text}
      onClose={deciding.busy ? deciding.stop : onLater}
      focusAfter={focusAfter}
      actions={
        deciding.busy && deciding.progress ? (
          <Progress deciding={deciding} />
        ) : (
          <>
            {decision === null && <p className="conflict-left quiet">{leftText(t, draft, conflict)}</p>}
            <Button onClick={onLater} disabled={deciding.busy}>
              {t('conflicts.later')}
            </Button>
            <Button
              kind="primary"
              disabled={decision === null || deciding.busy}
              onClick={() => deciding.decide({ conflict, draft, others })}
            >
              {t('conflicts.confirm')}
            </Button>
          </>
        )
      }
    >
      <NewsPanel conflict={conflict} news={draft.news} />
      <Sides conflict={conflict} />
      {!isWhole(conflict) && <ForAll conflict={conflict} draft={draft} onDraft={onDraft} />}
      <Question conflict={conflict} draft={draft} onDraft={onDraft} />
      {fitting.length > 0 && (
        <AlikeChoice
          {...{ conflict, also, isOneSided }}
          alike={fitting}
          onAlso={(next) => setChosen({ block, also: next })}
        />
      )}
      {deciding.problem !== null && (
        <p className="field-error" role="alert">
          {deciding.problem}
        </p>
      )}
    </Dialog>
  )
}

function leftText(t: TFunction, draft: Draft, conflict: Conflict): string {
  return isWhole(conflict)
    ? t('conflicts.chooseOne')
    : t('conflicts.choose', { count: missing(draft, conflict).length })
}

type Asking = Pick<ConflictDialogProps, 'conflict' | 'draft' | 'onDraft'>

function Question(props: Asking) {
  const { conflict } = props
  switch (conflict.kind) {
    case 'delete':
      return <DeletionChoice {...props} />
    case 'order':
      return <OrderChoice {...props} />
    case 'live':
      return <LiveChoice {...props} />
    default:
      return conflict.fields.map((field) => <FieldChoice key={field.name} {...props} field={field} />)
  }
}

/** Who is meant by each side, and since when. */
function Sides({ conflict }: { readonly conflict: Conflict }) {
  const { t } = useTranslation()
  return (
    <dl className="conflict-sides">
      {(['mine', 'theirs'] as const).map((side) => (
        <div key={side}>
          <dt>{sideTitle(t, conflict, side)}</dt>
          <dd>
            <span className="quiet">
              {isMe(conflict, side) && <>{t('conflicts.thisComputer')}, </>}
              {conflict[side].at !== null && <RelativeTime at={conflict[side].at} />}
            </span>
            {conflict.standing === side && conflict.kind === 'field' && (
              <Badge shape="●">{t('conflicts.standsNow')}</Badge>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function ForAll({ conflict, draft, onDraft }: Asking) {
  const { t } = useTranslation()
  const side = oneSideOf(draft, conflict)
  return (
    <div>
      <div className="conflict-all" role="group" aria-label={t('conflicts.all.label')}>
        {(['mine', 'theirs'] as const).map((one) => (
          <Button
            key={one}
            autoFocus={one === 'mine'}
            aria-pressed={side === one}
            onClick={() => onDraft(chosenAll(draft, conflict, one))}
          >
            {isMe(conflict, one)
              ? t('conflicts.all.mine')
              : t('conflicts.all.theirs', { name: deviceOf(t, conflict, one) })}
          </Button>
        ))}
        {conflict.canKeepBoth && (
          <Button aria-pressed={draft.both} onClick={() => onDraft({ ...draft, both: !draft.both })}>
            {t('conflicts.both')}
          </Button>
        )}
      </div>
      {draft.both && <p className="conflict-both-hint">{t('conflicts.bothHint')}</p>}
    </div>
  )
}

interface AlikeChoiceProps {
  readonly conflict: Conflict
  readonly alike: readonly Conflict[]
  readonly also: boolean
  readonly isOneSided: boolean
  readonly onAlso: (also: boolean) => void
}

function AlikeChoice({ conflict, alike, also, isOneSided, onAlso }: AlikeChoiceProps) {
  const { t } = useTranslation()
  const hint = useId()
  const count = alike.length
  const many = count === 1 ? t('conflicts.alike.one') : t('conflicts.alike.many', { count })
  return (
    <div>
      <label className="conflict-alike">
        <input
          type="checkbox"
          checked={also}
          aria-describedby={isOneSided ? undefined : hint}
          onChange={(event) => onAlso(event.currentTarget.checked)}
        />
        {isBlock(conflict, alike) ? t('conflicts.alike.block', { count }) : many}
      </label>
      {also && !isOneSided && !isWhole(conflict) && (
        <p id={hint} className="quiet">
          {t('conflicts.alike.oneSide')}
        </p>
      )}
    </div>
  )
}

function Progress({ deciding }: { readonly deciding: Deciding }) {
  const { t } = useTranslation()
  const { done, total } = deciding.progress ?? { done: 0, total: 1 }
  const text = t('conflicts.progress', { done, total })
  return (
    <>
      <progress value={done} max={total} aria-label={text} />
      <p className="tabular" role="status">
        {text}
      </p>
      <Button onClick={deciding.stop}>{t('conflicts.stop')}</Button>
    </>
  )
}

import type { Conflict, OrderRow, WaitingEdit } from '#shared/conflicts.ts'
import { useId } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ChoiceCard } from './choice-card.tsx'
import { chosenAll, oneSideOf } from './draft.ts'
import type { Draft, Side } from './draft.ts'
import { fieldName, valueText } from './field-words.ts'
import { deletionText, sideTitle } from './side-words.ts'

export interface WholeChoiceProps {
  readonly conflict: Conflict
  readonly draft: Draft
  readonly onDraft: (draft: Draft) => void
}

interface TwoSidesProps extends WholeChoiceProps {
  readonly legend: string
  readonly title: (side: Side) => ReactNode
  readonly bodies?: Readonly<Record<Side, ReactNode>>
}

/** A conflict that is one question: one of two answers. */
function TwoSides({ conflict, draft, onDraft, legend, title, bodies }: TwoSidesProps) {
  const group = useId()
  const side = oneSideOf(draft, conflict)
  return (
    <fieldset className="conflict-field">
      <legend>{legend}</legend>
      <div className="conflict-field-sides" data-two>
        {(['mine', 'theirs'] as const).map((one) => (
          <ChoiceCard
            key={one}
            group={group}
            title={title(one)}
            checked={side === one}
            autoFocus={one === (side ?? 'mine')}
            onChoose={() => onDraft(chosenAll(draft, conflict, one))}
          >
            {bodies?.[one]}
          </ChoiceCard>
        ))}
      </div>
    </fieldset>
  )
}

/** One side removed it, the other one changed it. */
export function DeletionChoice(props: WholeChoiceProps) {
  const { t } = useTranslation()
  const { conflict } = props
  return (
    <>
      <TwoSides {...props} legend={t('conflicts.deletion.label')} title={(side) => deletionText(t, conflict, side)} />
      <DeletionEdits conflict={conflict} />
    </>
  )
}

/** What was done to the removed thing, so far as it is known here. */
function DeletionEdits({ conflict }: { readonly conflict: Conflict }) {
  const { t, i18n } = useTranslation()
  const words = { t, locale: i18n.language }
  const deleted = conflict.fields.find(({ name }) => name === 'deleted')
  const editor: Side = deleted?.mine === true ? 'theirs' : 'mine'
  const fields = conflict.fields.filter(({ name }) => name !== 'deleted')
  const edits = conflict.edits ?? []
  if (fields.length + edits.length === 0) return <p className="quiet">{t('conflicts.deletion.inIt')}</p>
  return (
    <section className="conflict-edits">
      <h3>{t('conflicts.deletion.edits')}</h3>
      <ul className="conflict-edit-list">
        {fields.map((field) => (
          <li key={field.name}>
            {t('conflicts.deletion.change', {
              field: fieldName(t, field.name),
              old: field.labels ? (field.labels.base ?? '') : valueText(words, field.name, field.base),
              now: field.labels ? (field.labels[editor] ?? '') : valueText(words, field.name, field[editor]),
            })}
          </li>
        ))}
        {edits.map((edit) => (
          <EditOfPart key={edit.entityId} edit={edit} />
        ))}
      </ul>
    </section>
  )
}

function EditOfPart({ edit: { title, what, fields } }: { readonly edit: WaitingEdit }) {
  const { t, i18n } = useTranslation()
  const words = { t, locale: i18n.language }
  return (
    <li>
      {t(`conflicts.deletion.part.${what}`, { title })}
      {what === 'changed' && (
        <ul className="conflict-edit-list">
          {fields.map(({ name, base, value }) => (
            <li key={name}>
              {t('conflicts.deletion.change', {
                field: fieldName(t, name),
                old: valueText(words, name, base),
                now: valueText(words, name, value),
              })}
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}

/** Two places for the same item: both orders, as far as they say something. */
export function OrderChoice(props: WholeChoiceProps) {
  const { t } = useTranslation()
  const { conflict } = props
  const was = conflict.fields.find(({ name }) => name === 'order')?.base
  return (
    <>
      {typeof was === 'number' && <p className="quiet">{t('conflicts.order.wasPlace', { place: was })}</p>}
      <TwoSides
        {...props}
        legend={t('conflicts.order.label')}
        title={(side) => sideTitle(t, conflict, side)}
        bodies={{
          mine: <OrderRows rows={conflict.order?.mine ?? []} itemId={conflict.entityId} />,
          theirs: <OrderRows rows={conflict.order?.theirs ?? []} itemId={conflict.entityId} />,
        }}
      />
    </>
  )
}

function OrderRows({ rows, itemId }: { readonly rows: readonly OrderRow[]; readonly itemId: string }) {
  const { t } = useTranslation()
  return (
    <ol className="conflict-order">
      {rows.map((row) => (
        <li key={row.itemId} data-moved={row.moved || undefined} data-this={row.itemId === itemId || undefined}>
          <span className="tabular conflict-order-number">{row.number}</span>
          <span className="conflict-order-name">{row.name}</span>
          {row.moved && (
            <span className="conflict-order-moved">
              <span aria-hidden>↕ </span>
              {t('conflicts.moved')}
            </span>
          )}
        </li>
      ))}
    </ol>
  )
}

/** Two computers drove one show apart. */
export function LiveChoice(props: WholeChoiceProps) {
  const { t } = useTranslation()
  const { conflict } = props
  return (
    <>
      <p className="quiet">{t('conflicts.live.hint')}</p>
      <TwoSides
        {...props}
        legend={t('conflicts.live.label')}
        title={(side) => sideTitle(t, conflict, side)}
        bodies={{
          mine: <LivePlace conflict={conflict} side="mine" />,
          theirs: <LivePlace conflict={conflict} side="theirs" />,
        }}
      />
    </>
  )
}

function LivePlace({ conflict, side }: { readonly conflict: Conflict; readonly side: Side }) {
  const { t, i18n } = useTranslation()
  const field = (name: string) => conflict.fields.find((one) => one.name === name)
  const message = field('message')?.[side]
  const more = [
    ...['mode', 'imageIndex'].flatMap((name) => {
      const value = field(name)?.[side]
      return typeof value === 'string' || typeof value === 'number'
        ? [valueText({ t, locale: i18n.language }, name, value)]
        : []
    }),
    ...(field('blank')?.[side] === true ? [t('conflicts.live.blank')] : []),
    ...(typeof message === 'string' ? [t('conflicts.live.message', { text: message })] : []),
  ]
  return (
    <>
      <p>{t('conflicts.live.goOn', { where: field('itemId')?.labels?.[side] ?? t('conflicts.live.nowhere') })}</p>
      {more.length > 0 && <p className="quiet">{more.join(', ')}</p>}
    </>
  )
}

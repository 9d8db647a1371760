import type { ProductDetail, ShopifyField } from '#shared/library.ts'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call, read } from '../../api.ts'
import { useToasts } from '../../ui/toasts.tsx'
import { afterSave, changesOf, dropField, shownFields, typeField } from './draft.ts'
import type { Draft } from './draft.ts'
import { fieldErrorsOf } from './field-errors.ts'
import type { SortedErrors } from './field-errors.ts'
import { fieldsOf, patchOf } from './fields.ts'
import type { FieldName, ProductFields } from './fields.ts'

/** One product being edited: what it says, what was typed, and what can be done with that. */
export interface Editor {
  readonly product: ProductDetail
  /** What the product says now. */
  readonly saved: ProductFields
  /** What the form shows. */
  readonly shown: ProductFields
  readonly draft: Draft
  /** How many fields differ from what is saved. */
  readonly changes: number
  readonly saving: boolean
  readonly errors: SortedErrors
  /** Counts up when the form must forget what stands in it. */
  readonly round: number
  readonly unlocked: ReadonlySet<FieldName>
  readonly type: <F extends FieldName>(field: F, value: ProductFields[F]) => void
  /** Lets a field that Shopify owns be typed into. */
  readonly unlock: (field: FieldName) => void
  /** Forgets what was typed into a field. */
  readonly drop: (field: FieldName) => void
  /** Gives a field back to Shopify, at once. */
  readonly reset: (field: ShopifyField) => Promise<void>
  /** Answers whether everything is saved. */
  readonly save: () => Promise<boolean>
  readonly discard: () => void
}

const noErrors: SortedErrors = { fields: {}, other: null }

export function useEditor(product: ProductDetail): Editor {
  const saved = fieldsOf(product)
  const typing = useTyping(saved)
  const { draft, unlocked, round, forget, discard } = typing
  const { errors, setErrors, saving, save } = useSave(product, typing)
  const reset = useReset(product)
  return {
    product,
    saved,
    shown: shownFields(draft, saved),
    draft,
    changes: Object.keys(changesOf(draft, saved)).length,
    saving,
    errors,
    round,
    unlocked,
    type: (field, value) => {
      typing.type(field, value)
      setErrors(noErrors)
    },
    unlock: typing.unlock,
    drop: forget,
    reset: async (field) => {
      if (await reset(field)) forget(field)
    },
    save,
    discard: () => {
      discard()
      setErrors(noErrors)
    },
  }
}

type Typing = Pick<Editor, 'draft' | 'unlocked' | 'round' | 'type' | 'unlock' | 'discard'> & {
  readonly forget: (field: FieldName) => void
  /** Forgets what was saved. */
  readonly settle: (sent: Partial<ProductFields>) => void
}

/** What is typed and what is unlocked for it. */
function useTyping(saved: ProductFields): Typing {
  const [draft, setDraft] = useState<Draft>({})
  const [unlocked, setUnlocked] = useState<ReadonlySet<FieldName>>(new Set())
  const [round, setRound] = useState(0)
  return {
    draft,
    unlocked,
    round,
    type: (field, value) => setDraft((before) => typeField(before, saved, { field, value })),
    unlock: (field) => setUnlocked((before) => new Set([...before, field])),
    forget: (field) => {
      setDraft((before) => dropField(before, field))
      setUnlocked((before) => new Set([...before].filter((one) => one !== field)))
      setRound((before) => before + 1)
    },
    discard: () => {
      setDraft({})
      setUnlocked(new Set())
      setRound((before) => before + 1)
    },
    settle: (sent) => {
      setDraft((before) => afterSave(before, sent))
      setUnlocked(new Set())
    },
  }
}

interface Saving {
  readonly errors: SortedErrors
  readonly setErrors: (errors: SortedErrors) => void
  readonly saving: boolean
  readonly save: () => Promise<boolean>
}

function useSave(product: ProductDetail, { draft, settle }: Typing): Saving {
  const { t } = useTranslation()
  const [saving, setSaving] = useState(false)
  const [errors, setErrors] = useState(noErrors)
  const refresh = useRefresh(product.id)
  const write = async (changes: Partial<ProductFields>): Promise<SortedErrors> => {
    try {
      await call('products.update', { id: product.id, patch: patchOf(changes) })
      // The form turns to what is saved only once it is here: nothing flickers back.
      await refresh()
      settle(changes)
      return noErrors
    } catch (error) {
      return fieldErrorsOf(error)
    }
  }
  const save = async (): Promise<boolean> => {
    if (saving) return false
    const changes = changesOf(draft, fieldsOf(product))
    const problem =
      namelessness(changes, t('products.editor.nameMissing')) ?? unreadable(t('products.editor.fixFields'))
    setSaving(true)
    const outcome = problem ?? (await write(changes))
    setErrors(outcome)
    setSaving(false)
    return outcome === noErrors
  }
  return { errors, setErrors, saving, save }
}

function namelessness(changes: Partial<ProductFields>, sentence: string): SortedErrors | null {
  return changes.name?.trim() === '' ? { fields: { name: sentence }, other: null } : null
}

/** A price that is no price is not in the draft; saving must not pass over it. */
function unreadable(sentence: string): SortedErrors | null {
  const field = document.querySelector<HTMLElement>('.product-form [data-money] [aria-invalid="true"]')
  field?.focus()
  return field ? { fields: {}, other: sentence } : null
}

/** Reads the product anew; resolves when the page has it. */
function useRefresh(id: string): () => Promise<void> {
  const queries = useQueryClient()
  return () => queries.refetchQueries({ queryKey: read('products.get', { id }).queryKey }, { cancelRefetch: true })
}

function useReset(product: ProductDetail): (field: ShopifyField) => Promise<boolean> {
  const { t } = useTranslation()
  const toasts = useToasts()
  const refresh = useRefresh(product.id)
  const attempt = async (task: () => Promise<unknown>): Promise<boolean> => {
    try {
      await task()
      await refresh()
      return true
    } catch (error) {
      toasts.failed(error)
      return false
    }
  }
  return async (field) => {
    const before = fieldsOf(product)[field]
    const done = await attempt(() => call('products.resetField', { id: product.id, field }))
    if (!done) return false
    toasts.done(
      t('products.editor.resetDone', { field: t(`products.changes.${field}`) }),
      () => void attempt(() => call('products.update', { id: product.id, patch: patchOf({ [field]: before }) })),
    )
    return true
  }
}

import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { read } from '../api.ts'
import type { FieldFrame } from '../ui/field.tsx'
import { TextField } from '../ui/text-field.tsx'

interface BrandFieldProps extends Omit<FieldFrame, 'label'> {
  readonly value: string
  readonly onValue: (value: string) => void
  readonly readOnly?: boolean
}

/** A brand by its name, with those that are there as suggestions; a new name makes a new brand. */
export function BrandField(props: BrandFieldProps) {
  const { t } = useTranslation()
  const list = useId()
  const { data } = useQuery(read('brands.list', {}))
  return (
    <>
      <TextField {...props} label={t('products.fields.brand')} list={list} maxLength={200} autoComplete="off" />
      <datalist id={list}>
        {data?.items.map(({ id, name }) => (
          <option key={id} value={name} />
        ))}
      </datalist>
    </>
  )
}

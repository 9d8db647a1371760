import { useTranslation } from 'react-i18next'

interface Props {
  readonly done: number
  /** 0 while it is not known. */
  readonly total: number
}

/** How far something is, in numbers and as a bar. */
export function Progress({ done, total }: Props) {
  const { t, i18n } = useTranslation()
  const number = (value: number): string => value.toLocaleString(i18n.language)
  const words =
    total > 0
      ? t('wizard.sync.of', { done: number(Math.min(done, total)), total: number(total) })
      : done > 0
        ? t('wizard.sync.soFar', { count: done })
        : t('wizard.sync.begins')
  return (
    <p className="wizard-progress">
      <progress {...(total > 0 && { value: Math.min(done, total), max: total })} aria-label={words} />
      <span className="tabular">{words}</span>
    </p>
  )
}

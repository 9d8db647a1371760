import type { DatabaseTest } from '#shared/setup.ts'
import { useTranslation } from 'react-i18next'

const shapes = { ok: '●', warn: '◆', error: '▲', skipped: '○' } as const

/** What was looked at in a database, one line each. What is wrong with it stands at the field. */
export function DatabaseLooks({ told: { checks } }: { readonly told: DatabaseTest }) {
  const { t } = useTranslation()
  if (checks.length === 0) return null
  return (
    <ul className="wizard-looks" aria-label={t('wizard.team.looks')}>
      {checks.map(({ name, state, detail }) => (
        <li key={name} data-state={state}>
          <span className="wizard-look-shape" aria-hidden>
            {shapes[state]}
          </span>
          <span>
            {t(`wizard.team.checks.${name}`)}: {t(`wizard.team.states.${state}`)}
            {state === 'warn' && <span className="wizard-look-detail">{detail}</span>}
          </span>
        </li>
      ))}
    </ul>
  )
}

import { useTranslation } from 'react-i18next'
import { Link, useRouteError } from 'react-router'
import { useEffect } from 'react'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'

/** In place of a screen that failed. */
export function ScreenError() {
  const { t } = useTranslation()
  const error = useRouteError()
  useEffect(() => {
    // For whoever looks into the console; people read the sentence.
    reportError(error)
  }, [error])
  return (
    <main id="content">
      <EmptyState
        title={t('frame.broken.title')}
        actions={
          <Button kind="primary" onClick={() => window.location.reload()}>
            {t('frame.broken.reload')}
          </Button>
        }
      >
        {t('frame.broken.text')}
      </EmptyState>
    </main>
  )
}

/** For addresses that lead nowhere. */
export function NotFound() {
  const { t } = useTranslation()
  return (
    <EmptyState
      title={t('frame.notFound.title')}
      actions={
        <Link className="button" to="/sessions">
          {t('frame.notFound.back')}
        </Link>
      }
    >
      {t('frame.notFound.text')}
    </EmptyState>
  )
}

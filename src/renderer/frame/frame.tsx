import { useQuery } from '@tanstack/react-query'
import { Activity, Clapperboard, Code, GitFork, Package, Settings } from 'lucide-react'
import type { ReactNode } from 'react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink, Outlet, useLocation } from 'react-router'
import { read } from '../api.ts'
import { TroubleNotices } from '../trouble/trouble-notices.tsx'
import { useAnnounce } from '../ui/announcer.tsx'
import { useLanguage } from '../words/use-language.ts'
import { AppKeys } from './app-keys.tsx'
import { TeamBanner } from './team-banner.tsx'
import { useTheme } from './use-theme.ts'
import './frame.css'

/** What stands around every screen but the show's: the rail at the left (at the bottom on a phone), and the app's keys. */
export function Frame() {
  const { t } = useTranslation()
  useTheme()
  useScreenAnnouncement()
  const { data: app } = useQuery(read('app.info', {}))
  useLanguage(app?.language)
  const { data: jobs } = useQuery(read('jobs.list', {}))
  const { data: team } = useQuery(read('sync.status', {}))
  const conflicts = team?.conflicts ?? 0
  const running = (jobs?.items ?? []).filter(({ state }) => state === 'running').length
  return (
    <div className="frame">
      <a className="skip-link button" href="#content">
        {t('frame.skip')}
      </a>
      <nav className="rail" aria-label={t('frame.rail')}>
        <RailLink to="/sessions" label={t('frame.sessions')} icon={<Clapperboard aria-hidden />} />
        <RailLink to="/products" label={t('frame.products')} icon={<Package aria-hidden />} />
        <RailLink
          to="/conflicts"
          label={t('conflicts.title')}
          icon={<GitFork aria-hidden />}
          mark={conflicts > 0 ? t('conflicts.open', { count: conflicts }) : null}
        />
        <RailLink
          to="/activity"
          label={t('frame.activity')}
          icon={<Activity aria-hidden />}
          mark={running > 0 ? t('frame.running', { count: running }) : null}
        />
        <span className="rail-space" />
        {app?.development && <RailLink to="/dev" label={t('frame.dev')} icon={<Code aria-hidden />} />}
        <RailLink to="/settings" label={t('frame.settings')} icon={<Settings aria-hidden />} />
      </nav>
      <div className="frame-column">
        <TroubleNotices />
        <TeamBanner />
        <main id="content" className="screen" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <AppKeys />
    </div>
  )
}

interface RailLinkProps {
  readonly to: string
  readonly label: string
  readonly icon: ReactNode
  /** Something goes on there, in words. */
  readonly mark?: string | null
}

function RailLink({ to, label, icon, mark = null }: RailLinkProps) {
  return (
    <NavLink className="rail-link" to={to}>
      {icon}
      <span>{label}</span>
      {mark !== null && <span className="rail-mark">{mark}</span>}
    </NavLink>
  )
}

/** A new screen is announced, and the focus starts at its top, as a page load would have it. */
function useScreenAnnouncement(): void {
  const { t } = useTranslation()
  const announce = useAnnounce()
  const { pathname } = useLocation()
  const first = useRef(true)
  useEffect(() => {
    if (first.current) {
      first.current = false
      return
    }
    // The screen's own effects have named the page by now.
    const screen = document.title.replace(/ – Hudson$/, '')
    announce(t('frame.opened', { screen }))
    const inside = document.activeElement?.closest('#content, [role="dialog"]')
    if (!inside) document.querySelector<HTMLElement>('#content')?.focus({ preventScroll: true })
  }, [pathname, announce, t])
}

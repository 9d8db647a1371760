import { AppError } from '#shared/app-error.ts'
import type { Handlers } from '#shared/contract.ts'
import { defaultKeys, KeySettings } from '#shared/effective-keys.ts'
import { MediaSettings } from '#shared/media.ts'
import {
  HostSettings,
  PointsSettings,
  PrivacySettings,
  Settings,
  ShopifySettings,
  TeamSettings,
} from '#shared/settings.ts'
import type { Language, settings } from '#shared/settings.ts'
import { isServiceUrl } from '../service-url.ts'
import { shopHost } from '../shop-name.ts'
import type { Config } from '../config.ts'
import type { Db } from '../db/database.ts'
import type { Events } from '../events.ts'
import { given } from '../given.ts'

const defaults: Settings = {
  language: 'system',
  theme: 'system',
  host: {
    layout: 'split',
    theme: 'dark',
    distanceM: 1.5,
    diagonalIn: 24,
    textScale: 1,
    mirror: false,
    showClock: true,
    showNextUp: true,
  },
  numberEntry: { ms: 500 },
  singleKeys: true,
  keys: defaultKeys,
  pushAsTyped: false,
  media: { capMb: 500, keepDays: 7 },
  team: { deviceName: null, caFile: null, allowTls12: false },
  shopify: { shop: null, clientId: null },
  points: { model: null, baseUrl: null, apiStyle: 'auto', tone: 'friendly', length: 'medium' },
  wizard: { step: 'welcome', done: false },
  privacy: { crashReports: 'off' },
}

/** This machine's settings: one JSON value under one name. A field that is missing or no longer fits takes its default. */
export class SettingsStore {
  readonly #db: Db
  readonly #events: Events
  readonly #system: Language
  #current: Settings

  /** `system`: what the computer speaks. */
  constructor(db: Db, events: Events, system: Language = 'en') {
    this.#db = db
    this.#events = events
    this.#system = system
    this.#current = this.#read()
  }

  get(): Settings {
    return this.#current
  }

  /** What Hudson speaks, on this computer. */
  language(): Language {
    const { language } = this.#current
    return language === 'system' ? this.#system : language
  }

  update(patch: SettingsPatch): Settings {
    const spoken = this.language()
    const next = Settings.parse(merge(this.#current, patch))
    this.#db.run(
      this.#db.build
        .insertInto('settings')
        .values({ name: 'settings', value: JSON.stringify(next) })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: JSON.stringify(next) })),
    )
    this.#current = next
    this.#events.emit('changed', { feature: 'settings' })
    if (this.language() !== spoken) this.#events.emit('changed', { feature: 'app' })
    return next
  }

  #read(): Settings {
    const row = this.#db.get(this.#db.build.selectFrom('settings').select('value').where('name', '=', 'settings'))
    const stored: unknown = row ? JSON.parse(row.value) : {}
    return merge(defaults, fitting(stored))
  }
}

type Loose<T> = { readonly [K in keyof T]?: T[K] | undefined }
type SettingsPatch = Loose<Omit<Settings, 'host' | 'keys' | 'media' | 'team' | 'shopify' | 'points' | 'privacy'>> & {
  readonly host?: Loose<HostSettings> | undefined
  readonly keys?: Loose<KeySettings> | undefined
  readonly media?: Loose<MediaSettings> | undefined
  readonly team?: Loose<TeamSettings> | undefined
  readonly shopify?: Loose<ShopifySettings> | undefined
  readonly points?: Loose<PointsSettings> | undefined
  readonly privacy?: Loose<PrivacySettings> | undefined
}

function merge(base: Settings, patch: SettingsPatch): Settings {
  const { host, keys, media, team, shopify, points, privacy, ...rest } = patch
  return {
    ...base,
    ...given(rest),
    host: { ...base.host, ...given(host ?? {}) },
    keys: { ...base.keys, ...given(keys ?? {}) },
    media: { ...base.media, ...given(media ?? {}) },
    team: { ...base.team, ...given(team ?? {}) },
    shopify: { ...base.shopify, ...given(shopify ?? {}) },
    points: { ...base.points, ...given(points ?? {}) },
    privacy: { ...base.privacy, ...given(privacy ?? {}) },
  }
}

/** What of a stored value still fits its field; the rest is left to the defaults. */
function fitting(stored: unknown): SettingsPatch {
  const parts = new Map(typeof stored === 'object' && stored !== null ? Object.entries(stored) : [])
  return {
    ...pick(Settings.shape, stored),
    host: pick(HostSettings.shape, parts.get('host') ?? {}),
    keys: pick(KeySettings.shape, parts.get('keys') ?? {}),
    media: pick(MediaSettings.shape, parts.get('media') ?? {}),
    team: pick(TeamSettings.shape, parts.get('team') ?? {}),
    shopify: pick(ShopifySettings.shape, parts.get('shopify') ?? {}),
    points: pick(PointsSettings.shape, parts.get('points') ?? {}),
    privacy: pick(PrivacySettings.shape, parts.get('privacy') ?? {}),
  }
}

function pick(
  shape: Readonly<Record<string, { safeParse(value: unknown): { success: boolean; data?: unknown } }>>,
  stored: unknown,
): object {
  const values = new Map(typeof stored === 'object' && stored !== null ? Object.entries(stored) : [])
  const kept = Object.entries(shape).flatMap(([name, field]) => {
    const parsed = values.has(name) ? field.safeParse(values.get(name)) : { success: false }
    return parsed.success ? [[name, parsed.data] as const] : []
  })
  return Object.fromEntries(kept)
}

/** A shop's name is kept in the form that Shopify knows. Throws `bad-call` of the field that cannot be used. */
function checked(patch: SettingsPatch): SettingsPatch {
  const { shopify, points } = patch
  if (typeof points?.baseUrl === 'string' && !isServiceUrl(points.baseUrl)) {
    const message = 'The address has to begin with https://. Plain http:// works on this computer only.'
    throw new AppError('bad-call', message, { fields: { 'patch.points.baseUrl': message } })
  }
  if (typeof shopify?.shop !== 'string') return patch
  try {
    return { ...patch, shopify: { ...shopify, shop: shopHost(shopify.shop) } }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    throw new AppError(error.code, error.message, { fields: { 'patch.shopify.shop': error.message } })
  }
}

export interface SettingsDeps {
  readonly db: Db
  readonly store: SettingsStore
  readonly config: Config
}

export function createSettings({ db, store, config }: SettingsDeps): Handlers<typeof settings> {
  const count = (table: 'products' | 'sessions'): number =>
    db.get(db.build.selectFrom(table).select((of) => of.fn.countAll<number>().as('n')))?.n ?? 0
  return {
    'settings.get': () => store.get(),
    'settings.update': ({ patch }) => store.update(checked(patch)),
    'app.info': () => ({
      version: config.version,
      runtime: config.runtime,
      development: config.development,
      language: store.language(),
      counts: { products: count('products'), sessions: count('sessions') },
    }),
  }
}

import * as z from 'zod'
import { KeySettings } from './effective-keys.ts'
import { command, query } from './endpoint.ts'
import { Nothing } from './fields.ts'
import { MediaSettings } from './media.ts'

/** How a host view looks, and how far away it is read. */
export const HostSettings = z.object({
  layout: z.enum(['picture', 'points', 'split']),
  theme: z.enum(['dark', 'light', 'dim']),
  /** From the host's eyes to the screen, in metres. */
  distanceM: z.number().min(0.3).max(6),
  /** The diagonal of the host's screen, in inches. */
  diagonalIn: z.number().min(7).max(120),
  /** On top of the size that the distance asks for. */
  textScale: z.number().min(0.5).max(3),
  mirror: z.boolean(),
  showClock: z.boolean(),
  showNextUp: z.boolean(),
})
export type HostSettings = z.infer<typeof HostSettings>

/** How digits become a jump. `ms` is the pause after which they do by themselves; 0 = only Enter. */
export const NumberEntry = z.object({ ms: z.union([z.literal(0), z.literal(500), z.literal(1000)]) })

/** How this computer reaches the team's database. Takes effect at the next start. */
export const TeamSettings = z.object({
  /** What others read beside an edit of this computer; null = the computer's name. */
  deviceName: z.string().trim().min(1).max(60).nullable(),
  /** Path of a PEM file with the certificates to trust instead of the public ones: for a database behind one's own authority. */
  caFile: z.string().min(1).max(4096).nullable(),
  /** Also talk TLS 1.2 to the database. Older and weaker than 1.3: only for a server that cannot do better. */
  allowTls12: z.boolean(),
})
export type TeamSettings = z.infer<typeof TeamSettings>

/** Where the catalogue comes from. */
export const ShopifySettings = z.object({
  /** The shop's name, in any form that people copy; kept as `mystore.myshopify.com`. */
  shop: z.string().trim().min(1).max(300).nullable(),
  /** Of an app made on dev.shopify.com; its secret is kept apart. Not needed where there is an access token. */
  clientId: z.string().trim().min(1).max(200).nullable(),
})
export type ShopifySettings = z.infer<typeof ShopifySettings>

/** Who writes talking points where people ask for them, and how. */
export const PointsSettings = z.object({
  /** null: the one that Hudson recommends. */
  model: z.string().trim().min(1).max(200).nullable(),
  /** Of an endpoint that speaks as OpenAI does, with its `/v1`; null = OpenAI itself. */
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .nullable(),
  /** `auto`: Responses at OpenAI, Chat Completions elsewhere. */
  apiStyle: z.enum(['auto', 'responses', 'chat']),
  tone: z.enum(['friendly', 'calm', 'expert']),
  length: z.enum(['short', 'medium', 'long']),
})
export type PointsSettings = z.infer<typeof PointsSettings>

/** The languages that Hudson speaks. */
export const Language = z.enum(['en', 'de'])
export type Language = z.infer<typeof Language>

/** The first-run setup, step by step. */
export const WizardStep = z.enum(['welcome', 'team', 'shopify', 'model', 'display', 'sync', 'done'])
export type WizardStep = z.infer<typeof WizardStep>

/** Where somebody left the first-run setup; `done`: it was gone through, or turned down. */
export const WizardSettings = z.object({ step: WizardStep, done: z.boolean() })
export type WizardSettings = z.infer<typeof WizardSettings>

/** What may leave this computer by itself. */
export const PrivacySettings = z.object({
  /** Whether reports of crashes are sent to Hudson's makers. */
  crashReports: z.enum(['off', 'on']),
})
export type PrivacySettings = z.infer<typeof PrivacySettings>

/** Kept on this machine; not shared with the team. */
export const Settings = z.object({
  /** `system` is what the computer speaks, or English. */
  language: z.enum(['system', ...Language.options]),
  theme: z.enum(['system', 'light', 'dark']),
  host: HostSettings,
  numberEntry: NumberEntry,
  /** Whether single keys (digits, arrows, letters) act outside text fields. */
  singleKeys: z.boolean(),
  keys: KeySettings,
  /** Whether typing in the quick edit goes to the host at once instead of waiting for "Update host". */
  pushAsTyped: z.boolean(),
  /** What the pictures of this machine may take. */
  media: MediaSettings,
  team: TeamSettings,
  shopify: ShopifySettings,
  points: PointsSettings,
  wizard: WizardSettings,
  privacy: PrivacySettings,
})
export type Settings = z.infer<typeof Settings>

export const settings = {
  'settings.get': query(Nothing, Settings),
  /** Merges: `{patch:{host:{layout:"split"}}}` changes just that. */
  'settings.update': command(
    z.strictObject({
      patch: z
        .strictObject({
          ...Settings.shape,
          host: z.strictObject(HostSettings.shape).partial(),
          keys: z.strictObject(KeySettings.shape).partial(),
          media: z.strictObject(MediaSettings.shape).partial(),
          team: z.strictObject(TeamSettings.shape).partial(),
          shopify: z.strictObject(ShopifySettings.shape).partial(),
          points: z.strictObject(PointsSettings.shape).partial(),
          privacy: z.strictObject(PrivacySettings.shape).partial(),
        })
        .partial(),
    }),
    Settings,
  ),
  /** What runs here: for the frame, the first screen and "About". */
  'app.info': query(
    Nothing,
    z.object({
      version: z.string(),
      runtime: z.enum(['electron', 'studio']),
      development: z.boolean(),
      /** What the settings come to: never `system`. */
      language: Language,
      counts: z.object({ products: z.int(), sessions: z.int() }),
    }),
  ),
}

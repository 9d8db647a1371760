import type { PointsSettings } from '#shared/settings.ts'
import type { ModelSetup } from './model-client.ts'

/** What Hudson recommends where nobody chose: https://developers.openai.com/api/docs/models. */
const DEFAULT_MODEL = 'gpt-6-luna'
const OPENAI = 'https://api.openai.com/v1'

/** US dollars for a million tokens, in and out, of the models that we know. */
const prices: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['gpt-6-luna', [0.1, 0.5]],
  ['gpt-5.6-luna', [0.2, 1.2]],
])

export interface GivenModel {
  readonly key: string | undefined
  /** From the environment: wins over the setting. */
  readonly baseUrl: string | undefined
  readonly settings: PointsSettings
}

/** The model that is set up; null where OpenAI itself is to be asked without a key. */
export function modelSetup({ key, baseUrl: given, settings }: GivenModel): ModelSetup | null {
  const baseUrl = (given ?? settings.baseUrl ?? OPENAI).replace(/\/+$/, '')
  const isOpenai = baseUrl === OPENAI
  if (isOpenai && key === undefined) return null
  const automatic = isOpenai ? 'responses' : 'chat'
  const style = settings.apiStyle === 'auto' ? automatic : settings.apiStyle
  return { baseUrl, key, model: modelName(settings), style }
}

export function modelName({ model }: PointsSettings): string {
  return model ?? DEFAULT_MODEL
}

/** In US dollars; null where the model's price is not known. */
export function costOf(model: string, tokens: { readonly input: number; readonly output: number }): number | null {
  const price = prices.get(model)
  return price ? (tokens.input * price[0] + tokens.output * price[1]) / 1_000_000 : null
}

import type { Output } from '#shared/contract.ts'
import type { Clock } from '../clock.ts'
import * as z from 'zod'
import { ModelClient } from './model-client.ts'
import type { ModelSetup } from './model-client.ts'
import { ModelFailure } from './model-failure.ts'
import { promptFor } from './prompt.ts'
import { readPoints } from './read-points.ts'

const Model = z.looseObject({ id: z.string(), shutdown_date: z.string().nullish() })

type Tested = Output<'setup.testOpenai'>

const DEADLINE_MS = 30_000

/** setup.testOpenai: asks whether the model is there; where the key may not ask that, has it write something. */
export async function testModel(
  setup: ModelSetup | null,
  ports: { readonly fetch: typeof fetch; readonly clock: Clock },
): Promise<Tested> {
  if (!setup)
    return { ok: false, detail: 'Type a key of OpenAI, or the address of another service in Settings.', field: 'key' }
  const deadline = new AbortController()
  const cancel = ports.clock.after(DEADLINE_MS, () => deadline.abort())
  try {
    return await tried(setup, new ModelClient(setup, ports), deadline.signal)
  } catch (error) {
    if (error instanceof ModelFailure) return refused(error)
    if (!deadline.signal.aborted) throw error
    return { ok: false, detail: 'The model service did not answer within 30 seconds. Try again.' }
  } finally {
    cancel()
  }
}

/** Of what only a person can mend, nearly all is about the key. */
function refused(error: ModelFailure): Tested {
  const told = { ok: false, detail: error.problem }
  return error.trouble === 'account' ? { ...told, field: 'key' } : told
}

async function tried({ model }: ModelSetup, client: ModelClient, signal: AbortSignal): Promise<Tested> {
  try {
    const described = Model.safeParse(await client.describe(signal))
    if (described.success) {
      const endsOn = described.data.shutdown_date
      return { ok: true, detail: `${model} answers.${ending(endsOn)}`, ...(endsOn && { endsOn }) }
    }
  } catch (error) {
    if (!(error instanceof ModelFailure) || !mayStillWrite(error)) throw error
  }
  // A restricted key may not ask about models, and many services cannot: what counts is whether it writes.
  const answer = await client.write(promptFor(SAMPLE, { tone: 'calm', length: 'short' }), signal)
  readPoints(answer)
  return { ok: true, detail: `${model} answers.` }
}

function mayStillWrite({ message, unsupported }: ModelFailure): boolean {
  return unsupported !== null || message.startsWith('The key may not do this')
}

function ending(date: string | null | undefined): string {
  return date ? ` It is switched off on ${date}: choose another one before that.` : ''
}

const SAMPLE = {
  name: 'Linen shirt',
  brand: 'Sample',
  description: 'A plain linen shirt.',
  options: [],
  tags: [],
  priceCents: 2_900,
  compareAtPriceCents: null,
}

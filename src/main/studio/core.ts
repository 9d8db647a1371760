import type { Language } from '#shared/settings.ts'
import type { Readable } from 'node:stream'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Dispatch } from '../dispatch.ts'
import type { Events } from '../events.ts'
import type { DisplayLinks } from './display-links.ts'

/** What the studio server needs of the core. */
export interface StudioCore {
  readonly config: Config
  readonly clock: Clock
  readonly dispatch: Dispatch
  readonly events: Events
  readonly links: DisplayLinks
  /** What is spoken here, and a text of the core in that language. */
  readonly language: () => Language
  readonly inWords: (text: string) => string
  readonly media: { read(file: string): { readonly path: string; readonly contentType: string } | null }
  readonly uploads: { receive(stream: Readable): Promise<{ uploadId: string }> }
}

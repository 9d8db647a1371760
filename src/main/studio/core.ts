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
  readonly media: { open(file: string): Promise<{ readonly path: string; readonly contentType: string } | null> }
  /** What is spoken here, and a text of the core in that language. */
  readonly language: () => Language
  readonly inWords: (text: string) => string
  readonly uploads: { receive(stream: Readable): Promise<{ uploadId: string }> }
}

import type { WebFrameMain } from 'electron'
import { fromBrowser } from './browser.ts'
import { encode } from './clone.ts'
import { strictObject } from './not-built.ts'

type Built = Pick<
  WebFrameMain,
  | 'url'
  | 'origin'
  | 'name'
  | 'processId'
  | 'routingId'
  | 'frameToken'
  | 'frameTreeNodeId'
  | 'detached'
  | 'isDestroyed'
  | 'send'
>

const ids = { last: 0 }

/** What a frame needs of the contents that it is in. */
export interface FrameHost {
  deliver(context: number, kind: string, ...args: readonly unknown[]): void
}

/**
 * A frame of a page (docs/api/web-frame-main.md). It is one object for as long as the frame lives, whatever it shows;
 * `documents` counts what it has shown, so that a message can say which document sent it.
 */
export class WebFrame extends strictObject('WebFrameMain') implements Built {
  readonly processId = 1
  readonly routingId = (ids.last += 1)
  readonly frameTreeNodeId = this.routingId
  readonly frameToken: string
  readonly parent: WebFrame | null
  readonly children: WebFrame[] = []
  name = ''
  browserUrl = ''
  documents = 0
  /** The preload's world of the document that is shown. */
  context: number | null = null
  detached = false
  readonly #host: FrameHost

  constructor(host: FrameHost, frameToken: string, parent: WebFrame | null) {
    super()
    this.#host = host
    this.frameToken = frameToken
    this.parent = parent
    parent?.children.push(this)
  }

  get url(): string {
    return fromBrowser(this.browserUrl)
  }

  /** Of a custom scheme too, as Chromium has it: protocol and host. */
  get origin(): string {
    return /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/.exec(this.url)?.[0] ?? 'null'
  }

  get top(): WebFrame {
    return this.parent?.top ?? this
  }

  get frames(): WebFrame[] {
    return [...this.children]
  }

  get framesInSubtree(): WebFrame[] {
    return [this, ...this.children.flatMap((child) => child.framesInSubtree)]
  }

  isDestroyed(): boolean {
    return this.detached
  }

  /** Whoever listens in the document that is shown hears it; nobody, while there is none. */
  send(channel: string, ...args: readonly unknown[]): void {
    const text = encode(args)
    if (this.context !== null) this.#host.deliver(this.context, 'message', 0, channel, text)
  }

  /** The frame shows another document. */
  navigated(url: string, name: string): void {
    this.browserUrl = url
    this.name = name
    this.documents += 1
    for (const child of this.children.splice(0)) child.detach()
  }

  detach(): void {
    this.detached = true
    this.context = null
    for (const child of this.children.splice(0)) child.detach()
    const place = this.parent?.children.indexOf(this) ?? -1
    if (place >= 0) this.parent?.children.splice(place, 1)
  }
}

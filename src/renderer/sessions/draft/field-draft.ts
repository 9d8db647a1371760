/** Where a field stands between what was typed and what is saved. */
export type DraftStatus = 'clean' | 'waiting' | 'saving' | 'saved' | 'failed' | 'wrong'

export interface DraftView {
  /** What was typed; null where the field shows what is saved. */
  readonly text: string | null
  readonly status: DraftStatus
  /** Why it is not saved. */
  readonly problem: string | null
}

/** What a draft belongs to. Read when it is needed, so that it may change while someone types. */
export interface DraftSource {
  /** What is saved, as the field would show it. */
  readonly saved: string
  /** Saves on leaving the field only: for what would be wrong half typed. */
  readonly onLeaveOnly?: boolean
  /** What is wrong with a text, or null where it can be saved. */
  check?(text: string): string | null
  save(text: string): Promise<unknown>
}

const clean: DraftView = { text: null, status: 'clean', problem: null }
/** How long after the last key a draft is saved. */
export const SAVE_AFTER_MS = 600

/**
 * One field that saves itself.
 *
 * 1. What is typed is in storage before anything else happens, and leaves it only once it is saved or taken back.
 * 2. While the field has the focus, nothing from outside replaces its text, not even what saving made of it.
 * 3. Saves of one field run one after the other; the last one holds the last text.
 */
export class FieldDraft {
  readonly #name: string
  readonly #storage: Storage
  readonly #listeners = new Set<() => void>()
  #source: DraftSource | null = null
  #view: DraftView = clean
  #focused = false
  #timer: ReturnType<typeof setTimeout> | null = null
  /** What the last save took, while the draft is kept. */
  #sent: string | null = null
  #saving = false

  constructor(name: string, storage: Storage) {
    this.#name = `draft:${name}`
    this.#storage = storage
    const left = storage.getItem(this.#name)
    if (left !== null) this.#view = { text: left, status: 'waiting', problem: null }
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  view = (): DraftView => this.#view

  connect(source: DraftSource): void {
    this.#source = source
  }

  /** Saves what an earlier visit left behind. */
  start(): void {
    if (this.#view.text !== null && this.#view.status === 'waiting') this.#schedule()
  }

  focus(): void {
    this.#focused = true
  }

  type(text: string): void {
    this.#storage.setItem(this.#name, text)
    this.#set({ text, status: 'waiting', problem: null })
    this.#schedule()
  }

  /** Leaving the field: saves, and shows what is saved again. */
  leave(): void {
    this.#focused = false
    this.flush()
    this.#settle()
  }

  /** Saves at once what waits. */
  flush(): void {
    this.#stopTimer()
    const { text } = this.#view
    if (text === null || this.#saving || !this.#source) return
    if (text === (this.#sent ?? this.#source.saved)) {
      this.#storage.removeItem(this.#name)
      this.#set({ text, status: this.#sent === null ? 'clean' : 'saved', problem: null })
      this.#settle()
      return
    }
    const problem = this.#source.check?.(text) ?? null
    if (problem === null) void this.#save(text, this.#source)
    else this.#set({ text, status: 'wrong', problem })
  }

  /** Saves what could not be saved, now that it may work. */
  retry(): void {
    if (this.#view.status === 'failed') this.flush()
  }

  /** Forgets what was typed. */
  discard(): void {
    this.#stopTimer()
    this.#sent = null
    this.#storage.removeItem(this.#name)
    this.#set(clean)
  }

  async #save(text: string, source: DraftSource): Promise<void> {
    this.#saving = true
    this.#set({ text, status: 'saving', problem: null })
    const problem = await source.save(text).then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    )
    this.#saving = false
    const now = this.#view.text
    // Taken back meanwhile: there is nothing left to say.
    if (now === null) return
    if (problem === null) this.#sent = text
    if (now !== text) {
      this.#schedule()
      return
    }
    if (problem === null) this.#storage.removeItem(this.#name)
    this.#set({ text, status: problem === null ? 'saved' : 'failed', problem })
    this.#settle()
  }

  /** Hands the field back to what is saved, where nobody is in it and nothing waits. */
  #settle(): void {
    const { status } = this.#view
    if (this.#focused || (status !== 'saved' && status !== 'clean')) return
    this.#sent = null
    this.#set({ text: null, status, problem: null })
  }

  #schedule(): void {
    this.#stopTimer()
    if (this.#source?.onLeaveOnly && this.#focused) return
    this.#timer = setTimeout(() => this.flush(), SAVE_AFTER_MS)
  }

  #stopTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }

  #set(view: DraftView): void {
    this.#view = view
    for (const listener of this.#listeners) listener()
  }
}

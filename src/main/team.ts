/** What became of asking for work of the whole team. */
export type Taken =
  /** `state`: what the last one noted at its good end; `{}` where there was none. */
  | { readonly status: 'taken'; readonly state: Readonly<Record<string, unknown>> }
  /** Another desktop does it. */
  | { readonly status: 'held'; readonly device: string }
  /** It was done a moment ago. */
  | { readonly status: 'rested'; readonly endedAgoMs: number }

/** How far work of the team is. */
export interface TeamProgress {
  readonly done: number
  readonly total: number
  readonly note: string | null
}

/** Work that another desktop does. */
export interface TeamWork extends TeamProgress {
  readonly name: string
  readonly device: string
}

/**
 * The team's database, for work that one desktop does for all: a lease tells whose it is. A lease ends by itself where its holder
 * is not heard of. All but `isSet` reject with an AppError (`offline` and the like) where the database cannot be asked.
 */
export interface Team {
  /** Whether this desktop is in a team. */
  isSet(): boolean
  /** Takes it, unless another one has it or it ended less than `restMs` ago. */
  take(name: string, options: { readonly restMs: number }): Promise<Taken>
  /** Tells how far it is, and that it is still ours; false where it is not any more. */
  keep(name: string, progress: TeamProgress): Promise<boolean>
  /** Gives it back; `state` for the next one, null where it did not come to a good end. */
  end(name: string, state: Readonly<Record<string, unknown>> | null): Promise<void>
  /** What others do right now. Empty where nobody can be asked. */
  others(): Promise<readonly TeamWork[]>
  /** All that is here is at the server, and the other way round. */
  exchange(): Promise<void>
}

/** What another desktop says of where it is; of any version, so nothing is known of its places. */
export interface OtherDesktop {
  readonly device: string
  readonly places: readonly unknown[]
}

/** Where the desktops of a team are right now. */
export interface Meeting {
  /** Whether the team can be asked now. */
  canMeet(): boolean
  /** Says where this desktop is, and answers where the others are. Rejects where the database cannot be asked. */
  meet(places: readonly unknown[]): Promise<readonly OtherDesktop[]>
}

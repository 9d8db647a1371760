import type { Meeting, OtherDesktop } from '../team.ts'
import type { Caller } from './remote.ts'

/** The call of the team's database that presence is made of. It can be made twice without harm. */
export interface PresenceCalls {
  meet(caller: Caller, meeting: { places: readonly unknown[]; seconds: number }): Promise<readonly OtherDesktop[]>
}

export interface PresenceLink {
  readonly calls: PresenceCalls
  readonly caller: () => Caller
  readonly online: () => boolean
}

/** Who is not heard of for so long is not there any more. It tells several times in that time. */
const SECONDS = 20

/** Where the desktops of the team are, over its database. `link`: null where there is no team. */
export function meetings(link: () => PresenceLink | null): Meeting {
  return {
    canMeet: () => link()?.online() ?? false,
    meet: async (places) => {
      const to = link()
      return to ? await to.calls.meet(to.caller(), { places, seconds: SECONDS }) : []
    },
  }
}

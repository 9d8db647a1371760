import { AppError } from '#shared/app-error.ts'
import type { Handlers } from '#shared/contract.ts'
import type { live, LiveReply } from '#shared/live.ts'
import { changeTimer } from './item-timer.ts'
import { Messages } from './messages.ts'
import { back, findItem, first, goTo, last, next, previous, setNext, stepImage, updateHost } from './moves.ts'
import type { Show } from './show.ts'
import { Stage } from './stage.ts'
import type { StageDeps } from './stage.ts'
import { end, start } from './start-end.ts'
import type { View } from './view.ts'

/** The live shows. `live.state` is where a follower begins: `live` events with a higher `seq` go on from there. */
export interface Live extends Disposable {
  readonly handlers: Handlers<typeof live>
}

interface OfSession {
  readonly sessionId: string
}
type Flagged = 'blank' | 'notesShown' | 'imageFull' | 'guard'

/** Throws `conflict` where nothing is on air because no show is running. */
function running(view: View): View {
  if (view.show.mode === 'off') throw new AppError('conflict', 'Start a rehearsal or go live first.')
  return view
}

export function createLive(deps: StageDeps): Live {
  const stage = new Stage(deps)
  const messages = new Messages({ db: deps.db, stage, clock: deps.clock, log: deps.log })

  const move = (work: (view: View) => Show) => (input: OfSession) =>
    stage.change(input.sessionId, (view) => work(running(view)))
  const toggle = (view: View, field: Flagged, on: boolean | undefined): Show => ({
    ...view.show,
    [field]: on ?? !view.show[field],
  })

  const handlers: Handlers<typeof live> = {
    ...messages.handlers,
    'live.start': ({ sessionId, mode }) => stage.change(sessionId, (view, tx) => start(view, mode, tx)),
    'live.end': ({ sessionId }) =>
      stage.change(sessionId, (view, tx) => end({ ...view, show: messages.cleared(view.show, view.now) }, tx)),
    'live.state': ({ sessionId }) => stage.reply(sessionId),
    'live.goto': ({ sessionId, ...target }) =>
      stage.change(sessionId, (view) => goTo(running(view), findItem(view.lineup, target))),
    'live.next': move(next),
    'live.previous': move(previous),
    'live.first': move(first),
    'live.last': move(last),
    'live.back': move(back),
    'live.image': ({ sessionId, step }) => stage.change(sessionId, (view) => stepImage(running(view).show, step)),
    'live.page': ({ sessionId, step }) =>
      stage.change(sessionId, (view) => ({ ...view.show, page: running(view).show.page + step })),
    'live.setNext': ({ sessionId, number, itemId }) =>
      stage.change(sessionId, (view) =>
        setNext(running(view), itemId === null ? null : findItem(view.lineup, { number, itemId })),
      ),
    'live.updateHost': move(updateHost),
    'live.blank': ({ sessionId, on }) => stage.change(sessionId, (view) => toggle(view, 'blank', on)),
    'live.notes': ({ sessionId, on }) => stage.change(sessionId, (view) => toggle(view, 'notesShown', on)),
    'live.fullImage': ({ sessionId, on }) => stage.change(sessionId, (view) => toggle(running(view), 'imageFull', on)),
    'live.guard': ({ sessionId, on }) => stage.change(sessionId, (view) => toggle(running(view), 'guard', on)),
    'live.timer': ({ sessionId, action, seconds }): LiveReply =>
      stage.change(sessionId, (view) => ({ ...view.show, timer: changeTimer(running(view), action, seconds) })),
    'live.reportDisplay': ({ sessionId, ...display }) => {
      stage.report(sessionId, display)
      return {}
    },
  }
  return {
    handlers,
    [Symbol.dispose]: () => {
      messages[Symbol.dispose]()
      stage[Symbol.dispose]()
    },
  }
}

import { v7 as uuid } from 'uuid'
import { expect, test } from 'vitest'
import { must } from '#shared/must.ts'
import { follow, studio } from './support.ts'
import type { Studio } from './support.ts'

function show(): Studio {
  const made = studio(3)
  made.call('live.start', { sessionId: made.sessionId, mode: 'live' })
  return made
}

const send = ({ call, sessionId }: Studio, text: string, clearAfterSeconds?: number) =>
  must(
    call('live.message', { sessionId, text, ...(clearAfterSeconds && { clearAfterSeconds }) }).message,
    'the message',
  )

test('placeholders are filled in with what the host sees when it is sent', () => {
  const made = show()
  const { edit, product, call, sessionId } = made
  edit(product(1), { name: 'Staged name' })
  const text = '{name} #{number} {price} {sku} then {nextNumber} {next}, {code} at {session}'
  expect(send(made, text).text).toBe('Product 1 #1 10.01 SKU-1 then 2 Product 2, GLOW10 at Friday')
  call('live.setNext', { sessionId, number: 3 })
  expect(send(made, '{next}').text).toBe('Product 3')
})

test('a placeholder that is unknown, or that has no value now, stays as it was typed', () => {
  const made = show()
  expect(send(made, '{was} {wat} {} {Price} {constructor} {name').text).toBe(
    '{was} {wat} {} {Price} {constructor} {name',
  )
  made.call('live.last', { sessionId: made.sessionId })
  expect(send(made, '{next}').text).toBe('{next}')
})

test('a name that looks like a placeholder or like HTML is put in as text', () => {
  const made = show()
  made.edit(made.product(2), { name: '{price} <b>$& $1</b>', compare_at_price_cents: 500 })
  made.call('live.next', { sessionId: made.sessionId })
  expect(send(made, '{name}: {was}').text).toBe('{price} <b>$& $1</b>: 5.00')
})

test('a message is amber and stays, unless it says otherwise', () => {
  const made = show()
  const { call, sessionId, clock } = made
  expect(send(made, 'Hello')).toMatchObject({ color: 'amber', clearAt: null, acknowledgedAt: null, at: clock.now() })
  clock.advance(86_400_000)
  expect(call('live.state', { sessionId })).toMatchObject({ message: { text: 'Hello' }, messageElapsedMs: 86_400_000 })
  expect(call('live.message', { sessionId, text: 'Red', color: 'red' }).message?.color).toBe('red')
})

test('a message with a time clears itself and tells the displays', () => {
  const made = show()
  const client = follow(made, made.sessionId)
  send(made, 'Soon gone', 10)
  made.clock.advance(9_999)
  expect(client.state.message?.text).toBe('Soon gone')
  made.clock.advance(1)
  expect(client.state.message).toBeNull()
})

test("one message's time does not clear the next one", () => {
  const made = show()
  send(made, 'First', 10)
  made.clock.advance(5_000)
  send(made, 'Second')
  made.clock.advance(60_000)
  expect(made.call('live.state', { sessionId: made.sessionId }).message?.text).toBe('Second')
})

test('a message with a time clears itself after a restart too, or at the start where its time has passed', () => {
  const made = show()
  const text = () => made.call('live.state', { sessionId: made.sessionId }).message?.text
  send(made, 'Ten seconds', 10)
  made.restart(4_000)
  expect(text()).toBe('Ten seconds')
  made.clock.advance(6_000)
  expect(text()).toBeUndefined()
  send(made, 'Ten more', 10)
  made.restart(11_000)
  expect(text()).toBeUndefined()
})

test('the host acknowledges once; the time of that stays', () => {
  const made = show()
  const { call, sessionId, clock } = made
  const { id } = send(made, 'Faster')
  clock.advance(3_000)
  const at = clock.now()
  expect(call('live.acknowledge', { sessionId, messageId: id }).message).toMatchObject({
    text: 'Faster',
    acknowledgedAt: at,
  })
  clock.advance(3_000)
  expect(call('live.acknowledge', { sessionId, messageId: id }).message?.acknowledgedAt).toBe(at)
})

test('what is not shown any more cannot be acknowledged', () => {
  const made = show()
  const { call, sessionId } = made
  const stale = expect.objectContaining({ code: 'stale' })
  const { id } = send(made, 'One')
  send(made, 'Two')
  expect(() => call('live.acknowledge', { sessionId, messageId: id })).toThrow(stale)
  expect(() => call('live.acknowledge', { sessionId, messageId: uuid() })).toThrow(stale)
  expect(call('live.state', { sessionId }).message).toMatchObject({ text: 'Two', acknowledgedAt: null })
})

test('the log keeps what was sent, when it was acknowledged and when it went', () => {
  const made = show()
  const { call, sessionId, clock } = made
  const times: string[] = []
  const tick = () => {
    clock.advance(1_000)
    times.push(clock.now())
  }
  const { id } = send(made, 'One')
  tick()
  call('live.acknowledge', { sessionId, messageId: id })
  tick()
  send(made, 'Two', 1)
  tick()
  send(made, 'Three')
  call('live.clearMessage', { sessionId })
  call('live.clearMessage', { sessionId })
  send(made, 'Four')
  call('live.end', { sessionId })
  const log = call('live.messages', { sessionId }).items.map(({ text, acknowledgedAt, clearedAt }) => [
    text,
    acknowledgedAt,
    clearedAt,
  ])
  expect(log).toEqual([
    ['Four', null, times[2]],
    ['Three', null, times[2]],
    ['Two', null, times[2]],
    ['One', times[0], times[1]],
  ])
})

test('a message that cannot be stored is not in the log either', () => {
  const made = show()
  made.writer.observe({
    beforeCommit: () => {
      throw new Error('disk full')
    },
  })
  expect(() => send(made, 'Lost')).toThrow('disk full')
  expect(made.call('live.messages', { sessionId: made.sessionId }).items).toEqual([])
})

test('messages go out before the show too, to try the host display', () => {
  const made = studio()
  expect(send(made, 'Can you read this? {name}').text).toBe('Can you read this? {name}')
})

import type { ClientBase } from 'pg'
import type { Socket } from 'node:net'

export interface Query {
  readonly text: string
  readonly values: readonly unknown[]
}

/** A connection, and what becomes of it afterwards. */
export interface Line {
  readonly client: ClientBase
  /** It was used before: it may have ended meanwhile, and nobody was told. */
  readonly used: boolean
  readonly done: (broken: boolean) => void
}

/** One try at a call, over one connection. Once it is given up, its connection is gone. */
export class Attempt {
  /** May fail unheard: by then another try may have been answered. */
  readonly answer: Promise<unknown[][]>
  #client: ClientBase | null
  #connected = false
  #used = false
  #answered = false
  #over = false
  #heardAt = performance.now()
  #sign = ''

  /** `client`: the one that is being connected, where it is known by then. */
  constructor(query: Query, line: Promise<Line>, client: ClientBase | null = null) {
    this.#client = client
    this.answer = this.#run(query, line)
    this.answer.catch(() => {})
  }

  get connected(): boolean {
    return this.#connected
  }

  get used(): boolean {
    return this.#used
  }

  get answered(): boolean {
    return this.#answered
  }

  /** How long there has been no sign of life, in ms. To be asked every now and then: it only looks when it is asked. */
  silentMs(): number {
    const now = performance.now()
    const sign = this.#client ? signOfLife(this.#client) : ''
    if (sign !== this.#sign) {
      this.#sign = sign
      this.#heardAt = now
    }
    return now - this.#heardAt
  }

  giveUp(): void {
    if (this.#over) return
    this.#over = true
    if (this.#client) destroy(this.#client)
  }

  async #run({ text, values }: Query, connecting: Promise<Line>): Promise<unknown[][]> {
    const { client, used, done } = await connecting
    if (this.#over) {
      done(false)
      throw new Error('Connection terminated: given up')
    }
    this.#client = client
    this.#connected = true
    this.#used = used
    this.#sign = signOfLife(client)
    this.#heardAt = performance.now()
    try {
      const { rows } = await client.query<unknown[]>({ text, values: [...values], rowMode: 'array' })
      this.#answered = !this.#over
      this.#over = true
      done(false)
      return rows
    } catch (error) {
      this.#over = true
      // Whatever went wrong, this connection is not trusted again.
      done(true)
      throw error
    }
  }
}

/** The driver's own `end` waits for the other side; there is no public way to the socket. */
export function destroy(client: ClientBase): void {
  streamOf(client).destroy()
}

function signOfLife(client: ClientBase): string {
  const { connecting, bytesRead, writableLength } = streamOf(client)
  return `${connecting} ${bytesRead} ${writableLength}`
}

function streamOf(client: ClientBase): Socket {
  return (client as unknown as { connection: { stream: Socket } }).connection.stream
}

import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Disk } from './disk.ts'
import type { Plant } from './plants.ts'
import { simulate } from './run.ts'
import type { RunResult } from './run.ts'
import { SimServer } from './server.ts'

/** What seeds run in: a template of the team's database, and a folder for clients' files. */
export class Campaign implements AsyncDisposable {
  readonly #server: SimServer
  readonly #disk = new Disk()
  readonly #root = mkdtempSync(join(existsSync(SHM) ? SHM : tmpdir(), 'hudson-simulation-'))
  readonly #plant: Plant | null

  private constructor(server: SimServer, plant: Plant | null) {
    this.#server = server
    this.#plant = plant
  }

  static async start(adminUrl: string, plant: Plant | null = null): Promise<Campaign> {
    return new Campaign(await SimServer.start(adminUrl, plant?.sql), plant)
  }

  run(seed: number, ops = OPERATIONS): Promise<RunResult> {
    return simulate({
      seed,
      ops,
      server: this.#server,
      disk: this.#disk,
      root: this.#root,
      plant: this.#plant?.client ?? {},
    })
  }

  /** The first of these seeds that tells of the plant; undefined = none does. */
  async firstCaught(seeds: readonly number[]): Promise<number | undefined> {
    for (const seed of seeds) {
      const { problems } = await this.run(seed)
      if (problems.some((line) => this.#plant?.told.test(line) === true)) return seed
    }
    return undefined
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server[Symbol.asyncDispose]()
    this.#disk[Symbol.dispose]()
    rmSync(this.#root, { recursive: true, force: true })
  }
}

/** Syncing to a disk is not what takes time here. */
const SHM = '/dev/shm'
const OPERATIONS = 300

export function seedsFrom(first: number, count: number, step = 1): number[] {
  return Array.from({ length: count }, (_none, index) => first + index * step)
}

/** What a person needs to look into a seed. */
export function report({ seed, problems, trace }: RunResult, steps = 40): string {
  const shown = problems.slice(0, 20).map((line) => line.slice(0, 1_000))
  return [
    `seed ${seed}`,
    ...trace.slice(-steps),
    ...shown,
    `(${problems.length} problems; again: npm run simulate -- --seeds 1 --from ${seed} --steps 9999)`,
  ].join('\n')
}

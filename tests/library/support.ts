import type { Input, Output, Parsed } from '#shared/contract.ts'
import { library as contract } from '#shared/library.ts'
import { createLibrary } from '../../src/main/library/library.ts'
import { testCore } from '../support/core.ts'

type Library = ReturnType<typeof createLibrary>

/** The library on an empty database; inputs and answers pass the contract as they do in dispatch. */
export function testLibrary() {
  const core = testCore()
  const handlers = createLibrary({ ...core, author: 'Ada', pathOf: (id) => `/nowhere/${id}` })
  const call = async <N extends keyof Library>(name: N, input: Input<N>): Promise<Output<N>> => {
    const endpoint = contract[name]
    const parsed = endpoint.input.parse(input) as Parsed<N>
    const handler = handlers[name] as (input: Parsed<N>) => Output<N> | Promise<Output<N>>
    return endpoint.output.parse(await handler(parsed)) as Output<N>
  }
  const importText = (content: string, dryRun = false) => call('library.importCsv', { content, dryRun })
  return { ...core, call, importText }
}

/** A CSV of Shopify's main columns; lines as they stand in a file. */
export function csv(...lines: string[]): string {
  return [HEADER, ...lines].join('\n')
}

const HEADER =
  'Handle,Title,Body (HTML),Vendor,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Price,' +
  'Variant Compare At Price,Image Src,Image Position,Image Alt Text,Status'

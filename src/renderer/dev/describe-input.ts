import * as z from 'zod'
import { contract } from '#shared/contract.ts'
import type { Name } from '#shared/contract.ts'

interface Schema {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
}

/** What a caller may pass, as JSON Schema. */
export function describeInput(name: Name): string {
  return JSON.stringify(schemaOf(name), null, 2)
}

/** The required part of an input, with empty values to fill in. */
export function exampleInput(name: Name): string {
  return JSON.stringify(example(schemaOf(name)), null, 2)
}

function schemaOf(name: Name): Schema {
  return z.toJSONSchema(contract[name].input, { io: 'input', unrepresentable: 'any' }) as Schema
}

function example(schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.anyOf?.[0]) return example(schema.anyOf[0])
  if (schema.type === 'object') {
    const required = Object.entries(schema.properties ?? {}).filter(([key]) => schema.required?.includes(key))
    return Object.fromEntries(required.map(([key, part]) => [key, example(part)]))
  }
  if (schema.type === 'array') return []
  if (schema.type === 'boolean') return false
  return schema.type === 'integer' || schema.type === 'number' ? 0 : ''
}

import { objectOf } from './request.ts'
import type { JsonObject } from './request.ts'

/** An answer that fits the schema, about the product that the prompt names; without a schema, a few points. */
export function writePoints(prompt: string, schema: JsonObject | null): unknown {
  const named = /(?:product|title|name)"?\s*[:=]\s*"?([^"\n]{1,120})/i.exec(prompt)?.[1]?.trim()
  const product = named ?? 'This piece'
  const points = [
    `“${product}” is made to be worn every day`,
    `Feels as good as it looks, up close and on camera`,
    `Goes with what you have already`,
  ]
  return schema === null ? { points } : fill(schema, { points, root: schema, index: 0 })
}

interface Filling {
  readonly points: readonly string[]
  readonly root: JsonObject
  readonly index: number
}

function fill(schema: JsonObject, filling: Filling): unknown {
  const reference = schema['$ref']
  if (typeof reference === 'string') return fill(resolved(reference, filling.root), filling)
  if (schema['const'] !== undefined) return schema['const']
  const { enum: values, anyOf } = schema
  if (Array.isArray(values)) return values[0]
  if (Array.isArray(anyOf)) return fill(objectOf(anyOf[0]) ?? {}, filling)
  const type: unknown = Array.isArray(schema['type']) ? schema['type'][0] : schema['type']
  switch (type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(objectOf(schema['properties']) ?? {}).map(([name, one]) => [
          name,
          fill(objectOf(one) ?? {}, filling),
        ]),
      )
    case 'array': {
      const least = numberOf(schema['minItems'], 1)
      const length = Math.max(least, Math.min(filling.points.length, numberOf(schema['maxItems'], Infinity)))
      return Array.from({ length }, (_, index) => fill(objectOf(schema['items']) ?? {}, { ...filling, index }))
    }
    case 'number':
    case 'integer':
      return numberOf(schema['minimum'], 1)
    case 'boolean':
      return true
    case 'null':
      return null
    default:
      return (filling.points[filling.index % filling.points.length] ?? '').slice(0, numberOf(schema['maxLength'], 500))
  }
}

function resolved(reference: string, root: JsonObject): JsonObject {
  const names = reference.split('/').slice(1)
  return names.reduce<JsonObject>((at, name) => objectOf(at[name]) ?? {}, root)
}

function numberOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise
}

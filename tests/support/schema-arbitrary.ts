import * as fc from 'fast-check'
import * as z from 'zod'

/** Values for a field of that name, where the schema alone cannot say which ones mean something. */
export type Hints = Readonly<Record<string, fc.Arbitrary<unknown>>>

/**
 * Inputs that a schema takes, made from the schema itself, so that a new endpoint is covered without a line of test. A kind
 * of schema that is not known here throws: then nothing would be covered in silence.
 */
export function inputOf(schema: z.ZodType, hints: Hints = {}): fc.Arbitrary<unknown> {
  // What a check of its own forbids (one of two fields, a certain text) is left out here.
  return arbitraryOf(schema, hints).filter((value) => schema.safeParse(value).success)
}

function arbitraryOf(schema: z.core.$ZodType, hints: Hints): fc.Arbitrary<unknown> {
  if (schema instanceof z.ZodObject) return objectOf(schema, hints)
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    return fc.option(arbitraryOf(schema.def.innerType, hints), { nil: undefined })
  }
  if (schema instanceof z.ZodNonOptional) return arbitraryOf(inner(schema.def.innerType), hints)
  if (schema instanceof z.ZodNullable) return fc.option(arbitraryOf(schema.def.innerType, hints), { nil: null })
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options)
  if (schema instanceof z.ZodLiteral) return fc.constantFrom(...schema.values)
  if (schema instanceof z.ZodUnion) {
    return fc.oneof(...schema.options.map((option) => arbitraryOf(option, hints)))
  }
  if (schema instanceof z.ZodArray) return arrayOf(schema, hints)
  if (schema instanceof z.ZodRecord) {
    return fc.dictionary(fc.string({ minLength: 1, maxLength: 20 }), arbitraryOf(schema.def.valueType, hints), {
      maxKeys: 3,
    })
  }
  if (schema instanceof z.ZodPipe) return arbitraryOf(schema.def.in, hints)
  if (schema instanceof z.ZodBoolean) return fc.boolean()
  if (schema instanceof z.ZodUnknown) return fc.jsonValue({ maxDepth: 2 })
  if (schema instanceof z.ZodNumber) return numberOf(schema)
  if (schema instanceof z.ZodString || schema instanceof z.ZodStringFormat) return textOf(schema)
  throw new Error(`No inputs can be made for ${schema._zod.def.type}. Say here how.`)
}

const absent = Symbol('absent')

function objectOf(schema: z.ZodObject, hints: Hints): fc.Arbitrary<unknown> {
  const fields = Object.entries(schema.shape).map(([name, field]) => {
    const value = hints[name] ?? arbitraryOf(inner(field), hints)
    // As often there as not: some endpoints take one of several fields.
    return [name, isOptional(field) ? fc.oneof(value, fc.constant(absent)) : value] as const
  })
  return fc
    .record(Object.fromEntries(fields))
    .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== absent)))
}

/** An optional field is left out rather than given as `undefined`, which JSON cannot say. */
function inner(field: z.core.$ZodType): z.core.$ZodType {
  return field instanceof z.ZodOptional ? field.def.innerType : field
}

function isOptional(field: z.core.$ZodType): boolean {
  return field._zod.optin === 'optional'
}

function arrayOf(schema: z.ZodArray, hints: Hints): fc.Arbitrary<unknown> {
  const min = limitOf(schema, 'min_length') ?? 0
  return fc.array(arbitraryOf(schema.element, hints), { minLength: min, maxLength: min + 3 })
}

function numberOf(schema: z.ZodNumber): fc.Arbitrary<number> {
  const min = Math.max(schema.minValue ?? -Infinity, -1e9)
  const max = Math.min(schema.maxValue ?? Infinity, 1e9)
  const whole = schema.format === 'safeint' || schema.isInt
  return whole
    ? fc.integer({ min: Math.ceil(min), max: Math.floor(max) })
    : fc.double({ min, max, noNaN: true, noDefaultInfinity: true })
}

const uuid = fc.uuid({ version: 7 })

function textOf(schema: z.ZodString | z.ZodStringFormat): fc.Arbitrary<string> {
  const { format } = schema
  if (format === 'guid' || format === 'uuid') return uuid
  if (format === 'datetime')
    return fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }).map((at) => at.toISOString())
  if (format === 'url') return fc.webUrl()
  const pattern = [...(schema._zod.bag.patterns ?? [])][0]
  if (pattern) return fc.stringMatching(pattern)
  const min = schema.minLength ?? 0
  return fc.oneof(
    fc.string({ minLength: min, maxLength: Math.min(schema.maxLength ?? Infinity, min + 30), unit: 'grapheme' }),
    fc.constantFrom('Blue knit', 'Été, 30 % off', '1 = 1; --').filter((text) => text.length >= min),
  )
}

function limitOf(schema: z.ZodType, check: string): number | undefined {
  for (const one of schema._zod.def.checks ?? []) {
    const { def } = one._zod
    if (def.check === check && 'minimum' in def) return Number(def.minimum)
  }
  return undefined
}

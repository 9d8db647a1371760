import { invalid } from './errors.ts'
import type { Refused } from './errors.ts'

export type Style = 'responses' | 'chat'
export type JsonObject = Readonly<Record<string, unknown>>
export type SchemaSupport = 'json_schema' | 'json_object' | 'none'

/** What a request asks of the model. */
export interface Wish {
  readonly model: string
  readonly prompt: string
  readonly stream: boolean
  readonly withUsage: boolean
  /** The format as it was given, and its schema where it has one. */
  readonly format: JsonObject
  readonly schema: JsonObject | null
  readonly body: JsonObject
}

const parameters: Readonly<Record<Style, ReadonlySet<string>>> = {
  responses: new Set(
    `background include input instructions max_output_tokens max_tool_calls metadata model parallel_tool_calls
    previous_response_id prompt_cache_key reasoning safety_identifier service_tier store stream stream_options temperature
    text tool_choice tools top_logprobs top_p truncation user`.split(/\s+/),
  ),
  chat: new Set(
    `frequency_penalty logit_bias logprobs max_completion_tokens max_tokens messages metadata model n parallel_tool_calls
    presence_penalty prompt_cache_key reasoning_effort response_format safety_identifier seed service_tier stop store stream
    stream_options temperature tool_choice tools top_logprobs top_p user verbosity`.split(/\s+/),
  ),
}

/** Reads a request to a model as strictly as OpenAI does. */
export function readWish(style: Style, body: string, support: SchemaSupport): Wish | { refused: Refused } {
  const given = objectOf(parsed(body))
  if (!given) return { refused: invalid('We could not parse the JSON body of your request.', null) }
  const unknown = Object.keys(given).find((name) => !parameters[style].has(name))
  if (unknown !== undefined)
    return { refused: invalid(`Unknown parameter: '${unknown}'.`, unknown, 'unknown_parameter') }
  const words = style === 'responses' ? 'input' : 'messages'
  const missing = ['model', words].find((name) => given[name] === undefined)
  if (missing !== undefined)
    return { refused: invalid(`Missing required parameter: '${missing}'.`, missing, 'missing_required_parameter') }
  const prompt = [given['instructions'], given[words]].map(textOf).join('\n').trim()
  const format = objectOf(style === 'responses' ? objectOf(given['text'])?.['format'] : given['response_format'])
  const problem = format && problemOfFormat({ style, format, support, prompt })
  if (problem) return { refused: problem }
  return {
    model: String(given['model']),
    prompt,
    stream: given['stream'] === true,
    withUsage: objectOf(given['stream_options'])?.['include_usage'] === true,
    format: format ?? { type: 'text' },
    schema: objectOf(definitionOf(style, format)?.['schema']),
    body: given,
  }
}

function definitionOf(style: Style, format: JsonObject | null): JsonObject | null {
  return style === 'responses' ? format : objectOf(format?.['json_schema'])
}

interface AskedFormat {
  readonly style: Style
  readonly format: JsonObject
  readonly support: SchemaSupport
  readonly prompt: string
}

function problemOfFormat({ style, format, support, prompt }: AskedFormat): Refused | null {
  const param = style === 'responses' ? 'text.format' : 'response_format'
  const type = String(format['type'])
  if (!['text', 'json_object', 'json_schema'].includes(type))
    return invalid(`Invalid value: '${type}'.`, `${param}.type`, 'invalid_value')
  // Servers that only speak this style often know less than OpenAI.
  const unsupported = (type === 'json_schema' && support !== 'json_schema') || (type !== 'text' && support === 'none')
  if (style === 'chat' && unsupported)
    return invalid(`Unsupported parameter: 'response_format' of type '${type}'.`, param, 'unsupported_parameter')
  if (type === 'json_object' && !/json/i.test(prompt))
    return invalid(
      `The messages must contain the word 'json' in some form, to use '${param}' of type '${type}'.`,
      param,
    )
  if (type !== 'json_schema') return null
  const definition = definitionOf(style, format)
  const name = definition?.['name']
  if (typeof name !== 'string' || !/^[\w-]{1,64}$/.test(name))
    return invalid(`Invalid '${param}.name': it does not match '^[a-zA-Z0-9_-]+$'.`, `${param}.name`, 'invalid_value')
  const schema = objectOf(definition?.['schema'])
  if (!schema) return invalid(`Missing required parameter: '${param}.schema'.`, `${param}.schema`)
  const problem = definition?.['strict'] === true ? problemOfSchema(schema, '()') : null
  return problem === null
    ? null
    : invalid(
        `Invalid schema for response_format '${name}': In context=${problem}`,
        style === 'responses' ? 'text.format.schema' : param,
        'invalid_json_schema',
      )
}

/** What a strict schema must not leave open, in objects at any depth. */
function problemOfSchema(schema: JsonObject, place: string): string | null {
  const properties = objectOf(schema['properties']) ?? {}
  if (schema['type'] === 'object') {
    if (schema['additionalProperties'] !== false)
      return `${place}, 'additionalProperties' is required to be supplied and to be false.`
    const required: readonly unknown[] = Array.isArray(schema['required']) ? schema['required'] : []
    const left = Object.keys(properties).find((name) => !required.includes(name))
    if (left !== undefined)
      return `${place}, 'required' is required to be supplied and to be an array including every key in properties. Missing '${left}'.`
  }
  const anyOf: readonly unknown[] = Array.isArray(schema['anyOf']) ? schema['anyOf'] : []
  const inside = [
    ...Object.entries(properties),
    ...Object.entries(objectOf(schema['$defs']) ?? {}),
    ...anyOf.map((one, index): [string, unknown] => [`anyOf ${index}`, one]),
    ['items', schema['items']] as const,
  ]
  for (const [name, one] of inside) {
    const inner = objectOf(one)
    const problem = inner && problemOfSchema(inner, `('${name}')`)
    if (problem) return problem
  }
  return null
}

/** The words of a prompt: a text, messages, or parts of messages. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  if (Array.isArray(content)) return content.map(textOf).join('\n')
  const { text, content: inner } = objectOf(content) ?? {}
  return textOf(text ?? inner ?? '')
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    // Not JSON is refused by who asked, as anything else that is no object.
    return null
  }
}

export function objectOf(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null
}

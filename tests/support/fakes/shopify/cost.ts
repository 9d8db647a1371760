import { getNamedType, isAbstractType, isCompositeType, isObjectType, Kind, valueFromASTUntyped } from 'graphql'
import type { DocumentNode, FieldNode, FragmentDefinitionNode, GraphQLObjectType, SelectionSetNode } from 'graphql'
import { schema } from './schema.ts'

/** How many things each connection of an answer held, by its path of field names; absent = as many as asked. */
export type Counts = ReadonlyMap<string, number>

interface Pricing {
  readonly variables: Readonly<Record<string, unknown>>
  readonly counts: Counts | null
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
}

const FREE = new Set(['MoneyV2', 'PageInfo'])

/**
 * What a question costs, in points. The formula was fitted to 1,753 recorded questions: a connection is 2 + g(n) times the cost of
 * one node, g(n) = max(1, floor(2 ln n)); an object is 1 with what it holds; an interface is the dearest of its types.
 */
export function costOf(document: DocumentNode, variables: Pricing['variables'], counts: Counts | null = null): number {
  const fragments = new Map(
    document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
  )
  const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION)
  const query = schema.getQueryType()
  if (!operation || !query) return 0
  return costOfSelection(operation.selectionSet, query, { pricing: { variables, counts, fragments }, path: '' })
}

interface At {
  readonly pricing: Pricing
  readonly path: string
}

function costOfSelection(set: SelectionSetNode, type: GraphQLObjectType, at: At): number {
  return fieldsOf(set, type, at.pricing).reduce((sum, field) => sum + costOfField(field, type, at), 0)
}

/** The fields that apply to the type, those of fragments too. */
function fieldsOf(set: SelectionSetNode, type: GraphQLObjectType, pricing: Pricing): FieldNode[] {
  return set.selections.flatMap((one): FieldNode[] => {
    if (one.kind === Kind.FIELD) return [one]
    const fragment = one.kind === Kind.INLINE_FRAGMENT ? one : pricing.fragments.get(one.name.value)
    if (!fragment) return []
    const wanted = fragment.typeCondition?.name.value
    const applies =
      wanted === undefined || wanted === type.name || type.getInterfaces().some(({ name }) => name === wanted)
    return applies ? fieldsOf(fragment.selectionSet, type, pricing) : []
  })
}

function costOfField(field: FieldNode, parent: GraphQLObjectType, { pricing, path }: At): number {
  const name = field.name.value
  const definition = parent.getFields()[name]
  const type = definition && getNamedType(definition.type)
  if (!type || !field.selectionSet || !isCompositeType(type) || FREE.has(type.name)) return 0
  if (parent.name === 'Query' && name === 'productsCount') return 10
  const at = { pricing, path: `${path}/${name}` }
  if (isAbstractType(type)) return 1 + dearest(field.selectionSet, type.name, at)
  if (!isObjectType(type)) return 1
  if (!type.name.endsWith('Connection')) return 1 + costOfSelection(field.selectionSet, type, at)
  const asked = sizeOf(field, pricing)
  const held = pricing.counts?.get(at.path)
  return 2 + steps(held === undefined || held === 0 ? asked : held) * nodeCost(field.selectionSet, type, at)
}

function nodeCost(set: SelectionSetNode, connection: GraphQLObjectType, at: At): number {
  const nodes = fieldsOf(set, connection, at.pricing).flatMap((field) => {
    if (field.name.value === 'nodes') return [field]
    if (field.name.value !== 'edges') return []
    return (field.selectionSet?.selections ?? []).filter(
      (one): one is FieldNode => one.kind === Kind.FIELD && one.name.value === 'node',
    )
  })
  const field = connection.getFields()['nodes']
  const type = field && getNamedType(field.type)
  return nodes.reduce((most, { selectionSet }) => {
    if (!selectionSet || !type) return most
    const inside = isAbstractType(type)
      ? dearest(selectionSet, type.name, at)
      : costOfSelection(selectionSet, type as GraphQLObjectType, at)
    return Math.max(most, 1 + inside)
  }, 1)
}

function dearest(set: SelectionSetNode, abstract: string, at: At): number {
  const type = schema.getType(abstract)
  if (!isAbstractType(type)) return 0
  return Math.max(...schema.getPossibleTypes(type).map((one) => costOfSelection(set, one, at)))
}

function sizeOf(field: FieldNode, { variables }: Pricing): number {
  const first = field.arguments?.find((one) => one.name.value === 'first')
  return first ? Number(valueFromASTUntyped(first.value, variables) ?? 0) : 0
}

function steps(n: number): number {
  return n <= 0 ? 0 : Math.max(1, Math.floor(2 * Math.log(n)))
}

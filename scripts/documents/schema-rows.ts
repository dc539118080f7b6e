/** One key of the configuration file, as its table shows it. */
export interface SchemaRow {
  /** Such as `userName.expression` or `mappings[].source`. */
  readonly key: string
  readonly type: string
  readonly required: boolean
  readonly fallback: unknown
  readonly secret: boolean
  /** Where the key exists only beside a certain value of another key: `method: pat`. */
  readonly only: string | undefined
  readonly meaning: string
}

/** A schema, by the words of JSON Schema that the contracts use. */
export interface Shape {
  /** TypeBox names the kind of every schema; a schema of anything has no other word. */
  readonly '~kind'?: unknown
  readonly type?: string
  readonly description?: string
  readonly default?: unknown
  readonly secret?: boolean
  readonly const?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly maxLength?: number
  readonly anyOf?: readonly Shape[]
  readonly items?: Shape
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[] | undefined
}

/** Every key below a schema of objects; those under `elsewhere` have a table of their own. */
export function schemaRows(schema: Shape, elsewhere: readonly string[] = []): readonly SchemaRow[] {
  return rowsOfObject(schema, '', undefined).filter(
    ({ key }) => !elsewhere.some((prefix) => key.startsWith(`${prefix}.`)),
  )
}

function rowsOfObject(shape: Shape, prefix: string, only: string | undefined): SchemaRow[] {
  return Object.entries(shape.properties ?? {}).flatMap(([name, property]) =>
    rowsOfProperty(property, prefix + name, shape.required?.includes(name) ?? false, only),
  )
}

function rowsOfProperty(shape: Shape, key: string, listed: boolean, only: string | undefined): SchemaRow[] {
  const row: SchemaRow = {
    key,
    type: typeOf(shape),
    required: listed && shape.default === undefined,
    fallback: shape.default,
    secret: shape.secret === true,
    only,
    meaning: shape.description ?? '',
  }
  return [row, ...rowsBelow(shape, key, only)]
}

function rowsBelow(shape: Shape, key: string, only: string | undefined): SchemaRow[] {
  if (shape.properties) return rowsOfObject(shape, `${key}.`, only)
  if (shape.items) return rowsBelow(shape.items, `${key}[]`, only)
  const variants = (shape.anyOf ?? []).filter((variant) => variant.properties)
  return mergeVariants(
    variants.map((variant) => rowsOfVariant(variant, key, only)),
    only,
  )
}

/** A key that all variants have in common is listed once, without a condition. */
function mergeVariants(variants: readonly SchemaRow[][], only: string | undefined): SchemaRow[] {
  const common = (key: string) => variants.every((rows) => rows.some((row) => row.key === key))
  const [first = [], ...others] = variants
  return [
    ...first.filter(({ key }) => common(key)).map((row) => ({ ...row, only })),
    ...[first, ...others].flat().filter(({ key }) => !common(key)),
  ]
}

/** The literal that tells a variant from the others is listed once, as the condition of its other keys. */
function rowsOfVariant(variant: Shape, key: string, only: string | undefined): SchemaRow[] {
  const [tag] = Object.entries(variant.properties ?? {}).flatMap(([name, property]) =>
    property.const === undefined ? [] : [{ name, text: `${name}: ${property.const}` }],
  )
  return rowsOfObject(variant, `${key}.`, tag?.text ?? only).filter((row) => row.key !== `${key}.${tag?.name}`)
}

function typeOf(shape: Shape): string {
  if (shape.const !== undefined) return `\`${shape.const}\``
  if (shape.anyOf) return typeOfUnion(shape.anyOf)
  if (shape.items) return `list of ${pluralOf(shape.items)}`
  if (shape.type === 'boolean') return '`true` or `false`'
  if (shape.type === 'integer') return `whole number${rangeOf(shape)}`
  if (shape.type === 'number') return `number${rangeOf(shape)}`
  if (shape.properties) return 'keys below'
  return shape.type === 'string' ? 'text' : 'see below'
}

const pluralOf = (shape: Shape) => (shape.type === 'string' ? 'texts' : 'entries')

const rangeOf = ({ minimum, maximum }: Shape) =>
  minimum === undefined ? '' : ` from ${minimum}${maximum === undefined ? '' : ` to ${maximum}`}`

function typeOfUnion(variants: readonly Shape[]): string {
  const texts = variants.map((variant) => (variant.properties ? tagOf(variant) : typeOf(variant)))
  return [...new Set(texts)].join(', ').replace(/, ([^,]+)$/, ' or $1')
}

function tagOf(variant: Shape): string {
  const tag = Object.entries(variant.properties ?? {}).find(([, property]) => property.const !== undefined)
  return tag ? `\`${tag[0]}: ${tag[1].const}\`` : 'keys below'
}

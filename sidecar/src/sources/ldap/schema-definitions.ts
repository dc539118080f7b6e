/** What the schema of a directory says about attributes and classes (RFC 4512 4.1). Names are in lower case. */
export interface DirectorySchema {
  readonly attributes: ReadonlyMap<string, { readonly name: string; readonly single: boolean }>
  /** Attributes that entries of a class may have, inherited ones included. */
  attributesOf(classes: readonly string[]): ReadonlySet<string>
}

interface ClassDefinition {
  readonly superiors: readonly string[]
  readonly attributes: readonly string[]
}

export function parseSchema(attributeTypes: readonly string[], objectClasses: readonly string[]): DirectorySchema {
  const attributes = new Map<string, { name: string; single: boolean }>()
  for (const text of attributeTypes) {
    const [name, ...others] = oidsAfter(text, 'NAME')
    if (name === undefined) continue
    const definition = { name, single: /\bSINGLE-VALUE\b/.test(withoutQuoted(text)) }
    for (const each of [name, ...others]) attributes.set(each.toLowerCase(), definition)
  }
  const classes = new Map<string, ClassDefinition>()
  for (const text of objectClasses) {
    const definition = {
      superiors: oidsAfter(text, 'SUP'),
      attributes: [...oidsAfter(text, 'MUST'), ...oidsAfter(text, 'MAY')],
    }
    for (const name of oidsAfter(text, 'NAME')) classes.set(name.toLowerCase(), definition)
  }
  return { attributes, attributesOf: (names) => closure(names, classes) }
}

/** A class may be its own ancestor in a broken schema: each is looked at once. */
function closure(names: readonly string[], classes: ReadonlyMap<string, ClassDefinition>): Set<string> {
  const all = new Set<string>()
  const seen = new Set<string>()
  const waiting = [...names]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const key = name.toLowerCase()
    const definition = seen.has(key) ? undefined : classes.get(key)
    seen.add(key)
    if (!definition) continue
    for (const attribute of definition.attributes) all.add(attribute.toLowerCase())
    waiting.push(...definition.superiors)
  }
  return all
}

/** The value of a keyword: one name, or several in parentheses, quoted or between dollars. */
function oidsAfter(definition: string, keyword: string): string[] {
  const start = keyword === 'NAME' ? definition : withoutQuoted(definition)
  const found = new RegExp(`\\s${keyword}\\s+(?:\\(([^)]*)\\)|('?[\\w.;-]+'?))`).exec(start)
  return (found?.[1] ?? found?.[2] ?? '').split(/[\s$']+/).filter((name) => name !== '')
}

/** A description may contain a keyword. */
const withoutQuoted = (definition: string): string => definition.replace(/'[^']*'/g, "''")

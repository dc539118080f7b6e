/** What the product writes as attributes of an element; anything else is an element of its own (shape believed). */
const attributeNames: ReadonlySet<string> = new Set(['name', 'expand', 'href', 'rel'])

/** What callers get who do not ask for JSON (Crowd REST), made from the JSON body. */
export const toXml = (root: string, body: object): string =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${element(root, body)}`

function element(name: string, value: unknown): string {
  if (typeof value !== 'object' || value === null) return `<${name}>${escaped(String(value))}</${name}>`
  const entries = Object.entries(value)
  const isAttribute = ([key]: [string, unknown]): boolean => attributeNames.has(key) && name !== 'cookie-config'
  const attributes = entries.filter(isAttribute).map(([key, each]) => ` ${key}="${escaped(String(each))}"`)
  const content = entries.filter((entry) => !isAttribute(entry)).map(([key, each]) => child(name, key, each))
  return `<${name}${attributes.join('')}>${content.join('')}</${name}>`
}

/** `users` within `users` are its elements, `values` within an attribute have an element around them. */
function child(parent: string, key: string, value: unknown): string {
  if (!Array.isArray(value)) return element(key, value)
  const items = value.map((each) => element(key.replace(/s$/, ''), each)).join('')
  return key === parent ? items : `<${key}>${items}</${key}>`
}

export const escaped = (text: string): string =>
  text.replace(/[<>&"]/g, (character) => `&#${character.codePointAt(0)};`)

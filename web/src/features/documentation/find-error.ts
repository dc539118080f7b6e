// The catalogue of errors is part of the page, so that a link to it works without any other site.
const files = import.meta.glob<string>('../../../../docs/errors.md', { query: '?raw', import: 'default', eager: true })
const catalogue = Object.values(files).join('\n')

/** The paragraphs under the heading that names a code. */
export function findError(code: string): readonly string[] | undefined {
  const sections = catalogue.split(/^#{2,4} /m).slice(1)
  const found = sections.find((section) => plain(section.split('\n', 1)[0] ?? '').split(/\s/)[0] === code)
  return found
    ?.split('\n')
    .slice(1)
    .join('\n')
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.replaceAll(/\s*\n\s*/g, ' ').trim())
    .filter((paragraph) => paragraph !== '' && !paragraph.startsWith('<!--'))
}

const plain = (heading: string) => heading.replaceAll('`', '').trim()

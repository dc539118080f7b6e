const block = /(<!-- generated: (.+?) -->\n)[\s\S]*?(<!-- end of generated -->)/g

/** Fills what stands between `<!-- generated: NAME -->` and `<!-- end of generated -->`; prose around it stays. */
export async function replaceBlocks(text: string, render: (name: string) => string | Promise<string>): Promise<string> {
  const names = [...text.matchAll(block)].map(([, , name = '']) => name)
  const rendered = new Map<string, string>()
  for (const name of names) rendered.set(name, (await render(name)).trim())
  return text.replace(block, (_, start: string, name: string, end: string) => `${start}${rendered.get(name)}\n${end}`)
}

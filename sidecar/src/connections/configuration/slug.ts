/** The short name in URLs: as written, or made from the name ("Entra ID (EU)" becomes `entra-id-eu`). */
export const slugOf = ({ name, slug }: { readonly name: string; readonly slug?: string }): string =>
  slug ??
  (name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 50) ||
    'connection')

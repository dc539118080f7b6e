import { fold } from '../data-center/names.ts'
import type { CrowdAnswer } from './answer.ts'
import type { Handler } from './call.ts'
import { escaped } from './xml.ts'

/** Direct members and child groups of every group, as XML only (Crowd REST, calls; element names believed). */
export const dumpMemberships: Handler = ({ realm, lowerCase }): CrowdAnswer => {
  const shown = ({ name }: { name: string }): string => escaped(lowerCase ? fold(name) : name)
  const list = (element: string, all: readonly { name: string }[]): string =>
    all.map((each) => `<${element} name="${shown(each)}"/>`).join('')
  const memberships = realm
    .groups()
    .map(
      (group) =>
        `<membership group="${shown(group)}"><users>${list('user', realm.members(group.name, 'direct'))}</users>` +
        `<groups>${list('group', realm.children(group.name, 'direct'))}</groups></membership>`,
    )
  const content = `<?xml version="1.0" encoding="UTF-8"?><memberships>${memberships.join('')}</memberships>`
  return { status: 200, text: { type: 'application/xml;charset=UTF-8', content } }
}

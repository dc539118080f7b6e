/** The Bitbucket releases that are supported; user administration is the same in all of them (Bitbucket REST). */
export type BitbucketVersion = '8.19' | '9.4' | '10'

export const bitbucketVersions: readonly BitbucketVersion[] = ['8.19', '9.4', '10']

/** What `application-properties` reports. */
export const bitbucketReleases: Readonly<Record<BitbucketVersion, { number: string; buildNumber: string }>> = {
  '8.19': { number: '8.19.20', buildNumber: '8019020' },
  '9.4': { number: '9.4.12', buildNumber: '9004012' },
  '10': { number: '10.2.2', buildNumber: '10002002' },
}

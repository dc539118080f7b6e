import type { MessageDescriptor } from 'react-intl'

/** The texts of one feature, by key: the English text is the default, the id is what a translation refers to. */
export function messagesOf<Key extends string>(feature: string, texts: Readonly<Record<Key, string>>) {
  const described = Object.entries<string>(texts).map(([key, text]) => [
    key,
    { id: `${feature}.${key}`, defaultMessage: text },
  ])
  return Object.fromEntries(described) as Record<Key, MessageDescriptor & { defaultMessage: string }>
}

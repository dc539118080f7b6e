/** How a request left the RFC and was understood all the same. */
export type DeviationKind =
  | 'textForBoolean'
  | 'numberForText'
  | 'objectForList'
  | 'listForValue'
  | 'textForObject'
  | 'emptyForAbsent'
  | 'qualifiedName'
  | 'coreNameOfExtension'
  | 'unknownAttribute'
  | 'foreignSchema'
  | 'readOnlyIgnored'
  | 'operatorCase'
  | 'removalByValue'
  | 'valueCreatedFromFilter'
  | 'filterKeptInValue'
  | 'nothingToRemove'
  | 'ownId'
  | 'passwordDropped'

/** For the provisioning log: what was done by certain intent. Holds names of attributes, never a value. */
export interface Deviation {
  readonly kind: DeviationKind
  readonly attribute: string
}

const sentences: { readonly [K in DeviationKind]: string } = {
  textForBoolean: 'a text was read as true or false',
  numberForText: 'a number or true/false was read as text',
  objectForList: 'a single value was read as a list of one',
  listForValue: 'a list of one was read as a single value',
  textForObject: 'a plain text was read as the value of an object',
  emptyForAbsent: 'an empty value was read as absent',
  qualifiedName: 'a name with dots or a schema in front was read as a path',
  coreNameOfExtension: 'was put where its schema extension has it',
  unknownAttribute: 'is in no schema; it is kept as it was sent',
  foreignSchema: 'is no attribute of this resource type and was ignored',
  readOnlyIgnored: 'cannot be written by a client and was ignored',
  operatorCase: 'the spelling of op was read without regard to case',
  removalByValue: 'only the values named in the operation were removed',
  valueCreatedFromFilter: 'no value matched, so one was made from the filter',
  filterKeptInValue: 'the new value kept what the filter selects by',
  nothingToRemove: 'there was nothing to remove',
  ownId: 'the id equals that of the resource and changes nothing',
  passwordDropped: 'passwords are not kept',
}

export const describeDeviation = ({ kind, attribute }: Deviation): string => `${attribute}: ${sentences[kind]}`

/** Collects deviations, each once, in order. */
export interface Deviations {
  note(kind: DeviationKind, attribute: string): void
  list(): readonly Deviation[]
}

export function collectDeviations(): Deviations {
  const found = new Map<string, Deviation>()
  return {
    note(kind, attribute) {
      if (found.size < noted) found.set(`${kind} ${attribute}`, { kind, attribute })
    },
    list: () => [...found.values()],
  }
}

/** A log line, not an archive. */
const noted = 50

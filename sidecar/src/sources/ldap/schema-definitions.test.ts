import { expect, test } from 'vitest'
import { parseSchema } from './schema-definitions.ts'

const schema = parseSchema(
  [
    "( 2.5.4.3 NAME ( 'cn' 'commonName' ) DESC 'RFC4519: common name(s) SINGLE-VALUE SUP x' SUP name )",
    "( 2.16.840.1.113730.3.1.241 NAME 'displayName' EQUALITY caseIgnoreMatch SINGLE-VALUE )",
    "( 1.2.3 NAME 'x-Own' SYNTAX '1.3.6.1.4.1.1466.115.121.1.15' SINGLE-VALUE X-ORIGIN 'a' )",
    '( 1.2.4 )',
  ],
  [
    "( 2.5.6.6 NAME 'person' SUP top STRUCTURAL MUST ( sn $ cn ) MAY ( userPassword $ telephoneNumber ) )",
    "( 2.5.6.7 NAME 'organizationalPerson' SUP person STRUCTURAL MAY title )",
    "( 1.1 NAME 'loop' SUP loop MAY x-Own )",
  ],
)

test('a description is no definition', () => {
  expect(schema.attributes.get('cn')).toEqual({ name: 'cn', single: false })
  expect(schema.attributes.get('commonname')).toEqual({ name: 'cn', single: false })
  expect(schema.attributes.get('displayname')).toEqual({ name: 'displayName', single: true })
  expect(schema.attributes.get('x-own')).toEqual({ name: 'x-Own', single: true })
})

test('a class has what its superiors have, even in a circle', () => {
  expect([...schema.attributesOf(['ORGANIZATIONALPERSON'])].sort()).toEqual([
    'cn',
    'sn',
    'telephonenumber',
    'title',
    'userpassword',
  ])
  expect([...schema.attributesOf(['loop', 'unknown'])]).toEqual(['x-own'])
})

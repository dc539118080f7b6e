import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createUserMapping, isDeletedUser } from './map-user.ts'

const { identityOf, select } = createUserMapping({
  attributes: ['city', 'onPremisesExtensionAttributes.extensionAttribute1', 'displayName'],
})
const user = { id: 'b2c3', userPrincipalName: 'ada@contoso.example', accountEnabled: true, displayName: 'Ada' }

test('selects each property once', () => {
  const names = select.split(',')
  expect(new Set(names).size).toBe(names.length)
  expect(names).toContain('onPremisesExtensionAttributes')
})

test('null, an empty text and an empty list are absent, like what delta leaves out', () => {
  const full = {
    ...user,
    mail: null,
    otherMails: [],
    city: '',
    onPremisesExtensionAttributes: { extensionAttribute1: null },
  }
  expect(identityOf(full)).toEqual(identityOf(user))
})

test.each([
  [{ mail: 'a@mail.example', otherMails: ['b@mail.example'] }, 'a@mail.example'],
  [{ mail: null, otherMails: ['b@mail.example', 'c@mail.example'] }, 'b@mail.example'],
  [{ mail: null, otherMails: [] }, undefined],
])('the e-mail is mail, else the first of the others', (mails, email) => {
  expect(identityOf({ ...user, ...mails }).email).toBe(email)
})

test('the address that a guest was invited by is offered to mappings, and is not the e-mail', () => {
  const { email, attributes } = identityOf({
    ...user,
    userPrincipalName: 'first_last_mail.example#EXT#@contoso.example',
  })
  expect(attributes.rebuiltMail).toBe('first_last@mail.example')
  expect(email).toBeUndefined()
})

test('a name without an underscore before the mark, or without the mark, is not rebuilt', () => {
  for (const userPrincipalName of ['plain#EXT#@contoso.example', '_x#EXT#@contoso.example', 'a_b@contoso.example']) {
    expect(identityOf({ ...user, userPrincipalName }).attributes).not.toHaveProperty('rebuiltMail')
  }
})

test('an ordinary name is never taken for a deletion', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.string({ minLength: 1 }), (id, name) => {
      expect(isDeletedUser({ id, userPrincipalName: `${name}@contoso.example` })).toBe(false)
      expect(isDeletedUser({ id, userPrincipalName: `${id.replaceAll('-', '')}${name}@contoso.example` })).toBe(true)
    }),
  )
})

import { type Attribute, complex, simple, text } from '../attribute.ts'
import { defineSchema } from '../schema.ts'

const primary = simple('boolean', 'primary', 'True for the preferred value; at most one is.')

const typeOf = (...canonicalValues: string[]): Attribute => text('type', 'What the value is for.', { canonicalValues })

/** A multi-valued attribute with the sub-attributes of RFC 7643 2.4. */
const plural = (name: string, description: string, value: Attribute, type: Attribute = typeOf()): Attribute =>
  complex(name, description, [value, text('display', 'The value as people read it.'), type, primary], {
    multiValued: true,
  })

/** urn:ietf:params:scim:schemas:core:2.0:User (RFC 7643 4.1 and 8.7.1). */
export const userSchema = defineSchema('urn:ietf:params:scim:schemas:core:2.0:User', 'User', 'User Account', [
  text('userName', 'The name with which the person signs in; need not be an e-mail address.', {
    required: true,
    uniqueness: 'server',
  }),
  complex('name', 'The parts of the name.', [
    text('formatted', 'The full name as it is shown.'),
    text('familyName', 'Family name.'),
    text('givenName', 'Given name.'),
    text('middleName', 'Middle name.'),
    text('honorificPrefix', 'Title before the name.'),
    text('honorificSuffix', 'Suffix after the name.'),
  ]),
  text('displayName', 'The name as it is shown to others.'),
  text('nickName', 'A casual name.'),
  simple('reference', 'profileUrl', 'Address of an online profile.', { referenceTypes: ['external'] }),
  text('title', 'Job title.'),
  text('userType', 'Relation to the organisation.'),
  text('preferredLanguage', 'Preferred language, as in Accept-Language.'),
  text('locale', 'Locale for dates, numbers and money.'),
  text('timezone', 'Time zone by its IANA name.'),
  simple('boolean', 'active', 'False for a person who must not be able to sign in.'),
  text('password', 'Clear-text password; never returned.', { mutability: 'writeOnly', returned: 'never' }),
  plural('emails', 'E-mail addresses.', text('value', 'The address.'), typeOf('work', 'home', 'other')),
  plural(
    'phoneNumbers',
    'Telephone numbers.',
    text('value', 'The number, kept as it was sent.'),
    typeOf('work', 'home', 'mobile', 'fax', 'pager', 'other'),
  ),
  plural(
    'ims',
    'Instant messaging addresses.',
    text('value', 'The address.'),
    typeOf('aim', 'gtalk', 'icq', 'xmpp', 'msn', 'skype', 'qq', 'yahoo'),
  ),
  plural(
    'photos',
    'Addresses of pictures.',
    simple('reference', 'value', 'Address of the picture.', { caseExact: true, referenceTypes: ['external'] }),
    typeOf('photo', 'thumbnail'),
  ),
  complex(
    'addresses',
    'Postal addresses.',
    [
      text('formatted', 'The address as it is printed.'),
      text('streetAddress', 'Street and number.'),
      text('locality', 'Town.'),
      text('region', 'State or region.'),
      text('postalCode', 'Postal code.'),
      text('country', 'Country, ISO 3166-1 alpha-2.'),
      typeOf('work', 'home', 'other'),
      primary,
    ],
    { multiValued: true },
  ),
  complex(
    'groups',
    'Groups that the person belongs to; written through the groups.',
    [
      text('value', 'Id of the group.', { caseExact: true, mutability: 'readOnly' }),
      simple('reference', '$ref', 'Address of the group.', {
        caseExact: true,
        mutability: 'readOnly',
        referenceTypes: ['Group'],
      }),
      text('display', 'Name of the group.', { mutability: 'readOnly' }),
      text('type', 'Whether the person is a member directly or through another group.', {
        mutability: 'readOnly',
        canonicalValues: ['direct', 'indirect'],
      }),
    ],
    { multiValued: true, mutability: 'readOnly' },
  ),
  plural('entitlements', 'Things that the person may have or use.', text('value', 'The entitlement.')),
  plural('roles', 'Roles of the person.', text('value', 'The role, kept as it was sent.')),
  plural(
    'x509Certificates',
    'Certificates of the person.',
    simple('binary', 'value', 'DER certificate in base64.', { caseExact: true }),
  ),
])

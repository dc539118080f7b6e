import { complex, simple, text } from '../attribute.ts'
import { defineSchema } from '../schema.ts'

/** RFC 7643 4.3. */
export const enterpriseUserSchema = defineSchema(
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  'EnterpriseUser',
  'Enterprise User',
  [
    text('employeeNumber', 'Number or other name of the employee within the organisation.'),
    text('costCenter', 'Cost centre.'),
    text('organization', 'Organisation.'),
    text('division', 'Division.'),
    text('department', 'Department.'),
    complex('manager', 'The manager of the person.', [
      text('value', 'Id of the manager.', { caseExact: true }),
      simple('reference', '$ref', 'Address of the manager.', { caseExact: true, referenceTypes: ['User'] }),
      text('displayName', 'Name of the manager.', { mutability: 'readOnly' }),
    ]),
  ],
)

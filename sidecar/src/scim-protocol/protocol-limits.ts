/** Bounds of what one request may carry, so that no body can hold up the service. Each refusal names its limit. */
export const protocolLimits = {
  /** Objects and arrays within each other, where no schema says how deep an attribute goes. */
  depth: 10,
  nameLength: 256,
  /** Characters of one text; a photo or a certificate fits. */
  textLength: 65_536,
  /** Values of one multi-valued attribute, members apart. */
  values: 1_000,
  /** Attributes of one resource, of each of its extensions, and of each object in them. */
  attributes: 500,
  members: 100_000,
  /** authentik chunks its member changes by `bulk.maxOperations`, so both are one number. */
  patchOperations: 1_000,
  /** Values that one request may look at, each as often as an operation does: about 0.3 s at worst. */
  effort: 200_000,
  bulkOperations: 1_000,
} as const

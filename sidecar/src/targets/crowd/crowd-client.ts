import { createProductClient, type ProductClient } from '../data-center/product-client.ts'
import type { ThrottleOptions } from '../data-center/throttle.ts'
import { crowdProduct, crowdSignIn } from './crowd-product.ts'
import type { CrowdConnection } from './crowd-settings.ts'

/** A client that signs in as an application. Paths begin below `/rest`. */
export const createCrowdClient = (settings: CrowdConnection, options: ThrottleOptions = {}): ProductClient =>
  createProductClient(crowdProduct, settings, crowdSignIn(settings), options)

/** The API of both servers (Crowd REST). */
export const api = '/usermanagement/1'

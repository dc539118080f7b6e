import { entityTypes } from './entity-types.ts'
import { noSuchSegment } from './graph-error.ts'
import { type GraphHandler, requireAny, rights } from './graph-request.ts'
import { listPage } from './page.ts'
import { isEventual, readOptions, readSelect } from './query-options.ts'
import { rendered } from './render.ts'

/** GET /directory/deletedItems/microsoft.graph.user and .group: what can still be restored (Microsoft Graph, calls, throttling). */
export const listDeletedItems: GraphHandler = (context, request, [cast = '']) => {
  const kind = cast === 'microsoft.graph.user' ? 'user' : 'group'
  if (cast !== `microsoft.graph.${kind}`) throw noSuchSegment(cast)
  requireAny(context, kind === 'user' ? rights.users : rights.groups)
  const { state } = context.tenant
  const options = readOptions(request, ['$select', '$top', '$count', '$skiptoken'])
  const select = readSelect(options, entityTypes[kind], kind === 'user' ? state.extensionProperties : [])
  return listPage(context, request, options, {
    objects: kind === 'user' ? state.users : state.groups,
    matches: (object) => object.deletedDateTime !== undefined && !object.purged,
    show: (object) => rendered(object, select),
    context: `${kind}s`,
    counted: isEventual(request),
  })
}

import { type Stop, watchEventLoop } from '../probes/event-loop.ts'
import { server } from './program.ts'

let watch = watchEventLoop()

const handlers = {
  begin: (_: undefined): void => {
    watch.stop()
    watch = watchEventLoop()
  },
  end: (_: undefined): Stop => watch.stop(),
}
export type Idle = typeof handlers

server(handlers)

import { setFlagsFromString } from 'node:v8'

/**
 * V8 compiles the way out of WebAssembly into JavaScript after so many calls, and shares what it compiled between threads.
 * When one thread frees what another one is just about to compile, the whole process can end with
 * `Check failed: jit_page.has_value()` (github.com/nodejs/node/issues/64500; V8 13.6 in Node 24.21). The parser of HTTP answers
 * in undici is WebAssembly, and we use it in two threads.
 */
export const neverCompileWrappersFlag = '--wasm-wrapper-tiering-budget=1000000000'

/** What is never compiled is never freed: 15 ns a call, some twenty calls an answer. */
export const neverCompileWrappers = (): void => setFlagsFromString(neverCompileWrappersFlag)

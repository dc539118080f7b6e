export const colorModes = ['light', 'dark', 'auto'] as const
export type ColorMode = (typeof colorModes)[number]

const key = 'rollcall.color-mode'

/** The choice of last time; as the system has it when there is none, or when the browser keeps nothing. */
export function rememberedColorMode(): ColorMode {
  try {
    const remembered = localStorage.getItem(key)
    return colorModes.find((mode) => mode === remembered) ?? 'auto'
  } catch {
    return 'auto'
  }
}

export function rememberColorMode(mode: ColorMode): void {
  try {
    localStorage.setItem(key, mode)
  } catch {
    // A browser that keeps nothing shows the theme until the page is closed.
  }
}

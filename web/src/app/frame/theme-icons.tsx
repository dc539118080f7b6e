import type { ReactNode } from 'react'
import type { ColorMode } from './color-mode.ts'

const drawing = (content: ReactNode) => (
  <svg
    width="16"
    height="16"
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.5"
    aria-hidden="true"
  >
    {content}
  </svg>
)

/** Sun, moon and screen: Atlaskit's set has neither sun nor moon. */
export const themeIcons: Readonly<Record<ColorMode, ReactNode>> = {
  light: drawing(
    <>
      <circle cx="8" cy="8" r="3" />
      <path
        d="M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1.1 1.1M11.9 11.9 13 13M13 3l-1.1 1.1M4.1 11.9 3 13"
        strokeLinecap="round"
      />
    </>,
  ),
  dark: drawing(<path d="M13.5 9.6A6 6 0 0 1 6.4 2.5a6 6 0 1 0 7.1 7.1Z" strokeLinejoin="round" />),
  auto: drawing(
    <>
      <rect x="1.75" y="2.75" width="12.5" height="8.5" rx="1" />
      <path d="M5.5 14h5" strokeLinecap="round" />
    </>,
  ),
}

import { useSetColorMode } from '@atlaskit/app-provider/use-set-color-mode'
import { useState } from 'react'
import { useIntl } from 'react-intl'
import { SegmentedControl } from '../../components/segmented-control.tsx'
import { messages } from '../messages.ts'
import { type ColorMode, colorModes, rememberColorMode, rememberedColorMode } from './color-mode.ts'
import { themeIcons } from './theme-icons.tsx'

/** Light, dark, or what the system says; remembered in this browser. */
export function ThemeSwitch() {
  const intl = useIntl()
  const setColorMode = useSetColorMode()
  const [mode, setMode] = useState(rememberedColorMode)
  const choose = (chosen: ColorMode) => {
    setMode(chosen)
    setColorMode(chosen)
    rememberColorMode(chosen)
  }
  const segments = colorModes.map((value) => ({
    value,
    label: intl.formatMessage(messages[value]),
    icon: themeIcons[value],
  }))
  return (
    <SegmentedControl legend={intl.formatMessage(messages.theme)} segments={segments} value={mode} onChange={choose} />
  )
}

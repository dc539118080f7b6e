import '@atlaskit/css-reset'
import './base.css'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'

const root = document.getElementById('root')
if (!root) throw new Error('The page has no element to draw into.')
// No StrictMode: under its second round of effects Atlaskit's portals lose the first dialog that is opened.
createRoot(root).render(<App />)

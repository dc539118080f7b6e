/** Stands in for Atlaskit's client of a hosted experiment service: every gate is closed, nobody is contacted. */
export const fg = (_gate: string) => false

export default {
  initializeCompleted: () => true,
  checkGate: () => false,
  getExperimentValue: <T>(_experiment: string, _parameter: string, fallback: T) => fallback,
}

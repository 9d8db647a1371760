/** Words of the way to the core, where it does not answer. */
export const bridge = {
  refused: 'This page may not do that. Open it anew from Hudson.',
  noAnswer: 'Hudson does not answer. It may have been closed.',
  notHandedOver: '“{{name}}” could not be handed over: Hudson does not answer.',
} as const

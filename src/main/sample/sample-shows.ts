import type { MessageColor } from '#shared/live.ts'
import type { Overrides } from '#shared/sessions.ts'

/** One session of the sample data. Items are product slugs, in order, by section. */
export interface SampleShow {
  readonly slug: string
  readonly name: string
  readonly notes: string
  readonly code: string
  readonly status: 'draft' | 'ready'
  /** Days from the day it is loaded, at 18:00 UTC; null = not scheduled yet. */
  readonly inDays: number | null
  readonly sections: readonly (readonly [section: string, slugs: readonly string[]])[]
  readonly details: Readonly<Record<string, SampleItemDetails>>
}

/** What one item of a line-up says beside the catalogue. */
export interface SampleItemDetails {
  readonly overrides?: Overrides
  readonly skip?: boolean
  readonly notes?: string
}

export const sampleShows: readonly SampleShow[] = [
  {
    slug: 'winter-evening-live',
    name: 'Winter evening live',
    notes:
      'Start with the earrings: easy prices while people arrive. Blanket last.\n\nHeather cardigan only in S and M.',
    code: 'TARN15',
    status: 'ready',
    inDays: 3,
    sections: [
      ['Warm-up', ['everyday-hoops', 'stacking-rings', 'olive-bead-bracelet', 'dipped-mug']],
      [
        'Jewellery',
        [
          'fern-pendant',
          'harvest-moon-necklace',
          'garnet-locket',
          'tidal-pearls',
          'rain-drop-earrings',
          'lagoon-trio-ring',
          'signet-ring',
          'dahlia-ring',
          'wide-cuff',
        ],
      ],
      [
        'Knitwear',
        [
          'harbour-fairisle',
          'oat-cable-sweater',
          'breton-knit',
          'heather-cardigan',
          'long-loch-scarf',
          'tartan-scarf',
          'bobble-beanie',
          'snowfall-mittens',
        ],
      ],
      ['Home and gifts', ['saddle-crossbody', 'hearth-candle', 'croft-blanket']],
    ],
    details: {
      'heather-cardigan': { notes: 'Only S and M are left. Say it early.' },
      'dahlia-ring': { notes: 'Number 17 of 40 is on the table.' },
    },
  },
  {
    slug: 'gift-guide',
    name: 'Gift guide under 60',
    notes: 'Prices for this show only. Willow earrings and rust jumper still need talking points.',
    code: 'GIFT10',
    status: 'draft',
    inDays: null,
    sections: [
      ['Under 30', ['field-tote', 'dipped-mug', 'hearth-candle', 'everyday-hoops', 'bobble-beanie']],
      ['Under 45', ['olive-bead-bracelet', 'snowfall-mittens', 'stacking-rings', 'willow-leaf-earrings']],
      [
        'Under 60',
        ['harvest-moon-necklace', 'rain-drop-earrings', 'long-loch-scarf', 'fern-pendant', 'rust-block-jumper'],
      ],
    ],
    details: {
      'stacking-rings': {
        overrides: { name: 'Stacking Rings: three for the price of two', priceCents: 3600, compareAtPriceCents: 5400 },
        notes: 'Special price for the gift guide, agreed until Sunday.',
      },
      'rust-block-jumper': { skip: true, notes: 'Above 60: only if there is time.' },
    },
  },
]

/** Messages to the host that most shows need. */
export const samplePresets: readonly {
  readonly text: string
  readonly color: MessageColor
  readonly clearAfterSeconds: number | null
}[] = [
  { text: 'Slow down a little', color: 'amber', clearAfterSeconds: 20 },
  { text: 'Say the price again: {price}', color: 'blue', clearAfterSeconds: 20 },
  { text: 'Mention the code {code}', color: 'green', clearAfterSeconds: 30 },
  { text: 'Sold out: move on to {nextNumber} {next}', color: 'red', clearAfterSeconds: null },
  { text: 'Answer the comments', color: 'purple', clearAfterSeconds: 30 },
  { text: 'Five minutes left', color: 'gray', clearAfterSeconds: 15 },
]

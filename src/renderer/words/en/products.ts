/** Words of the catalogue: the first steps, the list, the import and the editor. */
export const products = {
  title: 'Products',
  first: {
    title: 'Begin with products',
    text: 'A show is a numbered line-up of products. They can be your own or a set to try things with; both are here in a minute.',
    importTitle: 'Your own catalogue',
    importText: 'In Shopify, open Products, choose Export, and bring the CSV file here. You see what happens before it does.',
    import: 'Import a catalogue',
    sampleTitle: 'Sample data',
    sampleText: 'A brand with products, pictures and two ready line-ups. Delete or archive it whenever you like.',
    sample: 'Explore with sample data',
    loading: 'Loading the sample data …',
  },
} as const

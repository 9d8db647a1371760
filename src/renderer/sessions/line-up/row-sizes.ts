/** Heights of the lines in CSS pixels; they are the tokens --row and --section-row, which the virtual list must know. */
export const rowHeight = 52
export const sectionHeight = 36
/** Rows of the picker. */
export const pickRowHeight = 52

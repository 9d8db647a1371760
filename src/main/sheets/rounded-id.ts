/** Whether a spreadsheet made this of a long number: the digits that it left out are lost. */
export function isRounded(text: string): boolean {
  return /^\d([.,]\d+)?E\+?\d{2,3}$/i.test(text)
}

/** What people do about it. */
export const roundedId =
  'The spreadsheet rounded this id, so its last digits are lost. Format the column as text, put the ids in again, and save the file once more.'

/**
 * The version of everything that the contract says, for clients that are not of this build. Rises with each change of an
 * endpoint's name, input or output; a test holds it to a hash of them.
 */
export const PROTOCOL_VERSION = 7

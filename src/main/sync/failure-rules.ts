export type FailureKind =
  /** No way to the server, or no answer in time. */
  | 'network'
  /** It starts. */
  | 'waking'
  /** It answers with errors. */
  | 'server'
  /** Another one's work was in the way. */
  | 'retry'
  /** No room for another connection. */
  | 'limit'
  | 'unauthorized'
  | 'quota'
  /** It will not have us, or is not there: a wrong database, a removed endpoint, a list of allowed addresses, a replica. */
  | 'refused'
  | 'certificate'
  | 'unmigrated'
  | 'rights'
  | 'update-required'
  | 'other-database'
  /** Nothing of the team's: this computer could not save what came. */
  | 'here'

/** One kind of failure: what tells it, and what people read. The first that fits counts, by text, then by code. */
export interface FailureRule {
  readonly kind: FailureKind
  readonly retry: 'now' | 'soon' | 'slow' | 'never'
  readonly texts?: RegExp
  /** SQLSTATEs, or Node's codes and names of errors. */
  readonly codes?: RegExp
  readonly what: string
  readonly todo: string
  /** In place of `todo` where somebody sets up a database, and nothing is tried again by itself. */
  readonly setup?: string
}

const askAdmin = 'whoever looks after the database'

export const failureRules: readonly FailureRule[] = [
  {
    kind: 'here',
    retry: 'slow',
    codes: /^(SQLITE_.*|ENOSPC|EDQUOT|EROFS|EIO)$/,
    what: 'What came from the team could not be saved on this computer.',
    todo: 'Look whether its disk is full. Hudson tries again by itself.',
  },
  {
    kind: 'quota',
    retry: 'never',
    texts: /exceeded the .*quota|quota .*exceeded/i,
    what: 'The database plan has used up its allowance for this month, so the database is switched off.',
    todo: `Ask ${askAdmin} to raise the plan, or wait for the next month.`,
  },
  {
    kind: 'limit',
    retry: 'slow',
    texts:
      /limit of concurrently active endpoints|too many (clients|connections)|remaining connection slots|no more connections allowed/i,
    codes: /^53300$/,
    what: 'Too many programs use the team database at once.',
    todo: `Hudson tries again by itself. If this lasts, close Hudson where nobody needs it, or ask ${askAdmin} for more connections.`,
    setup: `Close Hudson where nobody needs it, or ask ${askAdmin} for more connections; then try again.`,
  },
  {
    kind: 'refused',
    retry: 'never',
    texts: /endpoint (could not|cannot) be found/i,
    what: 'There is no database at this address any more, or it was never right.',
    todo: `Compare the database address with the one that ${askAdmin} gave you.`,
  },
  {
    kind: 'refused',
    retry: 'never',
    texts: /endpoint (is|has been) disabled/i,
    what: 'The database has been switched off by hand.',
    todo: `Ask ${askAdmin} to switch it on again.`,
  },
  {
    kind: 'refused',
    retry: 'never',
    texts: /endpoint ID is not specified/i,
    what: 'The database cannot be found by a number.',
    todo: 'Write the host in the database address as the name that Neon shows, not as an IP address.',
  },
  {
    kind: 'refused',
    retry: 'never',
    texts: /no pg_hba\.conf entry|IP address .*not allowed|not (in|on) the .*allow ?list|blocked by .*IP allow/i,
    what: 'The database does not let this computer in from where it is now.',
    todo: `Ask ${askAdmin} to allow your internet address, or use the network that is allowed.`,
  },
  {
    kind: 'refused',
    retry: 'never',
    texts: /unsupported startup parameter/i,
    what: 'What stands before the database (a pooler) refuses a setting of the connection.',
    todo: 'Use the direct address of the database.',
  },
  {
    kind: 'refused',
    retry: 'never',
    codes: /^(3D000|57P04)$/,
    what: 'The server has no database of this name.',
    todo: `Compare the name at the end of the database address with the one that ${askAdmin} gave you.`,
  },
  {
    kind: 'refused',
    retry: 'never',
    codes: /^25006$/,
    what: 'This is a read-only copy of the database: nothing can be saved in it.',
    todo: 'Use the address of the main database.',
  },
  {
    kind: 'waking',
    retry: 'soon',
    texts:
      /couldn't connect to compute|control plane request failed|the database system is (starting up|shutting down|in recovery)/i,
    codes: /^57P0[23]$/,
    what: 'The team database is waking up.',
    todo: 'This takes a moment; there is nothing to do.',
    setup: 'It takes longer than usual: try again in a minute.',
  },
  {
    kind: 'certificate',
    retry: 'never',
    texts: /server does not support SSL/i,
    what: 'The database offers no encrypted connection, and without one Hudson sends nothing over a network.',
    todo: `Ask ${askAdmin} to switch TLS on.`,
  },
  {
    kind: 'certificate',
    retry: 'slow',
    codes: /^CERT_(NOT_YET_VALID|HAS_EXPIRED)$/,
    what: "The database's certificate is not valid today.",
    todo: `Check the date and time of this computer first; if they are right, ask ${askAdmin} to renew the certificate.`,
  },
  {
    kind: 'certificate',
    retry: 'never',
    codes: /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    what: "The database's certificate is for another host name, so this may not be your database.",
    todo: `Compare the host in the database address with the one that ${askAdmin} gave you.`,
  },
  {
    kind: 'certificate',
    retry: 'never',
    texts: /alert protocol version|unsupported protocol|wrong version number/i,
    codes: /^ERR_SSL_.*(PROTOCOL|VERSION)/,
    what: 'The database speaks only an older kind of encryption (before TLS 1.3).',
    todo: `Ask ${askAdmin} to update it. Until then, TLS 1.2 can be allowed.`,
  },
  {
    kind: 'certificate',
    retry: 'never',
    codes:
      /^(.*SELF_SIGNED_CERT.*|UNABLE_TO_.*|CERT_.*|.*_CERT_.*|ERR_SSL_.*|ERR_TLS_.*|INVALID_CA|HOSTNAME_MISMATCH)$/,
    what: "The database's certificate cannot be trusted: something between here and the database reads along, or the server made its certificate itself.",
    todo: 'If a company network or a virus scanner is in between, ask who runs it to leave the database out. If the server has a CA of its own, name its CA file.',
  },
  {
    kind: 'unauthorized',
    retry: 'never',
    texts: /^SASL: /,
    codes: /^(28P01|28000)$/,
    what: 'The database does not accept the user name or the password.',
    todo: `Enter the database address again, as ${askAdmin} gave it to you.`,
  },
  {
    kind: 'update-required',
    retry: 'never',
    codes: /^HU426$/,
    what: 'The team database has been updated for a newer Hudson.',
    todo: 'Update Hudson on this computer; then everything is sent.',
  },
  {
    kind: 'other-database',
    retry: 'never',
    codes: /^HU409$/,
    what: 'This is the database of another team.',
    todo: 'Enter the address of your own team, or start with another data folder.',
  },
  {
    kind: 'unmigrated',
    retry: 'never',
    codes: /^(42P01|42883|3F000)$/,
    what: 'The database is not set up for this version of Hudson.',
    todo: `Ask ${askAdmin} to run "hudson migrate" on it.`,
  },
  {
    kind: 'rights',
    retry: 'never',
    codes: /^42501$/,
    what: 'This login may not do what Hudson needs in the database.',
    todo: `Ask ${askAdmin} for a login made with "hudson migrate --create-login".`,
  },
  {
    kind: 'retry',
    retry: 'now',
    codes: /^(40001|40P01)$/,
    what: 'Somebody else changed the same thing at the same moment.',
    todo: 'Hudson tries again at once.',
    setup: 'Try again.',
  },
  {
    kind: 'retry',
    retry: 'now',
    codes: /^57P0[15]$/,
    what: 'The team database has closed the connection, as it does when it falls asleep or restarts.',
    todo: 'Hudson connects again at once.',
    setup: 'Try again.',
  },
  {
    kind: 'retry',
    retry: 'soon',
    codes: /^(55P03|57014|25P03)$/,
    what: 'Another program keeps the team database busy.',
    setup: `Try again in a minute. If this lasts, ask ${askAdmin} who has left something open in it.`,
    todo: `Hudson tries again. If this lasts, ask ${askAdmin} who has left something open in it.`,
  },
  {
    kind: 'server',
    retry: 'slow',
    texts: /size limit .*exceeded/i,
    codes: /^53100$/,
    what: 'The team database is full.',
    todo: `Ask ${askAdmin} to give it more room.`,
  },
  {
    kind: 'network',
    retry: 'soon',
    codes: /^(ENOTFOUND|EAI_.*)$/,
    what: 'There is no internet connection, or the host in the database address is wrong.',
    todo: 'Check the network; if other pages open, check the database address.',
  },
  {
    kind: 'network',
    retry: 'soon',
    codes: /^ECONNREFUSED$/,
    what: 'The team database cannot be reached.',
    todo: 'Check the network. Hudson tries again by itself.',
    setup: `Its computer answers, and no database at this port: compare host and port with those that ${askAdmin} gave you.`,
  },
  {
    kind: 'network',
    retry: 'soon',
    texts:
      /connection terminated|timeout exceeded when trying to connect|query read timeout|connection timeout|not queryable|socket hang up/i,
    codes:
      /^(08\d{3}|ECONN.*|EPIPE|ETIMEDOUT|E(HOST|NET)(UNREACH|DOWN)|ENETRESET|EADDRNOTAVAIL|EPERM|EACCES|EPROTO|ERR_STREAM_.*|DeadlineError|TimeoutError|AbortError)$/,
    what: 'The team database cannot be reached.',
    todo: 'Check the network. Hudson tries again by itself.',
    setup: 'Check the network and the host in the database address, then try again.',
  },
]

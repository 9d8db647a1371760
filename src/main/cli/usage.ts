/** The command line was not understood: told with the usage, exit code 2. */
export class UsageError extends Error {}

export const usage = `Usage: hudson COMMAND [options]

Commands
  serve                    run the studio server and print where it is, as one JSON line
      --port N             listen on this port; without it, on a free one
      --demo               load the sample data first
  call NAME [JSON]         call one endpoint and print its Reply as one JSON line
                           (JSON may be "-": then it is read from standard input)
  import FILE.csv          import a Shopify product export and print what it did
      --dry-run            only tell what it would do
  backup FILE              copy everything into a new file, and check it
  restore FILE             tell what would go back to what it was in that backup
      --yes                do it; what is here is backed up first
      --remove-newer       and remove what was made since
  doctor                   look at everything that a show depends on, and tell what to do
      --json               as one JSON line
  migrate                  set up the team's Postgres, or bring it up to date; safe to repeat
      --database-url URL   as its owner; or HUDSON_DATABASE_URL
      --status             only tell what is applied and what is pending
      --create-login NAME  also make a login that may only do what the app needs, and print its URL
      --ca-file FILE       trust the certificates of this PEM file instead of the public ones
      --allow-tls12        for a server too old for TLS 1.3

Options for all
  --data-dir DIR           where everything is kept; or HUDSON_DATA_DIR
  --help, --version

Exit codes: 0 done, 1 refused or failed, 2 the command line was not understood.
`

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

Options for all
  --data-dir DIR           where everything is kept; or HUDSON_DATA_DIR
  --help, --version

Exit codes: 0 done, 1 refused or failed, 2 the command line was not understood.
`

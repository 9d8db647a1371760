import { orderMigrations } from '../db/migrate.ts'

/** What `hudson migrate` brings the team's database to. The app itself never runs them. */
export const remoteMigrations = orderMigrations(
  import.meta.glob<string>('../../../migrations/remote/*.sql', { query: '?raw', import: 'default', eager: true }),
)

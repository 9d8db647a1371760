import type { Handlers } from '#shared/contract.ts'
import type { library } from '#shared/library.ts'
import type { History } from '../db/history.ts'
import type { Db } from '../db/database.ts'
import type { Writer } from '../db/write.ts'
import { createBrands } from './brands.ts'
import { createImport } from './import-csv.ts'
import { productDetail } from './product-detail.ts'
import { createProductEdits } from './product-edit.ts'
import { listProducts } from './product-list.ts'
import { SearchIndex } from './search-index.ts'

export interface LibraryDeps {
  readonly db: Db
  readonly writer: Writer
  readonly history: History
  /** Who writes at this machine, as versions of talking points name them. */
  readonly author: string
  /** Where an upload lies; throws `not-found` where there is none. */
  readonly pathOf: (uploadId: string) => string
}

type Library = Handlers<Omit<typeof library, 'library.importTiktok' | `images.${string}`>>

/** brands.*, products.* and library.importCsv. Pictures have a feature of their own. */
export function createLibrary({ db, writer, history, author, pathOf }: LibraryDeps): Library {
  const index = new SearchIndex(db)
  index.follow(writer)
  return {
    ...createBrands({ db, writer }),
    ...createProductEdits({ db, writer, history, author }),
    'products.list': (input) => {
      index.refresh()
      return listProducts(db, input)
    },
    'library.importCsv': createImport({ db, writer, pathOf }),
    'products.get': ({ id }) => productDetail(db, id),
  }
}

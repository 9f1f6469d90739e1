import type { Ctx, Db } from '../ctx.ts'

/** What is in an archive, but for what auth adds itself. */
export interface ArchiveFile {
  readonly service: string
  readonly run: number
  readonly position: number
  readonly name: string
  readonly rowCount: number | null
  readonly sizeBytes: number
  readonly sha256: Buffer
}

const PAGE = 1_000

/** Files of the runs that count, in their order. */
const filesOf = (db: Db, exportId: string) =>
  db
    .selectFrom('exportFile')
    .innerJoin('exportPart', (join) =>
      join
        .onRef('exportPart.organizationId', '=', 'exportFile.organizationId')
        .onRef('exportPart.exportId', '=', 'exportFile.exportId')
        .onRef('exportPart.service', '=', 'exportFile.service')
        .onRef('exportPart.run', '=', 'exportFile.run'),
    )
    .where('exportFile.exportId', '=', exportId)

export async function* listFiles({ db }: Pick<Ctx, 'db'>, exportId: string): AsyncGenerator<readonly ArchiveFile[]> {
  let last: ArchiveFile | undefined
  do {
    const beyond = last
    const page: readonly ArchiveFile[] = await filesOf(db, exportId)
      .select(['exportFile.service', 'exportFile.run', 'position', 'name', 'exportFile.rowCount', 'exportFile.sizeBytes', 'sha256'])
      .$if(beyond !== undefined, (query) =>
        query.where(({ eb, refTuple, tuple }) =>
          eb(refTuple('exportFile.service', 'exportFile.run', 'position'), '>', tuple(beyond?.service ?? '', beyond?.run ?? 0, beyond?.position ?? 0)),
        ),
      )
      .orderBy('exportFile.service')
      .orderBy('exportFile.run')
      .orderBy('position')
      .limit(PAGE)
      .execute()
    if (page.length > 0) yield page
    last = page.length === PAGE ? page.at(-1) : undefined
  } while (last)
}

import {
  DefaultQueryExecutor,
  DummyDriver,
  type IdentifierNode,
  Kysely,
  PostgresAdapter,
  PostgresDialect,
  PostgresQueryCompiler,
  sql,
  type AliasedExpression,
  type Compilable,
  type CompiledQuery,
  type DatabaseConnection,
  type QueryResult,
  type RawBuilder,
} from 'kysely'
import type { Rows, Statement } from './database.ts'
import { toSnakeCase } from './names.ts'

/** camelCase identifiers become snake_case while the text is built; Kysely's CamelCasePlugin walks the whole tree instead. */
class SnakeCaseCompiler extends PostgresQueryCompiler {
  protected override visitIdentifier(node: IdentifierNode): void {
    this.append(`"${this.sanitizeIdentifier(toSnakeCase(node.name))}"`)
  }
}

/** Statements go to `run`; a transaction that silently is none would be worse than an error. */
class TransactionlessDriver extends DummyDriver {
  override async beginTransaction(): Promise<void> {
    throw new Error('Transactions are opened by ctx.write, not by Kysely.')
  }
}

class StatementConnection implements DatabaseConnection {
  readonly #run: (statement: Statement) => Promise<Rows>

  constructor(run: (statement: Statement) => Promise<Rows>) {
    this.#run = run
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const { rows, rowCount } = await this.#run({ text: query.sql, values: query.parameters })
    // As below.
    return { rows: rows as readonly Row[] as Row[], numAffectedRows: BigInt(rowCount) }
  }

  streamQuery(): never {
    throw new Error('Page by key instead of streaming (reliability 5.8).')
  }
}

/** Kysely's types follow the query, the rows follow the database: their seam cannot be checked by the compiler. */
export const rowsOf = <Row>(_query: Compilable<Row> | RawBuilder<Row>, rows: Rows['rows']): readonly Row[] => rows as readonly unknown[] as readonly Row[]

const compiler = new SnakeCaseCompiler()
const adapter = new PostgresAdapter()
const driver = new TransactionlessDriver()
const dialect = new PostgresDialect({ pool: async () => Promise.reject(new Error('Kysely has no pool of its own here.')) })

/**
 * Kysely as the typed SQL builder over `run`. Cheap enough for one per request. Its own `transaction()` throws:
 * use `ctx.write`.
 */
export function kyselyFor<Tables>(run: (statement: Statement) => Promise<Rows>): Kysely<Tables> {
  const connection = new StatementConnection(run)
  const executor = new DefaultQueryExecutor(compiler, adapter, { provideConnection: (use) => use(connection) })
  return new Kysely<Tables>({ config: { dialect }, dialect, driver, executor })
}

const unconnected = kyselyFor<unknown>(async () => Promise.reject(new Error('Nothing is asked here.')))

/**
 * Columns without parameters, for `select` and `returning`, made text once: Kysely takes apart, visits and quotes each of them for every
 * statement. Not to be looked into: behind the type there is one piece. Throws on a parameter.
 */
export function writtenOnce<const Columns extends readonly (string | AliasedExpression<unknown, string>)[]>(columns: Columns): Columns {
  const { sql: text, parameters } = sql`${sql.join(columns.map((column) => (typeof column === 'string' ? sql.ref(column) : column)))}`.compile(unconnected)
  if (parameters.length > 0) throw new Error('Columns that are written once have no parameters.')
  // As above: what was given, in the same order, as Kysely will write it.
  return [sql.raw(text)] as readonly unknown[] as Columns
}

import { Emails, isCurrency } from '@ai-crm/contracts'
import { normalDomain } from '../companies/domain.ts'
import { normalEmail } from '../contacts/normal-email.ts'
import { minorOf } from '../list-export/decimal.ts'
import type { DealDraft } from './draft.ts'
import { CommonCells, type CellTaker, type DraftingContext, type Taken } from './record-cells.ts'
import { firstOf, type KnownStage, stageOf } from './stage-names.ts'
import { dayOf, moneyOf } from './values.ts'

const LIMITS = { title: 200, lostReason: 500, company: 200 } as const
const MAX_PEOPLE = 20

export class DealCells implements CellTaker {
  readonly #context: DraftingContext
  readonly #common: CommonCells
  readonly #people: string[] = []
  #amount: string | null = null
  #currency: string | null = null
  #stage: KnownStage | null
  #expectedCloseOn: string | null = null
  #companyDomain: string | null = null

  constructor(context: DraftingContext) {
    this.#context = context
    this.#common = new CommonCells(context, LIMITS)
    this.#stage = firstOf(context.stages)
  }

  take(field: string, text: string, given: string): Taken {
    if (field === 'amount') return this.#takeAmount(text)
    if (field === 'currency') return this.#takeCurrency(text)
    if (field === 'stage') return this.#takeStage(text)
    if (field === 'expectedClose') return this.#takeDay(text)
    if (field === 'companyDomain') return this.#takeDomain(text)
    if (field === 'people') return this.#takePeople(text)
    return this.#common.take(field, text, given)
  }

  /** Its currency may stand in another column: what is not told here is asked in `made`. */
  #takeAmount(text: string): Taken {
    const money = moneyOf(text, 'XXX', this.#context.numbers)
    if (money === null || money.amount < 0) return 'crm.import.money_invalid'
    this.#amount = text
    return true
  }

  #takeCurrency(text: string): Taken {
    const code = moneyOf(`1 ${text}`, null, this.#context.numbers)?.currency
    if (code === undefined || !isCurrency(code)) return 'crm.import.currency_unknown'
    this.#currency = code
    return true
  }

  #takeStage(text: string): Taken {
    const stage = stageOf(text, this.#context.stages)
    if (stage === null) return 'crm.import.stage_unknown'
    this.#stage = stage
    return true
  }

  #takeDay(text: string): Taken {
    this.#expectedCloseOn = dayOf(text, this.#context.settings.dates)
    return this.#expectedCloseOn === null ? 'crm.import.date_invalid' : true
  }

  #takeDomain(text: string): Taken {
    this.#companyDomain = normalDomain(text)
    return this.#companyDomain === null ? 'crm.import.domain_invalid' : true
  }

  #takePeople(text: string): Taken {
    for (const part of text.split(/[;,\s|]+/).filter((one) => one !== '')) {
      const [email] = Emails.safeParse([{ address: part }]).data ?? []
      if (!email) return 'crm.import.email_invalid'
      const address = normalEmail(email.address)
      if (!this.#people.includes(address)) this.#people.push(address)
    }
    return this.#people.length > MAX_PEOPLE ? 'crm.import.too_many_addresses' : true
  }

  made(): DealDraft | string {
    const { tags, custom, named, ownerId } = this.#common
    const [title, company, lostReason] = [this.#common.text('title'), this.#common.text('company'), this.#common.text('lostReason')]
    if (title === null) return 'crm.import.title_missing'
    if (this.#stage === null) return 'crm.import.stage_unknown'
    if (lostReason !== null && this.#stage.kind !== 'lost') return 'crm.import.reason_without_loss'
    const money = this.#money()
    if (typeof money === 'string') return money
    return {
      record: 'deal',
      title,
      ...money,
      stage: this.#stage.id,
      lostReason,
      expectedCloseOn: this.#expectedCloseOn,
      company,
      companyDomain: this.#companyDomain,
      people: this.#people,
      tags,
      ownerId,
      custom,
      named,
    }
  }

  #money(): Pick<DealDraft, 'amountMinor' | 'currency'> | string {
    if (this.#amount === null) return { amountMinor: null, currency: null }
    const money = moneyOf(this.#amount, this.#currency ?? this.#context.settings.currency, this.#context.numbers)
    if (money === null) return 'crm.import.currency_missing'
    if (!isCurrency(money.currency)) return 'crm.import.currency_unknown'
    const amountMinor = minorOf(money.amount, money.currency)
    return Number.isSafeInteger(amountMinor) ? { amountMinor, currency: money.currency } : 'crm.import.money_invalid'
  }
}

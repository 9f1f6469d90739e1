import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'
import { Day, idParams, PageQuery, pageOf, Zone } from '../core/page.ts'
import { StageId } from './stages.ts'

/** ISO 4217, as a code of three letters. */
const Currency = z.string().regex(/^[A-Z]{3}$/)

/** At most so many dated rates are kept. */
export const MAX_RATES = 2_000

/** What one unit of the currency is worth in the organisation's, from that day on; a decimal. */
export const CurrencyRate = z.strictObject({ currency: Currency, on: Day, rate: z.string().regex(/^(?:0|[1-9]\d{0,8})(?:\.\d{1,10})?$/) })
export type CurrencyRate = z.infer<typeof CurrencyRate>

/** `currency`: in which sums of several currencies are told; null: not chosen yet. The newest rates first. */
export const CurrencyRates = z.object({ currency: Currency.nullable(), rates: z.array(CurrencyRate).max(MAX_RATES), version: z.number().int() })
export type CurrencyRates = z.infer<typeof CurrencyRates>

/** All rates there are from now on. */
export const SetCurrencyRates = z.strictObject({ currency: Currency, rates: z.array(CurrencyRate).max(MAX_RATES) })
export type SetCurrencyRates = z.infer<typeof SetCurrencyRates>

/** What sums of several currencies are told in today, and by which rate of each: the last one that counts. */
export const TodaysRates = CurrencyRates.pick({ currency: true, rates: true })
export type TodaysRates = z.infer<typeof TodaysRates>

const count = z.number().int()
const minor = z.number()

/** Sums in the smallest unit of a currency. */
export const ForecastSums = z.object({
  wonMinor: minor,
  openMinor: minor,
  /** Open amounts by how likely the pipeline says that their stages are won. */
  weightedMinor: minor,
  /** Open amounts by how often deals that were in their stages were won; the pipeline's word where too few have shown it. */
  empiricalMinor: minor,
})
export type ForecastSums = z.infer<typeof ForecastSums>

/** What deals of one currency bring in a month: those that were won in it, and those that are to close in it. */
export const ForecastLine = ForecastSums.extend({ currency: Currency, wonCount: count, openCount: count })
export type ForecastLine = z.infer<typeof ForecastLine>

export const ForecastPart = z.object({
  /** `2026-03`; `overdue`: open deals that were to close before the first month; `undated`: those that nobody said a date of, or that are to close later. */
  part: z.string(),
  lines: z.array(ForecastLine),
  /** All lines in the organisation's currency: what was won at the rate of the day it was, what is open at today's. Null where a rate is missing. */
  total: ForecastSums.nullable(),
})
export type ForecastPart = z.infer<typeof ForecastPart>

/** How often deals were won that had been in the stage, among those that were decided in the year before; null: fewer than ten were. */
export const StageOdds = z.object({ stage: StageId, probability: count, decided: count, won: count, empirical: z.number().nullable() })
export type StageOdds = z.infer<typeof StageOdds>

/** Of the deals that the reader can see. */
export const Forecast = z.object({
  pipelineId: z.uuid(),
  /** The organisation's; null: not chosen yet, and then there are no totals. */
  currency: Currency.nullable(),
  parts: z.array(ForecastPart),
  stages: z.array(StageOdds),
  /** Today's rates that the totals were made with. */
  rates: z.array(CurrencyRate),
})
export type Forecast = z.infer<typeof Forecast>

/** Months from this one on, in the zone. */
export const ForecastQuery = z.object({ months: z.coerce.number().int().min(1).max(24).default(6), zone: Zone })
export type ForecastQuery = z.infer<typeof ForecastQuery>

/** Then and now; null where there was, or is, nothing. */
export const ForecastChange = z.object({ part: z.string(), currency: Currency, before: ForecastLine.nullable(), now: ForecastLine.nullable() })
export type ForecastChange = z.infer<typeof ForecastChange>

export const ForecastChanges = z.object({
  pipelineId: z.uuid(),
  /** When the forecast was kept that today's is held against: the newest before the day asked for, or else the first. Null: none was yet. */
  takenOn: z.iso.date().nullable(),
  changes: z.array(ForecastChange),
})
export type ForecastChanges = z.infer<typeof ForecastChanges>

/**
 * Why a deal counts otherwise than it did. `new`: it is open here and was not; `gone`: deleted, or in another pipeline; `stage`: as likely as
 * another stage; `month`: to close in another one; `amount`: worth something else.
 */
export const FORECAST_CHANGE_KINDS = ['new', 'won', 'lost', 'reopened', 'gone', 'stage', 'month', 'amount'] as const
export const ForecastChangeKind = z.enum(FORECAST_CHANGE_KINDS)
export type ForecastChangeKind = z.infer<typeof ForecastChangeKind>

/** A deal as it counted in a forecast. */
export const ForecastDeal = z.object({ stage: StageId, part: z.string(), currency: Currency, amountMinor: minor })
export type ForecastDeal = z.infer<typeof ForecastDeal>

/** Then and now; null where it did not, or does not, count. At least one of both is in the part and currency that was asked about. */
export const ForecastDealChange = z.object({
  dealId: z.uuid(),
  kinds: z.array(ForecastChangeKind).min(1),
  before: ForecastDeal.nullable(),
  now: ForecastDeal.nullable(),
  /** By how much what is won and expected differs because of it there; open amounts by how likely stages are today. */
  differenceMinor: minor,
})
export type ForecastDealChange = z.infer<typeof ForecastDealChange>

/** `part`, `currency`: of a change of the forecast. */
export const ForecastDealsQuery = PageQuery.extend({ since: Day, part: z.string().max(10), currency: Currency })
export type ForecastDealsQuery = z.infer<typeof ForecastDealsQuery>

const pipelineParams = idParams('pipelineId')
const read = { method: 'GET', access: 'crm.deal.read', idempotency: 'safe', status: 200 } as const

export const forecastEndpoints = defineEndpoints('pipeline', {
  getCurrencyRates: {
    ...read,
    path: '/currency-rates',
    summary: 'The currency of the organisation and what others are worth in it',
    response: CurrencyRates,
    concurrency: 'etag',
  },
  getTodaysRates: {
    ...read,
    path: '/currency-rates/today',
    summary: 'What other currencies are worth today in that of the organisation',
    query: z.object({ zone: Zone }),
    response: TodaysRates,
  },
  setCurrencyRates: {
    method: 'PUT',
    path: '/currency-rates',
    summary: 'Choose the currency of the organisation and say what others are worth in it',
    access: 'pipeline.pipeline.manage',
    idempotency: 'natural',
    body: SetCurrencyRates,
    response: CurrencyRates,
    status: 200,
    concurrency: 'if-match',
    cost: 5,
  },
  getForecast: {
    ...read,
    path: '/pipelines/:pipelineId/forecast',
    summary: 'What the deals of a pipeline bring by month: won, and open ones by how likely they are',
    params: pipelineParams,
    query: ForecastQuery,
    response: Forecast,
    cost: 5,
  },
  getForecastChanges: {
    ...read,
    path: '/pipelines/:pipelineId/forecast/changes',
    summary: 'What changed in the forecast since a day, by the forecasts that are kept every week',
    params: pipelineParams,
    query: z.object({ since: Day }),
    response: ForecastChanges,
    cost: 5,
  },
  listForecastDeals: {
    ...read,
    path: '/pipelines/:pipelineId/forecast/changes/deals',
    summary: 'Which deals made a part of the forecast change since a day, those first that made the most of it',
    params: pipelineParams,
    query: ForecastDealsQuery,
    response: pageOf(ForecastDealChange),
    cost: 5,
  },
})

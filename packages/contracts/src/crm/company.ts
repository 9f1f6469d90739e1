import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'
import { idParams, Instant, Line, PageQuery, pageOf } from '../core/page.ts'
import { markRecord } from '../core/record.ts'
import { COMPANY_SIZES } from './company-sizes.ts'
import { CustomValues, GivenCustom } from './field-kinds.ts'
import { asOf, AsOfQuery, TimelineEntry } from './http.ts'
import { TagIds } from './tags.ts'
import { ListQuery } from './list-query.ts'
import { Summary, SummaryQuery } from './list-summary.ts'

export const CompanySize = z.enum(COMPANY_SIZES)
export type CompanySize = z.infer<typeof CompanySize>

const optional = (max: number) => Line(max).nullable().default(null)
const Website = z.url({ protocol: /^https?$/ }).max(500)
/**
 * Where its people have their mail: `acme.example`, or an address of its website, of which the host counts. Each belongs to one
 * living company; those of public mail services to none.
 */
const Domains = z.array(Line(253)).max(20)

export const CreateCompany = markRecord(
  'company',
  z.strictObject({
    name: Line(200),
    domains: Domains.default([]),
    website: Website.nullable().default(null),
    phone: optional(40),
    address: optional(500),
    industry: optional(100),
    size: CompanySize.nullable().default(null),
    note: optional(5000),
    tagIds: TagIds.default([]),
    /** The company that it belongs to. */
    parentId: z.uuid().nullable().default(null),
    /** Whose the company will be. Absent: of whoever makes it; null: nobody's. */
    ownerId: z.uuid().nullable().optional(),
    custom: GivenCustom.default({}),
  }),
)
export type CreateCompany = z.infer<typeof CreateCompany>

/** Absent fields stay as they are; null empties one. */
export const UpdateCompany = markRecord(
  'company',
  z.strictObject({
    name: Line(200).optional(),
    domains: Domains.optional(),
    website: Website.nullable().optional(),
    phone: Line(40).nullable().optional(),
    address: Line(500).nullable().optional(),
    industry: Line(100).nullable().optional(),
    size: CompanySize.nullable().optional(),
    note: Line(5000).nullable().optional(),
    tagIds: TagIds.optional(),
    parentId: z.uuid().nullable().optional(),
    ownerId: z.uuid().nullable().optional(),
    custom: GivenCustom.optional(),
  }),
)
export type UpdateCompany = z.infer<typeof UpdateCompany>

export const Company = markRecord(
  'company',
  z.object({
    id: z.uuid(),
    name: z.string(),
    domains: z.array(z.string()),
    website: z.string().nullable(),
    phone: z.string().nullable(),
    address: z.string().nullable(),
    industry: z.string().nullable(),
    size: CompanySize.nullable(),
    note: z.string().nullable(),
    tagIds: z.array(z.uuid()),
    parentId: z.uuid().nullable(),
    /** The member whose the company is: of the scopes `own` and `team`. Null: nobody's. */
    ownerId: z.uuid().nullable(),
    custom: CustomValues,
    createdAt: Instant,
    updatedAt: Instant,
    version: z.number().int(),
  }),
)
export type Company = z.infer<typeof Company>

/** `search`: every word must occur in name or domains; a typo is forgiven. `owner`: `teams` are those of anybody in a team of mine. */
export const CompanySearch = ListQuery.extend({
  owner: z.enum(['mine', 'teams', 'nobody']).optional(),
  /** Those that belong to this company. */
  parentId: z.uuid().optional(),
  /** The one company with exactly this domain. */
  domain: z.string().trim().toLowerCase().max(253).optional(),
})
export type CompanySearch = z.infer<typeof CompanySearch>

export const CompanySummaryQuery = SummaryQuery.extend(CompanySearch.pick({ owner: true, parentId: true, domain: true }).shape)
export type CompanySummaryQuery = z.infer<typeof CompanySummaryQuery>

const companyParams = idParams('companyId')

/** As its events tell it. */
export const CompanyAsOf = z.object({ ...asOf, company: Company })
export type CompanyAsOf = z.infer<typeof CompanyAsOf>

export const companyEndpoints = defineEndpoints('crm', {
  createCompany: {
    method: 'POST',
    path: '/companies',
    summary: 'Create a company',
    access: 'crm.company.create',
    idempotency: 'key',
    body: CreateCompany,
    response: Company,
    status: 201,
    cost: 2,
  },
  listCompanies: {
    method: 'GET',
    path: '/companies',
    summary: 'List and search companies',
    access: 'crm.company.read',
    idempotency: 'safe',
    query: CompanySearch,
    response: pageOf(Company),
    status: 200,
  },
  summarizeCompanies: {
    method: 'GET',
    path: '/companies/summary',
    summary: 'Count, sum and group all companies of a list',
    access: 'crm.company.read',
    idempotency: 'safe',
    query: CompanySummaryQuery,
    response: Summary,
    status: 200,
    cost: 3,
  },
  getCompany: {
    method: 'GET',
    path: '/companies/:companyId',
    summary: 'Read one company',
    access: 'crm.company.read',
    idempotency: 'safe',
    params: companyParams,
    response: Company,
    status: 200,
    concurrency: 'etag',
  },
  updateCompany: {
    method: 'PATCH',
    path: '/companies/:companyId',
    summary: 'Change fields of a company; its people follow a new name',
    access: 'crm.company.update',
    idempotency: 'key',
    params: companyParams,
    body: UpdateCompany,
    response: Company,
    status: 200,
    concurrency: 'if-match',
    cost: 2,
  },
  deleteCompany: {
    method: 'DELETE',
    path: '/companies/:companyId',
    summary: 'Delete a company; its people stay, with its name as a text',
    access: 'crm.company.delete',
    idempotency: 'natural',
    params: companyParams,
    status: 204,
    cost: 2,
  },
  getCompanyAsOf: {
    method: 'GET',
    path: '/companies/:companyId/as-of',
    summary: 'A company as it was at a moment; deleted ones too',
    access: 'crm.company.read',
    idempotency: 'safe',
    params: companyParams,
    query: AsOfQuery,
    response: CompanyAsOf,
    status: 200,
    cost: 2,
  },
  listCompanyTimeline: {
    method: 'GET',
    path: '/companies/:companyId/timeline',
    summary: 'Everything that happened with a company and its people, newest first',
    access: 'crm.company.read',
    idempotency: 'safe',
    params: companyParams,
    query: PageQuery,
    response: pageOf(TimelineEntry),
    status: 200,
    cost: 2,
  },
})

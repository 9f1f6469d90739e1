import { describe } from 'vitest'
import { conformsAsFinder } from './finder-conformance.ts'
import { elasticsearchUrl, startIndexedCrm } from './index-fixture.ts'

describe.skipIf(!elasticsearchUrl)('on Elasticsearch (TEST_ELASTICSEARCH_URL)', async () => {
  if (elasticsearchUrl) conformsAsFinder(await startIndexedCrm(elasticsearchUrl))
})

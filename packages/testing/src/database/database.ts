export { copyTestDatabase, createTestDatabase, type TestDatabase } from './create-test-database.ts'
export { explain, type Plan } from './explain.ts'
export { findServiceSchemas } from './service-schemas.ts'
export { queryAsAdmin, startTestCluster, TEMPLATE, type RunningTestCluster, type TestCluster, withAdmin } from './test-cluster.ts'

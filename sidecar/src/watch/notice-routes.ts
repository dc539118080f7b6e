import '../http/route-audit.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { NoticeList, NoticeTestReport } from '@rollcall/contract/api/notices'
import type { Watch } from './watch.ts'

/** What needs somebody, and whether those who are told can be reached. */
export const noticeRoutes: FastifyPluginAsyncTypebox<{ readonly watch: Watch }> = async (app, { watch }) => {
  app.get('/notices', { schema: { summary: 'What needs somebody now', response: { 200: NoticeList } } }, async () => ({
    notices: [...(await watch.list())],
  }))

  app.post(
    '/notices/test',
    {
      schema: {
        summary: 'Send a test notice to everybody who is told, and say step by step what failed',
        response: { 200: NoticeTestReport },
      },
      config: { audit: { action: 'notices.test' } },
    },
    async () => watch.test(),
  )
}

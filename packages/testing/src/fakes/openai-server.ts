import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'

/** How the fake answers one chat completion. */
export type ModelScript =
  /** Writes the text, cut into chunks like a model's tokens. */
  | { text: string; firstChunkAfterMs?: number; chunkEveryMs?: number }
  /** Begins the text, and writes the rest when it may. */
  | { text: string; waitAfter: number; go: Promise<void> }
  /** Begins the text and destroys the connection after so many characters. */
  | { text: string; cutAfter: number }
  /** Begins the text, then sends nothing more and keeps the connection open. */
  | { text: string; hangAfter: number }
  /** An error as OpenAI-compatible servers send it. */
  | { status: number; message: string }

const ChatRequest = z.looseObject({
  model: z.string(),
  stream: z.boolean().default(false),
  tools: z.array(z.unknown()).optional(),
  messages: z.array(z.object({ role: z.string(), content: z.union([z.string(), z.array(z.looseObject({ text: z.string().optional() }))]) })),
})

export interface RecordedPrompt {
  model: string
  isStreamed: boolean
  /** Everything that the model read, one text per message. */
  system: string
  user: string
  /** Whether the request offered tools. */
  hasTools: boolean
  authorization: string | null
}

export interface FakeOpenAi {
  /** What AI_BASE_URL wants: `http://127.0.0.1:<port>/v1`. */
  readonly url: string
  /** Every chat completion that was asked for, in order. */
  readonly prompts: readonly RecordedPrompt[]
  /** How it answers from now on; a function sees the prompt, as a fully obedient model would. */
  answerWith(script: ModelScript | ((prompt: RecordedPrompt) => ModelScript)): void
  close(): Promise<void>
}

/** An OpenAI-compatible server on a free port: `GET /v1/models` and `POST /v1/chat/completions`, streamed (SSE) or whole. */
export async function startFakeOpenAi(script: ModelScript = { text: 'Hello, thank you for your message.' }): Promise<FakeOpenAi> {
  const prompts: RecordedPrompt[] = []
  let answer: (prompt: RecordedPrompt) => ModelScript = () => script

  const server = createServer((request, response) => {
    respond(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error(String(error)))
    })
  })

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET' && request.url === '/v1/models') return sendJson(response, 200, { object: 'list', data: [{ id: 'fake', object: 'model' }] })
    if (request.method !== 'POST' || request.url !== '/v1/chat/completions') return sendError(response, 404, 'Unknown request URL')

    const parsed = ChatRequest.safeParse(JSON.parse(await bodyOf(request)))
    if (!parsed.success) return sendError(response, 400, parsed.error.message)
    const prompt = promptOf(parsed.data, request.headers.authorization ?? null)
    prompts.push(prompt)
    await play(response, prompt, answer(prompt))
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The fake has no port.')
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    prompts,
    answerWith(next) {
      answer = typeof next === 'function' ? next : () => next
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function promptOf(request: z.infer<typeof ChatRequest>, authorization: string | null): RecordedPrompt {
  const texts = (role: (name: string) => boolean) =>
    request.messages
      .filter((message) => role(message.role))
      .map(({ content }) => (typeof content === 'string' ? content : content.map((part) => part.text ?? '').join('')))
      .join('\n')
  return {
    model: request.model,
    isStreamed: request.stream,
    system: texts((role) => role === 'system' || role === 'developer'),
    user: texts((role) => role === 'user'),
    hasTools: (request.tools ?? []).length > 0,
    authorization,
  }
}

async function play(response: ServerResponse, prompt: RecordedPrompt, script: ModelScript): Promise<void> {
  if ('status' in script) return sendError(response, script.status, script.message)
  if (!prompt.isStreamed) return sendJson(response, 200, wholeAnswer(prompt.model, script.text))

  const until = 'cutAfter' in script ? script.cutAfter : 'hangAfter' in script ? script.hangAfter : script.text.length
  if ('firstChunkAfterMs' in script) await delay(script.firstChunkAfterMs)
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  let written = 0
  for (const chunk of chunksOf(script.text.slice(0, until))) {
    if ('waitAfter' in script && written >= script.waitAfter) await script.go
    written += chunk.length
    response.write(event(prompt.model, { role: 'assistant', content: chunk }, null))
    if ('chunkEveryMs' in script) await delay(script.chunkEveryMs)
  }
  if ('hangAfter' in script) return
  if ('cutAfter' in script) {
    // Let the chunks leave before the connection breaks.
    await delay(20)
    response.destroy()
    return
  }
  response.write(event(prompt.model, {}, 'stop'))
  response.end('data: [DONE]\n\n')
}

/** Four characters, as a token has on average. */
const chunksOf = (text: string): string[] => text.match(/[\s\S]{1,4}/gu) ?? []

const base = (model: string, object: string) => ({ id: 'chatcmpl-fake', object, created: 1_700_000_000, model })

const event = (model: string, delta: object, finishReason: string | null): string =>
  `data: ${JSON.stringify({ ...base(model, 'chat.completion.chunk'), choices: [{ index: 0, delta, finish_reason: finishReason }] })}\n\n`

const wholeAnswer = (model: string, content: string) => ({
  ...base(model, 'chat.completion'),
  choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
})

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

const sendError = (response: ServerResponse, status: number, message: string): void =>
  sendJson(response, status, { error: { message, type: 'fake_error', param: null, code: null } })

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}

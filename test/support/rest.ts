/** An answer of the REST door. */
export interface RestAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** As JSON where it is JSON, and as text. */
  readonly body: Record<string, unknown> & { data?: unknown; msg?: string; code?: number };
  readonly text: string;
}

export interface RestCall {
  readonly token?: string | undefined;
  /** Sent as JSON unless it is a text. */
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** Sends one request, e.g. `rest(url, 'GET /users/me', { token })`; redirections are not followed. */
export async function rest(url: string, at: string, { token, body, headers }: RestCall = {}): Promise<RestAnswer> {
  const [method = 'GET', path = '/'] = at.split(' ');
  const isText = typeof body === 'string';
  const given = {
    ...(body !== undefined && !isText && { 'content-type': 'application/json' }),
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
  const response = await fetch(`${url}${path.startsWith('//') ? path.slice(1) : `/api/v1${path}`}`, {
    method,
    redirect: 'manual',
    headers: { ...given, ...headers },
    body: isText ? body : JSON.stringify(body),
  });
  return answerOf(response);
}

async function answerOf(response: Response): Promise<RestAnswer> {
  const { status, headers } = response;
  const text = await response.text();
  const isJson = headers.get('content-type')?.startsWith('application/json') === true && text !== '';
  return { status, headers, text, body: (isJson ? JSON.parse(text) : {}) as RestAnswer['body'] };
}
